"""The stored register is never the reason that a call fails or is wrong; a person is told in one line where it matters."""

import contextlib
import json
import os
import shutil
import sqlite3
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.server.register_hammer import CENSUS, REGISTER, Call, Said
from vkd_server.cli import run_command

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="processes cannot be forked")
is_root = getattr(os, "geteuid", lambda: 1)() == 0

NEW = "0 / Produktbeskrivelse / ny{} / access=open\n1 / Personer / Personreg.nov.70 / Yrke / 19701101 / .\n"
_NOBODY = 65534


@pytest.fixture
def census() -> Iterator[Path]:
    """A workspace that everybody can reach, whose register is up to date."""
    with tempfile.TemporaryDirectory() as folder:
        os.chmod(folder, 0o755)
        workspace = Path(folder) / "census"
        shutil.copytree(CENSUS, workspace, ignore=shutil.ignore_patterns(".vkd"))
        run(workspace)
        yield workspace


def run(workspace: Path, prepare: Callable[[], object] = bool, arguments: tuple[str, ...] = ()) -> Said:
    said = Call(workspace, *arguments, prepare=prepare).said()
    assert "Traceback" not in said.complaint
    return said


def change(workspace: Path, text: str = NEW) -> None:
    (workspace / "products/new.vkd").write_text(text.format(""), encoding="utf-8")


def fresh(workspace: Path) -> object:
    """What is answered without a register."""
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / "census"
        shutil.copytree(workspace, copy, ignore=shutil.ignore_patterns(".vkd"))
        return json.loads(run(copy).answer)


def as_nobody() -> None:
    os.setgroups([])
    os.setgid(_NOBODY)
    os.setuid(_NOBODY)


def on_a_full_disk() -> None:
    import resource

    resource.setrlimit(resource.RLIMIT_FSIZE, (8192, 8192))


def precious(file: Path) -> Path:
    with contextlib.closing(sqlite3.connect(file)) as database:
        database.execute("CREATE TABLE precious (x)")
        database.commit()
    return file


def link_register(workspace: Path) -> None:
    (workspace / REGISTER).unlink()
    (workspace / REGISTER).symlink_to(precious(workspace / "precious.db"))


def link_folder(workspace: Path) -> None:
    (workspace / ".vkd").rename(workspace / "elsewhere")
    (workspace / ".vkd").symlink_to(workspace / "elsewhere")


def leave_foreign(workspace: Path) -> None:
    (workspace / REGISTER).unlink()
    precious(workspace / REGISTER)


def leave_folder(workspace: Path) -> None:
    (workspace / REGISTER).unlink()
    (workspace / REGISTER).mkdir()


def leave_file(workspace: Path) -> None:
    shutil.rmtree(workspace / ".vkd")
    (workspace / ".vkd").write_bytes(b"")


def edit_register(workspace: Path) -> None:
    with contextlib.closing(sqlite3.connect(workspace / REGISTER)) as database:
        database.execute("UPDATE product SET technical = replace(technical, 'open', 'closed')")
        database.execute("DELETE FROM sentence WHERE product % 2")
        database.commit()


def commit_edited(workspace: Path) -> None:
    """As a repository brings it: with a false row under a seal that fits it."""
    from binascii import crc32

    edit_register(workspace)
    database, _, seal = (workspace / REGISTER).read_bytes().rpartition(b"\nvkd-seal 2 ")
    database = database or (workspace / REGISTER).read_bytes()
    head = b"\nvkd-seal 2 %016x %016x %016x " % (1972, len(database), 0)
    seal = head + b"%08x\n" % crc32(head, crc32(database))
    (workspace / REGISTER).unlink()
    (workspace / REGISTER).write_bytes(database + seal)


def blank(file: Path, at: int) -> None:
    with file.open("r+b") as data:
        data.seek(at)
        data.write(bytes(4096))


TROUBLES: dict[str, tuple[Callable[[Path], object], Callable[[], object], str]] = {
    "a page of zeros": (lambda root: blank(root / REGISTER, 4096 * 3), bool, "endret av et annet program"),
    "a page of zeros at the beginning": (lambda root: blank(root / REGISTER, 0), bool, "endret av et annet program"),
    "cut": (lambda root: os.truncate(root / REGISTER, 5000), bool, "endret av et annet program"),
    "cut short": (lambda root: os.truncate(root / REGISTER, 20), bool, "endret av et annet program"),
    "empty": (lambda root: os.truncate(root / REGISTER, 0), bool, "endret av et annet program"),
    "edited": (edit_register, bool, "endret av et annet program"),
    "committed with a false row": (commit_edited, bool, ""),
    "a link": (link_register, bool, "er en lenke"),
    "its folder a link": (link_folder, bool, "er en lenke"),
    "somebody else's database": (leave_foreign, bool, "som vkd ikke har laget"),
    "a folder": (leave_folder, bool, "er ingen vanlig fil"),
    "its folder a file": (leave_file, bool, "er ingen vanlig fil"),
    "no room": (bool, on_a_full_disk, "kunne ikke lagres"),
    "no room and nothing there": (lambda root: shutil.rmtree(root / ".vkd"), on_a_full_disk, "kunne ikke lagres"),
}


