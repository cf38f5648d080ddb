"""Times as sets of days (docs/language.md section 3): the bits of a number, the first for all days before, the last for all after."""

import re
from collections.abc import Iterable
from datetime import date
from functools import cache
from typing import NamedTuple

from tests.catalog.reading.facts import (
    ANY,
    EXACT,
    NARROWER,
    NOT_STATED,
    PARTIAL,
    UNSTATED,
    WIDER,
)

_FIRST_YEAR, _LAST_YEAR = 1950, 2039
_ORIGIN = date(_FIRST_YEAR, 1, 1).toordinal() - 1
END = date(_LAST_YEAR, 12, 31).toordinal() - _ORIGIN + 1
"""The last bit: all days after those that are looked at one by one."""


class Piece(NamedTuple):
    """One value or statement over a run of days: a point, a period or a stretch."""

    form: str
    first: int
    last: int

    @property
    def days(self) -> int:
        """The days as bits."""
        return _bits(self.first, self.last)


class Time(NamedTuple):
    """What a time field says: `span`, `series`, `mask`, `any` or `unstated`, and the pieces it consists of."""

    form: str
    pieces: tuple[Piece, ...]
    labels: tuple[str, ...] = ()
    """How each period of a series is called."""

    @property
    def days(self) -> int:
        """All its days as bits."""
        return union(piece.days for piece in self.pieces)


@cache
def _bits(first: int, last: int) -> int:
    return ((1 << (last - first + 1)) - 1) << first


def union(sets: Iterable[int]) -> int:
    """The days that are in any of some sets."""
    found = 0
    for one in sets:
        found |= one
    return found


def years(days: int) -> set[int]:
    """The calendar years that some days fall in."""
    return {year for year in range(_FIRST_YEAR, _LAST_YEAR + 1) if days & _year(year)}


@cache
def _year(year: int) -> int:
    return _bits(_day(date(year, 1, 1)), _day(date(year, 12, 31)))


def is_endless(days: int) -> bool:
    """Whether the days have no beginning or no end."""
    return bool(days & 1 or days >> END)


def _day(day: date) -> int:
    return day.toordinal() - _ORIGIN


# Reading


@cache
def parse(text: str, updated: str = "") -> Time:
    """A time as it is written; an open series of a product runs to the day of `updated` (docs/language.md section 3)."""
    if text == ANY:
        return Time("any", (Piece("stretch", 0, END),))
    if text == UNSTATED:
        return Time("unstated", ())
    if ":" in text:
        run, _, step = text.partition(":")
        return _series(run, step, updated)
    if ".." in text:
        first, last = (_run(side) if side else None for side in text.split(".."))
        return Time("span", (_shaped(first[0] if first else 0, last[1] if last else END),))
    if "-" in text.rstrip("-"):
        return Time("mask", tuple(Piece("point", day, day) for day in range(1, END) if _fits(day, text)))
    return Time("span", (_shaped(*_run(text)),))


def _fits(day: int, mask: str) -> bool:
    written = date.fromordinal(day + _ORIGIN).strftime("%Y%m%d")
    return all(digit in ("-", other) for digit, other in zip(mask, written, strict=True))


@cache
def _run(text: str) -> tuple[int, int]:
    """First and last day of a point, a short form, or digits with don't-care ones at their end."""
    if text.endswith("-"):
        return _run_of_prefix(text.rstrip("-"))
    if found := re.fullmatch(r"(\d{4})[UW](\d\d)", text):
        monday = date.fromisocalendar(int(found[1]), int(found[2]), 1)
        return _day(monday), _day(monday) + 6
    if found := re.fullmatch(r"(\d{4})([KQH])(\d)", text):
        months = 6 if found[2] == "H" else 3
        return _months(int(found[1]), (int(found[3]) - 1) * months + 1, months)
    if len(text) == 8:
        day = _day(date(int(text[:4]), int(text[4:6]), int(text[6:])))
        return day, day
    return _months(int(text[:4]), int(text[4:]), 1) if len(text) == 6 else _months(int(text), 1, 12)


def _run_of_prefix(digits: str) -> tuple[int, int]:
    having = [day for day in range(1, END) if date.fromordinal(day + _ORIGIN).strftime("%Y%m%d").startswith(digits)]
    return having[0], having[-1]


