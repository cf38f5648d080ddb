"""`vkd run --detail`: what products state of themselves, in text only where asked for, in Markdown folded away."""

from pathlib import Path

import pytest

from tests.server.workspaces import workspace
from vkd_server.cli import run_command

DEMAND = "0 / Etterspørselsbeskrivelse / noen\n1 / Personer / Personreg.nov.70 / Yrke / 19701101 / .\n"
ABOUT = "Det informasjonssettene oppgir om seg selv"


@pytest.mark.parametrize(
    ("options", "shown"),
    [
        ([], None),
        (["--detail"], f"   {ABOUT}:\n   ft70-person\n"),
        (["--output-format", "markdown"], f"<details>\n<summary>{ABOUT}</summary>\n\n- **ft70-person**\n"),
    ],
)
def test_detail(tmp_path: Path, capsys: pytest.CaptureFixture[str], options: list[str], shown: str | None) -> None:
    census = workspace(tmp_path, {"demands/a.vkd": DEMAND})
    assert run_command(["run", *options, str(census / "demands/a.vkd")]) == 0
    told = capsys.readouterr().out
    assert (ABOUT in told) == (shown is not None)
    assert shown is None or shown in told
