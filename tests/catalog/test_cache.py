"""What lies in `.vkd/` is whole, ours and made here, or it is not believed; and nothing goes out of it by a link."""

import os
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from random import Random

import pytest

from vkd_catalog.cache import Cache
from vkd_catalog.engines import embedded_store
from vkd_catalog.engines.embedded import open_register
from vkd_catalog.engines.embedded_store import REGISTER_FILE
from vkd_catalog.profiles import DamagedMemoryError, Memory, ProfileState, read_memory, write_memory
from vkd_catalog.register import FileState, ProductRecord, Register, SentenceRecord, Trouble

NAME = "folder/file"
SENTENCES = [SentenceRecord(line, "A", f"R.{line}", f"B.{line}", 0, 99, False) for line in range(1, 200)]
PRODUCT = ProductRecord("one", "a.vkd", 0, {"data": "x:y"}, ("A",), "no")


def test_what_is_sealed_is_found_by_others_in_its_folder_and_nowhere_else(tmp_path: Path) -> None:
    here, there = Cache(tmp_path / "here"), Cache(tmp_path / "there")
    for cache in (here, there):
        cache.folder.parent.mkdir()
        assert cache.read_sealed(NAME).state == "absent"
    here.write_sealed(NAME, b"some", b"thing")
    there.write_sealed("other", b"")
    found = Cache(here.folder.parent).read_sealed(NAME)
    assert (found.state, bytes(found.data)) == ("whole", b"something")
    shutil.copytree(here.folder, there.folder, dirs_exist_ok=True)
    os.utime(there.folder / NAME, (10**9, 10**9))
    for most in (None, 0):
        assert Cache(there.folder.parent).read_sealed(NAME, most).state == "elsewhere"


def test_looking_writes_nothing_and_writing_keeps_it_out_of_git(tmp_path: Path) -> None:
    cache = Cache(tmp_path)
    assert cache.read_sealed(NAME).state == "absent"
    assert cache.mark() == ""
    assert not list(tmp_path.iterdir())
    cache.write_sealed(NAME, b"")
    assert (tmp_path / ".vkd/.gitignore").read_text() == "*\n"
    assert {path.name for path in tmp_path.rglob("*")} == {".vkd", ".gitignore", "made-here", "folder", "file"}


def test_what_a_killed_writer_left_is_removed_and_what_is_being_written_is_not(tmp_path: Path) -> None:
    folder = tmp_path / ".vkd/folder"
    folder.mkdir(parents=True)
    for name in (".file.1-1.part", ".file.1-2.part"):
        (folder / name).write_bytes(b"x")
    os.utime(folder / ".file.1-1.part", (10**9, 10**9))
    Cache(tmp_path).write(NAME, b"")
    assert sorted(file.name for file in folder.iterdir()) == [".file.1-2.part", "file"]


def test_a_write_that_fails_leaves_what_was_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    cache = Cache(tmp_path)
    cache.write_sealed(NAME, b"before")
    monkeypatch.setattr(os, "write", no_room)
    with pytest.raises(OSError, match="No space"):
        cache.write_sealed(NAME, b"after")
    assert bytes(cache.read_sealed(NAME).data) == b"before"
    assert [file.name for file in (tmp_path / ".vkd/folder").iterdir()] == ["file"]


def no_room(_file: int, _data: bytes) -> int:
    raise OSError(28, "No space left on device")


