"""How some candidates cover a group at their best: which answer which lines, by which editions (docs/language.md
section 6)."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations
from itertools import product as choices_of
from typing import NamedTuple

from vkd_catalog.evaluation.answering import Answered, days_of_answer
from vkd_catalog.evaluation.candidates import Area, Asked, Candidates, Key, NameOf, pairs
from vkd_catalog.evaluation.demand import DemandLine
from vkd_catalog.evaluation.found import COMPUTABLE, EXACT, VERDICTS, Linkage, Verdict, weakest
from vkd_catalog.evaluation.hits import Hit
from vkd_catalog.evaluation.linkage import Judgement, Profile
from vkd_catalog.evaluation.smallest import smallest
from vkd_catalog.evaluation.times import merged
from vkd_grammar.times import END


class Shared(NamedTuple):
    """Lines about units of one type, and the members that are chosen to answer them together."""

    area: Area
    lines: tuple[DemandLine, ...]
    members: tuple[Key, ...]


class Part(NamedTuple):
    """How one candidate answers one line, and by which of its editions it may; `table` is one that can be made."""

    candidate: Key
    line: DemandLine
    answered: Answered
    editions: tuple[int, ...]
    area: Area
    made: Asked | None = None


class Choice(NamedTuple):
    """One way in which candidates cover a group: how well each line is answered, by whom, and by which editions."""

    grades: Mapping[DemandLine, int]
    parts: tuple[Part, ...]
    shared: tuple[Shared, ...]
    kept: Mapping[Key, tuple[int, ...]]
    linked: int

    @property
    def order(self) -> tuple[int, int, list[int]]:
        """The best choice counts: by the cover's grade, then by linkage, then by the lines' grades."""
        return max(self.grades.values()), self.linked, sorted(self.grades.values(), reverse=True)


class _Role(NamedTuple):
    """What a candidate's edition is to others that answer lines about the same units."""

    candidate: Key
    lines: frozenset[int]
    profile: Profile


