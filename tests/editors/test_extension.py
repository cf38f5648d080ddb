"""What the editors' files state of the language and of the server is what grammar and server state themselves."""

import json
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

import vkd_server
from vkd_catalog.languages import languages, load
from vkd_grammar.document import read_document
from vkd_grammar.kinds import HEADER_TYPES
from vkd_grammar.parser import Parser
from vkd_server.lsp.requests import COMMANDS
from vkd_server.workspace.settings import Settings, read_settings

EDITORS = Path(__file__).parents[2] / "editors"
VSCODE = EDITORS / "vscode"
MANIFEST: dict[str, Any] = json.loads((VSCODE / "package.json").read_text())
SETTINGS: dict[str, Any] = MANIFEST["contributes"]["configuration"]["properties"]
SNIPPETS: dict[str, dict[str, Any]] = json.loads((VSCODE / "snippets/vkd.json").read_text())
TEXTS: dict[str, str] = json.loads((VSCODE / "package.nls.json").read_text())
OF_THE_CLIENT = {"vkd.server.command", "vkd.server.package", "vkd.trace.server"}


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
    titles = [TEXTS[command["title"].strip("%")] for command in MANIFEST["contributes"]["commands"]]
    assert [name for name in [*SETTINGS, *(f"vkd: {title}" for title in titles)] if name not in readme] == []


def test_commands_are_not_called_as_the_servers() -> None:
    """VS Code knows a command by one name, and the client registers the server's."""
    assert {command["command"] for command in MANIFEST["contributes"]["commands"]} & set(COMMANDS) == set()


def test_commands_of_the_manifest_are_carried_out() -> None:
    source = "".join(file.read_text() for file in (VSCODE / "src").rglob("*.ts"))
    manifest = json.dumps(MANIFEST) + json.dumps(TEXTS)
    called = set(re.findall(r'"command": "(vkd\.\w+)"', manifest)) | set(re.findall(r"command:(vkd\.\w+)", manifest))
    assert [name for name in called if f'"{name}"' not in source] == []


def test_the_manifest_names_texts_that_there_are() -> None:
    assert set(re.findall(r'"%([\w.]+)%"', json.dumps(MANIFEST))) == set(TEXTS)


@pytest.mark.parametrize("language", languages())
def test_texts_of_the_manifest_lead_and_quote_alike(language: str) -> None:
    marks = re.compile(r"\(command:[\w.]+\)|`[^`]+`")
    theirs = load(language).texts
    for key, text in TEXTS.items():
        assert marks.findall(text) == marks.findall(theirs[f"manifest.{key}"]), key


@pytest.mark.parametrize("script", ["lint", "unit"])
@pytest.mark.parametrize("package", ["vscode", "browser"])
def test_typescript(package: str, script: str) -> None:
    """Biome finds nothing, and the tests of what needs no window pass."""
    npm = shutil.which("npm")
    if npm is None or not (EDITORS / package / "node_modules").exists():
        pytest.skip(f"run npm ci in editors/{package} first")
    command = [npm, "run", "--silent", script]
    done = subprocess.run(command, cwd=EDITORS / package, capture_output=True, text=True, timeout=120, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def test_problem_matcher_reads_what_check_writes(tmp_path: Path) -> None:
    (tmp_path / "a.vkd").write_text("0 / Produktbeskrivelse / a\n", encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-m", "vkd_server", "check", "."],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    (matcher,) = MANIFEST["contributes"]["problemMatchers"]
    pattern = matcher["pattern"]
    found = [match for line in done.stdout.splitlines() if (match := re.match(pattern["regexp"], line))]
    assert [(one[pattern["file"]], one[pattern["line"]], one[pattern["code"]]) for one in found][:1] == [
        ("a.vkd", "1", "VKD002")
    ], done.stdout


def test_the_demand_snippets_are_those_that_new_demand_names() -> None:
    source = (VSCODE / "src/firstSteps.ts").read_text()
    named = re.findall(r'(?:nb|nn|sv|da|en): "([^"]+)"', source)
    assert len(named) == 5
    assert [name for name in named if name not in SNIPPETS] == []


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
