"""The covers of a demand in their order (docs/language.md section 6).

A demand with don't-care fields may have a million covers, of which a person reads twenty. They come as patterns, which
hold as many covers as there are ways to take one candidate for each part. What they are ordered by is known of each
candidate by itself, so that a cover is put together only when it is looked at.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from itertools import islice
from itertools import product as every_way
from typing import NamedTuple, overload

from vkd_catalog.evaluation.candidates import Key, KeyedHits, NameOf, by_candidate
from vkd_catalog.evaluation.choice import Choice, used_hits
from vkd_catalog.evaluation.covers import Coverer, Pattern
from vkd_catalog.evaluation.demand import DemandLine
from vkd_catalog.evaluation.found import GRADES, Cover, Grade, Match, Member
from vkd_catalog.evaluation.hits import Hit
from vkd_catalog.evaluation.times import lacking, stated_days

_MOST_ORDERED = 200_000
"""So many covers of one pattern are put into order; of more, the others come after them."""


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
    def covers(self) -> int:
        """How many covers there are in it."""
        return self.pattern.covers

    @property
    def parts(self) -> tuple[tuple[Key, ...], ...]:
        """The candidates that can be taken for each part."""
        return self.pattern.parts


class _Placed(NamedTuple):
    """A cover in its place: what it is ordered by, how many of its set of names stand before it, then who it is."""

    key: tuple[float, ...]
    turn: int
    editions: tuple[str, ...]
    group: int
    block: int
    members: tuple[Key, ...]


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

    def placed(self, place: int, block: Block) -> Iterator[tuple[tuple[float, ...], frozenset[str], _Placed]]:
        """Each cover of a block with what it is ordered by, and the names that its sentences have."""
        choice = block.pattern.choice
        each = [[(key, self._facts_of(choice, part[0], key)) for key in part] for part in block.parts]
        for taken in islice(every_way(*each), _MOST_ORDERED):
            facts = [one for _, one in taken]
            key = (
                block.grade,
                len(taken),
                choice.linked,
                -_shared([one.years for one in facts]),
                -max(one.latest for one in facts),
                -min(one.used for one in facts),
            )
            editions = tuple(sorted(name for one in facts for name in one.editions))
            members = tuple(key for key, _ in taken)
            yield (
                key,
                frozenset().union(*(one.names for one in facts)),
                _Placed(key, 0, editions, block.group, place, members),
            )

    def cover(self, members: Sequence[Key]) -> Cover:
        """The cover that some candidates make: which sentences answer which lines, how the editions link."""
        choice = self.coverer.chooser.best(members)
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
        products = tuple(sorted(map(self._name, (number for some in choice.kept.values() for number in some))))
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
        best: dict[tuple[int, int], Match] = {}
        for number, hit in hits:
            grade: Grade = hit.grade
            match = Match(self._name(number), hit.line, grade, hit.sense, hit.population)
            had = best.get((number, hit.line))
            if had is None or GRADES.index(had.grade) > GRADES.index(grade):
                best[number, hit.line] = match
        return tuple(sorted(best.values(), key=lambda one: (GRADES.index(one.grade), one.product, one.line)))

    def _facts_of(self, choice: Choice, one: Key, other: Key) -> Facts:
        kept = self.coverer.chooser.editions.kept_like(choice, one, other)
        made = tuple(part.made for part in choice.parts if part.candidate == one and part.made is not None)
        key = kept, made
        if key not in self._facts:
            self._facts[key] = self._found(kept, made)
        return self._facts[key]

    def _found(self, kept: tuple[int, ...], made: Sequence[object]) -> Facts:
        years = latest = 0
        names: set[str] = set()
        there = set(kept)
        for line in self.candidates.lines:
            hits = [(number, hit) for number in kept for hit in self.candidates.hits[line].get(number, ())]
            for table in self.candidates.tables:
                if table in made and line in table.lines:
                    hits += [
                        (number, hit) for number in kept for hit in self.candidates.computed(table).hits.get(number, ())
                    ]
            for number, hit in hits:
                if (
                    hit.needs
                    and self.candidates.key_of(number) == self.candidates.key_of(min(hit.needs))
                    and not hit.needs <= there
                ):
                    continue
                names.add(hit.sentence.name)
                for when in hit.whens:
                    stated = stated_days(
                        line.time, when._replace(start=hit.sentence.start, end=hit.sentence.end, step=hit.sentence.step)
                    )
                    if stated is None:
                        continue
                    latest = max(latest, stated[1])
                    if not hit.sentence.fixed:
                        first, last = stated[0] // 10000, min(stated[1] // 10000, 9999)
                        years |= ((1 << (last - first + 1)) - 1) << first
        register = self.candidates.register
        used = max((register.named(name) for name in names), default=0)
        return Facts(years, latest, used, frozenset(names), tuple(sorted(map(self._name, kept))))


class RankedCovers(Sequence[Cover]):
    """All covers of a demand, the best first."""

    def __init__(self, rankers: Sequence[GroupRanker], name: NameOf) -> None:
        self._rankers = {ranker.group: ranker for ranker in rankers}
        self._name = name
        self.blocks = [block for ranker in rankers for block in ranker.blocks()]
        self._made: dict[int, Cover] = {}

    def __len__(self) -> int:
        return sum(block.covers for block in self.blocks)

    @overload
    def __getitem__(self, index: int) -> Cover: ...
    @overload
    def __getitem__(self, index: slice) -> tuple[Cover, ...]: ...
    def __getitem__(self, index: int | slice) -> Cover | tuple[Cover, ...]:
        places = range(len(self._placed))[index]
        if isinstance(places, range):
            return tuple(self._at(place) for place in places)
        return self._at(places)

    def __iter__(self) -> Iterator[Cover]:
        """Each cover in turn, none of which is kept: there may be more than memory holds."""
        return (self._rankers[one.group].cover(one.members) for one in self._placed)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Sequence) and tuple(self) == tuple(other)

    def __hash__(self) -> int:
        return hash(tuple(self._placed))

    def members(self) -> frozenset[str]:
        """The identifications of all products that are a member of some cover."""
        return frozenset(name for one in self._placed for name in one.editions)

    def first_with(self, products: Iterable[int]) -> Cover | None:
        """The best cover that one of some products is a member of."""
        names = {self._name(product) for product in products}
        found = next((one for one in self._placed if not names.isdisjoint(one.editions)), None)
        return self._rankers[found.group].cover(found.members) if found else None

    def answering(self, block: Block) -> Iterator[tuple[DemandLine, KeyedHits]]:
        """The lines of a block's group, each with the hits by which candidates answer it."""
        return self._rankers[block.group].answering(block)

    @cached_property
    def _placed(self) -> list[_Placed]:
        """The covers in order; of covers equal but for their identifications, one of each set of names comes before a
        second of any."""
        found = [
            one for place, block in enumerate(self.blocks) for one in self._rankers[block.group].placed(place, block)
        ]
        found.sort(key=lambda one: one[2])
        turns: Counter[object] = Counter()
        placed = []
        for key, names, one in found:
            placed.append(one._replace(turn=turns[key, names]))
            turns[key, names] += 1
        return sorted(placed)

    def _at(self, place: int) -> Cover:
        if place not in self._made:
            one = self._placed[place]
            self._made[place] = self._rankers[one.group].cover(one.members)
        return self._made[place]


def _shared(years: Sequence[int]) -> float:
    """How far candidates speak of the same years: as a share of those that any speaks of, those without any aside."""
    stated = [one for one in years if one]
    if len(stated) < 2:
        return 1.0
    both, either = stated[0], stated[0]
    for one in stated[1:]:
        both, either = both & one, either | one
    return both.bit_count() / either.bit_count()
