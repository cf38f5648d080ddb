"""The covers of a demand in their order (docs/language.md section 6).

A demand with don't-care fields may have a million covers, of which a person reads twenty. They come as patterns, which
hold as many covers as there are ways to take one candidate for each part. What they are ordered by is known of each
candidate by itself, so that a cover is put together only when it is looked at.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain, groupby, islice
from itertools import product as every_way
from typing import NamedTuple, overload

from vkd_catalog.evaluation.candidates import Key, KeyedHits, NameOf, by_candidate
from vkd_catalog.evaluation.choice import Choice, used_hits
from vkd_catalog.evaluation.covers import Coverer, Pattern
from vkd_catalog.evaluation.demand import DemandLine
from vkd_catalog.evaluation.found import GRADES, Cover, Match, Member
from vkd_catalog.evaluation.hits import Hit
from vkd_catalog.evaluation.tables import Asked
from vkd_catalog.evaluation.times import lacking, stated_days
from vkd_grammar.times import END

_MOST_ORDERED = 200_000
"""So many covers of one level are put into order; of more, the others come after them as they are found."""


class Facts(NamedTuple):
    """What a cover is ordered by, of one candidate: the years its sentences speak of as bits, the latest day they
    state, in how many products its most used name stands, its names, and the identifications of its editions."""

    years: int
    latest: int
    used: int
    names: frozenset[str]
    editions: tuple[str, ...]


class Block(NamedTuple):
    """The covers of one pattern of a group, with their grade."""

    grade: int
    group: int
    pattern: Pattern

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


class _Placed(NamedTuple):
    """A cover among those that are as good: how many of its set of names stand before it, then who it is."""

    turn: int
    editions: tuple[str, ...]
    group: int
    block: int
    members: tuple[Key, ...]


class _Taken(NamedTuple):
    """A cover as it is ordered: what it is ordered by, the block it is of, and who is taken for each part."""

    key: tuple[float, float, float]
    block: int
    each: tuple[tuple[Key, Facts], ...]


class GroupRanker:
    """Puts the covers of one group together."""

    def __init__(self, group: int, coverer: Coverer, name: NameOf) -> None:
        self.group = group
        self.coverer = coverer
        self.candidates = coverer.candidates
        self._name = name
        self._facts: dict[object, Facts] = {}

    def blocks(self) -> Iterator[Block]:
        """The group's covers as blocks, one for each pattern."""
        for pattern in self.coverer.patterns:
            yield Block(max(pattern.choice.grades.values()), self.group, pattern)

    def taken(self, place: int, block: Block) -> Iterator[_Taken]:
        """Each cover of a block, which is one of those in some place, with what it is ordered by within its level."""
        choice = block.pattern.choice
        parts = [[(key, self._facts_of(choice, part[0], key)) for key in part] for part in block.parts]
        for each in every_way(*parts):
            shared = _shared([facts.years for _, facts in each])
            latest = max([facts.latest for _, facts in each])
            used = min([facts.used for _, facts in each])
            yield _Taken((-shared, -latest, -used), place, each)

    def editions(self, block: Block) -> Iterator[str]:
        """The identifications of all products that are a member of some cover of a block."""
        for part in block.parts:
            for key in part:
                yield from self._facts_of(block.pattern.choice, part[0], key).editions

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

    def answering(self, _block: Block) -> Iterator[tuple[DemandLine, KeyedHits]]:
        """Each line of the group with the hits by which candidates answer it."""
        for line in self.candidates.lines:
            hits: Mapping[int, tuple[Hit, ...]] = self.candidates.hits[line]
            if not hits:
                tables = [table for table in self.candidates.tables if line in table.lines]
                hits = self.candidates.computed(tables[0]).hits if tables else {}
            yield line, by_candidate(self.candidates, hits)

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

    def _facts_of(self, choice: Choice, one: Key, other: Key) -> Facts:
        """What a cover is ordered by, of another candidate in the part that one plays in a choice."""
        kept = self.coverer.chooser.editions.kept_like(choice, one, other)
        made = tuple(part.made for part in choice.parts if part.candidate == one and part.made is not None)
        there = choice.editions & self.candidates.needs(other) | frozenset(kept)
        key = kept, made, there
        if key not in self._facts:
            self._facts[key] = self._facts_by(kept, made, there)
        return self._facts[key]

    def _facts_by(self, kept: tuple[int, ...], made: Sequence[Asked], there: frozenset[int]) -> Facts:
        years = latest = 0
        names: set[str] = set()
        for line in self.candidates.lines:
            for hit in self._used(line, kept, made, there):
                names.add(hit.sentence.name)
                stated = stated_days(line.time, hit.sentence)
                if stated is not None:
                    latest = max(latest, stated[1])
                    years |= 0 if hit.sentence.fixed else _years(*stated)
        used = max(map(self.candidates.register.named, names), default=0)
        return Facts(years, latest, used, frozenset(names), tuple(sorted(map(self._name, kept))))

    def _used(
        self, line: DemandLine, kept: tuple[int, ...], made: Sequence[Asked], there: frozenset[int]
    ) -> Iterator[Hit]:
        """The sentences of some editions that answer a line, or that its table can be made from."""
        finding = [self.candidates.hits[line]]
        finding += [self.candidates.computed(table).hits for table in set(made) if line in table.lines]
        for hits in finding:
            for number in kept:
                yield from (hit for hit in hits.get(number, ()) if hit.needs <= there)


