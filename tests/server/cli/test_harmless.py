"""What a text holds is harmless where it is printed: on a terminal, in a log, and to programs that read what is printed."""

import json
import os
import subprocess
import sys
from pathlib import Path
from urllib.parse import unquote
from xml.etree import ElementTree

import pytest

from tests.server.cli.conftest import Vkd
from tests.server.workspaces import workspace
from vkd_grammar.display import harmless, harmless_json, harmless_line

TITLE = "\x1b]0;x\x07"
OBEYED = [chr(code) for code in (*range(9), 11, 12, *range(14, 32), *range(127, 160))] + list(
    "\u061c\u200e\u200f\u2028\u2029\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufeff"
)
DESCRIPTION = f"""\
# {TITLE} \u202e \x9b1m
0 /Produktbeskrivelse / z{TITLE}\u202e / form=csv; contact={TITLE}
1 / Personer / Personreg.nov.70 / Yrke{TITLE}x / 19701101 / .
"""
DEMAND = f"""\
0 / Etterspørselsbeskrivelse / d{TITLE}\u202e / profile=yes
1 / Personer / Personreg.nov.70 / Yrke / 19701101 / .
"""
NAME = f"n{TITLE}\u202e\n.vkd"
CALLS: list[list[str]] = [
    ["format", "--diff"],
    ["format", "--check"],
    ["check"],
    ["check", "--output-format", "github"],
    ["check", "nowhere" + NAME],
    ["check", "other" + NAME + ".txt"],
    ["check", "--" + NAME],
    [TITLE],
    ["run", "demands"],
    ["run", "demands", "--output-format", "markdown"],
    ["test", "demands"],
    ["why", "demands/" + NAME, "ft60-person"],
    ["why", "demands/" + NAME, "z" + TITLE],
    ["profile", "run", "demands"],
    ["catalogue", "statistics"],
    ["catalogue", "show", "Yrke" + TITLE],
    ["catalogue", "show", "Inntekt"],
    ["catalogue", "import", NAME, "--from", ".", "--to", "x"],
    ["rule", TITLE],
    ["web", "nowhere" + NAME],
    ["diff", "HEAD", "--workspace", "nowhere" + NAME],
    ["evaluate", "nowhere" + NAME],
]
FOR_PROGRAMS = [
    ["check", "--output-format", "json"],
    ["check", "--output-format", "sarif"],
    ["check", "--output-format", "gitlab"],
    ["run", "demands", "--output-format", "json"],
    ["test", "demands", "--output-format", "json"],
    ["catalogue", "statistics", "--output-format", "json"],
]
posix = pytest.mark.skipif(sys.platform == "win32", reason="names of files there hold none of this")


@pytest.fixture
def hostile(tmp_path: Path) -> Path:
    """The census with an escape sequence wherever one can stand: names of files, of the catalogue, words, comments."""
    files = {"products/" + NAME: DESCRIPTION, "demands/" + NAME: DEMAND, "other" + NAME + ".txt": ""}
    place = workspace(tmp_path / "census", files)
    settings = place / "vkd.toml"
    text = settings.read_text(encoding="utf-8")
    settings.write_text(text.replace("Folketelling", "N\\u001b]0;x\\u0007\\u202e", 1), encoding="utf-8")
    vocabulary = place / "vocabulary/characteristics.csv"
    text = vocabulary.read_text(encoding="utf-8")
    vocabulary.write_text(text.replace("Inntekt", f"Inntekt{TITLE}\u202e"), encoding="utf-8")
    return place


@posix
@pytest.mark.parametrize("call", CALLS, ids=lambda call: " ".join(call).encode("unicode_escape").decode())
def test_a_terminal_is_sent_nothing_that_it_obeys(vkd: Vkd, hostile: Path, call: list[str]) -> None:
    called = vkd(*call, cwd=hostile)
    assert called.out or called.err
    assert [one for one in OBEYED if one in called.out + called.err] == []


@posix
@pytest.mark.parametrize("call", FOR_PROGRAMS, ids=" ".join)
def test_programs_are_told_what_the_files_say(vkd: Vkd, hostile: Path, call: list[str]) -> None:
    called = vkd(*call, cwd=hostile)
    assert [one for one in OBEYED if one in called.out] == []
    said = strings(json.loads(called.out))
    assert TITLE in (unquote(said) if "sarif" in call else said)


def strings(value: object) -> str:
    if isinstance(value, dict):
        return "".join(map(strings, (*value, *value.values())))
    return "".join(map(strings, value)) if isinstance(value, list) else str(value)


@posix
def test_junit_is_xml_whatever_it_tells_of(vkd: Vkd, hostile: Path) -> None:
    called = vkd("check", "--output-format", "junit", cwd=hostile)
    assert [one for one in OBEYED if one in called.out] == []
    suites = {suite.get("name") for suite in ElementTree.fromstring(called.out)}
    assert "products/n\ufffd]0;x\ufffd\u202e\n.vkd" in suites


@pytest.mark.parametrize("call", [["format", "-"], ["code", "-"]], ids=" ".join)
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_descriptions_that_were_asked_for_are_what_they_are(tmp_path: Path, call: list[str], end: str) -> None:
    text = DESCRIPTION.replace("\n", end)
    command = [sys.executable, "-m", "vkd_server", *call]
    run = subprocess.run(command, cwd=tmp_path, input=text.encode(), capture_output=True)
    assert run.stdout.decode().startswith(f"# {TITLE} \u202e \x9b1m{end}0 / ")
    assert TITLE not in run.stderr.decode()


@pytest.mark.skipif(sys.platform == "win32", reason="there is no terminal of that kind")
@pytest.mark.parametrize("call", [["format", "-"], ["format", "--diff", "-"], ["code", "-"]], ids=" ".join)
def test_on_a_terminal_they_are_harmless(tmp_path: Path, call: list[str]) -> None:
    import pty

    ours, terminal = pty.openpty()
    command = [sys.executable, "-m", "vkd_server", *call]
    run = subprocess.run(command, cwd=tmp_path, input=DESCRIPTION.encode(), stdout=terminal, stderr=terminal)
    os.close(terminal)
    assert run.returncode in (0, 1)
    said = os.read(ours, 1 << 16).decode()
    os.close(ours)
    assert "\ufffd]0;x\ufffd" in said
    assert [one for one in OBEYED if one in said] == []


def test_what_is_harmless_stays() -> None:
    text = "Kjønn\t«\u00a0🙂»\r\n\n‰→"
    assert harmless(text) == text
    assert harmless_line("a\nb\tc\r\n") == "a\ufffdb\ufffdc\ufffd\ufffd"
    assert harmless("a\rb") == "a\ufffdb"
    assert all(harmless(one) == "\ufffd" for one in OBEYED)


def test_json_says_the_same() -> None:
    said = {"".join(OBEYED): [*OBEYED, "Kjønn 🙂", 1.5, None]}
    text = harmless_json(json.dumps(said, ensure_ascii=False))
    assert json.loads(text) == said
    assert not any(one in text for one in OBEYED)
