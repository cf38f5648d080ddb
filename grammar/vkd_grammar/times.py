"""Time specifications (1972 p.11, docs/language.md section 3): from text to closed stretches of days.

A day is an int of eight digits, `19701101`. A stretch open at a side has `BEGINNING` or `END` there. A specification
with don't-care digits is a `Mask`, which may name many stretches.
"""

import re
from calendar import monthrange
from collections.abc import Iterator
from datetime import date
from functools import lru_cache
from typing import Literal, NamedTuple

BEGINNING = 0
END = 99999999

Shape = Literal["point", "interval", "mask"]
Part = Literal["half", "quarter", "month", "week"]


class Period(NamedTuple):
    """The days from `start` to `end`, both counted in."""

    start: int
    end: int

    @property
    def is_point(self) -> bool:
        """Whether the period is a single day."""
        return self.start == self.end


class Mask(NamedTuple):
    """Eight positions, `-` for any digit: every day that fits. `first` and `last` are the outermost such days."""

    digits: str
    first: int
    last: int


class BadTime(NamedTuple):
    """Why a text is no time specification: `shape` and `date` are VKD301, `order` is VKD302."""

    reason: Literal["shape", "date", "order"]
    text: str


Time = Period | Mask

_SHORT = re.compile(r"(\d{4})(?:(\d\d)(\d\d)?|([KQ])(\d)|([UW])(\d\d)|H(\d)|M(\d\d))?", re.IGNORECASE)
_MASK = re.compile(r"[\d-]{8}")


def shape_of(text: str) -> Shape | None:
    """Which kind of time specification a text looks like, valid or not; None where it looks like none and is a word."""
    if ".." in text and _looks_like_sides(text):
        return "interval"
    if _MASK.fullmatch(text) and "-" in text:
        return "mask"
    return "point" if text[:1].isdigit() else None


def _looks_like_sides(text: str) -> bool:
    return all(not side.strip() or side.strip()[0].isdigit() for side in text.split("..", 1))


@lru_cache(maxsize=65536)
def read_time(text: str) -> Time | BadTime | None:
    """What a time field's text specifies; None where it can only be a word of the time vocabulary.

    Shorter forms are the interval they name: a year, month, quarter (K or Q), ISO week (U or W) or half-year (H).
    """
    shape = shape_of(text)
    if shape == "interval":
        return _interval(text)
    if shape == "mask":
        return _mask(text)
    return _short(text) if shape == "point" else None


def lacking(text: str) -> tuple[Part, int, int] | None:
    """The part of a year that a text of the right shape names and the calendar lacks: which, its number, and the year.

    Of an interval the first such side counts; None where it names none, or a day that does not exist.
    """
    for side in text.split("..", 1):
        match = _SHORT.fullmatch(side.strip())
        if match is None or not isinstance(_short(side.strip()), BadTime):
            continue
        year, month, day, _, quarter, _, week, half, month_only = match.groups()
        parts: tuple[tuple[Part, str | None], ...] = (
            ("quarter", quarter),
            ("week", week),
            ("half", half),
            ("month", month_only or (None if day else month)),
        )
        for part, number in parts:
            if number is not None:
                return part, int(number), int(year)
    return None


def time_as_written(start: int, end: int) -> str:
    """The shortest way to write the days from one to another, both counted in (docs/language.md section 3)."""
    first, last = f"{start:08d}", f"{end:08d}"
    if start > BEGINNING and end < END:
        if (first[4:], last[4:]) == ("0101", "1231"):
            first, last = first[:4], last[:4]
        elif first[6:] == "01" and int(last[6:]) == monthrange(int(last[:4]), int(last[4:6]))[1]:
            first, last = first[:6], last[:6]
    if first == last:
        return first
    return f"{first if start > BEGINNING else ''}..{last if end < END else ''}"


def fits(mask: Mask, day: int) -> bool:
    """Whether a day is one that the mask names."""
    return all(digit in ("-", had) for digit, had in zip(mask.digits, f"{day:08d}", strict=True))


