"""What covers are ordered by, of each candidate that can be taken for a part (docs/language.md section 6).

It is known of each candidate by itself, and depends on nothing but what its sentences say: what is known of one
candidate is known of all that say the same.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cache, cached_property, partial
from typing import TYPE_CHECKING, NamedTuple

from vkd_catalog.evaluation.candidates import Candidates, Key
from vkd_catalog.evaluation.choice import Choice
from vkd_catalog.evaluation.editions import Editions
from vkd_catalog.evaluation.names import Names
from vkd_catalog.evaluation.times import stated_days
from vkd_catalog.register import SentenceRecord
from vkd_grammar.times import END, Time

if TYPE_CHECKING:
    from vkd_catalog.evaluation.in_columns import Owned


class Times(NamedTuple):
    """When some sentences say something, of the days asked for: the years as bits, and the latest day."""

    years: int
    latest: int


class Named(NamedTuple):
    """The names of some sentences, and in how many products the most used of them stands."""

    used: int
    names: frozenset[str]


class Taken(NamedTuple):
    """A candidate in a cover: what the editions that are needed of it are called, in order, who it is, and these."""

    called: tuple[str, ...]
    key: Key
    editions: tuple[int, ...]


_NEVER = Times(0, 0)

MANY = 200
"""What so many candidates say is looked at in columns, where it is in any."""

_Said = Iterable[SentenceRecord]
"""What is said in answer to one line."""


class Facts:
    """What the covers of one group are ordered by. What is known of some sentences is not looked for again."""

    def __init__(self, candidates: Candidates, editions: Editions, name: Names) -> None:
        self.candidates = candidates
        self.editions = editions
        self.name = name
        self._alike: dict[object, Times] = {}
        self._named: dict[frozenset[str], Named] = {}

    def of(self, choice: Choice, part: Sequence[Key]) -> "PartFacts":
        """What the candidates of one part of a pattern bring into its covers; the choice is that of the first."""
        return PartFacts(self, choice, part)

    @cached_property
    def tell(self) -> list[Callable[[int], _Said]]:
        """For each line what tells what an edition says in answer to it."""
        return [hits.teller() for hits in self.candidates.hits.values()]

    @cached_property
    def are_times_alike(self) -> bool:
        """Whether products that say the same do so at the same times: where times are asked for they do."""
        lines = self.candidates.lines
        return not self.candidates.anything_needs_others and all(line.time is not None for line in lines)

    def times_alike(self, editions: Sequence[int], said: Callable[[], Iterable[_Said]]) -> Times:
        """When some editions say what they say, by those that say the same."""
        alike = tuple([hits.like(number) for hits in self.candidates.hits.values() for number in editions])
        known = self._alike.get(alike)
        if known is None:
            known = self._alike[alike] = self.times(said())
        return known

    def times(self, said: Iterable[_Said]) -> Times:
        """When something is said in answer to each line."""
        years = latest = 0
        for stated, sentences in zip(self._stated, said, strict=True):
            for sentence in sentences:
                its_years, its_latest = stated(sentence[4:])
                years |= its_years
                if its_latest > latest:
                    latest = its_latest
        return Times(years, latest)

    def times_in_columns(self, said: "Sequence[Owned]", count: int) -> list[Times]:
        """When so many candidates say what they say, in answer to each line."""
        from vkd_catalog.evaluation.in_columns import times_of

        every, places = times_of(said, self._stated, count)
        found = list(map(_all_of, every))
        return [found[place] for place in places]

    def named(self, said: Iterable[_Said]) -> Named:
        """The names under which something is said."""
        return self.of_names(frozenset([sentence.name for sentences in said for sentence in sentences]))

    def of_names(self, names: frozenset[str]) -> Named:
        """Some names, with how much the most used of them is."""
        known = self._named.get(names)
        if known is None:
            used = max(map(self.candidates.register.named, names), default=0)
            known = self._named[names] = Named(used, names)
        return known

    @cached_property
    def _stated(self) -> list[Callable[[tuple[object, ...]], Times]]:
        """For each line what tells when a sentence says something, of its time; there are few different ones."""
        return [cache(partial(_stated, line.time)) for line in self.candidates.lines]


class PartFacts:
    """What the candidates of one part of a pattern bring into a cover: which of their editions, and what these say."""

    def __init__(self, facts: Facts, choice: Choice, part: Sequence[Key]) -> None:
        self._facts = facts
        self._candidates = facts.candidates
        self._part = part
        self._choice = choice.editions
        self._playing = facts.editions.playing(choice, part[0])
        own = (one for one in choice.parts if one.candidate == part[0])
        self._made = tuple(dict.fromkeys(one.made for one in own if one.made is not None))

    def editions(self, key: Key) -> tuple[int, ...]:
        """The editions that are needed of a candidate."""
        return self._playing.kept(key)

    def by_times(self, keys: Sequence[Key]) -> Iterable[tuple[Times, Key]]:
        """Some candidates, each with when it says what is used of it."""
        said = self._in_columns(keys)
        if said is None:
            return ((self._times(key), key) for key in keys)
        whens = self._facts.times_in_columns(said, len(keys))
        return zip(whens, keys, strict=True)

    def by_names(self, keys: Sequence[Key]) -> Iterable[tuple[Named, Key]]:
        """Some candidates, each with the names under which it says what is used of it."""
        known = self._names
        return ((self._facts.of_names(known[key]) if known else self._named(key), key) for key in keys)

    @cached_property
    def _names(self) -> Mapping[Key, frozenset[str]]:
        """The names under which each candidate of the part says what is used of it, where they are looked at in
        columns; else none."""
        said = self._in_columns(self._part)
        if said is None:
            return {}
        from vkd_catalog.evaluation.in_columns import names_of

        every, places = names_of(said, len(self._part))
        return dict(zip(self._part, (every[place] for place in places), strict=True))

    def _in_columns(self, keys: Sequence[Key]) -> "list[Owned] | None":
        """What some candidates say in answer to each line, in columns, where they are many."""
        every = self._candidates.in_columns
        if len(keys) < MANY or every is None or self._made or self._candidates.anything_needs_others:
            return None
        from vkd_catalog.evaluation.in_columns import owned, owner_of

        whose = owner_of(map(self._playing.kept, keys), every)
        return [owned(one.rows, one.ranks, whose) for one in every]

    def _times(self, key: Key) -> Times:
        editions = self._playing.kept(key)
        if self._made or not self._facts.are_times_alike:
            return self._facts.times(self._used(key, editions))
        return self._facts.times_alike(editions, lambda: self._used(key, editions))

    def _named(self, key: Key) -> Named:
        return self._facts.named(self._used(key, self._playing.kept(key)))

    def taken(self, keys: Sequence[Key]) -> list[Taken]:
        """Some candidates as they stand in covers, by what their editions are called."""
        every = [(key, self._playing.kept(key)) for key in keys]
        called = self._facts.name.of
        called([number for _, editions in every for number in editions])
        return sorted(
            (Taken(tuple(sorted(called(editions))), key, editions) for key, editions in every),
            key=lambda one: one.called,
        )

    def _used(self, key: Key, editions: tuple[int, ...]) -> Iterable[_Said]:
        """What some editions of a candidate say in answer to each line, or in what its table can be made from."""
        if self._made or self._candidates.anything_needs_others:
            there = self._choice & self._candidates.needs(key) | frozenset(editions)
            return [self._used_of_some(place, editions, there) for place in range(len(self._facts.tell))]
        if len(editions) == 1:
            return [tell(editions[0]) for tell in self._facts.tell]
        return [[one for number in editions for one in tell(number)] for tell in self._facts.tell]

    def _used_of_some(self, place: int, editions: tuple[int, ...], there: frozenset[int]) -> Iterator[SentenceRecord]:
        """What editions say in answer to a line, of what needs others only where these are there."""
        line = self._candidates.lines[place]
        hits = self._candidates.hits[line]
        for number in editions:
            if any(hit.needs for hit in hits.lent(number)):
                yield from (hit.sentence for hit in hits.lent(number) if hit.needs <= there)
            else:
                yield from hits.said(number)
        for table in self._made:
            if line in table.lines:
                computed = self._candidates.computed(table).hits
                yield from (hit.sentence for number in editions for hit in computed.get(number, ()))


def _all_of(some: Iterable[Times]) -> Times:
    """Several times together."""
    years = latest = 0
    for one in some:
        years |= one.years
        latest = max(latest, one.latest)
    return Times(years, latest)


def _stated(asked: Time | None, stated: tuple[object, ...]) -> Times:
    """When a sentence says something, by its days, whether it is of something fixed, and its step."""
    sentence = SentenceRecord(0, "", "", "", *stated)  # type: ignore[arg-type]
    days = stated_days(asked, sentence)
    if days is None:
        return _NEVER
    return Times(0 if sentence.fixed else _years(*days), days[1])


def _years(first: int, last: int) -> int:
    """The years from one day to another, as bits."""
    start, end = first // 10000, min(last // 10000, END // 10000)
    return ((1 << (end - start + 1)) - 1) << start
