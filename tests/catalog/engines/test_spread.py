"""A register whose sentences lie on two servers: each knows its part, and without one nothing is answered."""

import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from tests.catalog.engines.load import Load, under
from tests.catalog.engines.test_conformance import content, entry, names, product
from tests.catalog.engines.test_shared import said
from tests.postgres import conninfo, crashed, killed
from vkd_catalog.cache import Cache
from vkd_catalog.engines import Place, RegisterError, postgres
from vkd_catalog.engines.shared.setting_up import sweep
from vkd_catalog.register import Ask, Codes

SPREAD = Place(workspace="own", schema="spread")
EVERY = Ask(None, None, Codes(("A",), ("A",)), None)
FILES = [entry(f"p{number}", product(f"one {number}", f"p{number}")) for number in range(20)]

Nodes = Sequence[Mapping[str, str]]


@pytest.fixture
def register(spread_register: Nodes) -> Iterator[Any]:
    opened = postgres.open_register(Cache(Path("nowhere")), "key", place=SPREAD)
    opened.replace(FILES, ())
    yield opened
    opened.close()


def stored_on(nodes: Nodes) -> list[set[int]]:
    """The products that have sentences on each node."""
    import psycopg

    found = []
    for number, node in enumerate(nodes):
        with psycopg.connect(conninfo(node)) as connection:
            rows = connection.execute(f"SELECT DISTINCT product FROM spread.sentence_on_{number}".encode())
            found.append({product for (product,) in rows})
    return found


def test_each_product_lies_on_one_node_and_is_found_there(register: Any, spread_register: Nodes) -> None:
    one, other = stored_on(spread_register)
    assert one
    assert other
    assert not one & other
    assert {found.product for found in register.find(EVERY)} == one | other
    for number in one | other:
        assert {found.product for found in register.find(EVERY, [number])} == {number}, "no node is passed over"
    ((plan,),) = said(f"EXPLAIN (FORMAT JSON) SELECT * FROM spread.sentence WHERE product > {min(one)}")
    assert str(plan).count("'Async Capable': True") == 2, "both are asked at once"


@pytest.mark.parametrize("lost", [0, 1])
def test_a_node_that_is_lost_is_named_and_nothing_is_answered(register: Any, spread_register: Nodes, lost: int) -> None:
    assert len(register.find(EVERY)) == 40
    with killed(spread_register[lost]):
        for ask in (register.find, register.standing, register.find):
            with pytest.raises(RegisterError) as told:
                ask(EVERY)
            assert_named(told.value, lost)
        with pytest.raises(RegisterError):
            register.replace(
                [entry(f"q{number}", product(f"two {number}", f"q{number}")) for number in range(9)], ["p0"]
            )
    assert len(register.find(EVERY)) == 40, "nothing has changed, and all is found again"
    assert len(names(register)) == 20


STRUCK: Mapping[str, Any] = {"the process that works on it": crashed, "all of it": lambda node, _: killed(node)}


@pytest.mark.parametrize("struck", STRUCK)
@pytest.mark.parametrize("lost", [0, 1])
def test_a_node_that_dies_while_it_is_asked_is_named_and_nothing_is_answered(
    register: Any, spread_register: Nodes, lost: int, struck: str
) -> None:
    node = spread_register[lost]
    register.renew()
    with slowed(node, SLOW_ROWS, QUICK_ROWS, lost) as waiting:
        asked = answer_to(lambda: register.find(EVERY))
        with STRUCK[struck](node, waiting()):
            assert_named(asked(), lost)
    register.renew()
    assert len(register.find(EVERY)) == 40, "all is found once it is there again"


@pytest.mark.parametrize("lost", [0, 1])
def test_a_change_is_none_where_a_node_dies_while_it_is_committed(
    register: Any, spread_register: Nodes, lost: int
) -> None:
    """Whether or not the other node has committed its part by then."""
    node, before = spread_register[lost], content(register)
    changed = [entry(f"p{number}", product(f"new {number}", f"p{number}")) for number in range(20)]
    register.renew()
    with slowed(node, SLOW_COMMIT, QUICK_COMMIT, lost) as waiting:
        done = answer_to(lambda: register.replace(changed, ["p0"]))
        with crashed(node, waiting()):
            assert_named(done(), lost)
    register.renew()
    assert content(register) == before
    register.replace(changed, ())
    assert names(register) == sorted(f"new {number}" for number in range(20))
    assert len(register.find(EVERY)) == 40


