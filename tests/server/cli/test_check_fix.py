"""`vkd check --fix` and `--baseline`: what is put right, what is hidden, and that nothing is lost."""

import json
from pathlib import Path

import pytest

from tests.server.cli.conftest import Vkd
from tests.server.workspaces import workspace

DEMAND = "0 / Etterspørselsbeskrivelse / bruker\n"
WRONG = "1 / Personer / Personreg.nov.70 / Yrkke / 19701101 / .\n"
BROKEN = f'{DEMAND}2 / Personer / Personreg.nov.70 / Yrke / 1970 / 0\n" / " / " / Alder / " / O\n'
FIXED = f'{DEMAND}1 / Personer / Personreg.nov.70 / Yrke / 1970 / O\n2 / " / " / Alder / " / .\n'


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (BROKEN.encode(), FIXED.encode()),
        (BROKEN.replace("\n", "\r\n").encode(), FIXED.replace("\n", "\r\n").encode()),
        (b"\xef\xbb\xbf" + BROKEN.encode(), b"\xef\xbb\xbf" + FIXED.encode()),
        (BROKEN.rstrip("\n").encode(), FIXED.rstrip("\n").encode()),
        ("# Å 😀\n\n".encode() + BROKEN.encode() + b"\n# slutt", "# Å 😀\n\n".encode() + FIXED.encode() + b"\n# slutt"),
        (BROKEN.encode("latin-1"), BROKEN.encode("latin-1")),
        (b"", b""),
    ],
)
def test_what_is_certain_is_put_right(vkd: Vkd, tmp_path: Path, before: bytes, after: bytes) -> None:
    workspace(tmp_path, {"a.vkd": before})
    vkd("check", "--fix", "a.vkd")
    assert (tmp_path / "a.vkd").read_bytes() == after


def test_what_is_left_is_told(vkd: Vkd, tmp_path: Path) -> None:
    workspace(tmp_path, {"a.vkd": DEMAND + WRONG.replace("1 /", "9 /")})
    called = vkd("check", "--fix", "a.vkd")
    assert called.code == 1
    assert [line.split()[2] for line in called.out.splitlines()[:1]] == ["VKD101"]
    assert called.out.splitlines()[-1] == "1 feil i 1 fil; 1 rettet."


def test_nothing_is_written_where_nothing_is_certain(vkd: Vkd, tmp_path: Path) -> None:
    file = workspace(tmp_path, {"a.vkd": DEMAND + WRONG}) / "a.vkd"
    state = file.stat()
    vkd("check", "--fix")
    assert (file.stat().st_ino, file.stat().st_mtime_ns) == (state.st_ino, state.st_mtime_ns)


def test_what_is_ignored_is_not_put_right(vkd: Vkd, tmp_path: Path) -> None:
    text = "# vkd: ignore[VKD003]\n" + DEMAND + WRONG.replace("1 /", "9 /").replace("Yrkke", "Yrke")
    workspace(tmp_path, {"a.vkd": text})
    assert vkd("check", "--fix", "a.vkd").code == 0
    assert (tmp_path / "a.vkd").read_text(encoding="utf-8") == text


def test_a_baseline_hides_what_is_known(vkd: Vkd, tmp_path: Path) -> None:
    workspace(tmp_path, {"a.vkd": DEMAND + WRONG})
    assert vkd("check", "--write-baseline", "known.json").code == 0
    hidden = vkd("check", "--baseline", "known.json")
    assert hidden.code == 0
    assert hidden.out == "Ingenting å bemerke i 14 filer; 3 kjente er skjult.\n"


def test_what_is_known_stays_so_where_lines_move_and_new_things_show(vkd: Vkd, tmp_path: Path) -> None:
    file = workspace(tmp_path, {"a.vkd": DEMAND + WRONG}) / "a.vkd"
    vkd("check", "--write-baseline", "known.json")
    moved = "# Ny kommentar\n\n" + DEMAND + WRONG.replace(" / ", "   /  ")
    file.write_text(moved, encoding="utf-8")
    assert vkd("check", "--baseline", "known.json").code == 0
    file.write_text(moved + DEMAND + WRONG, encoding="utf-8")
    again = vkd("check", "--output-format", "json", "--baseline", "known.json")
    assert again.code == 1
    assert [(one["code"], one["start"]["line"]) for one in again.json] == [("VKD101", 6)]


def test_a_baseline_can_be_used_from_another_folder(vkd: Vkd, tmp_path: Path) -> None:
    workspace(tmp_path, {"a.vkd": DEMAND + WRONG})
    vkd("check", "--write-baseline", "known.json")
    assert vkd("check", "--baseline", "../known.json", "..", cwd=tmp_path / "demands").code == 0


def test_a_baseline_names_no_line(vkd: Vkd, tmp_path: Path) -> None:
    workspace(tmp_path, {"a.vkd": DEMAND + WRONG.replace("Yrkke", "01016050012")})
    vkd("check", "--write-baseline", "known.json")
    kept = (tmp_path / "known.json").read_text(encoding="utf-8")
    assert "01016050012" not in kept
    assert {key.split()[0] for key in json.loads(kept)["findings"]["a.vkd"]} == {"VKD101", "VKD504"}


@pytest.mark.parametrize(
    "kept", ["", "[]", '{"version": 2, "findings": {}}', '{"version": 1, "findings": {"a": 3}}', "{"]
)
def test_a_damaged_baseline_is_told(vkd: Vkd, tmp_path: Path, kept: str) -> None:
    workspace(tmp_path, {"known.json": kept})
    called = vkd("check", "--baseline", "known.json")
    assert (called.code, called.out, called.err.count("\n")) == (2, "", 1)
    assert "known.json" in called.err
