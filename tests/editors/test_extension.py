"""What the editors' files state of the language and of the server is what grammar and server state themselves."""

import json
import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest

import vkd_server
from vkd_grammar.document import read_document
from vkd_grammar.kinds import HEADER_TYPES
from vkd_grammar.parser import Parser
from vkd_server.workspace.settings import Settings, read_settings

EDITORS = Path(__file__).parents[2] / "editors"
VSCODE = EDITORS / "vscode"
MANIFEST: dict[str, Any] = json.loads((VSCODE / "package.json").read_text())
SETTINGS: dict[str, Any] = MANIFEST["contributes"]["configuration"]["properties"]
SNIPPETS: dict[str, dict[str, Any]] = json.loads((VSCODE / "snippets/vkd.json").read_text())
OF_THE_CLIENT = {"vkd.server.command", "vkd.trace.server"}


def test_version() -> None:
    assert MANIFEST["version"] == vkd_server.__version__


def test_settings_have_the_defaults_of_the_server() -> None:
    defaults = {name.removeprefix("vkd."): SETTINGS[name]["default"] for name in SETTINGS.keys() - OF_THE_CLIENT}
    assert read_settings(defaults) == Settings()
    opposite = {name: not value if isinstance(value, bool) else "en" for name, value in defaults.items()}
    assert len(opposite) == len(Settings._fields)
    assert not any(mine == theirs for mine, theirs in zip(read_settings(opposite), Settings(), strict=True))


def test_settings_and_commands_are_documented() -> None:
    readme = (VSCODE / "README.md").read_text()
    commands = [f"vkd: {command['title']}" for command in MANIFEST["contributes"]["commands"]]
    assert [name for name in [*SETTINGS, *commands] if name not in readme] == []


@pytest.mark.parametrize("word", [header_type.word for header_type in HEADER_TYPES])
@pytest.mark.parametrize("colours", ["vscode/syntaxes/vkd.tmLanguage.json", "neovim/syntax/vkd.vim"])
def test_each_header_type_has_its_colour(colours: str, word: str) -> None:
    # Both write a blank as a pattern, and å so that it may also be a letter and a ring.
    text = re.sub(r"\\+s\\*\+", " ", (EDITORS / colours).read_text()).replace(r"(?:å|a\\x{030A})", "å")
    assert word.lower() in text.lower()


@pytest.mark.parametrize("name", SNIPPETS)
def test_a_snippet_is_a_description(name: str) -> None:
    body = "\n".join(SNIPPETS[name]["body"])
    filled = re.sub(r"\$\{\d+[:|]([^},|]*)[^}]*\}|\$0", r"\1", body)
    (description,) = read_document(filled, Parser()).descriptions
    assert description.kind is not None
    assert description.problems == ()


@pytest.mark.skipif(not (VSCODE / "node_modules").exists(), reason="run npm ci in editors/vscode first")
def test_grammar_of_vscode() -> None:
    npm = shutil.which("npm")
    assert npm is not None
    done = subprocess.run([npm, "test"], cwd=VSCODE, capture_output=True, text=True, timeout=120, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
