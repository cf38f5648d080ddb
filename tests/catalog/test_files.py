"""Reading files: only those that end, and of any other why not."""

import os
from pathlib import Path

import pytest

from tests.folders import folder_for_all, unprivileged
from vkd_catalog import files
from vkd_catalog.files import FileReader, read_file


def test_what_a_file_says(tmp_path: Path) -> None:
    for data in (b"", b"x", b"x" * 100_000):
        (tmp_path / "a").write_bytes(data)
        (tmp_path / "b").unlink(missing_ok=True)
        (tmp_path / "b").symlink_to("a")
        assert read_file(tmp_path / "b") == data


@pytest.mark.skipif(not os.path.exists("/proc/self/status"), reason="there is no /proc here")
def test_a_file_without_a_size_is_read_to_its_end() -> None:
    assert read_file("/proc/self/status").endswith(b"\n")


def test_why_not(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(files, "MOST_BYTES", 1000)
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "folder").mkdir()
    for link, target in (("gone", "nowhere"), ("self", "self"), ("device", "/dev/zero")):
        (tmp_path / link).symlink_to(target)
    (tmp_path / "large").write_bytes(b"x" * 1001)
    (tmp_path / "just").write_bytes(b"x" * 1000)
    reader = FileReader(tmp_path)
    names = ("pipe", "folder", "gone", "self", "device", "large", "just", "nowhere", "just/x", "x" * 5000, "\0")
    assert [reader.read(name) is None for name in names] == [name != "just" for name in names]
    assert reader.unread == {
        "pipe": "not-regular",
        "folder": "not-regular",
        "gone": "dangling",
        "self": "circle",
        "device": "not-regular",
        "large": "too-large",
        "nowhere": "missing",
        "just/x": "missing",
        "x" * 5000: "too-long",
        "\0": "missing",
    }
    (tmp_path / "nowhere").touch()
    assert reader.read("nowhere") == b""
    assert "nowhere" not in reader.unread


def test_a_file_that_may_not_be_read() -> None:
    with folder_for_all() as folder:
        (folder / "a").touch(0)
        (folder / "a").chmod(0)
        with unprivileged():
            reader = FileReader(folder)
            assert (reader.read("a"), reader.unread) == (None, {"a": "denied"})
