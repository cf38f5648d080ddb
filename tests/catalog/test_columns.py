"""What is worked out in columns is what is worked out sentence by sentence."""

import io
from collections.abc import Sequence
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.catalog.reading.cases import CASES, CHARACTERISTICS, NAMES, OBJECT_TYPES, d, p
from tests.catalog.reading.facts import Catalogue
from tests.catalog.reading.worlds import world
from tests.catalog.reading.writing import write
from vkd_catalog.columns import Ints, classes, counted, different, packed, sets, together, unpacked
from vkd_catalog.engines import embedded, embedded_columns
from vkd_catalog.evaluation import cover_counts, facts, sayings
from vkd_server.cli import run_command

FORMATS = ("text", "json")


def printed(folder: Path, max_sets: int) -> list[str]:
    """What `vkd run` prints of the demands in a folder, in each format."""
    found = []
    for name in FORMATS:
        out = io.TextIOWrapper(io.BytesIO(), encoding="utf-8")
        arguments = ["run", str(folder / "demands.vkd"), "--output-format", name, "--workspace", str(folder)]
        with redirect_stdout(out), redirect_stderr(io.TextIOWrapper(io.BytesIO())):
            run_command([*arguments, "--max-sets", str(max_sets), "--limit", "1"])
        out.seek(0)
        found.append(out.read())
    return found


_ADDRESS = "https://x.example/a"
ALIKE = (
    (
        (
            p("a", "A R B 2019"),
            *(p(one, "A R B 2019", data=_ADDRESS) for one in "bcd"),
            p("e", "A R B 2020", data=_ADDRESS),
        ),
        d("A R - -", archive="data"),
    ),
    (
        (p("a", "A R B 2019", "A R P 2019"), *(p(one, "A R B 2019", "A S B 2019") for one in "bcd")),
        d("A - B 2019", "A R P 2019", operators="N."),
    ),
    (
        tuple(
            p(one, f"A R B {year}", f"A S.1 B.1 {year}", f"A R M {year}")
            for one, year in zip("abcd", ("2017", "2017", "2018", "2018"), strict=True)
        ),
        d("A - B 201-----"),
    ),
)
"""Sets that say the same, of which the first that does is left out; and such as answer better and worse."""

ASKED = [
    *((catalogue, [demand]) for catalogue, demand in ((case.catalogue, case.demand) for case in CASES)),
    *((Catalogue(OBJECT_TYPES, NAMES, CHARACTERISTICS, products, ()), [demand]) for products, demand in ALIKE),
    *((drawn.catalogue, drawn.demands) for drawn in map(world, range(20))),
]


@pytest.mark.parametrize("first", range(0, len(ASKED), 30))
def test_a_demand_is_answered_and_told_as_without_columns(
    first: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for place, (catalogue, demands) in enumerate(ASKED[first : first + 30]):
        alone, in_columns = (tmp_path / f"{place}-{name}" for name in ("alone", "columns"))
        for folder in (alone, in_columns):
            folder.mkdir()
            write(catalogue, demands, folder)
        expected = printed(alone, demands[0].max_sets)
        with monkeypatch.context() as patched:
            patched.setattr(sayings, "_MUCH", 0)
            patched.setattr(facts, "MANY", 0)
            patched.setattr(cover_counts, "MANY", 0)
            patched.setattr(embedded, "_ROWS_FOR_ALL", 10**6)
            patched.setattr(embedded_columns, "_FROM", 0)
            patched.setattr(embedded_columns, "_STRETCH", 4)
            found = printed(in_columns, demands[0].max_sets)
        assert all(expected)
        assert [one.replace(str(in_columns), str(alone)) for one in found] == expected, (catalogue.products, demands)


NUMBERS = st.lists(st.integers(0, 2**40), min_size=1, max_size=30)
OWNED = st.lists(st.tuples(st.integers(0, 5), st.sampled_from([0, 1, 2, 2**61, 2**61 + 1])), max_size=40)


def ints(some: Sequence[int]) -> Ints:
    return np.array(some, np.int64)


@given(OWNED)
def test_owners_of_the_same_values_are_alike_and_no_others(owned: list[tuple[int, int]]) -> None:
    theirs = [frozenset(value for owner, value in owned if owner == one) for one in range(6)]
    owners, values = ints([owner for owner, _ in owned]), ints([value for _, value in owned])
    found = sets(owners, values, 6).tolist()
    assert all((found[a] == found[b]) == (theirs[a] == theirs[b]) for a in range(6) for b in range(6))
    every, places = different(owners, values, 6)
    assert [frozenset(every[place]) for place in places.tolist()] == theirs


@given(st.lists(st.tuples(st.integers(0, 2**31), st.integers(0, 2**31), st.integers(0, 2**31)), min_size=1))
def test_what_stands_together_is_one_number(rows: list[tuple[int, int, int]]) -> None:
    found = together(*(ints([row[place] for row in rows]) for place in range(3))).tolist()
    assert all((a == b) == (rows[x] == rows[y]) for x, a in enumerate(found) for y, b in enumerate(found))


@given(NUMBERS)
def test_classes_and_counts(numbers: list[int]) -> None:
    found = classes(ints(numbers), lambda one: one % 3).tolist()
    assert all((a == b) == (numbers[x] % 3 == numbers[y] % 3) for x, a in enumerate(found) for y, b in enumerate(found))
    assert counted(ints(numbers)) == {one: numbers.count(one) for one in numbers}


@given(st.integers(0, 99999999), st.integers(0, 99999999), st.booleans(), st.sampled_from(["", "?", *"AHQMWD"]))
@settings(max_examples=50)
def test_a_time_is_packed_and_unpacked(start: int, end: int, fixed: bool, step: str) -> None:
    assert unpacked(packed(start, end, fixed, step)) == (start, end, fixed, step)
