"""The real editors, driven by the scripts beside this file; one that is not installed is skipped, with its reason."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
SKIPPED = 77


def test_vscode_shows_what_the_server_says() -> None:
    drive([node(), str(HERE / "vscode/check.mjs")])


def test_vscode_shows_it_in_its_own_windows() -> None:
    drive([node(), str(HERE / "vscode/workbench.mjs")])


def test_vscode_shows_numbers_below_the_message() -> None:
    drive([node(), str(HERE / "vscode/numbers.mjs")])


def test_a_stranger_gets_an_answer_in_vscode_in_five_minutes() -> None:
    drive([node(), str(HERE / "vscode/firststeps.mjs")])


def test_the_page_in_a_browser_shows_what_the_server_says() -> None:
    drive([node(), str(HERE / "browser/check.mjs")])


def test_a_book_in_a_browser_is_read_by_mouse_and_keys() -> None:
    drive([node(), str(HERE / "browser/book.mjs")])


def test_neovim_shows_what_the_server_says() -> None:
    drive([str(HERE / "neovim/check")])


@pytest.mark.parametrize("name", ["emacs", "helix", "jupyterlab", "kate", "vim"])
def test_an_editor_shows_what_the_server_says(name: str) -> None:
    drive([sys.executable, "-m", f"tests.editors.{name}.check"])


def node() -> str:
    """Node, which runs some of the scripts."""
    found = shutil.which("node")
    if found is None:
        pytest.skip("there is no node on PATH (see tests/editors/README.md)")
    return found


def drive(command: list[str]) -> None:
    """Runs one of the scripts; its lines say what was not seen."""
    done = subprocess.run(command, capture_output=True, text=True, timeout=600, check=False, cwd=ROOT)
    said = f"{done.stdout}\n{done.stderr}".strip()
    if done.returncode == SKIPPED:
        pytest.skip(said)
    assert done.returncode == 0, said
