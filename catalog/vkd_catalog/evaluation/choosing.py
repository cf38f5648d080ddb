"""How some candidates cover a group at their best: which answer which lines, by which editions (docs/language.md
section 6)."""

from collections.abc import Iterator, Sequence
from itertools import combinations
from itertools import product as choices_of

from vkd_catalog.evaluation.answering import Answered
from vkd_catalog.evaluation.candidates import Candidates, Key
from vkd_catalog.evaluation.choice import Choice, Part, Shared
from vkd_catalog.evaluation.demand import DemandLine
from vkd_catalog.evaluation.editions import Editions
from vkd_catalog.evaluation.found import COMPUTABLE, EXACT
from vkd_catalog.evaluation.linking import Linker
from vkd_catalog.evaluation.names import Names
from vkd_catalog.evaluation.tables import Area, Asked


class Chooser:
    """Finds the best choice for members of one group."""

    def __init__(self, candidates: Candidates, name: Names) -> None:
        self.linker = Linker(candidates, name)
        self.editions = Editions(candidates, name)
        self._candidates = candidates

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
        kept = self.editions.kept(members, best, there)
        return Choice(grades, best, shared, kept, self.linker.worst(shared, kept))

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
