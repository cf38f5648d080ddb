"""README.md and docs/numbers.md: their commands print what stands under them, in that order; `…` stands for what is left
out."""

import shlex
import shutil
from pathlib import Path

import pytest

from tests.docs.pages import blocks
from tests.server.cli.conftest import called

ROOT = Path(__file__).parents[2]
CENSUS = "examples/folketelling"
PAGES = ("README.md", "docs/numbers.md")


def commands() -> list[tuple[str, list[str]]]:
    """Every command of a console, without its dollar sign, and the lines below it."""
    found: list[tuple[str, list[str]]] = []
    pages = [(ROOT / page).read_text(encoding="utf-8") for page in PAGES]
    for block in (block for page in pages for block in blocks(page)):
        for line in block.text.splitlines() if block.language == "console" else ():
            if line.startswith("$ "):
                found.append((line.removeprefix("$ "), []))
            else:
                found[-1][1].append(line)
    return found


@pytest.mark.parametrize(("command", "lines"), commands(), ids=lambda part: part if isinstance(part, str) else "")
def test_a_command_prints_what_it_says(
    command: str,
    lines: list[str],
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
) -> None:
    shutil.copytree(ROOT / CENSUS, tmp_path / CENSUS, ignore=shutil.ignore_patterns(".vkd", "*.jsonl"))
    monkeypatch.chdir(tmp_path)
    program, *arguments = shlex.split(command)
    call = called(capsys, monkeypatch, arguments, b"")
    assert (program, call.code, call.err) == ("vkd", 0, "")
    printed = iter(line.rstrip() for line in call.out.splitlines())
    for line in lines:
        assert line == "…" or line in printed, line
