"""Equivalence classes of products that answer some lines in the same way. One representative of each is enough to see
whether the lines can be covered."""

from collections.abc import Sequence

from vkd_catalog.evaluation.demand import DemandLine
from vkd_catalog.evaluation.hits import Hits
from vkd_catalog.evaluation.matching import Matches
from vkd_catalog.register import Register


class Representatives:
    """The hits of lines about individuals, of one product of each equivalence class; those `barred` are left out.

    Equivalent are products that match the same lines, with sentences of the same object types and names, and that state
    the same of linkage: in a cover of any of the lines each could stand for the others, and two are never needed. So it
    can be seen that there is a cover, but not how many there are.
    """

    def __init__(
        self, lines: Sequence[DemandLine], matches: Matches, register: Register, barred: frozenset[int]
    ) -> None:
        found = [matches.hits(line) for line in lines]
        first: dict[tuple[object, ...], int] = {}
        for number in sorted({number for hits in found for number in hits} - barred):
            first.setdefault(_part(number, found, register), number)
        self._hits = {
            line.line: {number: hits[number] for number in first.values() if number in hits}
            for line, hits in zip(lines, found, strict=True)
        }

    def hits(self, line: DemandLine) -> Hits:
        """What one of the lines finds."""
        return self._hits[line.line]

    def computable(self, _lines: tuple[DemandLine, ...]) -> Hits:
        """Nothing: no line asks for a table."""
        return {}


def _part(number: int, found: Sequence[Hits], register: Register) -> tuple[object, ...]:
    """All that matters of a product whichever of the lines are asked for."""
    record = register.product(number)
    said = (frozenset((hit.sentence.object_type, hit.sentence.name) for hit in hits.get(number, ())) for hits in found)
    return record.unit_id, record.values.get("series"), record.values.get("access"), *said
