"""The commands over a register on a server: what several workspaces have there, and what is said where it is not there."""

from collections.abc import Mapping
from pathlib import Path

import pytest

from tests.server.cli.conftest import Vkd
from tests.server.lsp.test_shared_register import shared_workspace

PRODUCT = "products/ft60-person.vkd"


def test_a_demand_is_answered_from_all_workspaces_and_says_of_which_state(
    vkd: Vkd, tmp_path: Path, shared_register: Mapping[str, str]
) -> None:
    own, other = (shared_workspace(tmp_path / name, name, {}) for name in ("own", "other"))
    (other / PRODUCT).write_text(
        (own / PRODUCT).read_text(encoding="utf-8").replace("ft60-person", "annens-person"), encoding="utf-8"
    )
    alone = vkd("run", own / "demands/eksempel-3.vkd", "--output-format", "json").json
    assert vkd("status", other).code == 0
    both = vkd("run", own / "demands/eksempel-3.vkd", "--output-format", "json").json
    members = {one for cover in both["demands"][0]["covers"] for one in cover["members"]}
    assert "annens-person" in members
    assert both["catalogue"]["products"] == alone["catalogue"]["products"] + 1
    assert both["catalogue"]["revision"] != alone["catalogue"]["revision"]
    stored = vkd("status", own, "--verify", "--output-format", "json")
    assert (stored.code, stored.json["register"]["state"], stored.json["differences"]) == (0, "whole", [])
    assert not (own / ".vkd/register.sqlite").exists()


def test_without_its_server_a_call_is_refused_in_a_line(
    vkd: Vkd, tmp_path: Path, shared_register: Mapping[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    own = shared_workspace(tmp_path, "own", {})
    monkeypatch.setenv("PGHOST", "/nowhere")
    for command in (
        ("run", own / "demands"),
        ("status", own),
        ("coverage", "--workspace", own),
        ("find", "Yrke", "--workspace", own),
    ):
        found = vkd(*command)
        assert (found.code, found.out, found.err.count("\n")) == (2, "", 1), command
        assert "what it holds is not known" in found.err or "ikke kjent" in found.err
