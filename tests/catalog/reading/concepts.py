"""How concepts stand to each other: above, below, the same, close (docs/language.md section 4)."""

from collections.abc import Iterable
from typing import Any, NamedTuple

from tests.catalog.reading.facts import ANY, CLOSE, EXACT, NARROWER, Concept, Concepts, MappingRow

_INHERITED = ("kind", "number", "unit", "object_types", "temporality", "valid_from", "valid_to")
_NOTHING = Concept()


def above(code: str) -> list[str]:
    """The prefixes of a code, nearest first; the name of a unit has none."""
    segments = [] if code.startswith("=") else code.split(".")
    return [".".join(segments[:length]) for length in range(len(segments) - 1, 0, -1)]


class Relations(NamedTuple):
    """One vocabulary: its concepts with what they inherit, and what is reached from each."""

    concepts: dict[str, Concept]
    same: dict[str, frozenset[str]]
    below: dict[str, frozenset[str]]
    close: dict[str, frozenset[str]]

    def of(self, code: str) -> Concept:
        """A concept as it is with what it inherits; one without anything where the code is none."""
        return self.concepts.get(code, _NOTHING)

    def grade(self, asked: str, told: str) -> int | None:
        """How a concept told answers one asked for."""
        if asked == ANY or told in self.same.get(asked, (asked,)):
            return EXACT
        if told in self.below.get(asked, ()):
            return NARROWER
        return CLOSE if told in self.close.get(asked, ()) else None

    def is_same(self, one: str, other: str) -> bool:
        """Whether two codes are one concept."""
        return other in self.same.get(one, (one,))

    def is_at_or_below(self, code: str, root: str) -> bool:
        """Whether a concept is the same as another or stands below it."""
        return self.is_same(root, code) or code in self.below.get(root, ())

    def is_below(self, code: str, root: str) -> bool:
        """Whether a concept stands below another and is not the same."""
        return not self.is_same(root, code) and code in self.below.get(root, ())


def relations(concepts: Concepts, mappings: Iterable[MappingRow]) -> Relations:
    """What the codes and mappings say; broad and narrow chain with exact and the codes, of close a chain has one step."""
    rows = [row for row in mappings if row.subject in concepts and row.object in concepts]
    alike: set[tuple[str, str]] = set()
    down: set[tuple[str, str]] = {(up, code) for code in concepts for up in above(code)[:1] if up in concepts}
    near: set[tuple[str, str]] = set()
    for subject, predicate, other in rows:
        pair, back = (subject, other), (other, subject)
        if predicate == "exactMatch":
            alike |= {pair, back}
        elif predicate == "broadMatch":
            down.add(back)
        elif predicate == "narrowMatch":
            down.add(pair)
        elif predicate == "closeMatch":
            near |= {pair, back}
    same = {code: frozenset(_reached({code}, alike)) for code in concepts}
    below = {code: frozenset(_reached({code}, alike | down)) for code in concepts}
    close = {
        code: frozenset(_reached({end for start, end in near if start in below[code]}, alike | down))
        for code in concepts
    }
    return Relations(_inherited(concepts), same, below, close)


def _reached(start: set[str], steps: set[tuple[str, str]]) -> set[str]:
    found = set(start)
    while more := {end for begin, end in steps if begin in found} - found:
        found |= more
    return found


def _inherited(concepts: Concepts) -> dict[str, Concept]:
    """Each concept with what it takes from the nearest above it that states it."""
    found = {}
    for code, concept in concepts.items():
        line = [concept, *(concepts[up] for up in above(code) if up in concepts)]
        taken: dict[str, Any] = {}
        for field in _INHERITED:
            stated = [value for one in line if (value := getattr(one, field))]
            taken[field] = stated[0] if stated else getattr(concept, field)
        found[code] = concept._replace(**taken)
    return found