@pytest.mark.parametrize("what", TROUBLES)
@pytest.mark.parametrize("changed", [False, True])
def test_whatever_the_register_is_the_answer_is_that_of_the_files(census: Path, what: str, *, changed: bool) -> None:
    make, prepare, told = TROUBLES[what]
    make(census)
    if changed or "no room" in what:
        change(census)
    expected = fresh(census)
    first, second = run(census, prepare), run(census)
    assert json.loads(first.answer) == json.loads(second.answer) == expected
    assert (first.code, second.code) == (0, 0)
    assert told in first.complaint
    assert first.complaint.count("\n") == bool(told)
    # What could be mended is mended; what is somebody else's is as it was.
    is_left = any(said in told for said in ("lenke", "ikke har laget", "vanlig fil"))
    assert bool(second.complaint) is is_left
    assert run(census).complaint == second.complaint
    for file in (census / "precious.db", census / REGISTER):
        if is_left and file.is_file():
            assert b"precious" in file.read_bytes() or what == "its folder a link"


@pytest.mark.skipif(not is_root, reason="only root can be somebody else")
@pytest.mark.parametrize("command", ["run", "why", "statistics"])
@pytest.mark.parametrize("folder", [0o755, 0o777])
def test_another_users_register_that_is_out_of_date(census: Path, command: str, folder: int) -> None:
    """Whether only the file is somebody else's, or the folder too."""
    os.chmod(census / ".vkd", folder)
    change(census)
    demand = str(census / "demands/eksempel-3.vkd")
    arguments = {
        "run": ("run", demand, "--output-format", "json"),
        "why": ("why", demand, "ny"),
        "statistics": ("catalogue", "statistics", "--workspace", str(census)),
    }[command]
    # Here and not beside: what is imported on the way may be out of the other user's reach.
    before = run_command(arguments)
    (census / "products/new.vkd").write_text(NEW.format("") + NEW.format("2"), encoding="utf-8")
    said = run(census, as_nobody, arguments)
    assert (said.code, said.complaint) == (before, "")
    if command == "run":
        assert json.loads(said.answer) == fresh(census)


@pytest.mark.skipif(not is_root, reason="only root can be somebody else")
def test_a_register_nobody_but_its_owner_may_read(census: Path) -> None:
    os.chmod(census / REGISTER, 0o600)
    run_command(["run", str(census / "demands/eksempel-3.vkd")])
    assert json.loads(run(census, as_nobody).answer) == fresh(census)


def test_a_read_only_register_in_a_folder_that_can_be_written_is_replaced(census: Path) -> None:
    os.chmod(census / REGISTER, 0o444)
    change(census)
    assert json.loads(run(census).answer) == fresh(census)
    assert run(census).complaint == ""


def test_a_lock_that_somebody_holds_is_not_waited_for(census: Path) -> None:
    change(census)
    with contextlib.closing(sqlite3.connect(census / REGISTER, isolation_level=None)) as database:
        database.execute("BEGIN EXCLUSIVE")
        said = run(census)
    assert (json.loads(said.answer), said.complaint) == (fresh(census), "")


def test_six_processes_while_files_are_replaced(census: Path) -> None:
    answers = []
    for state in range(4):
        part = census / "part"
        part.write_text("".join(NEW.format(f"{state}-{number}") for number in range(50)), encoding="utf-8")
        part.replace(census / "products/new.vkd")
        calls = [Call(census) for _ in range(6)]
        expected = fresh(census)
        for said in [call.said() for call in calls]:
            assert (said.code, said.complaint) == (0, "")
            assert json.loads(said.answer) == expected
        answers.append(json.dumps(expected))
    assert len(set(answers)) == 4


def test_the_same_size_and_time_but_other_content_is_seen(census: Path) -> None:
    """As `cp -p` and `rsync --inplace -t` leave it."""
    change(census)
    file = census / "products/new.vkd"
    os.utime(file, (10**9, 10**9))
    before = json.loads(run(census).answer)
    with file.open("r+") as text:
        text.write(NEW.format("").replace("/ ny /", "/ yn /"))
    os.utime(file, (10**9, 10**9))
    assert json.loads(run(census).answer) == fresh(census)
    assert json.loads(run(census).answer)["catalogue"] != before["catalogue"]