def assert_named(answer: object, lost: int) -> None:
    assert isinstance(answer, RegisterError)
    assert answer.kind == "node"
    assert f"spread_node_{lost}" in str(answer)
    assert f"spread_node_{1 - lost}" not in str(answer)


SLOW_ROWS = """
ALTER TABLE spread.{part} RENAME TO kept;
CREATE VIEW spread.{part} AS
    SELECT kept.* FROM spread.kept, LATERAL (SELECT pg_advisory_xact_lock_shared(1) WHERE line > 0) AS waiting;
"""
QUICK_ROWS = "DROP VIEW spread.{part}; ALTER TABLE spread.kept RENAME TO {part}"
SLOW_COMMIT = """
CREATE FUNCTION spread.wait() RETURNS trigger LANGUAGE plpgsql AS
    'BEGIN PERFORM pg_advisory_xact_lock_shared(1); RETURN NULL; END';
CREATE CONSTRAINT TRIGGER waiting AFTER INSERT ON spread.{part} DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW EXECUTE FUNCTION spread.wait();
"""
QUICK_COMMIT = "DROP TRIGGER waiting ON spread.{part}; DROP FUNCTION spread.wait()"


@contextmanager
def slowed(node: Mapping[str, str], slow: str, quick: str, number: int) -> Iterator[Callable[[], int]]:
    """What is asked of a node waits in the middle, where `slow` has it take a lock. Returns what waits until something
    does, and returns the number of its process. Afterwards the node is as it was by `quick`."""
    import psycopg

    def once(statements: str) -> None:
        with psycopg.connect(conninfo(node), autocommit=True) as connection:
            connection.execute(statements.format(part=f"sentence_on_{number}").encode())

    once(slow)
    with psycopg.connect(conninfo(node), autocommit=True) as holding:
        holding.execute("SELECT pg_advisory_lock(1)")
        yield lambda: waiting_process(holding)
    once(quick)


def waiting_process(connection: Any) -> int:
    """The process on a server that waits for a lock, once there is one."""
    ends = time.monotonic() + 20
    while time.monotonic() < ends:
        found = connection.execute("SELECT pid FROM pg_locks WHERE locktype = 'advisory' AND NOT granted").fetchone()
        if found is not None:
            return int(found[0])
        time.sleep(0.01)
    raise AssertionError("nothing waits")


def answer_to(ask: Callable[[], object]) -> Callable[[], object]:
    """Asks in a thread. Returns what waits for the answer, or the error, and returns it."""
    answers: list[object] = []

    def run() -> None:
        try:
            answers.append(ask())
        except RegisterError as error:
            answers.append(error)

    thread = threading.Thread(target=run)
    thread.start()

    def answer() -> object:
        thread.join(20)
        return answers[0]

    return answer


def test_a_node_dies_and_comes_back_while_many_write_and_read(spread_register: Nodes) -> None:
    """Answers and changes are whole, or the node is named; in the end the last change of each is there."""

    def strike() -> None:
        time.sleep(1)
        with killed(spread_register[1]):
            time.sleep(0.5)

    load = Load(4, SPREAD, readers=10, pause=0.05, troubles=frozenset({"node", "moved"}))
    done = under(load, strike)
    assert done.wrong == []
    assert done.troubles["node"] > 0
    assert len(done.answers) > load.readers, "those that were asked when it was there"


def test_what_one_node_kept_of_a_change_that_failed_is_of_no_account(register: Any, spread_register: Nodes) -> None:
    """Servers do not commit in one moment: what of it stays behind is not found, and swept away."""
    import psycopg

    before = {one.product for one in register.find(EVERY)}
    with psycopg.connect(conninfo(spread_register[0])) as connection:
        connection.execute(
            "INSERT INTO spread.sentence_on_0 SELECT 999999, * FROM (SELECT workspace, line, object_type, name,"
            " characteristic, start, stop, fixed, step FROM spread.sentence_on_0 LIMIT 1) AS one"
        )
    register.replace((), ["p0"])
    found = {one.product for one in register.find(EVERY)}
    assert found < before
    assert register.standing(EVERY).products == len(found) == 19
    assert register.altered() == []
    assert sweep(SPREAD) == 1, "who began to read before the change may still look for what is gone"
    said("UPDATE spread.swept_later SET since = since - interval '2 hours'")
    assert sweep(SPREAD) == 2
    register.renew()
    assert {one.product for one in register.find(EVERY)} == found
