"""A stored register of two layers: it is as one that is whole, and whatever happens to its files, one of its states."""

import os
import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, closing
from pathlib import Path
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.catalog.asking import tried
from tests.catalog.engines.test_conformance import Files, asks, content, entry, files, names, placed, product
from tests.catalog.engines.test_shared import around
from vkd_catalog.cache import Cache
from vkd_catalog.engines import embedded_store
from vkd_catalog.engines.embedded import open_register
from vkd_catalog.engines.embedded_store import CHANGES_FILE, REGISTER_FILE
from vkd_catalog.register import Ask, FileState, Missed, Register, SentenceRecord, Trouble


@pytest.fixture(autouse=True, params=[embedded_store._MOST_HELD, 0], ids=["read", "searched where it lies"])
def layered(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever its size, a register is changed in layers, and its base small enough to be read, or too large."""
    monkeypatch.setattr(embedded_store, "_MOST_HELD", request.param)
    monkeypatch.setattr(embedded_store, "_LAYERED_FROM", 0)
    monkeypatch.setattr(embedded_store, "_SHARE", 10**6)


def opened(folder: Path, troubles: list[Trouble] | None = None) -> Register:
    return open_register(Cache(folder), "key", None if troubles is None else troubles.append)


def numbered(register: Register) -> dict[tuple[str, int], int]:
    """The numbers of the products that can be found, by where they stand."""
    return {(record.path, record.row): number for number, record in register.products()}


def said(register: Register, questions: Sequence[Ask]) -> object:
    """What a register says, and answers to some questions, whatever numbers its products have."""
    called = {number: record.identification for number, record in register.products()}
    groups = {number: name[0] in "oO" for number, name in called.items()}

    def named(found: Iterator[tuple[int, SentenceRecord]]) -> list[tuple[str, SentenceRecord]]:
        return sorted((called[number], sentence) for number, sentence in found)

    return (
        content(register),
        register.missed(),
        around(register),
        [named(iter(register.find(one))) for one in questions],
        [named(iter(register.find(one, list(called)[::2]))) for one in questions],
        [named(iter(register.said(one, characteristics=False))) for one in questions],
        [register.counted(one, groups) for one in questions],
        [register.numbered(name) in called for name in ("one", "two", "three", "nobody")],
    )


@tried
@given(st.lists(files, min_size=2, max_size=4), st.lists(asks, min_size=2, max_size=2), st.data())
def test_a_register_after_any_history_is_as_one_made_anew(
    tmp_path_factory: pytest.TempPathFactory, states: list[Files], questions: list[Ask], data: st.DataObject
) -> None:
    """Whether changes are laid over the base or written into a new one, and whoever opens it between them."""
    folder = tmp_path_factory.mktemp("layers")
    share, before = embedded_store._SHARE, Files()
    with ExitStack() as left:
        register = left.enter_context(closing(opened(folder)))
        for state in states:
            embedded_store._SHARE = data.draw(st.sampled_from([0, share]))
            changed = {path: found for path, found in state.items() if before.get(path) != found}
            missed = [Missed(path, "", 1, "") for path in changed]
            numbers = numbered(register)
            register.replace(placed(changed), before.keys() - state.keys(), missed=missed)
            for place, number in numbered(register).items():
                assert place[0] in changed or numbers.get(place, number) == number
            before = state
            if data.draw(st.booleans()):
                register = left.enter_context(closing(opened(folder)))
        embedded_store._SHARE = share
        fresh = left.enter_context(closing(open_register(None, "key")))
        fresh.replace(placed(states[-1]), (), missed=[Missed(path, "", 1, "") for path in states[-1]])
        for one in (register, register.copy(), opened(folder)):
            left.enter_context(closing(one))
            # What was missed is told anew with its file alone.
            assert said(one, questions) == said(fresh, questions)


def two_layers(folder: Path) -> tuple[object, object]:
    """Stores a register of two layers. Returns what the base alone says, and what both say."""
    register = opened(folder)
    register.replace([entry("a", product("one", "a")), entry("b", product("two", "b"))], ())
    base = content(register)
    register.replace([entry("b", product("three", "b"), product("ONE", "b", 1))], (), {"a": FileState("new", "digest")})
    both = content(register)
    register.close()
    return base, both


def test_a_change_leaves_the_base_as_it_is(tmp_path: Path) -> None:
    base, both = two_layers(tmp_path)
    file = tmp_path / ".vkd" / REGISTER_FILE
    before = file.read_bytes(), file.stat().st_ino
    with closing(opened(tmp_path)) as register:
        assert content(register) == both
        register.replace([entry("c", product("four", "c"))], ["a"])
        assert names(register) == ["four", "ONE", "three"]
    assert (file.read_bytes(), file.stat().st_ino) == before
    (tmp_path / ".vkd" / CHANGES_FILE).unlink()
    with closing(opened(tmp_path)) as register:
        assert content(register) == base


def test_what_is_laid_over_another_base_is_not_believed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    _, both = two_layers(tmp_path)
    changes = tmp_path / ".vkd" / CHANGES_FILE
    old = changes.read_bytes(), changes.stat()
    monkeypatch.setattr(embedded_store, "_SHARE", 0)
    with closing(opened(tmp_path)) as register:
        assert content(register) == both
        register.replace([entry("c", product("four", "c"))], ["b"])
        after = content(register)
    assert not changes.exists()
    changes.write_bytes(old[0])
    os.utime(changes, ns=(old[1].st_mtime_ns, old[1].st_mtime_ns))
    troubles: list[Trouble] = []
    with closing(opened(tmp_path, troubles)) as register:
        assert (content(register), troubles) == (after, [])


def test_of_two_who_write_the_one_with_an_older_base_does_no_harm(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    two_layers(tmp_path)
    with closing(opened(tmp_path)) as slow, closing(opened(tmp_path)) as quick:
        with monkeypatch.context() as patch:
            patch.setattr(embedded_store, "_SHARE", 0)
            quick.replace([entry("c", product("four", "c"))], ())
        quick.replace([entry("d", product("five", "d"))], ())
        slow.replace((), ["a", "b"])
        assert names(slow) == []
        with closing(opened(tmp_path)) as register:
            assert content(register) == content(quick)


@pytest.mark.parametrize("damage", ["flip", "cut", "blank", "empty"])
def test_damaged_changes_are_told_and_what_they_said_is_not_believed(tmp_path: Path, damage: str) -> None:
    base, both = two_layers(tmp_path)
    changes, random = tmp_path / ".vkd" / CHANGES_FILE, Random(1972)
    whole = changes.read_bytes()
    for _ in range(20):
        data, at = bytearray(whole), random.randrange(len(whole))
        match damage:
            case "flip":
                data[at] ^= 1 << random.randrange(8)
            case "blank":
                data[at : at + 512] = bytes(len(data[at : at + 512]))
            case _:
                del data[at if damage == "cut" else 0 :]
        if data == whole:
            continue
        changes.write_bytes(data)
        troubles: list[Trouble] = []
        with closing(opened(tmp_path, troubles)) as register:
            assert content(register) == base
        assert [(one.kind, one.path) for one in troubles] == [("damaged", str(changes))]
    changes.write_bytes(whole)
    with closing(opened(tmp_path)) as register:
        assert content(register) == both


def test_changes_that_are_a_link_are_not_followed(tmp_path: Path) -> None:
    base, _ = two_layers(tmp_path)
    changes, precious = tmp_path / ".vkd" / CHANGES_FILE, tmp_path / "precious"
    changes.rename(precious)
    before = precious.read_bytes()
    changes.symlink_to(precious)
    with closing(opened(tmp_path)) as register:
        assert content(register) == base
        register.replace((), ["a"])
        assert names(register) == ["two"]
    assert precious.read_bytes() == before


def test_a_database_of_somebody_else_is_no_changes_and_left_alone(tmp_path: Path) -> None:
    base, _ = two_layers(tmp_path)
    changes = tmp_path / ".vkd" / CHANGES_FILE
    changes.unlink()
    with closing(sqlite3.connect(changes)) as database:
        database.execute("CREATE TABLE precious (x)")
        database.commit()
    before = changes.read_bytes()
    troubles: list[Trouble] = []
    with closing(opened(tmp_path, troubles)) as register:
        assert content(register) == base
        register.replace((), ["a"])
        assert names(register) == ["two"]
    assert [one.kind for one in troubles] == ["foreign"]
    assert changes.read_bytes() == before


def test_what_is_laid_over_nothing_is_not_believed_of_another_key(tmp_path: Path) -> None:
    _, both = two_layers(tmp_path)
    with closing(open_register(Cache(tmp_path), "another")) as register:
        register.replace((), ["b"], {"a": FileState("newer", "digest")}, [Missed("folder", "", 0, "denied")])
    with closing(opened(tmp_path)) as register, closing(open_register(None, "key")) as empty:
        assert content(register) in (both, content(empty))


def test_a_copy_shares_the_base_and_outlives_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    _, both = two_layers(tmp_path)
    register = opened(tmp_path)
    copies = [register.copy(), register.copy()]
    copies[0].replace((), ["a", "b"])
    monkeypatch.setattr(embedded_store, "_SHARE", 0)
    register.replace([entry("c", product("four", "c"))], ())
    register.close()
    assert names(copies[0]) == []
    copies[0].close()
    assert content(copies[1]) == both
    copies[1].close()


STEPS = ("open", "write", "close", "utime", "replace", "unlink", "fsync", "mkdir")
"""The calls of the system between any two of which a writer may be killed."""


def killed_at(step: int, work: Callable[[], object]) -> bool:
    """Whether a process that is killed at the `step`-th of its calls of the system, from 0, came so far."""
    child = os.fork()
    if not child:
        left = step

        def counted(call: Callable[..., object]) -> Callable[..., object]:
            def counting(*arguments: object, **named: object) -> object:
                nonlocal left
                left -= 1
                if left < 0:
                    os._exit(9)
                return call(*arguments, **named)

            return counting

        for name in STEPS:
            setattr(os, name, counted(getattr(os, name)))
        work()
        os._exit(0)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 9


@pytest.mark.skipif(not hasattr(os, "fork"), reason="processes cannot be forked")
@pytest.mark.parametrize("share", [0, 10**6], ids=["into a new base", "over the base"])
def test_a_writer_may_be_killed_between_any_two_steps(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, share: int
) -> None:
    base, both = two_layers(tmp_path)
    changes = tmp_path / ".vkd" / CHANGES_FILE
    stored = {
        file: (file.read_bytes(), file.stat().st_mtime_ns) for file in (tmp_path / ".vkd" / REGISTER_FILE, changes)
    }
    monkeypatch.setattr(embedded_store, "_SHARE", share)
    with closing(opened(tmp_path)) as register:

        def write() -> None:
            register.replace([entry("c", product("four", "c"))], ["a"])

        seen, step = [], 0
        while killed_at(step, write):
            troubles: list[Trouble] = []
            with closing(opened(tmp_path, troubles)) as found:
                seen.append("before" if content(found) == both else names(found))
            assert troubles == []
            for file, (data, written) in stored.items():
                file.write_bytes(data)
                os.utime(file, ns=(written, written))
            step += 1
    assert step > 8
    assert seen == ["before"] * seen.count("before") + [["four", "ONE", "three"]] * (step - seen.count("before"))
    assert base != both
