"""Units counted or added up by several characteristics at once, as they are before anything is disclosed
(docs/language.md section 12). Nothing here may leave the machine: `vkd_catalog.disclosure` makes of it what may.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import product
from typing import Literal, NamedTuple

BUCKETS = 16
"""How many parts a sketch of a group of units has."""

LARGEST = 10
"""How many of the largest contributions a cell knows at most."""

_HASHES = 1 << 64

Function = Literal["count", "sum", "mean"]
Place = tuple[str | None, ...]
"""Where a cell stands: a category for each axis, None for all of that axis together."""


class Sketch(NamedTuple):
    """What tells groups of units apart without naming a unit.

    `fingerprint` is the sum of the units' hashes, modulo 2 ** 64: two groups are the same where it and the
    number of units are. `buckets` are how many units have each remainder of their hash by BUCKETS: the differences of
    two groups' buckets add up to at most the units that only one of them has, and to exactly those where one group lies
    in the other. The hash of a unit depends on its identification alone, in every set and at all times.
    """

    fingerprint: int
    buckets: tuple[int, ...]

    def joined(self, other: Sketch) -> Sketch:
        """The sketch of two groups without a common unit."""
        buckets = tuple(a + b for a, b in zip(self.buckets, other.buckets, strict=True))
        return Sketch((self.fingerprint + other.fingerprint) % _HASHES, buckets)


NOBODY = Sketch(0, (0,) * BUCKETS)
"""The sketch of a group without units."""


class Axis(NamedTuple):
    """What units are divided by: the code of a classification or a characteristic, and its categories, by code where
    they have one."""

    code: str
    categories: tuple[str, ...]


class Cell(NamedTuple):
    """A group of units, so many in `number`. For a sum or mean `total` is the sum of their values.

    `magnitude` is the sum of the values without their signs, and `largest` are the greatest of those, greatest first,
    as many as the rules need, or all where there are fewer. Of a count, these are 0 and empty.
    """

    number: int
    sketch: Sketch
    total: float = 0
    magnitude: float = 0
    largest: tuple[float, ...] = ()

    def joined(self, other: Cell) -> Cell:
        """Two groups without a common unit as one."""
        return Cell(
            self.number + other.number,
            self.sketch.joined(other.sketch),
            self.total + other.total,
            self.magnitude + other.magnitude,
            tuple(sorted((*self.largest, *other.largest), reverse=True)[:LARGEST]),
        )


class Crosstab(NamedTuple):
    """Units cross-classified by the axes. Every combination of categories and of None has a cell in `cells`.

    `units` says what the units are and what they are identified by:
    hashes of two tables can be compared where it is the same. `of` is the code of the characteristic that a sum or mean
    is taken over, empty for a count; `winsorised` is how many of its values were moved.
    """

    axes: tuple[Axis, ...]
    cells: Mapping[Place, Cell]
    units: str
    function: Function = "count"
    of: str = ""
    winsorised: int = 0

    @property
    def population(self) -> int:
        """How many units are in the table."""
        return self.cells[(None,) * len(self.axes)].number


def with_margins(axes: tuple[Axis, ...], inner: Mapping[tuple[str, ...], Cell]) -> dict[Place, Cell]:
    """All cells of a table: those given, one for each combination of categories that has units, empty ones for the
    other combinations, and every margin up to the grand total."""
    cells: dict[Place, Cell] = {
        place: Cell(0, NOBODY) for place in product(*((*axis.categories, None) for axis in axes))
    }
    for place, cell in inner.items():
        for above in _at_and_above(place):
            cells[above] = cells[above].joined(cell)
    return cells


def _at_and_above(place: tuple[str, ...]) -> Iterable[Place]:
    return product(*((category, None) for category in place))
