"""The covers of a demand in their order (docs/language.md section 6).

A demand with don't-care fields may have a million covers, of which a person reads twenty. They come as patterns, which
hold as many covers as there are ways to take one candidate for each part. What they are ordered by is known of each
candidate by itself, so that a cover is put together only when it is looked at.
"""

from collections.abc import Iterable, Iterator, Sequence
from copy import copy
from itertools import groupby, islice
from typing import NamedTuple, overload

from vkd_catalog.evaluation.candidates import Candidates, Key
from vkd_catalog.evaluation.choice import used_hits
from vkd_catalog.evaluation.covers import Coverer, Pattern
from vkd_catalog.evaluation.facts import Facts, PartFacts
from vkd_catalog.evaluation.found import GRADES, Cover, Match, Member
from vkd_catalog.evaluation.hits import Hit, Hits
from vkd_catalog.evaluation.names import Names
from vkd_catalog.evaluation.ordering import Ordered, Placed, SameTimes, in_order, same_times
from vkd_catalog.evaluation.times import lacking

_AT_ONCE = 100
"""So many covers are looked up together where all are wanted."""


class Block(NamedTuple):
    """The covers of one pattern of a group, with their grade, and what each part's candidates bring into them."""

    grade: int
    group: int
    pattern: Pattern
    facts: tuple[PartFacts, ...]

    @property
    def level(self) -> tuple[int, int, int]:
        """What its covers are ordered by first: grade, number of candidates, linkage."""
        return self.grade, len(self.pattern.parts), self.pattern.choice.linked

    @property
    def covers(self) -> int:
        """How many covers there are in it."""
        return self.pattern.covers

    @property
    def parts(self) -> tuple[tuple[Key, ...], ...]:
        """The candidates that can be taken for each part."""
        return self.pattern.parts

    @property
    def editions(self) -> Iterator[int]:
        """All products that are a member of some cover."""
        for facts, part in zip(self.facts, self.parts, strict=True):
            for key in part:
                yield from facts.editions(key)


class GroupRanker:
    """Puts the covers of one group together."""

    def __init__(self, group: int, coverer: Coverer, name: Names) -> None:
        self.group = group
        self.coverer = coverer
        self.candidates = coverer.candidates
        self._name = name
        self._facts = Facts(coverer.candidates, coverer.chooser.editions, name)

    def blocks(self) -> Iterator[Block]:
        """The group's covers as blocks, one for each pattern."""
        for pattern in self.coverer.patterns:
            facts = tuple(self._facts.of(pattern.choice, part) for part in pattern.parts)
            yield Block(max(pattern.choice.grades.values()), self.group, pattern, facts)

    def cover(self, block: Block, members: tuple[Key, ...]) -> Cover:
        """The cover of a block that some candidates make: which sentences answer which lines, how the editions link."""
        is_first = members == tuple(part[0] for part in block.parts)
        choice = block.pattern.choice if is_first else self.coverer.chooser.best(members)
        assert choice is not None
        used = used_hits(self.candidates, choice)
        made = {part.line for part in choice.parts if part.made is not None}
        lines = {line.line: self._matches(hits) for line, hits in used.items()}
        lacks = {
            line.line: periods
            for line, hits in used.items()
            if line not in made
            and (periods := lacking(line.time, [when for _, hit in hits if not hit.beside for when in hit.whens]))
        }
        products = tuple(sorted(map(self._name, choice.editions)))
        members_told = sorted(
            (self._member(some) for some in choice.kept.values()), key=lambda one: (one.collection or "", one.products)
        )
        return Cover(
            self.group,
            GRADES[max(choice.grades.values())],
            products,
            dict(sorted(lines.items())),
            self.coverer.chooser.linker.links(choice),
            dict(sorted((line.line, GRADES[rank]) for line, rank in choice.grades.items())),
            dict(sorted(lacks.items())),
            tuple(members_told),
        )

    def _member(self, editions: Sequence[int]) -> Member:
        return Member(self.candidates.collection_of(editions[0]), tuple(sorted(map(self._name, editions))))

    def _matches(self, hits: Sequence[tuple[int, Hit]]) -> tuple[Match, ...]:
        """What is told of the sentences that answer a line, each once, the best first."""
        best: dict[tuple[int, int], Hit] = {}
        for number, hit in hits:
            had = best.setdefault((number, hit.line), hit)
            if (hit.beside, hit.rank) < (had.beside, had.rank):
                best[number, hit.line] = hit
        told = [
            (hit.rank, Match(self._name(number), hit.line, hit.grade, hit.sense, hit.population))
            for (number, _), hit in best.items()
        ]
        return tuple(match for _, match in sorted(told, key=lambda one: (one[0], one[1].product, one[1].line)))


