"""An attacker who has every table that was given, and knows the rules: which true counts fit all of them?

Each combination of categories has an unknown number of units. What is told of a cell says between which numbers its
units are; for a combination the smallest and the largest number that fit everything are found by integer programming.
Where they are the same, the count is known.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import product
from pathlib import Path
from typing import NamedTuple

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import csr_array

from vkd_catalog.data.crosstab import Crosstab, Place
from vkd_catalog.disclosure.answering import Asked, answered
from vkd_catalog.disclosure.rules import Rules
from vkd_catalog.disclosure.treating import Treated

THRESHOLD = 5
"""Groups of fewer units are small."""

Range = tuple[int, float]
Reading = Callable[[Place, int | float | None], Range]
"""What the value at a place says of the number of units in the cell: the least and the most."""


class Released(NamedTuple):
    """A table that was given: of which dimensions, in which population, what stands in each cell, how it is read."""

    dimensions: str
    population: str
    values: Mapping[Place, int | float | None]
    read: Reading


class World(NamedTuple):
    """What the attacker knows besides: the categories of each dimension, and by which sets the units differ, a letter
    each: of `P` and `PQ`, some units are in P alone, the others in Q too, and none in Q alone."""

    categories: Mapping[str, Sequence[str]]
    parts: Sequence[str] = ("P",)


def reading_of(rules: Rules) -> Reading:
    """How counts are read that were given under rules."""
    zero_below, base, threshold = rules.zero_below or 0, rules.round_to or 1, rules.threshold or 0

    def read(place: Place, value: int | float | None) -> Range:
        if value is None:
            # A margin is withheld also beside another cell that is.
            return 1, np.inf if None in place else threshold - 1
        least, most = max(0, -(-(2 * int(value) - base) // 2)), (2 * int(value) + base - 1) // 2
        is_zeroed = value == 0 and zero_below > 0
        return (0, max(most, zero_below - 1)) if is_zeroed else (max(least, zero_below), most)

    return read


class Found(NamedTuple):
    """How many small counts there were, and how many the attacker knows."""

    small: int
    known: int


def small_places(table: Crosstab) -> Iterator[tuple[Place, int]]:
    return ((place, cell.number) for place, cell in table.cells.items() if 0 < cell.number < THRESHOLD)


def attacked(tables: Sequence[Crosstab], values: Sequence[Mapping[Place, float | None]], rules: Rules) -> Found:
    """What becomes known of tables of the same units, of which all categories are known, when these are the values."""
    if not tables:
        return Found(0, 0)
    world = World({axis.code: axis.categories for table in tables for axis in table.axes})
    names = ["".join(axis.code for axis in table.axes) for table in tables]
    reading = reading_of(rules)
    attack = Attack(world, [Released(name, "P", one, reading) for name, one in zip(names, values, strict=True)])
    small = known = 0
    for table, name in zip(tables, names, strict=True):
        for place, number in small_places(table):
            of = {letter: category for letter, category in zip(name, place, strict=True) if category is not None}
            least, most = attack.bounds("P", of)
            assert least <= number <= most
            small, known = small + 1, known + (least == most)
    return Found(small, known)


def given_in_one_log(tables: Sequence[Crosstab], rules: Rules, log: Path) -> list[Treated | None]:
    """What is given of tables that are asked for one after the other; None for one that is refused."""
    found = [answered([Asked(table, {})], rules, log) for table in tables]
    return [one[0] if isinstance(one, list) else None for one in found]


def suppressed(table: Crosstab) -> dict[Place, float | None]:
    """What a table was long given as: small counts left out, all margins as they are."""
    return {
        place: None if None not in place and 0 < cell.number < THRESHOLD else cell.number
        for place, cell in table.cells.items()
    }


class Attack:
    """The numbers of units that fit all tables, as an integer program: a variable for each combination of categories in
    each part of the units."""

    def __init__(self, world: World, released: Iterable[Released]) -> None:
        self._letters = sorted(world.categories)
        self._combinations = list(product(world.parts, product(*(world.categories[one] for one in self._letters))))
        rows, least, most = [], [], []
        for table in released:
            for place, value in table.values.items():
                rows.append(self._units_in(table.population, dict(zip(table.dimensions, place, strict=True))))
                low, high = table.read(place, value)
                least.append(low)
                most.append(high)
        matrix = csr_array(np.array(rows, dtype=float))
        self._fits = LinearConstraint(matrix, np.array(least, float), np.array(most, float))

    def bounds(self, population: str, of: Mapping[str, str | None], lacking: str = "") -> tuple[int, int]:
        """The smallest and the largest number of units that can be in a cell, those in another population left out."""
        wanted = np.array(self._units_in(population, of), float)
        if lacking:
            wanted -= wanted * np.array(self._units_in(lacking, of), float)
        return round(self._end(wanted)), round(-self._end(-wanted))

    def _end(self, wanted: "np.ndarray[tuple[int], np.dtype[np.float64]]") -> float:
        found = milp(wanted, constraints=self._fits, integrality=np.ones(len(wanted)), bounds=Bounds(0, _MOST))
        assert found.status == 0, found.message
        return float(found.fun)

    def _units_in(self, population: str, of: Mapping[str, str | None]) -> list[int]:
        """Which combinations are units of a population and of the categories; None is all of a dimension."""
        wanted = [of.get(letter) for letter in self._letters]
        return [
            int(population in part and all(one in (None, own) for one, own in zip(wanted, classes, strict=True)))
            for part, classes in self._combinations
        ]


_MOST = 1e6
"""No cell has so many units; without an end the numbers would be looked for forever."""
