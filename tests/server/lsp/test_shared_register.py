"""An editor over a register on a server: it hears what others register, and says so where that is not known."""

from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from tests.server.lsp.client import Json, connected
from tests.server.lsp.test_requests import DEMAND, Session
from tests.server.workspaces import workspace
from vkd_catalog.catalogue import open_catalogue

REQUEST_FAILED = -32803
SHARED = '\n[register]\nengine = "postgres"\n'


def shared_workspace(folder: Path, name: str, files: Mapping[str, str]) -> Path:
    root = workspace(folder, files)
    settings = (root / "vkd.toml").read_text(encoding="utf-8")
    said = "\n".join(f'name = "{name}"' if line.startswith("name =") else line for line in settings.splitlines())
    (root / "vkd.toml").write_text(said + SHARED, encoding="utf-8")
    return root


@pytest.fixture
def session(tmp_path: Path, shared_register: Mapping[str, str]) -> Iterator[Session]:
    with connected() as client:
        yield Session(client, shared_workspace(tmp_path / "own", "Own", {}))


def test_what_others_register_is_in_the_next_answer_and_no_sooner(session: Session, tmp_path: Path) -> None:
    session.start()
    uri = session.open("demands/test.vkd", DEMAND)
    assert "annens-person" not in session.client.request("workspace/executeCommand", of_message(uri))["text"]
    described = (session.root / "products/ft70.vkd").read_text(encoding="utf-8")
    other = shared_workspace(tmp_path / "other", "Other", {})
    for file in (other / "products").iterdir():
        file.unlink()
    (other / "products/new.vkd").write_text(described.replace("ft70-person", "annens-person"), encoding="utf-8")
    open_catalogue(other).register.close()
    session.client.told("textDocument/publishDiagnostics")
    while "annens-person" not in session.client.request("workspace/executeCommand", of_message(uri))["text"]:
        session.client.is_silent(0.1)


def test_a_server_that_cannot_be_reached_is_told_once_and_asked_again(
    session: Session, shared_register: Mapping[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        patch.setenv("PGHOST", "/nowhere")
        session.start()
        uri = session.open("demands/test.vkd", DEMAND)
        shown = session.client.told("window/showMessage")
        assert shown["type"] == 1
        assert "kan ikke nås" in shown["message"]
        assert session.client.error("workspace/executeCommand", of_message(uri)) == REQUEST_FAILED
        assert "kan ikke nås" in session.run("vkd.showStatus")
    patience = 100
    while session.client.answer(session.client.ask("workspace/executeCommand", of_message(uri))).get("error"):
        patience -= session.client.is_silent(0.2)
        assert patience, "it is asked again"


def of_message(uri: str) -> Json:
    return {"command": "vkd.message", "arguments": [uri, 0]}
