"""The register on a server, as several have it at once: who finds what, who may what, and what becomes of answers and
changes when somebody else writes, or somebody or something is killed."""

import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, closing
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings

from tests.catalog.asking import EXAMPLES, tried
from tests.catalog.engines.load import NOWHERE, Load, under
from tests.catalog.engines.test_conformance import Files, content, entry, files, names, placed, product
from vkd_catalog.cache import Cache
from vkd_catalog.engines import Place, RegisterError, postgres
from vkd_catalog.register import Ask, Codes, FileState, Missed, ProductRecord, Register, Trouble

if TYPE_CHECKING:
    pass

pytestmark = pytest.mark.usefixtures("shared_register")

SECONDS = 3
"""How long many write and read at once; `benchmarks/shared_register.py soak` does for ten minutes."""


def opened(workspace: str, key: str = "key", url: str = "", tell: Any = None) -> Any:
    return postgres.open_register(Cache(NOWHERE), key, tell, Place(url=url, workspace=workspace))


def said(statement: str, values: Sequence[object] = ()) -> list[tuple[Any, ...]]:
    """What the server's owner is told."""
    import psycopg

    with psycopg.connect(autocommit=True) as connection:
        cursor = connection.execute(statement.encode(), values)
        return cursor.fetchall() if cursor.description else []


@pytest.fixture
def registers() -> Iterator[Any]:
    """What opens registers, which are closed afterwards."""
    made: list[Register] = []

    def one(*args: Any, **named: Any) -> Any:
        made.append(opened(*args, **named))
        return made[-1]

    yield one
    for register in made:
        register.close()


def test_what_one_registers_others_find_in_their_next_state(registers: Any) -> None:
    a, b = registers("A"), registers("B")
    assert names(b) == []
    a.replace([entry("p.vkd", product("one", "p.vkd"))], ())
    assert names(b) == [], "an answer in progress is of one state"
    b.renew()
    assert names(b) == ["one"]
    assert [record.path for _, record in b.products()] == ["A:p.vkd"]
    assert (b.files(), b.altered(), list(a.files())) == ({}, [], ["p.vkd"])
    assert len(b.find(Ask(None, None, Codes(("A",), ("A",)), None))) == 2
    assert a.revision() == b.revision() != ""


def test_of_one_name_that_of_the_workspace_that_joined_first_is_found(registers: Any) -> None:
    first, second = registers("Z"), registers("A")
    first.replace([entry("z", product("One", "z"))], ())
    second.replace([entry("a", product("ONE", "a"))], ())
    first.renew()
    for register in (first, second):
        assert names(register) == ["One"]
        assert register.size() == (1, 2)
        assert len(register.called("one")) == 2
    assert second.namesakes("one", "a")[0] == first.namesakes("one", "z")[0] == 1
    assert said("SELECT count(*) FROM vkd.product WHERE visible") == [(1,)]
    first.replace((), ["z"])
    second.renew()
    assert names(first) == names(second) == ["ONE"]


def test_what_is_coded_otherwise_is_told_as_not_searched(registers: Any) -> None:
    a, b = registers("A"), registers("B", key="other")
    a.replace([entry("p", product("one", "p"))], ())
    b.renew()
    assert (names(b), b.missed()) == ([], [Missed("A", "", 2, "other-coding")])
    b.replace([entry("q", product("one", "q"))], ())
    assert names(b) == ["one"], "one name may be found in each coding"
    anew = registers("A", key="other")
    anew.replace([entry("p", product("two", "p"))], ())
    b.renew()
    assert (names(b), b.missed()) == (["one", "two"], [])
    a.renew()
    assert a.files() == {}, "a workspace is of one coding, the last that it was registered by"


def test_what_others_could_not_read_is_told_and_not_forgotten(registers: Any) -> None:
    a, b = registers("A"), registers("B")
    a.replace([entry("p")], (), missed=[Missed("p", "one", 2, ""), Missed("q", "", 0, "denied")])
    b.renew()
    assert b.missed() == [Missed("A:p", "one", 2, ""), Missed("A:q", "", 0, "denied")]
    before = b.revision()
    b.replace((), ["A:q"])
    assert (len(b.missed()), b.revision()) == (2, before)


