"""Puts covers that are of one grade, number of candidates and linkage in order, as far as they are looked at
(docs/language.md section 6).

There may be a million, of which twenty are told. Those that are as good so far are never listed: for each part stands
who can be taken for it, and covers are put together one after the other, the next best each time.
"""

from collections.abc import Iterator, Sequence
from functools import cached_property
from heapq import heappop, heappush, merge
from itertools import chain, groupby, islice
from itertools import product as every_way
from typing import NamedTuple

from vkd_catalog.evaluation.candidates import Key
from vkd_catalog.evaluation.facts import PartFacts, Taken, Times

_MOST_ORDERED = 200_000
"""So many ways to be as good are put into order; of more, the others come after them as they are found."""


class Placed(NamedTuple):
    """A cover among those that are as good so far: what its editions are called, in order, then who it is."""

    called: tuple[str, ...]
    group: int
    block: int
    members: tuple[Key, ...]
    editions: tuple[int, ...]


class SameNames:
    """Candidates that can be taken for one part and are as good so far, under the same names."""

    def __init__(self, facts: PartFacts, used: int, names: frozenset[str]) -> None:
        self.used = used
        self.names = names
        self.keys: list[Key] = []
        self._facts = facts

    @cached_property
    def taken(self) -> list[Taken]:
        """They by what their editions are called."""
        return self._facts.taken(self.keys)


class SameTimes:
    """Candidates that can be taken for one part and say what they say at the same times."""

    def __init__(self, facts: PartFacts, times: Times) -> None:
        self.times = times
        self.keys: list[Key] = []
        self._facts = facts

    @cached_property
    def by_names(self) -> list[SameNames]:
        """They by the names under which they say it."""
        found: dict[frozenset[str], SameNames] = {}
        for (used, names), key in self._facts.by_names(self.keys):
            if names not in found:
                found[names] = SameNames(self._facts, used, names)
            found[names].keys.append(key)
        return list(found.values())


class Ordered(NamedTuple):
    """The covers of one block, which stands in some place, by the candidates that can be taken for each part."""

    group: int
    block: int
    parts: Sequence[Sequence[SameTimes]]


class _Ways(NamedTuple):
    """Covers that share years as far, and state the same latest day: what they are ordered by, and who can be taken."""

    order: tuple[float, int]
    group: int
    block: int
    parts: tuple[SameTimes, ...]


class _Cell(NamedTuple):
    """Covers of one block that are of the same names part by part."""

    group: int
    block: int
    parts: tuple[SameNames, ...]

    @property
    def names(self) -> frozenset[str]:
        """The names of what any of them says."""
        return frozenset().union(*(part.names for part in self.parts))


def same_times(facts: PartFacts, part: Sequence[Key]) -> list[SameTimes]:
    """The candidates of a part by what covers are ordered by first."""
    found: dict[Times, SameTimes] = {}
    for times, key in facts.by_times(part):
        alike = found.get(times)
        if alike is None:
            alike = found[times] = SameTimes(facts, times)
        alike.keys.append(key)
    return list(found.values())


def in_order(blocks: Sequence[Ordered]) -> Iterator[Placed]:
    """The covers of some blocks, the best first."""
    ways = chain.from_iterable(map(_ways, blocks))
    found = sorted(islice(ways, _MOST_ORDERED), key=lambda one: one.order)
    for _, alike in groupby(found, key=lambda one: one.order):
        yield from _by_use(list(alike))
    yield from (placed for one in ways for placed in _by_use([one]))


def _ways(block: Ordered) -> Iterator[_Ways]:
    for parts in every_way(*block.parts):
        shared = _shared([one.times.years for one in parts])
        yield _Ways((-shared, -max(one.times.latest for one in parts)), block.group, block.block, parts)


def _by_use(alike: Sequence[_Ways]) -> Iterator[Placed]:
    """Covers that are as good so far, by how much their names are used, the least used of its candidates'."""
    for used in sorted({one.used for ways in alike for part in ways.parts for one in part.by_names}, reverse=True):
        cells = [cell for ways in alike for cell in islice(_cells(ways, used), _MOST_ORDERED + 1)]
        if len(cells) <= _MOST_ORDERED:
            yield from _in_turn(cells)
        else:
            yield from (placed for ways in alike for cell in _cells(ways, used) for placed in _covers(cell))


def _cells(ways: _Ways, used: int) -> Iterator[_Cell]:
    """Those of some covers of which the least used candidate's names are used so much: the first part that has such a
    one is each in turn."""
    more = [[one for one in part.by_names if one.used > used] for part in ways.parts]
    just = [[one for one in part.by_names if one.used == used] for part in ways.parts]
    for place, least in enumerate(just):
        after = [[*some, *others] for some, others in zip(just[place + 1 :], more[place + 1 :], strict=True)]
        for parts in every_way(*more[:place], least, *after):
            yield _Cell(ways.group, ways.block, parts)


def _in_turn(cells: Sequence[_Cell]) -> Iterator[Placed]:
    """Covers that are as good, by what their editions are called; one of each set of names comes before a second."""
    by_names: dict[frozenset[str], list[_Cell]] = {}
    for cell in cells:
        by_names.setdefault(cell.names, []).append(cell)
    left = [merge(*map(_covers, some)) for some in by_names.values()]
    while left:
        turn = [(placed, covers) for covers in left for placed in islice(covers, 1)]
        turn.sort(key=lambda one: one[0])
        yield from (placed for placed, _ in turn)
        left = [covers for _, covers in turn]


def _covers(cell: _Cell) -> Iterator[Placed]:
    """The covers of a cell by what their editions are called.

    A cover is called later where any one of its candidates is, so that the next is one that takes the next candidate
    for some part of one that came.
    """
    parts = [part.taken for part in cell.parts]
    first = (0,) * len(parts)
    waiting = [(_placed(cell, parts, first), first)]
    while waiting:
        placed, places = heappop(waiting)
        yield placed
        for part, place in reversed(list(enumerate(places))):
            if place + 1 < len(parts[part]):
                following = (*places[:part], place + 1, *places[part + 1 :])
                heappush(waiting, (_placed(cell, parts, following), following))
            if place:
                # Each comes of one other: the one that has the candidate before in the last part that is not the first.
                break


def _placed(cell: _Cell, parts: Sequence[Sequence[Taken]], places: Sequence[int]) -> Placed:
    some = [part[place] for part, place in zip(parts, places, strict=True)]
    called = some[0].called if len(some) == 1 else tuple(sorted(name for one in some for name in one.called))
    editions = tuple(number for one in some for number in one.editions)
    return Placed(called, cell.group, cell.block, tuple(one.key for one in some), editions)


def _shared(years: Sequence[int]) -> float:
    """How far candidates speak of the same years: as a share of those that any speaks of, those without any aside."""
    stated = [one for one in years if one]
    if len(stated) < 2:
        return 1.0
    both, either = stated[0], stated[0]
    for one in stated[1:]:
        both, either = both & one, either | one
    return both.bit_count() / either.bit_count()
