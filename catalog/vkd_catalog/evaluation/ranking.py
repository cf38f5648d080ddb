"""The covers of a demand in their order (docs/language.md section 6).

A demand with don't-care fields may have a million covers, of which a person reads twenty. They come as patterns, which
hold as many covers as there are ways to take one candidate for each part. What they are ordered by is known of each
candidate by itself, so that a cover is put together only when it is looked at.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from itertools import chain, groupby, islice
from itertools import product as every_way
from typing import NamedTuple, overload

from vkd_catalog.evaluation.candidates import Candidates, Key
from vkd_catalog.evaluation.choice import Choice, used_hits
from vkd_catalog.evaluation.covers import Coverer, Pattern
from vkd_catalog.evaluation.demand import DemandLine
from vkd_catalog.evaluation.found import GRADES, Cover, Match, Member
from vkd_catalog.evaluation.hits import Hit, Hits
from vkd_catalog.evaluation.names import Names
from vkd_catalog.evaluation.tables import Asked
from vkd_catalog.evaluation.times import lacking, stated_days
from vkd_catalog.register import SentenceRecord
from vkd_grammar.times import END

_AT_ONCE = 100
"""So many covers are looked up together where all are wanted."""

_MOST_ORDERED = 200_000
"""So many covers of one level are put into order; of more, the others come after them as they are found."""


class Facts(NamedTuple):
    """What a cover is ordered by first, of one candidate: the years its sentences speak of as bits, and the latest day
    they state. The sentences are those of the editions `kept`, of tables that are `made` from them too, where the
    editions of `there` are in the cover."""

    years: int
    latest: int
    kept: tuple[int, ...]
    made: tuple[Asked, ...]
    there: frozenset[int]


class Named(NamedTuple):
    """What covers that are as good so far are ordered by, of one candidate or of all: in how many products the most
    used name of its sentences stands, and the names."""

    used: int
    names: frozenset[str]


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
    kept: tuple[int, ...]


class _Alike(NamedTuple):
    """Candidates that can be taken for one part and are as good so far: the years they speak of as bits, and the latest
    day that they state."""

    years: int
    latest: int
    each: list[tuple[Key, Facts]]


class _Taken(NamedTuple):
    """Covers that are as good so far: what they are ordered by first, the block they are of, and who can be taken for
    each part."""

    key: tuple[float, float]
    block: int
    parts: tuple[_Alike, ...]


_Cover = tuple[tuple[Key, Facts], ...]
"""One way to take a candidate for each part."""


class GroupRanker:
    """Puts the covers of one group together."""

    def __init__(self, group: int, coverer: Coverer, name: Names) -> None:
        self.group = group
        self.coverer = coverer
        self.candidates = coverer.candidates
        self._name = name
        self._times: dict[object, tuple[int, int]] = {}
        self._named: dict[object, Named] = {}

    def blocks(self) -> Iterator[Block]:
        """The group's covers as blocks, one for each pattern."""
        for pattern in self.coverer.patterns:
            yield Block(max(pattern.choice.grades.values()), self.group, pattern)

    def taken(self, place: int, block: Block) -> Iterator[_Taken]:
        """The covers of a block, which is one of those in some place, by what they are ordered by first within their
        level."""
        for parts in every_way(*(self._alike(block.pattern.choice, part) for part in block.parts)):
            shared = _shared([one.years for one in parts])
            yield _Taken((-shared, -max(one.latest for one in parts)), place, parts)

    def _alike(self, choice: Choice, part: tuple[Key, ...]) -> list[_Alike]:
        """The candidates of a part by what they are ordered by first."""
        found: dict[tuple[int, int], _Alike] = {}
        one = part[0]
        made = tuple(dict.fromkeys(each.made for each in choice.parts if each.candidate == one and each.made))
        kept_like = self.coverer.chooser.editions.kept_like
        for key in part:
            kept = kept_like(choice, one, key)
            facts = self._facts(kept, made, choice.editions & self.candidates.needs(key) | frozenset(kept))
            times = facts.years, facts.latest
            alike = found.get(times)
            if alike is None:
                alike = found[times] = _Alike(*times, [])
            alike.each.append((key, facts))
        return list(found.values())

    def named(self, facts: Facts) -> Named:
        """What is looked at further, of a candidate."""
        kept, made, there = key = facts[2:]
        known = self._named.get(key)
        if known is None:
            names = {one.name for line in self.candidates.lines for one in self._used(line, kept, made, there)}
            used = max(map(self.candidates.register.named, names), default=0)
            known = self._named[key] = Named(used, frozenset(names))
        return known

    def editions(self, block: Block) -> Iterator[int]:
        """All products that are a member of some cover of a block."""
        kept_like = self.coverer.chooser.editions.kept_like
        for part in block.parts:
            for key in part:
                yield from kept_like(block.pattern.choice, part[0], key)

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

    def _facts(self, kept: tuple[int, ...], made: tuple[Asked, ...], there: frozenset[int]) -> Facts:
        """What a cover is ordered by first, of some editions."""
        if made or self._own_times:
            return Facts(*self._times_used(kept, made, there), kept, made, there)
        key = tuple(self.candidates.hits[line].like(number) for line in self.candidates.lines for number in kept)
        times = self._times.get(key)
        if times is None:
            times = self._times[key] = self._times_used(kept, made, there)
        return Facts(*times, kept, made, there)

    @cached_property
    def _own_times(self) -> bool:
        """Whether products that say the same may do so at different times: where times are asked for they do not."""
        return self.candidates.anything_needs_others or any(line.time is None for line in self.candidates.lines)

    def _times_used(self, kept: tuple[int, ...], made: Sequence[Asked], there: frozenset[int]) -> tuple[int, int]:
        years = latest = 0
        for line in self.candidates.lines:
            for sentence in self._used(line, kept, made, there):
                stated = stated_days(line.time, sentence)
                if stated is not None:
                    latest = max(latest, stated[1])
                    years |= 0 if sentence.fixed else _years(*stated)
        return years, latest

    def _used(
        self, line: DemandLine, kept: tuple[int, ...], made: Sequence[Asked], there: frozenset[int]
    ) -> Iterator[SentenceRecord]:
        """The sentences of some editions that answer a line, or that its table can be made from."""
        hits = self.candidates.hits[line]
        for number in kept:
            if self.candidates.anything_needs_others and any(hit.needs for hit in hits.lent(number)):
                yield from (hit.sentence for hit in hits.lent(number) if hit.needs <= there)
            else:
                yield from hits.said(number)
        for table in made:
            if line in table.lines:
                computed = self.candidates.computed(table).hits
                yield from (hit.sentence for number in kept for hit in computed.get(number, ()))


