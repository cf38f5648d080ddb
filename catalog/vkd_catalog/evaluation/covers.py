"""Covers: all minimal sets of candidates that answer a group (docs/language.md section 6, "A group is covered").

Nothing is tried candidate by candidate. Those that play the same part in a group (they answer the same lines, as well,
and can be linked alike) stand for each other, and there are few parts, however many candidates: covers are found among
the parts, and each such pattern stands for as many covers as there are ways to take one candidate for each part.
"""

from collections.abc import Iterator, Sequence
from functools import cached_property
from itertools import combinations, product
from math import prod
from typing import NamedTuple

from vkd_catalog.evaluation.candidates import Candidates, Key
from vkd_catalog.evaluation.choice import Choice
from vkd_catalog.evaluation.choosing import Chooser
from vkd_catalog.evaluation.demand import DemandLine
from vkd_catalog.evaluation.found import VERDICTS
from vkd_catalog.evaluation.linkage import Profile
from vkd_catalog.evaluation.names import Names

_MOST_STEPS = 20_000
"""So many sets of parts are tried; after them no more covers are looked for."""

_NO = VERDICTS.index("no")

Alike = tuple[Key, ...]
"""Candidates that play the same part in a group."""


class Pattern(NamedTuple):
    """Covers that differ only in which of some candidates alike they take: one of each part. `choice` is that of the
    first of each."""

    parts: tuple[Alike, ...]
    choice: Choice

    @property
    def covers(self) -> int:
        """How many covers it stands for."""
        return prod(map(len, self.parts))


