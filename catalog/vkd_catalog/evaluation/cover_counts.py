"""Covers counted by what they are made of: nobody reads a thousand of them, but how many are of which kind.

Nothing is counted cover by cover. All covers of a block take one product for each part, so what a part's products have
is counted part by part, and the counts are multiplied.
"""

from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import chain
from math import prod
from operator import attrgetter
from typing import NamedTuple, TypeVar

from vkd_catalog.coding import ANY, senses_of
from vkd_catalog.evaluation.candidates import Candidates, Key
from vkd_catalog.evaluation.demand import DemandLine
from vkd_catalog.evaluation.facts import MANY
from vkd_catalog.evaluation.fit import FIELDS, Field
from vkd_catalog.evaluation.found import GRADES, Grade
from vkd_catalog.evaluation.ranking import Block, RankedCovers
from vkd_catalog.register import UNSTATED, SentenceRecord
from vkd_grammar.times import BEGINNING, END, Mask

Names = tuple[int, ...]
"""A set of names, each by its number, in order."""

Years = tuple[int, int]
"""The first and the last year of a stretch, EVER's where a side is open."""

Value = str | Years

EVER: Years = (BEGINNING // 10000, END // 10000)

_COLUMNS: Mapping[Field, str] = {"object-type": "object_type", "name": "name", "characteristic": "characteristic"}

_T = TypeVar("_T")


_MOST_NAMED = 200_000
"""So many ways to take names for the parts of a block are gone through."""


class Tally(NamedTuple):
    """How many covers are of each kind.

    `registers` counts by the names of the sentences that answer, by their numbers in `names`; it is empty where there
    are more sets of names than anybody could count (`_MOST_NAMED`). `years` counts by the years that all members of a
    cover speak of (None where there is no such year). `values` counts, for each don't-care field of a line, the covers
    in which some sentence has a value there; one cover may have several.
    """

    grades: Mapping[Grade, int]
    names: Sequence[str]
    registers: Mapping[Names, int]
    years: Mapping[Years | None, int]
    values: Mapping[tuple[int, Field], Mapping[Value, int]]


_Field = tuple[int, Field]
"""A don't-care field of a line, by the line's number."""


class _Part(NamedTuple):
    """How many candidates of a part bring what into a cover."""

    size: int
    names: Mapping[Names, int]
    years: Mapping[Years | None, int]
    values: Mapping[_Field, Mapping[Value, int]]


def tally(covers: RankedCovers) -> Tally:
    """The covers of a demand, counted."""
    numbers: dict[str, int] = {}
    grades: Counter[Grade] = Counter()
    registers: Counter[Names] = Counter()
    years: Counter[Years | None] = Counter()
    values: dict[_Field, Counter[Value]] = {}
    are_named = True
    for block, parts in _counted(covers, numbers):
        grades[GRADES[block.grade]] += block.covers
        are_named = are_named and prod(len(part.names) for part in parts) <= _MOST_NAMED
        if are_named:
            registers.update(_combined([part.names for part in parts], (), _united))
        years.update(_combined([part.years for part in parts], EVER, _common))
        for field in parts[0].values:
            values.setdefault(field, Counter()).update(_having(block, parts, field))
    return Tally(grades, tuple(numbers), registers if are_named else {}, years, values)


def _counted(covers: RankedCovers, numbers: dict[str, int]) -> Iterator[tuple[Block, list[_Part]]]:
    """Each block with what its parts bring, of which one may be in many blocks."""
    answering: dict[int, list[_Answering]] = {}
    known: dict[tuple[int, Key], _Part] = {}
    for block in covers.blocks:
        candidates = covers.candidates(block)
        if block.group not in answering:
            answering[block.group] = [_Answering(line, candidates) for line in candidates.lines]
        for part in block.parts:
            if (block.group, part[0]) not in known:
                known[block.group, part[0]] = _part(part, answering[block.group], candidates, numbers)
        yield block, [known[block.group, part[0]] for part in block.parts]


def _part(keys: Sequence[Key], lines: Sequence["_Answering"], candidates: Candidates, numbers: dict[str, int]) -> _Part:
    said = candidates.in_columns if len(keys) >= MANY and all(candidates.hits.values()) else None
    if said is not None:
        from vkd_catalog.evaluation.columns_counted import Counted

        counted = Counted(said, [candidates.editions[key] for key in keys])
        having = {
            (line.number, field): counted.having(place, field)
            for place, line in enumerate(lines)
            for field in line.left_open
        }
        return _Part(len(keys), _by_number(counted.names(), numbers), counted.years(EVER), having)
    names = Counter(frozenset([one.name for line in lines for one in line.best(key)]) for key in keys)
    years = Counter(_years(key, lines) for key in keys)
    values = {(line.number, field): line.having(keys, field) for line in lines for field in line.left_open}
    return _Part(len(keys), _by_number(names, numbers), years, values)


def _by_number(names: Mapping[frozenset[str], int], numbers: dict[str, int]) -> Mapping[Names, int]:
    return {_numbered(some, numbers): count for some, count in names.items()}


def _numbered(names: Iterable[str], numbers: dict[str, int]) -> Names:
    return tuple(sorted(numbers.setdefault(name, len(numbers)) for name in names))


class _Answering:
    """What candidates say in answer to one line."""

    def __init__(self, line: DemandLine, candidates: Candidates) -> None:
        self.number = line.line
        self.left_open = tuple(_left_open(line))
        self._line = line
        self._candidates = candidates
        self._hits = candidates.hits[line]
        self._tell = self._hits.teller()
        ranks = {hit.rank for some in self._hits.every_lent for hit in some}
        self._is_all_best = len(ranks) == 1

    def said(self, key: Key) -> Iterable[SentenceRecord]:
        """All that a candidate says."""
        editions = self._candidates.editions[key]
        if not self._hits:
            return self._candidates.said(self._line, key)
        return self._tell(editions[0]) if len(editions) == 1 else chain.from_iterable(map(self._tell, editions))

    def best(self, key: Key) -> Iterable[SentenceRecord]:
        """What a candidate says in its best sentences."""
        return self.said(key) if self._is_all_best else self._candidates.said_best(self._line, key)

    def having(self, keys: Sequence[Key], field: Field) -> Mapping[Value, int]:
        """In how many of some candidates each value is found in a field."""
        if field == "characteristic":
            return dict[Value, int](self._candidates.characteristics(self._line, keys).items())
        value_of = _years_of if field == "time" else attrgetter(_COLUMNS[field])
        return Counter(value for key in keys for value in set(map(value_of, self.said(key))))


def _years(key: Key, lines: Sequence[_Answering]) -> Years | None:
    """The years in which a candidate says something of every line it answers, by its best sentences."""
    years: Years | None = EVER
    for line in lines:
        found = {_stretch(*sentence[4:]) for sentence in line.best(key)}
        stretches = [one for one in found if one is not None]
        if stretches:
            years = _common(years, (min(first for first, _ in stretches), max(last for _, last in stretches)))
    return years


def _combined(parts: Sequence[Mapping[_T, int]], start: _T, join: Callable[[_T, _T], _T]) -> dict[_T, int]:
    """How often each comes out when one of every part is taken, in all ways, and what is taken is joined."""
    counted = {start: 1}
    for part in parts:
        longer: dict[_T, int] = {}
        for more, times in part.items():
            for had, count in counted.items():
                joined = join(had, more)
                longer[joined] = longer.get(joined, 0) + count * times
        counted = longer
    return counted


def _united(names: Names, more: Names) -> Names:
    """All of two sets of names; most sets that are added are one name."""
    if len(more) != 1 or not names:
        return tuple(sorted({*names, *more}))
    place = bisect_left(names, more[0])
    return names if names[place : place + 1] == more else names[:place] + more + names[place:]


@lru_cache(maxsize=16384)
def _stretch(start: int, end: int, is_fixed: bool, step: str) -> Years | None:
    """The years in which a sentence says something; None where it does so always or does not say when."""
    return None if is_fixed or step == UNSTATED else (start // 10000, end // 10000)


def _years_of(sentence: SentenceRecord) -> Years:
    return sentence.start // 10000, sentence.end // 10000


def _common(one: Years | None, other: Years | None) -> Years | None:
    if one is None or other is None:
        return None
    first, last = max(one[0], other[0]), min(one[1], other[1])
    return (first, last) if first <= last else None


def _left_open(line: DemandLine) -> Iterator[Field]:
    """The don't-care fields of a line; a time is one when some of its digits are."""
    asked = (line.object_type, line.name, line.characteristic, ANY if line.time is None else "")
    for field, term in zip(FIELDS, asked, strict=True):
        if term == ANY or senses_of(term) or (field == "time" and isinstance(line.time, Mask)):
            yield field


def _having(block: Block, parts: Sequence[_Part], field: _Field) -> Mapping[Value, int]:
    """For each value that is found in a field how many of a block's covers have it: all but those that do without."""
    having = [part.values[field] for part in parts]
    if len(parts) == 1:
        return having[0]
    without = {
        value: prod(part.size - some.get(value, 0) for part, some in zip(parts, having, strict=True))
        for value in dict.fromkeys(chain.from_iterable(having))
    }
    return {value: block.covers - count for value, count in without.items()}
