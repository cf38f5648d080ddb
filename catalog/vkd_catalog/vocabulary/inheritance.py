"""What concepts take from those above them where they do not state it themselves (docs/language.md section 4)."""

from collections.abc import Iterator
from typing import NamedTuple

from vkd_catalog.vocabulary.concept import Concept, code_above, codes_above
from vkd_grammar.times import BEGINNING, END


class Passed(NamedTuple):
    """What a concept passes on to those below it, named as its fields are."""

    kind: str
    number: str
    unit: str
    object_types: tuple[str, ...]
    temporality: str
    valid: tuple[int, int]


class Inheritance:
    """The codes of a vocabulary as its concepts come, one after the other, with what each passes on.

    Most concepts stand below nothing, or below what came before them. Of the others what they state waits until all
    are there. Of names, which are `dated`, validity is passed on too.
    """

    def __init__(self, *, dated: bool) -> None:
        self._dated = dated
        self._passed: dict[str, Passed] = {}
        self._waiting: dict[str, Passed] = {}
        self._alike: dict[Passed, Passed] = {}

    def __contains__(self, code: str) -> bool:
        return code in self._passed

    def items(self) -> Iterator[tuple[str, Passed]]:
        """The codes in their order, with what each passes on."""
        yield from self._passed.items()

    def take(self, concept: Concept) -> Concept:
        """A concept whose code is new, with what it takes from those above it that are there."""
        code = concept.code
        nearest = code_above(code)
        stated = _stated(concept)
        if not nearest:
            self._keep(code, stated)
            return concept
        if nearest not in self._passed or nearest in self._waiting:
            self._waiting[code] = stated
        passed = self._keep(code, self._inherited(code, stated))
        return concept if passed == stated else taking(concept, passed)

    def settled(self) -> Iterator[tuple[str, Passed]]:
        """The codes of the concepts above which another came later, with what they state and inherit when all are
        there."""
        for first in list(self._waiting):
            if first not in self._waiting:
                continue
            # From a code up to the nearest that does not wait, then down again: codes may be deeper than calls may be.
            way = [first]
            for above in codes_above(first):
                if above in self._waiting:
                    way.append(above)
                elif above in self._passed:
                    break
            for code in reversed(way):
                passed = self._inherited(code, self._waiting.pop(code))
                if passed != self._passed[code]:
                    yield code, self._keep(code, passed)

    @property
    def has_gaps(self) -> bool:
        """Whether any concept lacks the one right above it."""
        return any(code_above(code) not in self._passed for code in self._passed if "." in code)

    def _inherited(self, code: str, stated: Passed) -> Passed:
        above = next((one for one in codes_above(code) if one in self._passed), None)
        if above is None:
            return stated
        had = self._passed[above]
        return Passed(
            stated.kind or had.kind,
            stated.number or had.number,
            stated.unit or had.unit,
            stated.object_types or had.object_types,
            stated.temporality or had.temporality,
            _valid(stated.valid, had.valid) if self._dated else stated.valid,
        )

    def _keep(self, code: str, passed: Passed) -> Passed:
        # Many pass on the same, which is kept once.
        kept = self._passed[code] = self._alike.setdefault(passed, passed)
        return kept


def taking(concept: Concept, passed: Passed) -> Concept:
    """A concept with what it states and inherits."""
    return concept._replace(**passed._asdict())


def _stated(concept: Concept) -> Passed:
    return Passed(concept.kind, concept.number, concept.unit, concept.object_types, concept.temporality, concept.valid)


def _valid(own: tuple[int, int], above: tuple[int, int]) -> tuple[int, int]:
    """The stretch in which a name is valid: each end as it states it, or else as the concept above does."""
    return own[0] if own[0] > BEGINNING else above[0], own[1] if own[1] < END else above[1]
