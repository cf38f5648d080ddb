"""What lies beside a line that no candidate matches: the same at another time or under another name (docs/language.md
section 6, "Nothing is said to be absent that may be there")."""

from collections.abc import Collection, Container, Iterable, Iterator, Mapping, Sequence
from itertools import groupby
from operator import itemgetter

from vkd_catalog.agreement import plural_of
from vkd_catalog.coding import ANY, UNIT, senses_of
from vkd_catalog.evaluation.candidates import Candidates
from vkd_catalog.evaluation.concepts import ROWS, kind_of_name, registers_in
from vkd_catalog.evaluation.demand import DemandLine
from vkd_catalog.evaluation.found import CONTAINED
from vkd_catalog.evaluation.hits import Hit
from vkd_catalog.evaluation.matching import Matcher
from vkd_catalog.evaluation.misses import Miss
from vkd_catalog.evaluation.names import Names
from vkd_catalog.evaluation.times import days_apart, grade_together
from vkd_catalog.register import Codes, SentenceRecord
from vkd_catalog.vocabulary import Vocabularies
from vkd_catalog.vocabulary.concept import code_above

_MOST = 3
"""So many of each kind are told of a line."""

_AT_ONCE = 8
"""So many products are looked at together until enough is found."""

_Place = tuple[str, int, int]
"""A product's identification, the sentence's place in its description, and the product's number."""

_DAYS = itemgetter(0)


class Nearby:
    """Finds what lies beside lines in one register. `name` tells a product's identification."""

    def __init__(self, vocabularies: Vocabularies, matcher: Matcher, name: Names) -> None:
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
        name: Names,
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
            line = self._line._replace(object_type=plural.code, name=ANY)
            places = self._first({number: [line] for number in self._matcher.hits(line)}, _MOST)
            yield from (Miss(number, at, "broader-object-type") for _, at, number in places)

    def at_other_times(self) -> Iterator[Miss]:
        """What is the same but for its time, also under a name with the same parent; fewest days away first."""
        if self._line.time is None:
            return
        away: dict[_Place, int] = {}
        for days, asked in groupby(sorted(self._ways_to_other_times(), key=_DAYS), key=_DAYS):
            if sum(one < days for one in away.values()) >= _MOST:
                break
            together: dict[DemandLine, set[int]] = {}
            for _, number, line in asked:
                together.setdefault(line, set()).add(number)
            for line, numbers in together.items():
                found = self._matching(line, numbers)
                away |= {self._place(*one): days for one in found if (days := self._days_to(one[0], one[1].sentence))}
        places = sorted((days, place) for place, days in away.items())
        yield from (Miss(number, line, "other-time") for _, (_, line, number) in places[:_MOST])

    def under_other_names(self) -> Iterator[Miss]:
        """What is the same but for its name: most code segments shared first, then by identification."""
        products = self._products_by_name(self._line, self._like)
        names = sorted(filter(self._is_like, products), key=self._apart)
        left = _MOST
        for _, some in groupby(names, key=self._apart):
            asked: dict[int, list[DemandLine]] = {}
            for name in some:
                for number in products[name]:
                    asked.setdefault(number, []).append(self._line._replace(name=name))
            places = self._first(asked, left)
            yield from (Miss(number, line, "other-name") for _, line, number in places)
            left -= len(places)
            if not left:
                return

    def _ways_to_other_times(self) -> Iterator[tuple[int, int, DemandLine]]:
        """Products that answer the line at another time, or under a name with the same parent, each with how many days
        that is away, and what to ask it for."""
        anytime = self._line._replace(time=None)
        hits = self._matcher.hits(anytime)
        for number in hits:
            if any(_is_offered(hit) for hit in hits.lent(number)):
                yield from ((days, number, anytime) for days in self._days_of(number, hits.said(number)))
        parents = [parent for name in self._names if (parent := code_above(name))]
        for number, sentence in self._said_beside(anytime, parents):
            if code_above(sentence.name) in parents:
                line = anytime._replace(name=sentence.name)
                yield from ((days, number, line) for days in self._days_of(number, [sentence]))

    def _days_of(self, number: int, said: Iterable[SentenceRecord]) -> set[int]:
        return {days for sentence in said if (days := self._days_to(number, sentence))}

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

    def _said_beside(self, line: DemandLine, roots: Iterable[str]) -> Iterable[tuple[int, SentenceRecord]]:
        """What is said under names at or below some codes that may match a line but for the name."""
        roots = tuple(dict.fromkeys(roots))
        return self._matcher.said_beside(line, Codes(roots, roots)) if roots else ()

    def _products_by_name(self, line: DemandLine, roots: Iterable[str]) -> dict[str, set[int]]:
        """The products that say so by the names that they say it under."""
        found: dict[str, set[int]] = {}
        for number, sentence in self._said_beside(line, roots):
            found.setdefault(sentence.name, set()).add(number)
        return found

    def _first(self, asked: Mapping[int, Sequence[DemandLine]], most: int) -> list[_Place]:
        """The first sentences by identification, of products that are asked for some lines, each by its own name where
        the lines ask for names."""
        numbers = [number for number in asked if number not in self._barred]
        ordered = [number for _, number in sorted(zip(self._name.of(numbers), numbers, strict=True))]
        found: set[_Place] = set()
        for at in range(0, len(ordered), _AT_ONCE):
            some = ordered[at : at + _AT_ONCE]
            for line in dict.fromkeys(line for number in some for line in asked[number]):
                there = [number for number in some if line in asked[number]]
                hits = self._matching(line, there)
                found |= {self._place(*one) for one in hits if line.name in (ANY, one[1].sentence.name)}
            if len(found) >= most:
                break
        return sorted(found)[:most]

    def _matching(self, line: DemandLine, products: Collection[int]) -> Iterator[tuple[int, Hit]]:
        """The sentences of some products that match a line well enough to be offered in its place."""
        some = [number for number in products if number not in self._barred]
        for number, hits in self._matcher.within(line, some).items():
            yield from ((number, hit) for hit in hits if _is_offered(hit))

    def _days_to(self, number: int, sentence: SentenceRecord) -> int:
        """How many days a sentence that matches at any time is away from the time asked for; none where it meets it."""
        of_set = self._line.characteristic == ANY
        whens = self._matcher.when(number, sentence, of_set=of_set)
        time = self._line.time
        if time is None or grade_together(time, whens) is not None:
            return 0
        return min((days for when in whens if (days := days_apart(time, when)) is not None), default=0)

    def _place(self, number: int, hit: Hit) -> _Place:
        return self._name(number), hit.line, number

    def _kind(self, name: str) -> str:
        return kind_of_name(name, self._vocabularies)


def _is_offered(hit: Hit) -> bool:
    """Whether a sentence matches well enough to be offered in the place of what was asked for."""
    return hit.rank <= CONTAINED and not hit.beside


def _shared(one: str, other: str) -> int:
    """How many of the first segments of two codes are the same."""
    count = 0
    for a, b in zip(one.split("."), other.split("."), strict=False):
        if a != b:
            break
        count += 1
    return count
