"""What lies beside a line that nothing answers: the same at another time or under another name (docs/language.md
section 6, "Nothing is said to be absent that may be there")."""

from collections.abc import Iterator
from datetime import date

from vkd_catalog.agreement import plural_of
from vkd_catalog.coding import ANY, UNIT, senses_of
from vkd_catalog.evaluation.demand import DemandLine
from vkd_catalog.evaluation.found import CONTAINED
from vkd_catalog.evaluation.hits import Hit
from vkd_catalog.evaluation.matching import Matcher, Miss, days_of
from vkd_catalog.register import Register, SentenceRecord
from vkd_catalog.vocabulary import Vocabularies
from vkd_catalog.vocabulary.concept import code_above, is_same_or_below

_MOST = 3
"""So many of each kind are told of a line."""


class Nearby:
    """Finds what lies beside lines in one register."""

    def __init__(self, register: Register, vocabularies: Vocabularies, matcher: Matcher) -> None:
        self._register = register
        self._vocabularies = vocabularies
        self._matcher = matcher

    def misses(self, line: DemandLine) -> Iterator[Miss]:
        """The sentences that come nearest to a line which no product answers; none where one does."""
        if self._matcher.hits(line) or any(map(senses_of, (line.object_type, line.name, line.characteristic))):
            return
        if line.name and line.name.startswith(UNIT):
            yield from self._of_plural(line)
            return
        yield from self._at_other_times(line)
        yield from self._under_other_names(line)

    def _of_plural(self, line: DemandLine) -> Iterator[Miss]:
        """The sets of all the units of which one was asked for by its own identification."""
        object_types = self._vocabularies.object_types
        asked = object_types.coded(line.object_type or "")
        plural = plural_of(asked, object_types) if asked else None
        if plural is not None:
            found = self._matching(line._replace(object_type=plural.code, name=ANY))
            least = sorted(found, key=lambda one: self._place(*one))[:_MOST]
            yield from (Miss(number, hit.line, "broader-object-type") for number, hit in least)

    def _at_other_times(self, line: DemandLine) -> Iterator[Miss]:
        """What is the same but for its time, also under a name with the same parent; fewest days away first."""
        asked = days_of(line.time)
        if asked is None:
            return
        found = [one for one in self._matching(line._replace(time=None)) if one[1].sentence.is_dated]
        parent = code_above(line.name) if line.name and line.name != ANY else ""
        if parent:
            beside = self._matching(line._replace(time=None, name=parent))
            found += [one for one in beside if one[1].sentence.name != parent and one[1].sentence.is_dated]
        away = {(number, hit.line): _days_between(asked, hit.sentence) for number, hit in found}
        places = sorted((days, self._name(number), line, number) for (number, line), days in away.items() if days)
        yield from (Miss(number, line, "other-time") for _, _, line, number in places[:_MOST])

    def _under_other_names(self, line: DemandLine) -> Iterator[Miss]:
        """What is the same but for its name: most code segments shared first, then by identification."""
        names = self._vocabularies.names
        asked = names.coded(line.name or "")
        if asked is None or asked.kind not in ("register", "classification", "class"):
            return
        register = asked.kind == "register"
        kinds = ("register",) if register else ("classification", "class")
        found = self._matching(line._replace(name=ANY if register else asked.code.split(".")[0]))
        places = []
        for number, hit in found:
            name = names.coded(hit.sentence.name)
            if name is not None and name.kind in kinds and not is_same_or_below(asked.code, name.code):
                places.append((-_shared(asked.code, name.code), *self._place(number, hit), number))
        yield from (Miss(number, line, "other-name") for _, _, line, number in sorted(places)[:_MOST])

    def _matching(self, line: DemandLine) -> Iterator[tuple[int, Hit]]:
        """The sentences that match a line well enough to be offered in its place."""
        for number, hits in self._matcher.hits(line).items():
            yield from ((number, hit) for hit in hits if hit.rank <= CONTAINED and not hit.beside)

    def _place(self, number: int, hit: Hit) -> tuple[str, int]:
        return self._name(number), hit.line

    def _name(self, number: int) -> str:
        return self._register.product(number).identification


def _days_between(asked: tuple[int, int], said: SentenceRecord) -> int:
    """How many days lie from one stretch to the other; none where they meet."""
    if said.end < asked[0]:
        return _ordinal(asked[0]) - _ordinal(said.end)
    return _ordinal(said.start) - _ordinal(asked[1]) if said.start > asked[1] else 0


def _ordinal(day: int) -> int:
    return date(day // 10000, day // 100 % 100, day % 100).toordinal()


def _shared(one: str, other: str) -> int:
    """How many of the first segments of two codes are the same."""
    count = 0
    for a, b in zip(one.split("."), other.split("."), strict=False):
        if a != b:
            break
        count += 1
    return count
