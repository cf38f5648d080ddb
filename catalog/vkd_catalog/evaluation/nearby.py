"""What lies beside a line that no candidate matches: the same at another time or under another name (docs/language.md
section 6, "Nothing is said to be absent that may be there")."""

from collections.abc import Callable, Container, Iterable, Iterator
from itertools import groupby

from vkd_catalog.agreement import plural_of
from vkd_catalog.coding import ANY, UNIT, senses_of
from vkd_catalog.evaluation.candidates import Candidates
from vkd_catalog.evaluation.concepts import ROWS, kind_of_name, registers_in
from vkd_catalog.evaluation.demand import DemandLine
from vkd_catalog.evaluation.found import CONTAINED
from vkd_catalog.evaluation.hits import Hit
from vkd_catalog.evaluation.matching import Matcher
from vkd_catalog.evaluation.misses import Miss
from vkd_catalog.evaluation.times import days_apart, grade_together
from vkd_catalog.register import Codes
from vkd_catalog.vocabulary import Vocabularies
from vkd_catalog.vocabulary.concept import code_above

_MOST = 3
"""So many of each kind are told of a line."""


class Nearby:
    """Finds what lies beside lines in one register. `name` tells a product's identification."""

    def __init__(self, vocabularies: Vocabularies, matcher: Matcher, name: Callable[[int], str]) -> None:
        self._vocabularies = vocabularies
        self._matcher = matcher
        self._name = name

    def misses(self, line: DemandLine, candidates: Candidates, barred: Container[int]) -> Iterator[Miss]:
        """The sentences that come nearest to a line which no candidate matches; none where one does. Products that are
        `barred` are left out."""
        if not candidates.hits[line]:
            found = _Nearest(line, self._vocabularies, self._matcher, self._name, barred)
            yield from found.of_plural()
            yield from found.at_other_times()
            yield from found.under_other_names()


class _Nearest:
    """What lies nearest to one line."""

    def __init__(
        self,
        line: DemandLine,
        vocabularies: Vocabularies,
        matcher: Matcher,
        name: Callable[[int], str],
        barred: Container[int],
    ) -> None:
        self._line = line
        self._names = senses_of(line.name) or ((line.name,) if line.name and line.name != ANY else ())
        self._vocabularies = vocabularies
        self._matcher = matcher
        self._name = name
        self._barred = barred

    def of_plural(self) -> Iterator[Miss]:
        """The sets of all the units of which one was asked for by its own identification."""
        object_types = self._vocabularies.object_types
        asked = object_types.coded(self._line.object_type or "")
        plural = plural_of(asked, object_types) if asked and self._is_unit else None
        if plural is not None:
            found = self._matching(self._line._replace(object_type=plural.code, name=ANY))
            least = sorted(self._place(*one) for one in found)[:_MOST]
            yield from (Miss(number, line, "broader-object-type") for _, line, number in least)

    def at_other_times(self) -> Iterator[Miss]:
        """What is the same but for its time, also under a name with the same parent; fewest days away first."""
        if self._line.time is None:
            return
        anytime = self._line._replace(time=None)
        found = list(self._matching(anytime))
        for name in self._names_in(anytime, [parent for name in self._names if (parent := code_above(name))]):
            if any(code_above(name) == code_above(asked) for asked in self._names):
                found += (one for one in self._matching(anytime._replace(name=name)) if one[1].sentence.name == name)
        away = {self._place(number, hit): days for number, hit in found if (days := self._days_to(number, hit))}
        places = sorted((days, place) for place, days in away.items())
        yield from (Miss(number, line, "other-time") for _, (_, line, number) in places[:_MOST])

    def under_other_names(self) -> Iterator[Miss]:
        """What is the same but for its name: most code segments shared first, then by identification."""
        names = sorted(filter(self._is_like, self._names_in(self._line, self._like)), key=self._apart)
        left = _MOST
        for _, some in groupby(names, key=self._apart):
            found = [one for name in some for one in self._matching(self._line._replace(name=name))]
            places = sorted({self._place(*one) for one in found if self._is_like(one[1].sentence.name)})[:left]
            yield from (Miss(number, line, "other-name") for _, line, number in places)
            left -= len(places)
            if not left:
                return

    @property
    def _is_unit(self) -> bool:
        return any(name.startswith(UNIT) for name in self._names)

    @property
    def _like(self) -> list[str]:
        """The codes at or below which names that can stand for the one asked for are: any register for a register."""
        tops = [name.split(".")[0] for name in self._names if self._kind(name) in ROWS]
        is_register = any(self._kind(name) == "register" for name in self._names)
        return [*tops, *registers_in(self._vocabularies)] if is_register else tops

    def _is_like(self, name: str) -> bool:
        """Whether a name can stand for one asked for; what is above it is told as broader."""
        kind, names = self._kind(name), self._vocabularies.names
        if any(names.is_same_or_below(asked, name) for asked in self._names):
            return False
        return any(
            kind == "register" == self._kind(asked)
            or (kind in ROWS and self._kind(asked) in ROWS and name.split(".")[0] == asked.split(".")[0])
            for asked in self._names
        )

    def _apart(self, name: str) -> int:
        """How few segments of its code a name shares with one asked for: the lower, the more."""
        return -max(_shared(name, asked) for asked in self._names)

    def _names_in(self, line: DemandLine, roots: Iterable[str]) -> set[str]:
        """The names at or below some codes of sentences that may match a line but for the name."""
        roots = tuple(dict.fromkeys(roots))
        return self._matcher.names_beside(line, Codes(roots, roots)) if roots else set()

    def _matching(self, line: DemandLine) -> Iterator[tuple[int, Hit]]:
        """The sentences that match a line well enough to be offered in its place."""
        for number, hits in self._matcher.hits(line).items():
            if number not in self._barred:
                yield from ((number, hit) for hit in hits if hit.rank <= CONTAINED and not hit.beside)

    def _days_to(self, number: int, hit: Hit) -> int:
        """How many days a sentence that matches at any time is away from the time asked for; none where it meets it."""
        of_set = self._line.characteristic == ANY
        whens = self._matcher.when(number, hit.sentence, of_set=of_set)
        time = self._line.time
        if time is None or grade_together(time, whens) is not None:
            return 0
        return min((days for when in whens if (days := days_apart(time, when)) is not None), default=0)

    def _place(self, number: int, hit: Hit) -> tuple[str, int, int]:
        return self._name(number), hit.line, number

    def _kind(self, name: str) -> str:
        return kind_of_name(name, self._vocabularies)


def _shared(one: str, other: str) -> int:
    """How many of the first segments of two codes are the same."""
    count = 0
    for a, b in zip(one.split("."), other.split("."), strict=False):
        if a != b:
            break
        count += 1
    return count