class Chooser:
    """Finds the best choice for members of one group."""

    def __init__(self, candidates: Candidates, name: NameOf) -> None:
        self._candidates = candidates
        self._name = name
        self._kept: dict[object, tuple[int, ...]] = {}
        self._orders: dict[Key, tuple[int, ...]] = {}
        self._rules: dict[tuple[int, ...], Mapping[str, Verdict]] = {}

    def best(self, members: Sequence[Key]) -> Choice | None:
        """The best way in which some candidates, none of them too many, cover the group; None where they do not."""
        every = tuple(number for one in members for number in self._candidates.editions[one])
        there = frozenset(every)
        found = [
            choice
            for shared in self._ways_to_share(members, there)
            if (choice := self._choice(members, there, shared)) is not None and len(choice.kept) == len(members)
        ]
        return min(found, key=lambda one: one.order, default=None)

    def links(self, choice: Choice) -> tuple[Linkage, ...]:
        """What is told of pairs of editions: those that answer lines about the same units, then the others."""
        found: dict[tuple[int, int], Judgement] = {}
        for a, b, judgement in self._judged(choice.shared, choice.kept):
            had = found.get((a, b))
            if had is None or VERDICTS.index(had.verdict) < VERDICTS.index(judgement.verdict):
                found[a, b] = judgement
        told = [Linkage(self._name(a), self._name(b), *judgement) for (a, b), judgement in found.items()]
        return (*told, *self._across(choice, found))

    def rules(self, a: int, b: int) -> Mapping[str, Verdict]:
        """What each rule said of two editions that were looked at."""
        return self._rules[tuple(sorted((a, b)))]

    def apart(self, choice: Choice) -> Iterator[tuple[int, int]]:
        """The pairs of editions that must be linked in a choice and cannot be."""
        yield from ((a, b) for a, b, judgement in self._judged(choice.shared, choice.kept) if judgement.verdict == "no")

    def kept_like(self, choice: Choice, one: Key, other: Key) -> tuple[int, ...]:
        """The editions of another candidate that are needed where it plays the part that one plays in a choice."""
        editions = self._candidates.editions[other]
        if one == other or len(editions) == 1:
            return choice.kept[one] if one == other else editions
        there = frozenset(editions)
        own = tuple(
            part._replace(candidate=other, editions=self._part_of(part, editions, there))
            for part in choice.parts
            if part.candidate == one
        )
        return self._smallest(other, own, frozenset(), there)

    def _part_of(self, part: Part, editions: tuple[int, ...], there: frozenset[int]) -> tuple[int, ...]:
        """Those of some editions by which a line may be answered: of a table, those that have all of it."""
        if part.made is not None:
            made = self._candidates.computed(part.made).hits
            return tuple(number for number in editions if number in made)
        if part.area[0] != "aggregate":
            return editions
        table = next(one for one in self._candidates.tables if one.unit == part.area[1] and part.line in one.lines)
        return tuple(one for one in editions if self._candidates.has_table(one, table, table.lines, there))

    def _ways_to_share(self, members: Sequence[Key], there: frozenset[int]) -> Iterator[tuple[Shared, ...]]:
        """Every choice of members for the lines about units of each type; a line is of every type that answers it."""
        lines: dict[Area, list[DemandLine]] = {}
        for line in self._candidates.lines:
            for area in sorted(self._candidates.areas_here(line, there, there)):
                if area[0] == "individual":
                    lines.setdefault(area, []).append(line)
        some = [one for size in range(1, len(members) + 1) for one in combinations(members, size)]
        for chosen in choices_of(some, repeat=len(lines)):
            yield tuple(Shared(area, tuple(lines[area]), one) for area, one in zip(lines, chosen, strict=True))

    def _choice(self, members: Sequence[Key], there: frozenset[int], shared: tuple[Shared, ...]) -> Choice | None:
        parts: list[Part] = []
        for one in shared:
            found = [part for line in one.lines for member in one.members for part in self._of_units(line, member, one)]
            if {part.line for part in found} != set(one.lines):
                return None
            parts += found
        for table in self._candidates.tables:
            of_table = self._of_table(table, members, there)
            if of_table is None:
                return None
            parts += of_table
        grades: dict[DemandLine, int] = {}
        for part in parts:
            grades[part.line] = min(part.answered.rank, grades.get(part.line, part.answered.rank))
        if len(grades) < len(self._candidates.lines):
            return None
        best = tuple(part for part in parts if part.answered.rank == grades[part.line])
        kept = self._kept_of(members, best, there)
        verdicts = [judged.verdict for one in shared for *_, judged in self._judged_by_role(one, kept)]
        return Choice(grades, best, shared, kept, VERDICTS.index(weakest(verdicts)))

    def _of_units(self, line: DemandLine, member: Key, shared: Shared) -> Iterator[Part]:
        there = frozenset(number for one in shared.members for number in self._candidates.editions[one])
        editions = self._candidates.editions[member]
        found = self._candidates.answered(line, editions, there, shared.area)
        if found is not None:
            yield Part(member, line, found, editions, shared.area)

    def _of_table(self, table: Asked, members: Sequence[Key], there: frozenset[int]) -> list[Part] | None:
        """How members answer a table; None where sentences of them answer some of its lines, and nothing all."""
        area = "aggregate", table.unit
        lines = [
            line
            for line in table.lines
            if self._candidates.areas(line) == [area] or area in self._candidates.areas_here(line, there, there)
        ]
        parts: list[Part] = []
        for member in members if lines else ():
            editions = tuple(
                number
                for number in self._candidates.editions[member]
                if self._candidates.has_table(number, table, lines, there)
            )
            for line in lines:
                found = self._candidates.answered(line, editions, there, area)
                if found is not None:
                    parts.append(Part(member, line, found, editions, area))
        if parts:
            return parts
        made = self._candidates.computed(table).hits
        for member in members:
            editions = tuple(number for number in self._candidates.editions[member] if number in made)
            if editions:
                each = Answered(COMPUTABLE, EXACT)
                parts += (Part(member, line, each, editions, area, table) for line in table.lines)
        return parts if parts or not lines else None

    def _kept_of(
        self, members: Sequence[Key], parts: tuple[Part, ...], there: frozenset[int]
    ) -> dict[Key, tuple[int, ...]]:
        """The smallest set of editions of each candidate with which the lines it answers best keep grade and days."""
        needed = {
            other
            for part in parts
            if part.made is None
            for _, hit in self._candidates.hits_in(part.line, part.editions, there, part.area)
            for other in hit.needs
            if hit.fields <= part.answered.rank
        }
        kept: dict[Key, tuple[int, ...]] = {}
        for member in members:
            editions = self._candidates.editions[member]
            must = frozenset(number for number in editions if number in needed)
            own = tuple(part for part in parts if part.candidate == member)
            if must or own:
                kept[member] = editions if len(editions) == 1 else self._smallest(member, own, must, there)
        return kept

    def _smallest(
        self, member: Key, parts: tuple[Part, ...], must: frozenset[int], there: frozenset[int]
    ) -> tuple[int, ...]:
        key = member, parts, must
        if key not in self._kept and all(part.line.time is None and part.made is None for part in parts):
            # At any time each edition that answers as well as all of them together is needed, and no other.
            self._kept[key] = tuple(
                number
                for number in self._ordered(member)
                if number in must or any(self._is_as_good(part, number, there) for part in parts)
            )
        if key not in self._kept:

            def keeps(editions: Sequence[int]) -> bool:
                return must <= set(editions) and all(self._is_kept(part, editions, there) for part in parts)

            self._kept[key] = smallest(self._ordered(member), keeps)
        return self._kept[key]

    def _ordered(self, member: Key) -> tuple[int, ...]:
        """The editions of a candidate: by their latest day, latest first, then by identification."""
        if member not in self._orders:
            of = self._candidates
            order = {
                number: (-min(of.edition(number).latest, END), self._name(number)) for number in of.editions[member]
            }
            self._orders[member] = tuple(sorted(order, key=order.__getitem__))
        return self._orders[member]

    def _is_kept(self, part: Part, editions: Sequence[int], there: frozenset[int]) -> bool:
        """Whether some editions answer a line as well as all of them do."""
        some = tuple(number for number in part.editions if number in editions)
        if part.made is not None:
            days = self._candidates.computed(part.made).days
            had, all_had = (merged(run for one in each for run in days[one]) for each in (some, part.editions))
            return bool(some) and had == all_had
        found = self._candidates.answered(part.line, some, there, part.area)
        if found is None or found.rank > part.answered.rank:
            return False
        if part.line.time is None:
            left = (number for number in part.editions if number not in editions)
            return not any(self._is_as_good(part, number, there) for number in left)
        return part.answered.time == EXACT or self._days(part, some, there) == self._days(part, part.editions, there)

    def _is_as_good(self, part: Part, edition: int, there: frozenset[int]) -> bool:
        """Whether an edition by itself answers a line as well as the candidate does."""
        if edition not in part.editions:
            return False
        alone = self._candidates.answered(part.line, (edition,), there, part.area)
        return alone is not None and alone.rank <= part.answered.rank

    def _days(self, part: Part, editions: tuple[int, ...], there: frozenset[int]) -> object:
        hits = self._candidates.hits_in(part.line, editions, there, part.area)
        return days_of_answer(part.line.time, [hit for _, hit in hits], part.answered.rank)

    def _judged(
        self, shared: Sequence[Shared], kept: Mapping[Key, tuple[int, ...]]
    ) -> Iterator[tuple[int, int, Judgement]]:
        """The pairs of editions that answer lines about the same units, with the judgement on each."""
        for one in shared:
            found = {
                (min(a, b, key=self._name), max(a, b, key=self._name)): judgement
                for some, others, judgement in self._judged_by_role(one, kept)
                for a in some
                for b in others
            }
            for a, b in sorted(found, key=lambda two: (self._name(two[0]), self._name(two[1]))):
                if found[a, b].verdict == "no":
                    self._rules[min(a, b), max(a, b)] = found[a, b].rules
                yield a, b, found[a, b]

    def _judged_by_role(
        self, shared: Shared, kept: Mapping[Key, tuple[int, ...]]
    ) -> Iterator[tuple[list[int], list[int], Judgement]]:
        """Each two roles that editions play in lines about the same units: who plays them, and the judgement on both.

        Of one candidate's editions only those that answer different lines are judged.
        """
        there = frozenset(number for editions in kept.values() for number in editions)
        roles: dict[_Role, list[int]] = {}
        for member in shared.members:
            for edition in kept.get(member, ()):
                lines, names = self._names(shared, edition, there)
                if names:
                    profile = self._candidates.profile(edition, shared.area[1], names)
                    roles.setdefault(_Role(member, lines, profile), []).append(edition)
        for (one, some), (other, others) in combinations(roles.items(), 2):
            if one.candidate != other.candidate or one.lines != other.lines:
                yield some, others, self._candidates.judged(one.profile, other.profile)

    def _names(self, shared: Shared, edition: int, there: frozenset[int]) -> tuple[frozenset[int], frozenset[str]]:
        """The lines that an edition answers, also by a part of what another's is derived from, and by what names."""
        found = [
            (line.line, hit.sentence.name)
            for line in shared.lines
            for hit in self._candidates.hits[line].get(edition, ())
            if (not hit.needs or hit.needs <= there) and self._candidates.area_of(hit) == shared.area
        ]
        return frozenset(line for line, _ in found), frozenset(name for _, name in found)

    def _across(self, choice: Choice, asked: Mapping[tuple[int, int], Judgement]) -> Iterator[Linkage]:
        """Pairs that answer lines of different unit types, or individual beside aggregate lines."""
        there = frozenset(number for editions in choice.kept.values() for number in editions)
        areas = {
            number: {
                self._candidates.area_of(hit)
                for line in self._candidates.lines
                for hit in self._candidates.hits[line].get(number, ())
                if hit.needs <= there
            }
            for number in there
        }
        for a, b in pairs(sorted(there), self._name):
            differ = any(one != other for one in areas[a] for other in areas[b])
            if differ and (a, b) not in asked:
                yield Linkage(self._name(a), self._name(b), *self._candidates.judged_across(a, b), across=True)


def used_hits(candidates: Candidates, choice: Choice) -> dict[DemandLine, list[tuple[int, Hit]]]:
    """Every sentence of the editions kept that answers each line, with its product."""
    there = frozenset(number for editions in choice.kept.values() for number in editions)
    made = {part.line: part.made for part in choice.parts if part.made is not None}
    found: dict[DemandLine, list[tuple[int, Hit]]] = {}
    for line in candidates.lines:
        some = [
            (number, hit)
            for number in sorted(there)
            for hit in candidates.hits[line].get(number, ())
            if hit.needs <= there
        ]
        if line in made:
            some += [
                (number, hit)
                for number in sorted(there)
                for hit in candidates.computed(made[line]).hits.get(number, ())
            ]
        found[line] = some
    return found
