"""Covers counted by what they are made of: nobody reads a thousand of them, but how many are of which kind.

Nothing is counted cover by cover. All covers of a block take one product for each part, so what a part's products have
is counted part by part, and the counts are multiplied.
"""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from math import prod
from operator import attrgetter
from typing import NamedTuple, TypeVar

from vkd_catalog.coding import ANY, senses_of
from vkd_catalog.evaluation.candidates import Candidates, Key
from vkd_catalog.evaluation.demand import DemandLine
from vkd_catalog.evaluation.fit import FIELDS, Field
from vkd_catalog.evaluation.found import GRADES, Grade
from vkd_catalog.evaluation.ranking import Block, RankedCovers
from vkd_catalog.register import SentenceRecord
from vkd_grammar.times import BEGINNING, END, Mask

Names = frozenset[str]

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

    `registers` counts by the names of the sentences that answer; it is empty where there are more sets of names than
    anybody could count (`_MOST_NAMED`). `years` counts by the years that all members of a cover speak
    of (None where there is no such year). `values` counts, for each don't-care field of a line, the covers in which
    some sentence has a value there; one cover may have several.
    """

    grades: Mapping[Grade, int]
    registers: Mapping[Names, int]
    years: Mapping[Years | None, int]
    values: Mapping[tuple[int, Field], Mapping[Value, int]]


class _Member(NamedTuple):
    """What a product brings into a cover."""

    names: Names
    years: Years | None


def tally(covers: RankedCovers) -> Tally:
    """The covers of a demand, counted."""
    grades: Counter[Grade] = Counter()
    registers: Counter[Names] = Counter()
    years: Counter[Years | None] = Counter()
    values: dict[tuple[int, Field], Counter[Value]] = {}
    are_named = True
    for block in covers.blocks:
        candidates = covers.candidates(block)
        members = [[_member(key, candidates) for key in part] for part in block.parts]
        grades[GRADES[block.grade]] += block.covers
        names = [[one.names for one in part] for part in members]
        are_named = are_named and prod(len(set(part)) for part in names) <= _MOST_NAMED
        if are_named:
            registers.update(_combined(names, Names(), Names.union))
        years.update(_combined([[one.years for one in part] for part in members], EVER, _common))
        for line in candidates.lines:
            for field in _left_open(line):
                values.setdefault((line.line, field), Counter()).update(_values(block, line, candidates, field))
    return Tally(grades, registers if are_named else {}, years, values)


def _combined(parts: Sequence[Sequence[_T]], start: _T, join: Callable[[_T, _T], _T]) -> Counter[_T]:
    """How often each comes out when one of every part is taken, in all ways, and what is taken is joined."""
    counted = Counter([start])
    for part in parts:
        longer: Counter[_T] = Counter()
        for more, times in Counter(part).items():
            for had, count in counted.items():
                longer[join(had, more)] += count * times
        counted = longer
    return counted


def _member(key: Key, candidates: Candidates) -> _Member:
    """A candidate by its best sentences. Its years are those in which it says something of every line it answers."""
    answers = [candidates.said_best(line, key) for line in candidates.lines]
    years: Years | None = EVER
    for sentences in answers:
        stretches = [_years_of(sentence) for sentence in sentences if sentence.is_dated]
        if stretches:
            years = _common(years, (min(first for first, _ in stretches), max(last for _, last in stretches)))
    return _Member(Names(sentence.name for sentences in answers for sentence in sentences), years)


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


def _values(block: Block, line: DemandLine, candidates: Candidates, field: Field) -> Mapping[Value, int]:
    """For each value that is found in a field how many of a block's covers have it: all but those that do without."""
    having = [_having(line, keys, candidates, field) for keys in block.parts]
    without = {
        value: prod(len(numbers) - part.get(value, 0) for numbers, part in zip(block.parts, having, strict=True))
        for value in dict.fromkeys(value for part in having for value in part)
    }
    return {value: block.covers - count for value, count in without.items()}


def _having(line: DemandLine, keys: Sequence[Key], candidates: Candidates, field: Field) -> Mapping[Value, int]:
    """In how many of some candidates each value is found in a field."""
    if field == "characteristic":
        return dict[Value, int](candidates.characteristics(line, keys).items())
    value_of = _years_of if field == "time" else attrgetter(_COLUMNS[field])
    return Counter(value for key in keys for value in set(map(value_of, candidates.said(line, key))))
