"""One way in which some candidates cover a group: who answers which line, and by which editions."""

from collections.abc import Mapping
from typing import NamedTuple

from vkd_catalog.evaluation.answering import Answered
from vkd_catalog.evaluation.candidates import Candidates, Key
from vkd_catalog.evaluation.demand import DemandLine
from vkd_catalog.evaluation.hits import Hit
from vkd_catalog.evaluation.tables import Area, Asked


class Shared(NamedTuple):
    """Lines about units of one type, and the members that are chosen to answer them together."""

    area: Area
    lines: tuple[DemandLine, ...]
    members: tuple[Key, ...]


class Part(NamedTuple):
    """How one candidate answers one line, and by which of its editions it may.

    `made` is the table that the line is of, where that can only be computed.
    """

    candidate: Key
    line: DemandLine
    answered: Answered
    editions: tuple[int, ...]
    area: Area
    made: Asked | None = None


class Choice(NamedTuple):
    """How well each line is answered, by whom, and by which editions. `linked` is the worst verdict on these, as a
    place in `VERDICTS`."""

    grades: Mapping[DemandLine, int]
    parts: tuple[Part, ...]
    shared: tuple[Shared, ...]
    kept: Mapping[Key, tuple[int, ...]]
    linked: int

    @property
    def order(self) -> tuple[int, int, list[int]]:
        """The best choice counts: by the cover's grade, then by linkage, then by the lines' grades."""
        return max(self.grades.values()), self.linked, sorted(self.grades.values(), reverse=True)

    @property
    def editions(self) -> frozenset[int]:
        """All editions that are needed."""
        return frozenset(number for editions in self.kept.values() for number in editions)


def used_hits(candidates: Candidates, choice: Choice) -> dict[DemandLine, list[tuple[int, Hit]]]:
    """Every sentence of the editions needed that answers each line, with its product."""
    there = choice.editions
    made = {part.line: part.made for part in choice.parts if part.made is not None}
    found: dict[DemandLine, list[tuple[int, Hit]]] = {}
    for line, hits in candidates.hits.items():
        computed = candidates.computed(table).hits if (table := made.get(line)) else {}
        found[line] = [
            (number, hit)
            for number in sorted(there)
            for hit in (*hits.get(number, ()), *computed.get(number, ()))
            if hit.needs <= there
        ]
    return found