class RankedCovers(Sequence[Cover]):
    """All covers of a demand, the best first. They are put in order as far as they are looked at."""

    def __init__(self, rankers: Sequence[GroupRanker], names: Names) -> None:
        self._rankers = {ranker.group: ranker for ranker in rankers}
        self._names = names
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
        found = next((one for one in self._in_order() if not some.isdisjoint(one.kept)), None)
        return self._cover(found) if found else None

    def _members(self) -> Iterator[int]:
        return (number for block in self.blocks for number in self._rankers[block.group].editions(block))

    def candidates(self, block: Block) -> Candidates:
        """The candidates of a block's group."""
        return self._rankers[block.group].candidates

    def _in_order(self) -> Iterator[_Placed]:
        """The covers by grade, number of candidates and linkage, each such level put in order when it is come to."""
        places = sorted(range(len(self.blocks)), key=lambda place: self.blocks[place].level)
        for _, level in groupby(places, key=lambda place: self.blocks[place].level):
            ways = chain.from_iterable(self._taken(place) for place in level)
            found = sorted(islice(ways, _MOST_ORDERED), key=lambda one: one.key)
            for _, alike in groupby(found, key=lambda one: one.key):
                yield from self._by_names(alike)
            yield from (self._placed(taken.block, one) for taken in ways for one in _covers_of(taken))

    def _taken(self, place: int) -> Iterator[_Taken]:
        block = self.blocks[place]
        return self._rankers[block.group].taken(place, block)

    def _by_names(self, alike: Iterable[_Taken]) -> Iterator[_Placed]:
        """Covers that are as good so far, by how much their names are used, then by identifications."""
        ways = ((taken.block, one) for taken in alike for one in _covers_of(taken))
        every = list(islice(ways, _MOST_ORDERED + 1))
        if len(every) > _MOST_ORDERED:
            yield from (self._placed(*one) for one in chain(every, ways))
            return
        named = sorted(((self._named(*one), one) for one in every), key=lambda two: -two[0].used)
        for _, some in groupby(named, key=lambda two: two[0].used):
            yield from self._in_turn(list(some))

    def _named(self, block: int, cover: _Cover) -> Named:
        ranker = self._rankers[self.blocks[block].group]
        each = [ranker.named(facts) for _, facts in cover]
        return Named(min(one.used for one in each), frozenset().union(*(one.names for one in each)))

    def _in_turn(self, alike: Sequence[tuple[Named, tuple[int, _Cover]]]) -> list[_Placed]:
        """Covers that are as good, by identifications; one of each set of names comes before a second of any."""
        self._names.of([number for _, (_, cover) in alike for _, facts in cover for number in facts.kept])
        placed = []
        turns: Counter[object] = Counter()
        for one, names in sorted((self._placed(*cover), sorted(named.names)) for named, cover in alike):
            placed.append(one._replace(turn=turns[tuple(names)]))
            turns[tuple(names)] += 1
        return sorted(placed)

    def _placed(self, block: int, cover: _Cover) -> _Placed:
        kept = tuple(number for _, facts in cover for number in facts.kept)
        editions = tuple(sorted(self._names.of(kept)))
        return _Placed(0, editions, self.blocks[block].group, block, tuple(key for key, _ in cover), kept)

    def _cover(self, one: _Placed) -> Cover:
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

    def _look_up(self, covers: Iterable[_Placed]) -> list[tuple[Hits, set[int]]]:
        """Looks up together what some covers say. Returns for which products which hits were looked up."""
        wanted: dict[int, set[int]] = {}
        for one in covers:
            wanted.setdefault(one.group, set()).update(one.kept)
        every = [
            (hits, some) for group, some in wanted.items() for hits in self._rankers[group].candidates.hits.values()
        ]
        return [(hits, hits.look_up(numbers)) for hits, numbers in every]

    def _place(self, place: int) -> None:
        """Puts the covers in order up to a place."""
        self._known += islice(self._others, max(0, place + 1 - len(self._known)))


def _covers_of(taken: _Taken) -> Iterator[_Cover]:
    """Each of some covers that are as good so far."""
    return every_way(*(alike.each for alike in taken.parts))


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