class RankedCovers(Sequence[Cover]):
    """All covers of a demand, the best first. They are put in order as far as they are looked at."""

    def __init__(self, rankers: Sequence[GroupRanker], name: NameOf) -> None:
        self._rankers = {ranker.group: ranker for ranker in rankers}
        self._name = name
        self.blocks = [block for ranker in rankers for block in ranker.blocks()]
        self._known: list[_Placed] = []
        self._others = self._in_order()
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
            return tuple(self._at(place) for place in places)
        return self._at(places)

    def __iter__(self) -> Iterator[Cover]:
        """Each cover in turn, none of which is kept: there may be more than memory holds."""
        return (self._cover(one) for one in self._in_order())

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Sequence) and tuple(self) == tuple(other)

    def __hash__(self) -> int:
        return hash(tuple(self._in_order()))

    def members(self) -> frozenset[str]:
        """The identifications of all products that are a member of some cover."""
        return frozenset(name for block in self.blocks for name in self._rankers[block.group].editions(block))

    def first_with(self, products: Iterable[int]) -> Cover | None:
        """The best cover that one of some products is a member of."""
        names = {self._name(product) for product in products}
        found = next((one for one in self._in_order() if not names.isdisjoint(one.editions)), None)
        return self._cover(found) if found else None

    def answering(self, block: Block) -> Iterator[tuple[DemandLine, KeyedHits]]:
        """The lines of a block's group, each with the hits by which candidates answer it."""
        return self._rankers[block.group].answering(block)

    def _in_order(self) -> Iterator[_Placed]:
        """The covers by grade, number of candidates and linkage, each such level put in order when it is come to."""
        places = sorted(range(len(self.blocks)), key=lambda place: self.blocks[place].level)
        for _, level in groupby(places, key=lambda place: self.blocks[place].level):
            ways = chain.from_iterable(self._taken(place) for place in level)
            found = sorted(islice(ways, _MOST_ORDERED), key=lambda one: one.key)
            for _, alike in groupby(found, key=lambda one: one.key):
                yield from self._in_turn(alike)
            yield from map(self._placed, ways)

    def _taken(self, place: int) -> Iterator[_Taken]:
        block = self.blocks[place]
        return self._rankers[block.group].taken(place, block)

    def _in_turn(self, alike: Iterable[_Taken]) -> list[_Placed]:
        """Covers that are as good, by identifications; one of each set of names comes before a second of any."""
        placed = []
        turns: Counter[object] = Counter()
        for one, names in sorted((self._placed(taken), _names(taken)) for taken in alike):
            placed.append(one._replace(turn=turns[names]))
            turns[names] += 1
        return sorted(placed)

    def _placed(self, taken: _Taken) -> _Placed:
        editions = tuple(sorted(name for _, facts in taken.each for name in facts.editions))
        return _Placed(0, editions, self.blocks[taken.block].group, taken.block, tuple(key for key, _ in taken.each))

    def _cover(self, one: _Placed) -> Cover:
        return self._rankers[one.group].cover(self.blocks[one.block], one.members)

    def _at(self, place: int) -> Cover:
        if place not in self._made:
            self._known += islice(self._others, max(0, place + 1 - len(self._known)))
            one = self._known[place]
            self._made[place] = self._cover(one)
        return self._made[place]


def _names(taken: _Taken) -> frozenset[str]:
    return frozenset().union(*(facts.names for _, facts in taken.each))


def _shared(years: Sequence[int]) -> float:
    """How far candidates speak of the same years: as a share of those that any speaks of, those without any aside."""
    stated = [one for one in years if one]
    if len(stated) < 2:
        return 1.0
    both, either = stated[0], stated[0]
    for one in stated[1:]:
        both, either = both & one, either | one
    return both.bit_count() / either.bit_count()


def _years(first: int, last: int) -> int:
    """The years from one day to another, as bits."""
    start, end = first // 10000, min(last // 10000, END // 10000)
    return ((1 << (end - start + 1)) - 1) << start