def overlaps(mask: Mask, start: int, end: int) -> bool:
    """Whether a mask names any day from `start` to `end`, both written YYYYMMDD and both included."""
    return _first_fitting(mask.digits, max(start, mask.first), min(end, mask.last)) is not None


def spans(mask: Mask, start: int, end: int) -> bool:
    """Whether a mask names every day from `start` to `end`, both written YYYYMMDD and both included."""
    if start < mask.first or end > mask.last:
        return False
    day = date(start // 10000, start // 100 % 100, start % 100)
    # A mask that is no unbroken stretch has a gap within eleven years, so this ends soon.
    while fits(mask, number := day.year * 10000 + day.month * 100 + day.day):
        if number >= end:
            return True
        day = date.fromordinal(day.toordinal() + 1)
    return False


def _interval(text: str) -> Period | BadTime:
    left, right = (side.strip() for side in text.split("..", 1))
    start = _short(left) if left else Period(BEGINNING, BEGINNING)
    end = _short(right) if right else Period(END, END)
    if isinstance(start, BadTime):
        return start
    if isinstance(end, BadTime):
        return end
    return BadTime("order", text) if start.start > end.end else Period(start.start, end.end)


def _short(text: str) -> Period | BadTime:
    match = _SHORT.fullmatch(text)
    if not match or not text.isascii():
        return BadTime("shape", text)
    year, month, day, quarter, nth_quarter, week, nth_week, half, month_only = match.groups()
    try:
        if day:
            return _days(date(int(year), int(month), int(day)), None)
        if quarter:
            return _months(int(year), 3 * int(nth_quarter) - 2, 3, int(nth_quarter) <= 4)
        if week:
            monday = date.fromisocalendar(int(year), int(nth_week), 1)
            return _days(monday, date.fromordinal(monday.toordinal() + 6))
        if half:
            return _months(int(year), 6 * int(half) - 5, 6, int(half) <= 2)
        if month or month_only:
            return _months(int(year), int(month or month_only), 1, True)
        return _months(int(year), 1, 12, True)
    except ValueError:
        return BadTime("date", text)


def _days(first: date, last: date | None) -> Period:
    start = first.year * 10000 + first.month * 100 + first.day
    return Period(start, last.year * 10000 + last.month * 100 + last.day if last else start)


def _months(year: int, month: int, count: int, exists: bool) -> Period:
    if not exists:
        raise ValueError(month)
    last = month + count - 1
    return _days(date(year, month, 1), date(year, last, monthrange(year, last)[1]))


def _mask(text: str) -> Time | BadTime:
    first, last = _outermost(text, earliest=True), _outermost(text, earliest=False)
    if first is None or last is None:
        return BadTime("date", text)
    if not text.rstrip("-").count("-"):
        # Digits followed by nothing but don't-care are one unbroken stretch, and so need no mask.
        return Period(first, last)
    return Mask(text, first, last)


def _outermost(text: str, *, earliest: bool) -> int | None:
    for year in range(1, 10000) if earliest else range(9999, 0, -1):
        if _same(text[:4], f"{year:04d}"):
            days = list(_days_in(text, year))
            if days:
                return days[0] if earliest else days[-1]
    return None


def _first_fitting(digits: str, start: int, end: int) -> int | None:
    for year in range(max(1, start // 10000), min(9999, end // 10000) + 1):
        if _same(digits[:4], f"{year:04d}"):
            for day in _days_in(digits, year):
                if start <= day <= end:
                    return day
    return None


def _days_in(digits: str, year: int) -> Iterator[int]:
    for month in range(1, 13):
        if _same(digits[4:6], f"{month:02d}"):
            for day in range(1, monthrange(year, month)[1] + 1):
                if _same(digits[6:], f"{day:02d}"):
                    yield year * 10000 + month * 100 + day


def _same(mask: str, digits: str) -> bool:
    return all(had in ("-", wanted) for had, wanted in zip(mask, digits, strict=True))