@settings(tried, max_examples=max(1, EXAMPLES // 4))
@given(files, files, files)
def test_files_laid_over_a_register_are_as_if_they_were_registered(others: Files, stored: Files, laid: Files) -> None:
    """Of what is laid over, and of what looks around, whatever is below and whose it is."""
    said("DELETE FROM vkd.sentence; DELETE FROM vkd.product; DELETE FROM vkd.file")
    with ExitStack() as open_registers:
        other, below, whole = (open_registers.enter_context(closing(opened(name))) for name in ("other", "own", "own"))
        other.replace(placed(others), ())
        below.replace(placed(stored), ())
        below.renew()
        over = open_registers.enter_context(closing(below.copy()))
        changed = {path: found for path, found in laid.items() if stored.get(path) != found}
        over.replace(placed(changed), stored.keys() - laid.keys())
        again = open_registers.enter_context(closing(over.copy()))
        whole.renew()
        whole.replace(placed(changed), stored.keys() - laid.keys())
        for one in (over, again):
            assert content(one) == content(whole)
            assert around(one) == around(whole)


def around(register: Register) -> object:
    """What who looks around is told, whatever numbers the products have."""

    def called(found: Any) -> object:
        return [(one.name, register.product(one.number)) for one in found]

    anything = Ask(None, None, Codes(("A",), ("A",)), None)
    every = [record for _, record in register.products()]
    numbers = [number for number, _ in register.products()]
    return (
        [[record for _, record in register.products(first, 2)] for first in range(len(every) + 2)],
        [[one[1:] for one in register.shelves(first, 2)] for first in range(register.shelved() + 2)],
        [called(register.holding(text, most)) for text in ("", "o", "re") for most in (1, 9)],
        [called(register.collections_holding(text, most)) for text in ("", "o", "T") for most in (1, 9)],
        [[record for _, record in register.collected(name)] for name in ("", "two", "three")],
        [[record for _, record in register.answering(anything, most)] for most in (0, 1, 9)],
        [register.how_many(anything, most) for most in (1, 9)],
        register.standing(anything),
        sorted(found.sentence for found in register.find(anything)),
        sorted(one for _, one in register.said(anything, characteristics=False)),
        [register.named(code) for code in ("A", "Å.1")],
        sorted(register.product(number).identification for number in register.lacking("collection")),
        list(register.identifications(numbers).values()) if len(numbers) == 1 else len(register.linking(numbers)),
        [sorted(edition for edition in register.editions(numbers).values())],
    )


@pytest.fixture
def roles() -> Iterator[Mapping[str, str]]:
    """A writer of the workspace A, a reader, and one of the public: each one's URL."""
    from vkd_catalog.engines.shared.setting_up import allow

    for role in ("anne", "per", "kari"):
        said(f"CREATE ROLE {role} LOGIN")
    said("GRANT vkd_reader TO per; GRANT vkd_public TO kari")
    allow(Place(), "anne", "A")
    yield {role: f"postgresql://{role}@/postgres" for role in ("anne", "per", "kari")}
    said("DROP ROLE anne, per, kari")


def test_a_writer_registers_files_of_its_workspaces_alone(registers: Any, roles: Mapping[str, str]) -> None:
    import psycopg

    own = registers("A", url=roles["anne"])
    own.replace([entry("p", product("one", "p")), entry("q", product("two", "q"))], ())
    own.replace([entry("p", product("three", "p"))], ["q"], {})
    own.replace((), (), {"p": FileState("touched", "digest")})
    registers("B").replace([entry("r", product("three", "r"))], ())
    troubles: list[Trouble] = []
    other = registers("B", url=roles["anne"], tell=troubles.append)
    other.replace([entry("s", product("four", "s"))], ["r"])
    assert names(other) == ["four", "three"], "it is laid over"
    assert [trouble.kind for trouble in troubles] == ["unwritten"]
    assert said("SELECT identification FROM vkd.product ORDER BY 1") == [("three",), ("three",)]
    with psycopg.connect(roles["anne"], autocommit=True) as connection:
        assert connection.execute("DELETE FROM vkd.product WHERE path = 'r'").rowcount == 0
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            connection.execute("INSERT INTO vkd.missed SELECT 2, 1, 'x', '', 1, ''")
        for forbidden in ("INSERT INTO vkd.writer VALUES ('anne', 2)", "UPDATE vkd.register SET revision = 0"):
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                connection.execute(forbidden.encode())


def test_a_reader_reads_all_and_has_own_files_for_itself(registers: Any, roles: Mapping[str, str]) -> None:
    registers("A").replace([entry("p", product("one", "p"))], ())
    troubles: list[Trouble] = []
    reader = registers("C", url=roles["per"], tell=troubles.append)
    assert (names(reader), troubles) == (["one"], [])
    reader.replace([entry("c", product("two", "c"))], ())
    assert (names(reader), [one.kind for one in troubles]) == (["one", "two"], ["unwritten"])
    again = registers("A")
    assert names(again) == ["one"]


def test_the_public_reads_two_views_without_files_and_addresses(registers: Any, roles: Mapping[str, str]) -> None:
    import psycopg

    values = {"data": "fob:secret.csv", "doc": "x", "series": "secret", "access": "open", "title@en": "T\0"}
    record = ProductRecord("one", "secret/path", 0, values, (), "no")
    registers("A").replace([entry("secret/path", (record, product("one", "")[1]))], ())
    with psycopg.connect(roles["kari"], autocommit=True) as connection:
        told = connection.execute("SELECT * FROM vkd.public_product").fetchall()
        assert "secret" not in str(told)
        assert told[0][-1].keys() == {"access", "title@en"}
        assert len(connection.execute("SELECT * FROM vkd.public_sentence").fetchall()) == 2
        for table in ("product", "sentence", "file", "workspace", "missed", "term"):
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                connection.execute(f"SELECT * FROM vkd.{table}".encode())
    with pytest.raises(RegisterError, match=r"no tables that may be read|does not allow"):
        registers("A", url=roles["kari"])


def dropped() -> None:
    """Ends every connection to the server but the one that says so."""
    said("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'vkd'")


def test_a_lost_connection_goes_on_where_nothing_has_changed(registers: Any) -> None:
    a, b = registers("A"), registers("B")
    a.replace([entry("p", product("one", "p"))], ())
    assert names(a) == ["one"]
    dropped()
    assert names(a) == ["one"]
    dropped()
    a.replace([entry("q", product("two", "q"))], ())
    assert names(a) == ["one", "two"]
    dropped()
    b.replace([entry("r", product("three", "r"))], ())
    with pytest.raises(RegisterError) as told:
        names(a)
    assert told.value.kind == "moved"
    assert names(a) == ["one", "three", "two"], "what is asked next is answered"


def test_a_copy_that_lost_its_state_never_answers_from_another(registers: Any) -> None:
    a = registers("A")
    a.replace([entry("p", product("one", "p"))], ())
    copy = a.copy()
    dropped()
    assert names(copy) == ["one"]
    dropped()
    a.replace((), ["p"])
    for _ in range(2):
        with pytest.raises(RegisterError, match="others have changed it"):
            names(copy)
    copy.close()


def test_a_question_that_takes_too_long_or_is_interrupted_says_that_nothing_is_known(
    registers: Any, shared_register: Mapping[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PGOPTIONS", "-c statement_timeout=100ms")
    register = registers("A")
    with pytest.raises(RegisterError) as told:
        register._rows("SELECT pg_sleep(5)")
    assert told.value.kind == "stopped"
    monkeypatch.setenv("PGOPTIONS", "")
    other = registers("B")
    assert names(other) == []
    asking = threading.get_ident()
    other.interrupt(asking)
    assert names(other) == [], "nothing was asked"
    threading.Timer(0.1, other.interrupt, [asking + 1]).start()
    threading.Timer(0.5, other.interrupt, [asking]).start()
    began = time.monotonic()
    with pytest.raises(RegisterError, match="was stopped"):
        other._rows("SELECT pg_sleep(30)")
    assert time.monotonic() - began < 20
    assert names(other) == [], "it can be asked again"


def test_what_cannot_be_reached_or_understood_is_told_in_a_line(
    registers: Any, shared_register: Mapping[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def kind(**named: Any) -> str:
        with pytest.raises(RegisterError) as told:
            registers("A", **named)
        assert "\n" not in str(told.value)
        return told.value.kind

    assert kind(url="postgresql:///nothing_of_this_name") == "unreachable"
    with monkeypatch.context() as patch:
        patch.setenv("PGHOST", "/nowhere")
        assert kind() == "unreachable"
    said("INSERT INTO vkd.migration VALUES (999, now())")
    assert kind() == "newer"
    said("DELETE FROM vkd.migration WHERE version = 999; ALTER TABLE vkd.migration RENAME TO hidden")
    assert kind() == "unprepared"
    said("ALTER TABLE vkd.hidden RENAME TO migration; UPDATE vkd.migration SET version = 0")
    assert kind() == "older"
    said("UPDATE vkd.migration SET version = 1")
    monkeypatch.setitem(sys.modules, "psycopg", None)
    assert kind() == "extra"


KILLED = """
import sys, time
from tests.catalog.engines.test_conformance import entry, product
from tests.catalog.engines.test_shared import opened

def changes():
    yield entry("a", product("new", "a"))
    print("half", flush=True)
    time.sleep(60)

opened("A").replace(changes(), ["b"])
"""


def test_a_writer_that_is_killed_in_the_middle_has_changed_nothing(registers: Any) -> None:
    register = registers("A")
    register.replace([entry("a", product("old", "a")), entry("b", product("kept", "b"))], ())
    before = (content(register), register.revision())
    writer = subprocess.Popen([sys.executable, "-c", KILLED], stdout=subprocess.PIPE, cwd=Path(__file__).parents[3])
    assert writer.stdout is not None
    assert writer.stdout.readline() == b"half\n"
    writer.send_signal(signal.SIGKILL)
    writer.wait()
    writer.stdout.close()
    register.renew()
    assert (content(register), register.revision()) == before
    register.replace([entry("a", product("next", "a"))], ())
    assert names(register) == ["kept", "next"], "and nobody waits for it"


def test_many_write_and_read_at_once_and_nothing_is_lost_nor_torn() -> None:
    load = Load(SECONDS)
    done = under(load)
    assert done.wrong == []
    assert len(done.answers) > load.readers / 2
    ((products, visible, names_seen),) = said(
        "SELECT count(*), count(*) FILTER (WHERE visible), count(DISTINCT folded) FILTER (WHERE visible) FROM vkd.product"
    )
    assert (products, visible, names_seen) == (5 * load.writers, 4 * load.writers + 1, 4 * load.writers + 1)
