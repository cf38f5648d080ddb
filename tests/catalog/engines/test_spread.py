"""A register whose sentences lie on two servers: each knows its part, and without one nothing is answered."""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest

from tests.catalog.engines.test_conformance import entry, names, product
from tests.catalog.engines.test_shared import said
from tests.postgres import conninfo, killed
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
            assert told.value.kind == "failed"
            assert f"node_{lost}" in str(told.value) or f"sentence_on_{lost}" in str(told.value)
        with pytest.raises(RegisterError):
            register.replace(
                [entry(f"q{number}", product(f"two {number}", f"q{number}")) for number in range(9)], ["p0"]
            )
    assert len(register.find(EVERY)) == 40, "nothing has changed, and all is found again"
    assert len(names(register)) == 20


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
