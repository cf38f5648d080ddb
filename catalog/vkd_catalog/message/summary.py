"""The answers in numbers: by grade, register and year, and by what was found where don't-care left it open."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache
from heapq import nlargest, nsmallest
from typing import NamedTuple, TypeVar

from vkd_catalog.evaluation.cover_counts import EVER, Names, Tally, Value, Years, tally
from vkd_catalog.evaluation.fit import FIELDS, Field
from vkd_catalog.evaluation.found import GRADES
from vkd_catalog.message.matter import Matter
from vkd_catalog.message.message import Block, Heading, Table
from vkd_catalog.message.wording import Wording
from vkd_catalog.message.years import ranges_of
from vkd_grammar.times import BEGINNING, END, Span, span

_MOST_ROWS = 10
"""How many values are listed by one and the same thing; of more years, the stretches without a gap."""

_T = TypeVar("_T")


_Row = tuple[str, int | None]
"""A value and how many covers have it; None where it stands for several values that one cover may have all of."""


class _Aspect(NamedTuple):
    """Covers counted by one thing."""

    by: str
    rows: Sequence[_Row]


def summary(matter: Matter) -> Iterator[Block]:
    """The covers counted, where some are left out; those to don't-care fields also by the values found there."""
    covers = matter.answer.covers
    if len(covers) < 2:
        return
    counted = tally(covers)
    aspects = [*(_general(matter, counted) if len(covers) > len(matter.covers) else ()), *_left_open(matter, counted)]
    if not aspects:
        return
    wording = matter.wording
    yield Heading(wording.say("in-numbers"))
    heads = wording.say("counted-by"), wording.say("found-there"), wording.say("gives")
    yield Table(heads, tuple(row for aspect in aspects for row in _rows(aspect, wording)))


def _rows(aspect: _Aspect, wording: Wording) -> Iterator[tuple[str, str, str]]:
    by = aspect.by
    for found, count in aspect.rows:
        yield by, found, "" if count is None else str(count)
        by = ""


def _general(matter: Matter, counted: Tally) -> Iterator[_Aspect]:
    wording = matter.wording
    grades = [(wording.say(f"grade-{grade}"), counted.grades[grade]) for grade in GRADES if grade in counted.grades]
    yield _Aspect(wording.say("by-grade"), grades)
    if counted.registers:
        registers = _most(counted.registers, _naming(matter, counted))
        yield _Aspect(_by_names(matter, counted), _shortened(registers, wording, once=True))
    yield _Aspect(wording.say("by-year"), _by_year(counted.years, wording, once=True))


def _left_open(matter: Matter, counted: Tally) -> Iterator[_Aspect]:
    """What was found in each don't-care field, lines with the same together; not what the registers and years of the
    only line tell already."""
    asked = [line.line for group in matter.groups for line in group.asked]
    told = len(asked) == 1 and len(matter.answer.covers) > len(matter.covers)
    alike: dict[tuple[Field, tuple[_Row, ...]], list[int]] = {}
    for line, field in sorted(counted.values, key=lambda key: (key[0], FIELDS.index(key[1]))):
        if not (told and field in ("name", "time")):
            alike.setdefault((field, tuple(_found(matter, field, counted.values[line, field]))), []).append(line)
    for (field, rows), lines in alike.items():
        by = f"{matter.wording.lines(lines)}, {matter.wording.say(f'field-{field}')}"
        yield _Aspect(by[0].upper() + by[1:], rows)


def _found(matter: Matter, field: Field, counts: Mapping[Value, int]) -> list[_Row]:
    if field == "time":
        years: dict[Years | None, int] = {value: n for value, n in counts.items() if not isinstance(value, str)}
        return _by_year(years, matter.wording, once=False)
    vocabulary = matter.catalogue.vocabularies.four[FIELDS.index(field)]
    rows = _most(counts, lambda value: matter.wording.term(vocabulary, str(value)))
    return _shortened(rows, matter.wording, once=False)


def _by_names(matter: Matter, counted: Tally) -> str:
    """What the names are that answers are counted by: registers, as a rule."""
    concepts = matter.catalogue.vocabularies.names.concepts
    kinds = {concepts[name].kind for name in counted.names if name in concepts}
    return matter.wording.say("by-register" if kinds == {"register"} else "by-name")


def _naming(matter: Matter, counted: Tally) -> Callable[[Names], str]:
    """What names sets of names; of many sets most names stand in several."""
    vocabulary = matter.catalogue.vocabularies.names
    named = cache(lambda number: matter.wording.term(vocabulary, counted.names[number]))
    return lambda names: " + ".join(sorted(map(named, names)))


class _Most(NamedTuple):
    """The values that most covers have, how many others there are, and the sum of the others' covers."""

    rows: Sequence[tuple[str, int]]
    others: int
    covers: int


def _shortened(most: _Most, wording: Wording, *, once: bool) -> list[_Row]:
    """The first rows, and how many others there are; `once` says that each cover is counted in one row only."""
    if not most.others:
        return [*most.rows]
    return [*most.rows, (wording.say("others", count=most.others), most.covers if once else None)]


def _most(counts: Mapping[_T, int], named: Callable[[_T], str]) -> _Most:
    """The values that most covers have. Of those that as many have the first by name come first, so that no more are
    named than may be among them."""
    shown = len(counts) if len(counts) <= _MOST_ROWS + 1 else _MOST_ROWS
    least = nlargest(shown, counts.values())[-1] if counts else 0
    some = [(named(one), count) for one, count in counts.items() if count >= least]
    rows = nsmallest(shown, some, key=lambda row: (-row[1], row[0]))
    return _Most(rows, len(counts) - shown, sum(counts.values()) - sum(count for _, count in rows))


def _by_year(counts: Mapping[Years | None, int], wording: Wording, *, once: bool) -> list[_Row]:
    """Single years, in stretches without a gap where they are many; then longer times; last what shares no year."""
    single = {years[0]: count for years, count in counts.items() if years is not None and years[0] == years[1]}
    longer = {years: count for years, count in counts.items() if years is not None and years[0] != years[1]}
    stretches = ranges_of(single) if len(single) > _MOST_ROWS else [(year, year) for year in sorted(single)]
    rows: list[_Row] = [
        (_year(first, last, wording), _sum([single[year] for year in range(first, last + 1)], once=once))
        for first, last in stretches
    ]
    rows += _shortened(_most(longer, lambda years: wording.time(_period(years))), wording, once=once)
    if None in counts:
        rows.append((wording.say("different-years"), counts[None]))
    return rows


def _sum(counts: Sequence[int], *, once: bool) -> int | None:
    return sum(counts) if once or len(counts) == 1 else None


def _year(first: int, last: int, wording: Wording) -> str:
    return str(first) if first == last else wording.say("each-year", first=first, last=last)


def _period(years: Years) -> Span:
    first, last = years
    return span(BEGINNING if first == EVER[0] else first * 10000 + 101, END if last == EVER[1] else last * 10000 + 1231)
