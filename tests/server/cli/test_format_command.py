"""`vkd format`: what it writes, tells and leaves alone."""

from pathlib import Path

import pytest

from tests.server.cli.conftest import Vkd

BEFORE = '0/Etterspørselsbeskrivelse/bruker\n1/Personer/Personreg.nov.70/Yrke/1970/O\n2/"/"/Alder/"/.\n'
AFTER = (
    "0 / Etterspørselsbeskrivelse / bruker\n"
    "1 / Personer / Personreg.nov.70 / Yrke  / 1970 / O\n"
    '2 / "        / "                / Alder / "    / .\n'
)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (BEFORE.encode(), AFTER.encode()),
        (BEFORE.replace("\n", "\r\n").encode(), AFTER.replace("\n", "\r\n").encode()),
        (b"\xef\xbb\xbf" + BEFORE.encode(), b"\xef\xbb\xbf" + AFTER.encode()),
        (b"", b""),
    ],
)
def test_files_are_rewritten(vkd: Vkd, tmp_path: Path, before: bytes, after: bytes) -> None:
    file = tmp_path / "under/a.vkd"
    file.parent.mkdir()
    file.write_bytes(before)
    assert vkd("format").code == 0
    assert file.read_bytes() == after
    assert vkd("format", "--check", "under").code == 0


def test_check_and_diff_change_nothing(vkd: Vkd, tmp_path: Path) -> None:
    file = tmp_path / "a.vkd"
    file.write_text(BEFORE, encoding="utf-8")
    checked = vkd("format", "--check", "a.vkd")
    diff = vkd("format", "--diff", "a.vkd")
    both = vkd("format", "--check", "--diff", "a.vkd")
    assert (checked.code, diff.code, both.code) == (1, 0, 1)
    assert checked.out == "a.vkd\n"
    assert diff.out.startswith("--- a.vkd\n+++ a.vkd\n@@")
    assert "+1 / Personer / Personreg.nov.70 / Yrke  / 1970 / O\n" in diff.out
    assert file.read_text(encoding="utf-8") == BEFORE


def test_standard_input(vkd: Vkd) -> None:
    called = vkd("format", "-", stdin=BEFORE.encode())
    assert (called.code, called.out) == (0, AFTER)
    assert vkd("format", "--check", "-", stdin=BEFORE.encode()).code == 1
    assert vkd("format", "--check", "-", stdin=AFTER.encode()).code == 0
    assert vkd("format", "-", stdin=b"\xff").code == 2


@pytest.mark.parametrize("data", [BEFORE.encode("latin-1"), BEFORE.encode("utf-16"), bytes(range(256))])
def test_what_cannot_be_read_is_left_as_it_is(vkd: Vkd, tmp_path: Path, data: bytes) -> None:
    (tmp_path / "a.vkd").write_bytes(data)
    (tmp_path / "b.vkd").write_text(BEFORE, encoding="utf-8")
    called = vkd("format")
    assert called.code == 2
    assert "a.vkd" in called.err
    assert (tmp_path / "a.vkd").read_bytes() == data
    assert (tmp_path / "b.vkd").read_text(encoding="utf-8") == AFTER


def test_a_file_keeps_its_rights_and_a_link_its_target(vkd: Vkd, tmp_path: Path) -> None:
    file = tmp_path / "a.vkd"
    file.write_text(BEFORE, encoding="utf-8")
    file.chmod(0o640)
    (tmp_path / "b.vkd").symlink_to("a.vkd")
    vkd("format", "b.vkd")
    assert (tmp_path / "b.vkd").is_symlink()
    assert file.read_text(encoding="utf-8") == AFTER
    assert file.stat().st_mode & 0o777 == 0o640
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.vkd", "b.vkd"]


def test_no_such_file(vkd: Vkd) -> None:
    called = vkd("format", "nowhere.vkd")
    assert (called.code, called.err.count("\n")) == (2, 1)
