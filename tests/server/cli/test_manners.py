"""The manners of the command line: what was meant is named, one language is spoken, and nothing ends in a traceback."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.server.cli.conftest import Vkd
from tests.server.rules_there_are import LEVELS
from tests.server.workspaces import CENSUS, workspace
from vkd_server.cli import COMMANDS
from vkd_server.cli.terminal import folded, with_progress

DEMAND = "0 / Etterspørselsbeskrivelse / bruker\n"
LINE = "1 / Personer / Personreg.nov.70 / Yrke / 19701101 / .\n"
WRONG = LINE.replace("Yrke", "Yrkke")
NUMBERED = LINE.replace("1 /", "7 /")
EXAMPLES = CENSUS.parent


@pytest.fixture(autouse=True)
def _in_english(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LC_ALL", "C")


# What was meant


@pytest.mark.parametrize("command", COMMANDS)
def test_help_of_a_command_is_its_help(vkd: Vkd, command: str) -> None:
    assert vkd("help", command) == vkd(command, "--help")
    assert vkd("help") == vkd("--help")


def test_help_of_an_action_is_its_help(vkd: Vkd) -> None:
    assert vkd("help", "catalogue", "show") == vkd("catalogue", "show", "--help")


MEANT = {
    ("chek",): "check",
    ("help", "fromat"): "format",
    ("hlep",): "help",
    ("catalog",): "catalogue",
    ("check", "--output-fromat", "json"): "--output-format",
    ("check", "--output-fromat=json"): "--output-format",
    ("check", "--output-format", "jsn"): "json",
    ("check", "--selct", "VKD1"): "--select",
    ("check", "--select", "VKD1101"): "VKD101",
    ("run", "--max-set", "2", "."): "--max-sets",
    ("run", "--language", "nbb", "."): "nb",
    ("catalogue", "sho", "x"): "show",
    ("catalogue", "show", "--workspce", ".", "x"): "--workspace",
    ("profile", "runn"): "run",
    ("format", "--chek"): "--check",
}


@pytest.mark.parametrize("call", MEANT, ids=" ".join)
def test_what_was_meant_is_named(vkd: Vkd, call: tuple[str, ...]) -> None:
    called = vkd(*call)
    assert (called.code, called.out) == (2, "")
    assert called.err.startswith("vkd")
    assert called.err.endswith(f"did you mean {MEANT[call]}?\n")
    assert called.err.count("\n") == 1


@pytest.mark.parametrize("call", [("xyzzy",), ("check", "--xyzzy"), ("rule", "VKD101", "VKD102"), ("-x",)])
def test_where_nothing_is_near_the_help_is_named(vkd: Vkd, call: tuple[str, ...]) -> None:
    called = vkd(*call)
    assert called.code == 2
    assert "--help" in called.err
    assert called.err.count("\n") == 1


@pytest.mark.parametrize(
    ("language", "asks"), [("nb", "mente du"), ("nn", "meinte du"), ("sv", "menade du"), ("da", "mente du")]
)
def test_it_is_asked_in_the_language_of_the_call(
    vkd: Vkd, monkeypatch: pytest.MonkeyPatch, language: str, asks: str
) -> None:
    assert asks in vkd("check", "--language", language, "--selct", "x").err
    monkeypatch.setenv("LC_ALL", f"{language}_XX.UTF-8")
    assert asks in vkd("chek").err


# Standard input, and what is told


def test_standard_input_is_checked_as_the_file_it_stands_for(vkd: Vkd, tmp_path: Path) -> None:
    workspace(tmp_path, {"under/a.vkd": DEMAND + LINE})
    (found,) = vkd(
        "check", "-", "--stdin-filename", "under/a.vkd", "--output-format", "json", stdin=(DEMAND + WRONG).encode()
    ).json
    assert (found["path"], found["code"], found["start"]["line"]) == ("under/a.vkd", "VKD101", 2)
    (found,) = vkd("check", "-", "--output-format", "json", stdin=(DEMAND + WRONG).encode()).json
    assert found["path"] == "-"
    # From elsewhere the catalogue is found by the name of the file.
    (tmp_path / "elsewhere").mkdir()
    called = vkd(
        "check",
        "-",
        "--stdin-filename",
        "../products/new.vkd",
        stdin=(DEMAND + LINE).encode(),
        cwd=tmp_path / "elsewhere",
    )
    assert called.code == 0


def test_a_product_in_standard_input_stands_for_its_file(vkd: Vkd, tmp_path: Path) -> None:
    workspace(tmp_path, {})
    text = (tmp_path / "products/ft70.vkd").read_bytes()
    own = vkd("check", "-", "--stdin-filename", "products/ft70.vkd", "--output-format", "json", stdin=text)
    assert own.json == []
    other = vkd("check", "-", "--stdin-filename", "products/x.vkd", "--output-format", "json", stdin=text)
    assert set(other.codes) == {"VKD404"}


def test_a_vocabulary_in_standard_input(vkd: Vkd, tmp_path: Path) -> None:
    workspace(tmp_path, {})
    name = "vocabulary/times.csv"
    called = vkd("check", "-", "--stdin-filename", name, "--output-format", "json", stdin=b"code;from;to\nT1;1970;x\n")
    assert [(one["code"], one["path"]) for one in called.json] == [("VKD604", name)]
    assert vkd("check", "-", "--stdin-filename", "archive/ft70-person.csv", stdin=b"").code == 2


@pytest.mark.parametrize(
    "call",
    [
        ("--stdin-filename", "a.vkd"),
        ("-", "--fix"),
        ("--workspace", "nowhere"),
        ("--statistics", "--output-format", "sarif"),
    ],
)
def test_calls_of_check_that_make_no_sense(vkd: Vkd, tmp_path: Path, call: tuple[str, ...]) -> None:
    workspace(tmp_path, {})
    called = vkd("check", *call)
    assert (called.code, called.out, called.err.count("\n")) == (2, "", 1)


def test_a_workspace_that_files_do_not_lie_in(vkd: Vkd, tmp_path: Path) -> None:
    workspace(tmp_path / "w", {})
    (tmp_path / "a.vkd").write_text(DEMAND + LINE, encoding="utf-8")
    assert vkd("check", "a.vkd").code == 1
    assert vkd("check", "a.vkd", "--workspace", "w").code == 0
    assert vkd("check", "-", "--workspace", "w", stdin=(DEMAND + LINE).encode()).code == 0
    assert (
        vkd("check", "--workspace", "w", "--output-format", "json").json
        == vkd("check", "w", "--output-format", "json").json
    )


@pytest.mark.parametrize(
    ("language", "says"),
    [
        ("nb", "er ikke et ord i"),
        ("nn", "er ikkje eit ord i"),
        ("sv", "är inget ord i"),
        ("da", "kendetegn"),
        ("en", "is not a word in"),
    ],
)
def test_check_speaks_a_language(vkd: Vkd, tmp_path: Path, language: str, says: str) -> None:
    workspace(tmp_path, {"a.vkd": DEMAND + WRONG})
    assert says in vkd("check", "--language", language, "a.vkd").out
    assert vkd("check", "--language", language, "a.vkd").out == vkd("check", f"--language={language}", "a.vkd").out


def test_what_is_told_can_be_chosen(vkd: Vkd, tmp_path: Path) -> None:
    workspace(tmp_path, {"a.vkd": DEMAND + NUMBERED.replace("Yrke", "Yrkke")})

    def codes(*options: str) -> list[str]:
        return vkd("check", "--output-format", "json", "a.vkd", *options).codes

    assert sorted(codes()) == ["VKD003", "VKD101"]
    assert codes("--select", "VKD101") == codes("--select", "vkd1") == codes("--ignore", "VKD0") == ["VKD101"]
    assert codes("--ignore", "VKD101") == codes("--select", "VKD0,VKD5") == ["VKD003"]
    assert codes("--select", "VKD", "--ignore", "VKD1") == ["VKD003"]
    assert codes("--select", "VKD101", "--ignore", "VKD1") == ["VKD101"]
    assert codes("--ignore", "VKD0", "--ignore", "VKD1") == []
    assert vkd("check", "a.vkd", "--ignore", "VKD101").code == 0
    assert vkd("check", "a.vkd", "--select", "VKD999").code == 2


def test_a_diagnostic_that_is_off_is_on_where_it_is_named(vkd: Vkd, tmp_path: Path) -> None:
    workspace(tmp_path, {})
    found = vkd("check", "--output-format", "json", "--select", "VKD502").json
    assert {(one["code"], one["severity"]) for one in found} == {("VKD502", "warning")}
    assert vkd("check", "--output-format", "json", "--select", "VKD5").json == []


def test_statistics(vkd: Vkd, tmp_path: Path) -> None:
    workspace(tmp_path, {"a.vkd": DEMAND + WRONG + DEMAND + WRONG + DEMAND + NUMBERED})
    assert [line.split()[:3] for line in vkd("check", "--statistics", "a.vkd").out.splitlines()] == [
        ["2", "VKD101", "error"],
        ["1", "VKD003", "warning"],
    ]
    counted = vkd("check", "--statistics", "--output-format", "json", "a.vkd")
    assert (counted.code, [(one["code"], one["count"]) for one in counted.json]) == (1, [("VKD101", 2), ("VKD003", 1)])


def test_quiet_prints_what_is_found_and_nothing_else(vkd: Vkd, tmp_path: Path) -> None:
    workspace(tmp_path, {"a.vkd": DEMAND + LINE, "b.vkd": DEMAND + NUMBERED})
    assert vkd("check", "-q", "a.vkd").out == ""
    assert [line[:14] for line in vkd("check", "--quiet", "b.vkd").out.splitlines()] == [
        "b.vkd:2:1: war",
        "    → Nummerer",
    ]


def test_warnings_of_a_kind_are_gathered_after_the_third(vkd: Vkd, tmp_path: Path) -> None:
    workspace(tmp_path, {"a.vkd": (DEMAND + NUMBERED) * 8 + (DEMAND + WRONG) * 5})
    lines = [line for line in vkd("check", "a.vkd").out.splitlines() if not line.startswith(" ")]
    assert sum("warning VKD003 " in line for line in lines) == 3
    assert sum("VKD101 " in line for line in lines) == 5
    assert lines[-2].startswith("VKD003: 5 til")
    assert lines[-1].startswith("5 feil, 8 advarsler")
    assert vkd("check", "--all", "a.vkd").out.count("warning VKD003 ") == 8
    assert len(vkd("check", "--output-format", "json", "a.vkd").json) == 13


# Colours and width


@pytest.mark.parametrize(
    ("variables", "coloured"),
    [
        ({}, False),
        ({"FORCE_COLOR": "1"}, True),
        ({"FORCE_COLOR": "0"}, False),
        ({"FORCE_COLOR": ""}, False),
        ({"FORCE_COLOR": "1", "NO_COLOR": "1"}, False),
        ({"FORCE_COLOR": "1", "NO_COLOR": ""}, True),
        ({"FORCE_COLOR": "1", "TERM": "dumb"}, True),
    ],
)
def test_colours(
    vkd: Vkd, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, variables: dict[str, str], coloured: bool
) -> None:
    workspace(tmp_path, {"a.vkd": DEMAND + WRONG})
    for name in ("FORCE_COLOR", "NO_COLOR"):
        monkeypatch.delenv(name, raising=False)
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    assert ("\x1b[" in vkd("check", "a.vkd").out) is coloured


def test_prose_is_folded_and_what_is_set_in_is_not() -> None:
    text = f"{'ord ' * 60}\n    {'x ' * 80}\n\nkort"
    lines = folded(text, always=True).split("\n")
    assert max(len(line) for line in lines if "ord" in line) <= 100
    assert lines[-3:] == ["    " + "x " * 80, "", "kort"]
    assert folded(text) == text


class _Screen:
    """A terminal that keeps what it is shown."""

    def __init__(self) -> None:
        self.shown: list[str] = []

    def isatty(self) -> bool:
        return True

    def write(self, text: str) -> int:
        self.shown.append(text)
        return len(text)

    def flush(self) -> None:
        pass


def test_progress_is_shown_after_a_second_and_taken_away(monkeypatch: pytest.MonkeyPatch) -> None:
    times = iter(range(100))
    monkeypatch.setattr("vkd_server.cli.terminal.time.monotonic", lambda: next(times) * 0.3)
    screen = _Screen()
    assert list(with_progress(range(9), 9, screen)) == list(range(9))  # type: ignore[arg-type]
    assert screen.shown[0].endswith("vkd: 3 / 9")
    assert screen.shown[-1] == "\r\x1b[K"
    monkeypatch.setattr("vkd_server.cli.terminal.time.monotonic", lambda: 0.0)
    screen.shown.clear()
    list(with_progress(range(9), 9, screen))  # type: ignore[arg-type]
    assert screen.shown == []
    # What came before the first item counts as waiting.
    list(with_progress(range(9), 9, screen, since=-2.0))  # type: ignore[arg-type]
    assert screen.shown == ["\r\x1b[Kvkd: 0 / 9", "\r\x1b[K"]


# What a catalogue holds


def test_a_product_is_shown(vkd: Vkd, tmp_path: Path) -> None:
    workspace(tmp_path, {})
    called = vkd("catalogue", "show", "FT70-person")
    assert called.code == 0
    assert called.out.splitlines()[:2] == ["ft70-person – produkt", "  products/ft70.vkd:2"]
    assert "4 / " in called.out
    assert "ft70-tabell" not in called.out


def test_a_word_says_in_which_products_it_stands(vkd: Vkd, tmp_path: Path) -> None:
    workspace(tmp_path, {})
    assert "  Produkter: 1 (ft70-person)\n" in vkd("catalogue", "show", "Inntekt").out
    assert "ft70-person" in vkd("catalogue", "show", "ft70-persn").err


@pytest.mark.parametrize("options", [[], ["--output-format", "markdown"], ["--language", "en"]])
def test_the_message_to_a_demand_with_an_unknown_word_names_the_nearest(
    vkd: Vkd, tmp_path: Path, options: list[str]
) -> None:
    workspace(tmp_path, {})
    called = vkd("run", "-", *options, stdin=(DEMAND + LINE.replace("Yrke", "Inntekx")).encode())
    assert called.code == 1
    assert "Inntekt" in called.out


# Streams


def process(arguments: str, cwd: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    command = f"{sys.executable} -m vkd_server {arguments}"
    return subprocess.run(
        ["bash", "-c", command],
        cwd=cwd,
        capture_output=True,
        text=True,
        encoding="utf-8",
        env={**os.environ, **environment},
    )


STREAMS = {
    "check demands >&-": 0,
    "check a.vkd >&-": 1,
    "check a.vkd 2>&-": 1,
    "check nowhere 2>&-": 2,
    "check a.vkd <&-": 1,
    "check - <&-": 2,
    "run demands >&-": 0,
    "run demands 2>&-": 0,
    "run - <&-": 2,
    "run --output-format json demands >&- 2>&- <&-": 0,
    "rule >&-": 0,
    "format --check demands 2>&-": 0,
    "catalogue statistics >&-": 0,
    "chek 2>&-": 2,
    "--version >&-": 0,
    "--help >&-": 0,
    "check >/dev/full": 2,
    "run demands >/dev/full": 2,
    "run --output-format json demands >/dev/full": 2,
    "rule >/dev/full": 2,
    "--help >/dev/full": 2,
    "check --help >/dev/full": 2,
    "--version >/dev/full": 2,
    "chek 2>/dev/full": 2,
}


@pytest.mark.skipif(not Path("/dev/full").exists() or shutil.which("bash") is None, reason="needs bash and /dev/full")
@pytest.mark.parametrize("unbuffered", ["", "1"])
@pytest.mark.parametrize("call", STREAMS)
def test_streams_that_are_closed_or_full_end_in_no_traceback(tmp_path: Path, call: str, unbuffered: str) -> None:
    workspace(tmp_path, {"a.vkd": DEMAND + WRONG})
    ended = process(call, tmp_path, PYTHONUNBUFFERED=unbuffered)
    assert ended.returncode == STREAMS[call], ended.stderr
    assert "Traceback" not in ended.stderr
    assert "Exception ignored" not in ended.stderr
    assert ended.stderr.count("\n") <= 1


@pytest.mark.skipif(shutil.which("bash") is None, reason="needs bash")
@pytest.mark.parametrize(
    "call",
    [
        "--version",
        "--help",
        "rule",
        "check",
        "run demands",
        "run --output-format json demands",
        "catalogue show Yrke",
        "code demands",
    ],
)
def test_a_reader_that_goes_away_is_no_error(tmp_path: Path, call: str) -> None:
    workspace(tmp_path, {})
    ended = process(f"{call} | true; exit ${{PIPESTATUS[0]}}", tmp_path)
    assert (ended.returncode, ended.stderr) == (0, "")


# The examples


@pytest.mark.parametrize("name", ["folketelling", "registre-dk", "utdanning"])
def test_the_examples_are_clean(vkd: Vkd, tmp_path: Path, name: str) -> None:
    folder = tmp_path / name
    shutil.copytree(EXAMPLES / name, folder, ignore=shutil.ignore_patterns(".vkd"))
    assert not [one for one in vkd("check", "--output-format", "json", name).json if one["severity"] == "error"]
    formatted = vkd("format", "--check", name)
    assert (formatted.code, formatted.out) == (0, "")
    answers = vkd("run", "--output-format", "json", f"{name}/demands").demands
    assert answers
    assert not [one["id"] for one in answers if one["status"] == "invalid"]


def test_every_code_can_be_asked_for(vkd: Vkd, tmp_path: Path) -> None:
    workspace(tmp_path, {})
    assert vkd("check", "--select", ",".join(LEVELS), "-q").code == 0


# Folders that are not there


@pytest.mark.parametrize(
    "call",
    [("check",), ("run", "."), ("test",), ("evaluate", "."), ("profile", "run"), ("diff", "HEAD"), ("code", ".")],
)
def test_a_workspace_that_is_not_there_is_refused(vkd: Vkd, call: tuple[str, ...]) -> None:
    called = vkd(*call, "--workspace", "nowhere")
    assert (called.code, called.out, called.err) == (2, "", "vkd: nowhere: no such folder\n")


@pytest.mark.skipif(sys.platform == "win32", reason="a folder in use cannot be removed there")
def test_a_call_in_a_folder_that_was_removed_says_so(tmp_path: Path) -> None:
    script = "import os, sys; os.rmdir(os.getcwd()); from vkd_server.cli import run_command; sys.exit(run_command(['check']))"
    gone = tmp_path / "gone"
    gone.mkdir()
    done = subprocess.run([sys.executable, "-c", script], cwd=gone, capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert done.stderr == "vkd: the folder that this is called in is no longer there\n"


def test_answers_to_standard_input_have_no_file_to_be_accepted_in(vkd: Vkd, tmp_path: Path) -> None:
    workspace(tmp_path, {})
    called = vkd("test", "--accept", "-", stdin=(DEMAND + LINE).encode())
    assert called.code == 2
    assert "files and folders" in called.err
    assert not (tmp_path / "-.expected").exists()
