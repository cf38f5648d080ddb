"""The covers of a demand in their order, each put together only when it is looked at.

A demand with don't-care fields may have a million covers, of which a person reads twenty. They come as patterns, which
hold as many covers as there are ways to take one product for each part; all covers of one pattern have one grade, size
and linkage. So counting them is multiplying, and the first ones are found without the rest.
"""

from collections.abc import Callable, Iterator, Sequence
from heapq import heapify, heappop, heappush
from itertools import combinations, groupby
from math import prod
from typing import NamedTuple, overload

from vkd_catalog.evaluation.covers import Candidates, Coverer, Covers, Pattern
from vkd_catalog.evaluation.demand import DemandLine
from vkd_catalog.evaluation.found import GRADES, VERDICTS, Cover, Linkage, Match, Member, Verdict, weakest
from vkd_catalog.evaluation.hits import Hits


class Block(NamedTuple):
    """The covers of one pattern: what they are ordered by before their members' names, and of which group they are.

    The first fields stand in the order of the contract, so that blocks sort by themselves; the products alike are
    ordered by name.
    """

    grade: int
    size: int
    linked: int
    group: int
    pattern: Pattern

    @property
    def covers(self) -> int:
        """How many covers there are in it."""
        return prod(map(len, self.pattern))


_Placed = tuple[Block, tuple[int, ...]]
"""A cover as found: the block it is of, and its members' numbers, ordered by name."""


class _Entry(NamedTuple):
    """A cover on its way into the order: what it is ordered by, then which product it takes for each part."""

    names: tuple[str, ...]
    group: int
    numbers: tuple[int, ...]
    which: int
    places: tuple[int, ...]
    last: int


class RankedCovers(Sequence[Cover]):
    """All covers of a demand, the best first."""

    def __init__(self, blocks: Sequence[Block], rankers: Sequence["GroupRanker"], name: Callable[[int], str]) -> None:
        self.blocks = sorted(blocks)
        self._rankers = {ranker.group: ranker for ranker in rankers}
        self._name = name
        self._ordered = _ordered(self.blocks, name)
        self._had: list[_Placed] = []

    def __len__(self) -> int:
        return sum(block.covers for block in self.blocks)

    @overload
    def __getitem__(self, index: int) -> Cover: ...
    @overload
    def __getitem__(self, index: slice) -> tuple[Cover, ...]: ...
    def __getitem__(self, index: int | slice) -> Cover | tuple[Cover, ...]:
        places = range(len(self))[index]
        if isinstance(places, range):
            return tuple(self._at(place) for place in places)
        return self._at(places)

    def __iter__(self) -> Iterator[Cover]:
        """Each cover in turn, none of which is kept: there may be more than memory holds."""
        return (self._cover(*placed) for placed in _ordered(self.blocks, self._name))

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Sequence) and tuple(self) == tuple(other)

    def __hash__(self) -> int:
        return hash(tuple(self.blocks))

    def members(self) -> frozenset[str]:
        """The identifications of all products that are a member of some cover."""
        numbers = {number for block in self.blocks for numbers in block.pattern for number in numbers}
        return frozenset(map(self._name, numbers))

    def first_with(self, product: int) -> Cover | None:
        """The best cover that a product is a member of."""
        with_it = [
            block._replace(pattern=tuple((product,) if product in numbers else numbers for numbers in block.pattern))
            for block in self.blocks
            if any(product in numbers for numbers in block.pattern)
        ]
        return next((self._cover(*one) for one in _ordered(with_it, self._name)), None)

    def answering(self, block: Block) -> Iterator[tuple[DemandLine, Hits]]:
        """The lines of a block's group, each with the hits that the block's products answer it by."""
        return self._rankers[block.group].answering([numbers[0] for numbers in block.pattern])

    def _at(self, place: int) -> Cover:
        while len(self._had) <= place:
            self._had.append(next(self._ordered))
        return self._cover(*self._had[place])

    def _cover(self, block: Block, numbers: tuple[int, ...]) -> Cover:
        return self._rankers[block.group].cover(block, numbers)