def linked(path: Path, target: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.symlink_to(target)


IN_THE_WAY: dict[str, Callable[[Path, Path], object]] = {
    "the folder is a link": lambda root, out: linked(root / ".vkd", out),
    "the folder in it is a link": lambda root, out: linked(root / ".vkd/folder", out),
    "the file is a link": lambda root, out: linked(root / ".vkd/folder/file", out / "file"),
    "the file is a link to nothing": lambda root, out: linked(root / ".vkd/folder/file", out / "none"),
    "the mark is a link": lambda root, out: linked(root / ".vkd/made-here", out / "none"),
    "the file is a folder": lambda root, out: (root / ".vkd/folder/file").mkdir(parents=True),
    "the folder is a file": lambda root, out: (root / ".vkd").write_bytes(b""),
}


@pytest.mark.skipif(not Path("/proc/self/fd").exists(), reason="open files cannot be counted")
def test_no_descriptor_is_left_open_or_closed_twice(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """One that is closed twice may be somebody else's by then."""
    closed = []
    close = os.close

    def closing(descriptor: int) -> None:
        assert os.path.lexists(f"/proc/self/fd/{descriptor}")
        closed.append(descriptor)
        close(descriptor)

    cache = Cache(tmp_path)
    cache.write_sealed(NAME, b"")
    (tmp_path / ".vkd/link").symlink_to(tmp_path)
    before = len(os.listdir("/proc/self/fd"))
    monkeypatch.setattr(os, "close", closing)
    for name in (NAME, "folder/none", "none/none", "link/none", "folder/file/none"):
        Cache(tmp_path).read_sealed(name)
        with suppress(OSError):
            Cache(tmp_path).write_sealed(name, b"")
    assert len(os.listdir("/proc/self/fd")) == before
    assert closed


@pytest.mark.parametrize("what", IN_THE_WAY)
def test_nothing_is_read_or_written_through_a_link(tmp_path: Path, what: str) -> None:
    root, out = tmp_path / "root", tmp_path / "out"
    root.mkdir()
    Cache(tmp_path / "other").folder.parent.mkdir()
    (out / "folder").mkdir(parents=True)
    (out / "file").write_bytes(b"precious")
    IN_THE_WAY[what](root, out)
    before = sorted(tmp_path.rglob("*"))
    cache = Cache(root)
    assert cache.read_sealed(NAME).state in ("link", "absent")
    with pytest.raises(OSError):  # noqa: PT011 - whatever the system calls it
        cache.write_sealed(NAME, b"ours")
    after = [path for path in sorted(tmp_path.rglob("*")) if path.name not in ("made-here", ".gitignore")]
    assert after == [path for path in before if path.name != "made-here"]
    assert (out / "file").read_bytes() == b"precious"


def test_the_link_that_keeps_things_out_of_git_is_not_written_through(tmp_path: Path) -> None:
    linked(tmp_path / "root/.vkd/.gitignore", tmp_path / "precious")
    Cache(tmp_path / "root").write(NAME, b"")
    assert not (tmp_path / "precious").exists()


def test_a_second_name_of_a_file_keeps_what_it_says(tmp_path: Path) -> None:
    cache = Cache(tmp_path)
    cache.write_sealed("file", b"")
    (tmp_path / "precious").write_bytes(b"precious")
    (tmp_path / ".vkd/file").unlink()
    os.link(tmp_path / "precious", tmp_path / ".vkd/file")
    cache.write_sealed("file", b"ours")
    assert (tmp_path / "precious").read_bytes() == b"precious"


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no pipes")
def test_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    (tmp_path / ".vkd").mkdir()
    os.mkfifo(tmp_path / ".vkd/file")
    assert Cache(tmp_path).read_sealed("file").state == "link"
    with pytest.raises(OSError, match="no plain file"):
        Cache(tmp_path).write("file", b"")


# Registers


@pytest.fixture(autouse=True, params=[embedded_store._MOST_HELD, 0], ids=["read", "searched where it lies"])
def most_held(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Every register is small enough to be read, or too large."""
    monkeypatch.setattr(embedded_store, "_MOST_HELD", request.param)


def stored(root: Path) -> Path:
    """A workspace's stored register of one product."""
    register = open_register(Cache(root), "key")
    register.replace([("a.vkd", FileState("", "x"), [(PRODUCT, SENTENCES)])], ())
    register.close()
    return root / ".vkd" / REGISTER_FILE


def opened(root: Path) -> tuple[Register, list[Trouble]]:
    troubles: list[Trouble] = []
    return open_register(Cache(root), "key", troubles.append), troubles


def flip(data: bytearray, random: Random) -> bytearray:
    data[random.randrange(len(data))] ^= 1 << random.randrange(8)
    return data


def blank(data: bytearray, random: Random) -> bytearray:
    at = 4096 * random.randrange(len(data) // 4096)
    data[at : at + 4096] = bytes(4096)
    return data


def cut(data: bytearray, random: Random) -> bytearray:
    return data[: random.randrange(len(data))]


@pytest.mark.parametrize("damage", [flip, blank, cut])
def test_a_damaged_register_is_never_believed_and_made_anew(
    tmp_path: Path, damage: Callable[[bytearray, Random], bytearray]
) -> None:
    random = Random(1972)
    file = stored(tmp_path)
    whole = file.read_bytes()
    for _ in range(100):
        damaged = damage(bytearray(whole), random)
        file.write_bytes(damaged)
        register, troubles = opened(tmp_path)
        assert register.files() == {}
        assert [trouble.kind for trouble in troubles] == ["damaged"]
        register.close()
    stored(tmp_path)
    register, troubles = opened(tmp_path)
    assert register.sentences(1) == tuple(SENTENCES)
    assert troubles == []
    register.close()


def test_a_register_that_somebody_edited_is_made_anew(tmp_path: Path) -> None:
    file = stored(tmp_path)
    database = sqlite3.connect(file)
    assert database.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    database.execute("UPDATE product SET sensitive = 'yes'")
    database.commit()
    database.close()
    register, troubles = opened(tmp_path)
    assert (register.files(), [trouble.kind for trouble in troubles]) == ({}, ["damaged"])
    register.close()


def test_a_register_of_another_workspace_is_not_believed(tmp_path: Path) -> None:
    """As one that was committed, with false rows and a right seal, is not."""
    (tmp_path / "one").mkdir()
    (tmp_path / "two").mkdir()
    stored(tmp_path / "two")
    shutil.copytree(tmp_path / "two/.vkd", tmp_path / "one/.vkd")
    register, troubles = opened(tmp_path / "one")
    assert (register.files(), troubles) == ({}, [])
    register.close()


def test_a_database_that_is_not_ours_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / ".vkd").mkdir()
    file = tmp_path / ".vkd" / REGISTER_FILE
    database = sqlite3.connect(file)
    database.execute("CREATE TABLE precious (x)")
    database.commit()
    database.close()
    before = file.read_bytes()
    register, troubles = opened(tmp_path)
    register.replace([("a.vkd", FileState("", "x"), [(PRODUCT, SENTENCES)])], ())
    assert register.sentences(1) == tuple(SENTENCES)
    assert [trouble.kind for trouble in troubles] == ["foreign"]
    assert file.read_bytes() == before
    register.close()


def test_no_room_is_told_once_and_the_register_answers(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    stored(tmp_path)
    register, troubles = opened(tmp_path)
    monkeypatch.setattr(os, "write", no_room)
    for digest in ("y", "z"):
        register.replace([("b.vkd", FileState("", digest), [])], ())
        assert register.files().keys() == {"a.vkd", "b.vkd"}
    assert [(trouble.kind, trouble.why) for trouble in troubles] == [("unwritten", "No space left on device")]
    register.close()


def test_a_lock_on_the_file_is_nothing_to_wait_for(tmp_path: Path) -> None:
    database = sqlite3.connect(stored(tmp_path), isolation_level=None)
    database.execute("BEGIN IMMEDIATE")
    register, troubles = opened(tmp_path)
    register.replace([("b.vkd", FileState("", "x"), [])], ())
    register.close()
    database.close()
    register, _ = opened(tmp_path)
    assert register.files().keys() == {"a.vkd", "b.vkd"}
    assert not troubles
    register.close()


# What is remembered of profiles


def test_damaged_profiles_are_kept_aside_and_told(tmp_path: Path) -> None:
    """They are state: nothing can make them again."""
    cache, random = Cache(tmp_path), Random(1972)
    memory = Memory({"one": ProfileState({"product": {"data": "x"}}, (), "a", "b")}, None)
    file = tmp_path / ".vkd/profiles.json"
    write_memory(cache, memory)
    whole = file.read_bytes()
    for damage in (flip, flip, flip, cut, cut, cut):
        file.write_bytes(damage(bytearray(whole), random))
        damaged = file.read_bytes()
        with pytest.raises(DamagedMemoryError) as raised:
            read_memory(cache)
        assert raised.value.kept.read_bytes() == damaged
        assert read_memory(cache) == Memory({}, None)
        write_memory(cache, memory)
        assert read_memory(cache) == memory