class RankedCovers(Sequence[Cover]):
    """All covers of a demand, the best first. They are put in order as far as they are looked at."""

    def __init__(self, rankers: Sequence[GroupRanker], names: Names) -> None:
        self._rankers = {ranker.group: ranker for ranker in rankers}
        self._names = names
        self.blocks = [block for ranker in rankers for block in ranker.blocks()]
        self._known: list[Placed] = []
        # A copy puts the rest in order: what is held must not hold its holder, or both would stay, with all that was
        # searched, until somebody looks for such circles.
        self._others = copy(self)._in_order()
        self._made: dict[int, Cover] = {}

    def __len__(self) -> int:
        return sum(block.covers for block in self.blocks)

    @overload
    def __getitem__(self, index: int) -> Cover: ...
    @overload
    def __getitem__(self, index: slice) -> tuple[Cover, ...]: ...
    def __getitem__(self, index: int | slice) -> Cover | tuple[Cover, ...]:
        places = range(len(self))[index]
        if isinstance(places, range):
            self._look_up_at(places)
            return tuple(self._at(place) for place in places)
        return self._at(places)

    def __iter__(self) -> Iterator[Cover]:
        """Each cover in turn, none of which is kept: there may be more than memory holds."""
        covers = self._in_order()
        while some := list(islice(covers, _AT_ONCE)):
            looked_up = self._look_up(some)
            yield from map(self._cover, some)
            for hits, numbers in looked_up:
                hits.forget(numbers)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Sequence) and tuple(self) == tuple(other)

    def __hash__(self) -> int:
        return hash(tuple(self._in_order()))

    def members(self) -> frozenset[str]:
        """The identifications of all products that are a member of some cover."""
        return frozenset(self._names.of(frozenset(self._members())))

    def put_together(self, first: int, few: int) -> None:
        """Puts the first covers together, and names all members where there are few candidates."""
        self._look_up_at(range(len(self))[:first])
        for place in range(len(self))[:first]:
            self._at(place)
        if sum(len(part) for block in self.blocks for part in block.parts) <= few:
            self.members()

    def first_with(self, products: Iterable[int]) -> Cover | None:
        """The best cover that one of some products is a member of."""
        some = frozenset(products)
        found = next((one for one in self._in_order() if not some.isdisjoint(one.editions)), None)
        return self._cover(found) if found else None

    def _members(self) -> Iterator[int]:
        return (number for block in self.blocks for number in block.editions)

    def candidates(self, block: Block) -> Candidates:
        """The candidates of a block's group."""
        return self._rankers[block.group].candidates

    def _in_order(self) -> Iterator[Placed]:
        """The covers by grade, number of candidates and linkage, each such level put in order when it is come to."""
        places = sorted(range(len(self.blocks)), key=lambda place: self.blocks[place].level)
        for _, level in groupby(places, key=lambda place: self.blocks[place].level):
            yield from in_order([Ordered(self.blocks[at].group, at, self._parts(self.blocks[at])) for at in level])

    def _parts(self, block: Block) -> list[list[SameTimes]]:
        return [same_times(facts, part) for facts, part in zip(block.facts, block.parts, strict=True)]

    def _cover(self, one: Placed) -> Cover:
        return self._rankers[one.group].cover(self.blocks[one.block], one.members)

    def _at(self, place: int) -> Cover:
        if place not in self._made:
            self._place(place)
            self._made[place] = self._cover(self._known[place])
        return self._made[place]

    def _look_up_at(self, places: range) -> None:
        """Looks up together what the covers in some places say."""
        self._place(max(places, default=-1))
        self._look_up(self._known[place] for place in places if place not in self._made)

    def _look_up(self, covers: Iterable[Placed]) -> list[tuple[Hits, set[int]]]:
        """Looks up together what some covers say. Returns for which products which hits were looked up."""
        wanted: dict[int, set[int]] = {}
        for one in covers:
            wanted.setdefault(one.group, set()).update(one.editions)
        every = [
            (hits, some) for group, some in wanted.items() for hits in self._rankers[group].candidates.hits.values()
        ]
        return [(hits, hits.look_up(numbers)) for hits, numbers in every]

    def _place(self, place: int) -> None:
        """Puts the covers in order up to a place."""
        self._known += islice(self._others, max(0, place + 1 - len(self._known)))