class Coverer:
    """Finds the covers of one group. `max_sets` limits how many candidates a cover may have."""

    def __init__(self, candidates: Candidates, names: Names, max_sets: int) -> None:
        self.candidates = candidates
        self.chooser = Chooser(candidates, names)
        self._max_sets = max_sets
        self._choices: dict[frozenset[int], Choice | None] = {}
        self._known_profiles: dict[object, tuple[frozenset[Profile], ...]] = {}

    @cached_property
    def patterns(self) -> tuple[Pattern, ...]:
        """Every minimal set of candidates that answers the group."""
        return tuple(self._patterns(self._max_sets))

    @property
    def count(self) -> int:
        """How many covers there are."""
        return sum(pattern.covers for pattern in self.patterns)

    @property
    def is_covered(self) -> bool:
        """Whether there is any cover."""
        return bool(self.candidates.lines) and any(True for _ in self._patterns(self._max_sets))

    def fewest(self, most: int) -> int | None:
        """How many candidates would do, of more than are allowed but at most so many; None where no number is found."""
        for size in range(self._max_sets + 1, most + 1):
            if any(True for _ in self._of_size(size, [])):
                return size
        return None

    def unlinkable(self) -> Iterator[tuple[int, int]]:
        """The pairs of products that cannot be linked, of the smallest sets that would answer the group if they
        could be."""
        found: dict[tuple[int, int], None] = {}
        for chosen, choice in list(self._choices.items()):
            if choice is None or choice.linked != _NO or any(map(self._choices.get, _smaller(chosen))):
                continue
            parts = [self._parts[place] for place in sorted(chosen)]
            for members in product(*parts):
                exact = self.chooser.best(members)
                if exact is not None:
                    found |= dict.fromkeys(self.chooser.linker.apart(exact))
        yield from found

    def _is_valid(self, chosen: frozenset[int]) -> bool:
        choice = self._choices.get(chosen)
        return choice is not None and choice.linked != _NO

    def _patterns(self, most: int) -> Iterator[Pattern]:
        found: list[frozenset[int]] = []
        for size in range(1, min(most, len(self._parts)) + 1):
            for chosen in self._of_size(size, found):
                choice = self._choices[chosen]
                assert choice is not None
                found.append(chosen)
                yield Pattern(tuple(self._parts[place] for place in sorted(chosen)), choice)

    def _of_size(self, size: int, found: Sequence[frozenset[int]]) -> Iterator[frozenset[int]]:
        """The sets of so many parts that answer the group, none of which has a smaller one in it."""
        smaller = list(found)
        seen: set[frozenset[int]] = set()
        steps = iter(range(_MOST_STEPS))
        for chosen in self._extended((), 0, size):
            if chosen in seen or any(one < chosen for one in smaller):
                continue
            seen.add(chosen)
            if next(steps, None) is None:
                return
            if self._tried(chosen):
                yield chosen

    def _tried(self, chosen: frozenset[int]) -> bool:
        if chosen not in self._choices:
            self._choices[chosen] = self.chooser.best([self._parts[place][0] for place in sorted(chosen)])
        return self._is_valid(chosen)

    def _extended(self, chosen: tuple[int, ...], mask: int, size: int) -> Iterator[frozenset[int]]:
        """The ways to choose on, each next part for a line that is not answered yet, or for what is needed besides."""
        if len(chosen) == size:
            if mask == self._full:
                yield frozenset(chosen)
            return
        missing = self._full & ~mask
        wanted = missing & -missing
        if not missing and self._tried(frozenset(chosen)):
            return
        for place, own in enumerate(self._masks):
            if place in chosen or not (own & wanted if missing else self._may_help(place, chosen)):
                continue
            yield from self._extended((*chosen, place), mask | own, size)

    def _may_help(self, place: int, chosen: tuple[int, ...]) -> bool:
        """Whether a part may make covers of some that answer all lines and yet are none: what they need, or what can be
        linked where they cannot."""
        needed = {other for one in chosen for other in self._needs[one]}
        if needed & set(self._parts[place]):
            return True
        # One that answers a line better may spare a collection the edition that cannot be linked.
        is_spared = any(len(self.candidates.editions[self._parts[one][0]]) > 1 for one in chosen)
        return bool(self._masks[place]) and (self._has_areas or is_spared)

    @cached_property
    def _has_areas(self) -> bool:
        """Whether the lines are about units of several types, or may be, so that a member may be needed for some."""
        candidates = self.candidates
        areas = {area for line in candidates.lines for area in candidates.areas_anywhere(line)}
        areas |= {("aggregate", table.unit) for table in candidates.tables if candidates.computed(table).hits}
        of_tables = (line for table in candidates.tables for line in table.lines)
        return len(areas) > 1 or any(len(candidates.areas(line)) > 1 for line in of_tables)

    @cached_property
    def _full(self) -> int:
        return (1 << len(self.candidates.lines)) - 1

    @cached_property
    def _parts(self) -> list[Alike]:
        together: dict[object, list[Key]] = {}
        for keys in self.candidates.alike:
            part = self._part(keys[0])
            for key in keys:
                together.setdefault(key if part is None else part, []).append(key)
        return [tuple(keys) for keys in together.values()]

    @cached_property
    def _masks(self) -> list[int]:
        """For each part the lines that it may answer, as bits."""
        return [self._mask(keys[0]) for keys in self._parts]

    def _mask(self, key: Key) -> int:
        """The lines that a candidate may answer, as bits."""
        lines = enumerate(self.candidates.lines)
        return sum(1 << bit for bit, line in lines if self._may_answer(key, line))

    @cached_property
    def _needs(self) -> list[frozenset[Key]]:
        """For each part the candidates that what it says needs."""
        candidates = self.candidates
        return [frozenset(map(candidates.key_of, candidates.needs(keys[0]))) for keys in self._parts]

    def _may_answer(self, key: Key, line: DemandLine) -> bool:
        """Whether a candidate answers a line about units, or the table that a line is one of."""
        candidates, editions = self.candidates, self.candidates.editions[key]
        for table in candidates.tables:
            if line in table.lines:
                area = "aggregate", table.unit
                lines = [one for one in table.lines if one == line or candidates.areas(one) == [area]]
                if any(candidates.has_table(number, table, lines, self._everyone) for number in editions):
                    return True
                if candidates.computed(table).hits.keys() & set(editions):
                    return True
        hits = candidates.hits[line]
        return any(
            not hit.beside and candidates.area_of(hit)[0] == "individual"
            for number in editions
            for hit in hits.lent(number)
        )

    @cached_property
    def _everyone(self) -> frozenset[int]:
        return frozenset(number for editions in self.candidates.editions.values() for number in editions)

    def _part(self, key: Key) -> object:
        """All that matters of a candidate in this group; None of one that is not the same throughout."""
        candidates, editions = self.candidates, self.candidates.editions[key]
        linked = None if self._has_needs(editions) else self._linked(editions)
        if linked is None:
            return None
        there = frozenset(editions)
        lines = tuple(
            frozenset(
                (area, candidates.answered(line, editions, there, area))
                for area in candidates.areas_here(line, editions, there)
            )
            for line in candidates.lines
        )
        tables = tuple(
            (
                any(candidates.has_table(number, table, table.lines, there) for number in editions),
                bool(candidates.computed(table).hits.keys() & there),
            )
            for table in candidates.tables
        )
        return self._mask(key), lines, tables, linked

    def _has_needs(self, editions: Sequence[int]) -> bool:
        """Whether anything that some editions say needs others, or is cited beside what answers."""
        candidates = self.candidates
        return (candidates.anything_needs_others or candidates.is_anything_beside) and any(
            hit.needs or hit.beside
            for hits in candidates.hits.values()
            for number in editions
            for hit in hits.lent(number)
        )

    def _linked(self, editions: Sequence[int]) -> object:
        """What linkage depends on, by whichever editions a candidate answers; None where that makes a difference.

        It makes none where all editions are linked to others alike, and to each other without doubt; and one line is
        answered by one candidate, which is linked to no other.
        """
        if len(self.candidates.lines) == 1:
            return ()
        linker = self.chooser.linker
        every = [self._profiles(number) for number in editions]
        found = {(line, profile) for profiles in every for line, some in enumerate(profiles) for profile in some}
        by_unit = {profile.unit: profile for _, profile in found}
        if len(set(every)) > 1 and not (
            all(by_unit[profile.unit] == profile for _, profile in found)
            and all(linker.judged(one, one).verdict == "yes" for one in by_unit.values())
        ):
            return None
        return frozenset(found)

    def _profiles(self, number: int) -> tuple[frozenset[Profile], ...]:
        """What an edition's linkage depends on, line by line, for each of its sentences that answers."""
        candidates, linker = self.candidates, self.chooser.linker
        key = candidates.register.linking((number,))[number], *(hits.like(number) for hits in candidates.hits.values())
        if key not in self._known_profiles:
            self._known_profiles[key] = tuple(
                frozenset(
                    linker.profile(number, candidates.area_of(hit)[1], frozenset({hit.sentence.name}))
                    for hit in hits.lent(number)
                )
                for hits in candidates.hits.values()
            )
        return self._known_profiles[key]


def _smaller(chosen: frozenset[int]) -> Iterator[frozenset[int]]:
    """The sets that are left without some of what was chosen."""
    return (frozenset(some) for size in range(1, len(chosen)) for some in combinations(chosen, size))
