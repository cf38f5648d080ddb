"""Tables: which lines ask for one, and whether some sentences are one (docs/language.md section 6)."""

from collections import deque
from collections.abc import Collection, Iterable, Sequence
from typing import NamedTuple

from vkd_catalog.coding import ANY, senses_of
from vkd_catalog.evaluation.concepts import kinds_of, sameness
from vkd_catalog.evaluation.demand import DemandLine
from vkd_catalog.evaluation.readings import Table
from vkd_catalog.vocabulary import Vocabularies

Area = tuple[str, str]
"""What lines speak of together: individual or aggregate, and the unit type."""


class Asked(NamedTuple):
    """A table asked for: the aggregate lines of one unit type, characteristic and time."""

    unit: str
    lines: Table


def areas_of(line: DemandLine, vocabularies: Vocabularies) -> list[Area]:
    """The kinds and unit types that a line may be of."""
    object_types = vocabularies.object_types
    kinds = kinds_of(line.object_type, line.characteristic, vocabularies)
    if line.object_type != ANY:
        codes = senses_of(line.object_type) or (line.object_type or "",)
        concepts = [object_types.coded(code) for code in codes]
        return sorted({(one.kind or min(kinds, default="individual"), one.unit) for one in concepts if one})
    units = object_types.concepts.values_of("unit")
    return sorted((kind, unit) for kind in (kinds or {"individual", "aggregate"}) for unit in units)


def tables_of(lines: Iterable[DemandLine], vocabularies: Vocabularies) -> tuple[Asked, ...]:
    """The tables that some lines ask for."""
    found: dict[tuple[object, ...], list[DemandLine]] = {}
    for line in lines:
        for kind, unit in areas_of(line, vocabularies):
            if kind == "aggregate":
                found.setdefault((unit, *alike(line, vocabularies)), []).append(line)
    return tuple(Asked(str(unit), tuple(some)) for (unit, *_), some in found.items())


def alike(line: DemandLine, vocabularies: Vocabularies) -> tuple[object, ...]:
    """What lines of one table have in common, beside their unit type."""
    term = line.characteristic or ""
    return (term if senses_of(term) else sameness(vocabularies.characteristics, term), line.time)


def has_sentences(found: Sequence[Collection[int]]) -> bool:
    """Whether each of some lines can be given a sentence of its own; `found` are those that match each line.

    Sentences are given anew along augmenting ways (H. Kuhn, The Hungarian method, 1955).
    """
    given: dict[int, int] = {}
    for line in range(len(found)):
        came_from: dict[int, tuple[int, int | None]] = {}
        waiting: deque[tuple[int, int, int | None]] = deque((sentence, line, None) for sentence in found[line])
        free = None
        while waiting and free is None:
            sentence, by, before = waiting.popleft()
            if sentence in came_from:
                continue
            came_from[sentence] = by, before
            if sentence not in given:
                free = sentence
            else:
                waiting.extend((other, given[sentence], sentence) for other in found[given[sentence]])
        if free is None:
            return False
        at: int | None = free
        while at is not None:
            given[at], at = came_from[at]
    return True