def _months(year: int, month: int, count: int) -> tuple[int, int]:
    after = year * 12 + month - 1 + count
    return _day(date(year, month, 1)), _day(date(after // 12, after % 12 + 1, 1)) - 1


@cache
def _shaped(first: int, last: int) -> Piece:
    """A run of days is a point if it is one day, a period if a short form names it, else a stretch."""
    if first == last:
        return Piece("point", first, last)
    named = any((first, last) in set(_periods(step)) for step in "AHQMW")
    return Piece("period" if named else "stretch", first, last)


@cache
def _periods(step: str) -> frozenset[tuple[int, int]]:
    """All periods of one length."""
    if step == "D":
        return frozenset((day, day) for day in range(1, END))
    if step == "W":
        monday = next(day for day in range(1, 8) if date.fromordinal(day + _ORIGIN).isoweekday() == 1)
        return frozenset((day, day + 6) for day in range(monday, END - 6, 7))
    months = {"A": 12, "H": 6, "Q": 3, "M": 1}[step]
    return frozenset(
        _months(year, month, months) for year in range(_FIRST_YEAR, _LAST_YEAR + 1) for month in range(1, 13, months)
    )


def _series(run: str, step: str, updated: str) -> Time:
    step = {"K": "Q", "U": "W"}.get(step, step)
    first, last = (_run(side) if side else None for side in run.split(".."))
    end = last[1] if last else _run(updated)[1] if updated else END
    start = first[0] if first else 0
    inside = sorted(one for one in _periods(step) if start <= one[0] and one[1] <= end)
    pieces = [Piece("period", *one) for one in inside]
    if end == END:
        # What comes after the days looked at is one period more, so that a series without end fills what has none.
        pieces.append(Piece("period", pieces[-1].last + 1 if pieces else END, END))
    return Time("series", tuple(pieces), tuple(_label(one, step) for one in inside))


def _label(one: tuple[int, int], step: str) -> str:
    """A period as its short form says it."""
    day = date.fromordinal(one[0] + _ORIGIN)
    if step == "W":
        year, week, _ = day.isocalendar()
        return f"{year}U{week:02}"
    return {
        "A": f"{day.year}",
        "H": f"{day.year}H{(day.month + 5) // 6}",
        "Q": f"{day.year}K{(day.month + 2) // 3}",
        "M": f"{day:%Y%m}",
        "D": f"{day:%Y%m%d}",
    }[step]


def name_of(first: int, last: int) -> str:
    """A closed run of days, the shortest way it can be written."""
    if first == last:
        return _label((first, last), "D")
    for step in "AHQMW":
        if (first, last) in _periods(step):
            return _label((first, last), step)
    begin = _label((first, first), "D") if first else ""
    end = _label((last, last), "D") if last < END else ""
    return f"{begin}..{end}"


# How well times answer


class Had(NamedTuple):
    """The times of sentences of one characteristic, put together."""

    temporality: str
    pieces: tuple[Piece, ...]
    unstated: bool = False


def grade(asked: Time, had: Had) -> int | None:
    """The grade of the times of some sentences together, None where they do not match (docs/language.md section 6)."""
    if asked.form == "any" or had.temporality == "fixed":
        return EXACT
    each = [_of_span(piece, had) for piece in asked.pieces]
    stated = [one for one in each if one is not None]
    if not stated:
        return None
    if asked.form == "mask":
        return min(stated)
    return max(stated) if len(stated) == len(each) else max(PARTIAL, *stated)


def lacking(asked: Time, had: Had) -> list[str]:
    """The periods of a series asked that nothing answers."""
    each = [_of_span(piece, had) for piece in asked.pieces]
    return [label for label, one in zip(asked.labels, each, strict=True) if one is None]


def days_had(asked: Time, had: Had, worst: int) -> int:
    """The days asked for that the times have, of what by itself answers no worse than a grade."""
    if had.temporality == "fixed":
        return 0
    return union(
        piece.days & run.days
        for run in asked.pieces
        for piece in had.pieces
        if (found := _of_span(run, Had(had.temporality, (piece,)))) is not None and found <= worst
    )


def _of_span(asked: Piece, had: Had) -> int | None:
    judge = {"accumulated": _of_flow, "event": _of_event}.get(had.temporality, _of_status)
    found = judge(asked, had.pieces)
    return NOT_STATED if found is None and had.unstated else found


def _of_flow(asked: Piece, pieces: tuple[Piece, ...]) -> int | None:
    """A flow cannot be split; pieces that follow each other without gap or overlap add up."""
    inside = sorted((piece for piece in pieces if _is_inside(piece, asked)), key=lambda one: one.first)
    reached = {asked.first}
    for piece in inside:
        if piece.first in reached:
            reached.add(piece.last + 1)
    return EXACT if asked.last + 1 in reached else NARROWER if inside else None


def _of_event(asked: Piece, pieces: tuple[Piece, ...]) -> int | None:
    """An event holds throughout its times."""
    shared = union(piece.days for piece in pieces) & asked.days
    return EXACT if shared == asked.days else NARROWER if shared else None


def _of_status(asked: Piece, pieces: tuple[Piece, ...]) -> int | None:
    whole = [piece for piece in pieces if piece.form != "stretch" and _is_inside(piece, asked)]
    cut = [piece for piece in pieces if piece.form == "stretch" and piece.days & asked.days]
    fills = union(piece.days for piece in whole if piece.form == "period" or piece[1:] == asked[1:])
    fills |= union(piece.days & asked.days for piece in cut)
    if fills == asked.days or (asked.form == "period" and (whole or cut)):
        return EXACT
    if whole or cut:
        return NARROWER
    over = [piece for piece in pieces if piece.days & asked.days]
    return WIDER if any(_is_inside(asked, piece) for piece in over) else PARTIAL if over else None


def _is_inside(piece: Piece, other: Piece) -> bool:
    return other.first <= piece.first and piece.last <= other.last