def _ordered(blocks: Sequence[Block], name: Callable[[int], str]) -> Iterator[_Placed]:
    """The covers of sorted blocks in their order."""
    for _, tied in groupby(blocks, key=lambda block: block[:3]):
        yield from _merged(list(tied), name)


def _merged(blocks: Sequence[Block], name: Callable[[int], str]) -> Iterator[_Placed]:
    """The covers of blocks that differ in nothing but names and group, ordered by these.

    Taking a later product for one part never makes the names come earlier, so the next cover is always one step from
    those that were taken. Steps are made at the last part that was stepped at, or after it, so that none is made twice.
    """

    def entry(which: int, places: tuple[int, ...], last: int) -> _Entry:
        taken = [numbers[place] for numbers, place in zip(blocks[which].pattern, places, strict=True)]
        named = sorted((name(number), number) for number in taken)
        names, numbers = zip(*named, strict=True)
        return _Entry(names, blocks[which].group, numbers, which, places, last)

    heap = [entry(which, (0,) * len(block.pattern), 0) for which, block in enumerate(blocks)]
    heapify(heap)
    while heap:
        least = heappop(heap)
        block = blocks[least.which]
        yield block, least.numbers
        for part in range(least.last, len(least.places)):
            place = least.places[part] + 1
            if place < len(block.pattern[part]):
                places = (*least.places[:part], place, *least.places[part + 1 :])
                heappush(heap, entry(least.which, places, part))


class GroupRanker:
    """Blocks and covers of one group, from what its clusters can be answered from."""

    def __init__(
        self, group: int, candidates: Sequence[Candidates], coverer: Coverer, name: Callable[[int], str]
    ) -> None:
        self.group = group
        self._candidates = candidates
        self._coverer = coverer
        self._name = name

    def blocks(self, covers: Covers) -> Iterator[Block]:
        """The group's covers as blocks, one for each pattern: all covers of a pattern are ordered by equal values."""
        by_name = {
            numbers: tuple(sorted(numbers, key=self._name))
            for numbers in {numbers for pattern in covers.patterns for numbers in pattern}
        }
        for pattern in covers.patterns:
            yield self._block(tuple(by_name[numbers] for numbers in pattern), [numbers[0] for numbers in pattern])

    def answering(self, members: Sequence[int]) -> Iterator[tuple[DemandLine, Hits]]:
        """Each line of the group with the hits by which these members of a cover answer it."""
        for one in self._candidates:
            yield from zip(one.cluster.lines, one.hits_used(members), strict=True)

    def cover(self, block: Block, numbers: Sequence[int]) -> Cover:
        """The cover that some products of a block make: which sentences answer which lines, how the products link."""
        lines = {
            line.line: tuple(
                sorted(
                    (
                        Match(self._name(number), hit.line, hit.grade, hit.sense)
                        for number in numbers
                        for hit in hits.get(number, ())
                    ),
                    key=_by_grade,
                )
            )
            for line, hits in self.answering(numbers)
        }
        linkage = tuple(
            Linkage(self._name(a), self._name(b), *self._coverer.judged(one.profile(a), one.profile(b)))
            for one in self._candidates
            for a, b in self._pairs(one, numbers)
        )
        names = tuple(map(self._name, numbers))
        ordered = dict(sorted(lines.items()))
        grades = {line: matches[0].grade for line, matches in ordered.items()}
        members = tuple(Member(None, (name,)) for name in names)
        return Cover(self.group, GRADES[block.grade], names, ordered, linkage, grades, {}, members)

    def _block(self, pattern: Pattern, members: Sequence[int]) -> Block:
        grade = max(
            min(GRADES.index(hits[number][0].grade) for number in members if number in hits)
            for _, hits in self.answering(members)
        )
        verdicts: set[Verdict] = {
            self._coverer.judged(one.profile(a), one.profile(b)).verdict
            for one in self._candidates
            for a, b in self._pairs(one, members)
        }
        return Block(grade, len(members), VERDICTS.index(weakest(verdicts)), self.group, pattern)

    def _pairs(self, one: Candidates, members: Sequence[int]) -> Iterator[tuple[int, int]]:
        return combinations(self._coverer.linked(one, members), 2)


def _by_grade(match: Match) -> tuple[int, str, int]:
    return GRADES.index(match.grade), match.product, match.line
