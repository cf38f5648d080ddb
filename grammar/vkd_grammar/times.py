"""Time specifications (1972 p.11, docs/language.md section 3): what is written in a time field, as days.

A day is an int of eight digits, `19701101`. A time that is open at a side has `BEGINNING` or `END` there. `read_time`
goes from text to time, `time_as_written` back.
"""

import re
from calendar import monthrange
from collections.abc import Callable, Iterator
from datetime import date
from functools import lru_cache
from typing import Literal, NamedTuple

BEGINNING = 0
END = 99999999

Form = Literal["point", "period", "stretch"]
Step = Literal["A", "H", "Q", "M", "W", "D"]
Part = Literal["half", "quarter", "month", "week"]


class Span(NamedTuple):
    """The days from `start` to `end`, both counted in. Make one by `span`, which knows its form.

    A `point` is one day. A `period` is what a short form names, as a year or an ISO week: one value is stated for it.
    On every other `stretch` what is stated holds on each day, or is the total.
    """

    start: int
    end: int
    form: Form

    @property
    def is_point(self) -> bool:
        """Whether it is a single day."""
        return self.form == "point"


class Series(NamedTuple):
    """One value for each whole year (A), half-year (H), quarter (Q), month (M), ISO week (W) or day (D) inside it."""

    start: int
    end: int
    step: Step

    @property
    def is_open(self) -> bool:
        """Whether a side of the interval is open."""
        return self.start == BEGINNING or self.end == END

    def periods(self, until: int | None = None) -> Iterator[Span]:
        """Its whole periods in order, of an open end those up to a day; without one to the end of the calendar."""
        return (span(*_period(self.step, number)) for number in self._numbers(until))

    def count(self, until: int | None = None) -> int:
        """How many periods `periods` gives, without making them."""
        return len(self._numbers(until))

    def ends(self, until: int | None = None) -> tuple[Span, Span] | None:
        """The first and the last of the periods that `periods` gives; None where there are none."""
        numbers = self._numbers(until)
        return (span(*_period(self.step, numbers[0])), span(*_period(self.step, numbers[-1]))) if numbers else None

    def whole(self, until: int | None = None) -> Span | None:
        """The days that its whole periods fill together; None where it has none."""
        ends = self.ends(until)
        return span(ends[0].start, ends[1].end) if ends else None

    def _numbers(self, until: int | None) -> range:
        start, end = max(self.start, _FIRST_DAY), min(self.end, _LAST_DAY if until is None else until)
        if start > end:
            return range(0)
        first, last = _number(self.step, start), _number(self.step, end)
        return range(first + (_period(self.step, first)[0] < start), last + (_period(self.step, last)[1] <= end))


class Mask(NamedTuple):
    """Eight positions, `-` for any digit, other than at the end alone: any one of the days that fit is meant.

    `first` and `last` are the outermost such days.
    """

    digits: str
    first: int
    last: int


class NotStated(NamedTuple):
    """The time of what the source does not date, written `?`."""

    def __bool__(self) -> bool:
        """True, as of every other time; a tuple without parts would be taken for none."""
        return True


class BadTime(NamedTuple):
    """Why a text is no time specification: `shape` and `date` are VKD301, `order` is VKD302."""

    reason: Literal["shape", "date", "order"]
    text: str


Time = Span | Series | Mask | NotStated

NOT_STATED = NotStated()

_FIRST_DAY = 10101
_LAST_DAY = 99991231
_SHORT = re.compile(r"(\d{4})(?:(\d\d)(\d\d)?|([KQ])(\d)|([UW])(\d\d)|H(\d)|M(\d\d))?", re.IGNORECASE)
_SERIES = re.compile(r"(.*[^\s])\s*:\s*([AHKQMUWD])", re.IGNORECASE)
_MASK = re.compile(r"[\d-]{8}")
_STEPS: dict[str, Step] = {"A": "A", "H": "H", "K": "Q", "Q": "Q", "M": "M", "U": "W", "W": "W", "D": "D"}
_MONTHS = {"A": 12, "H": 6, "Q": 3, "M": 1}
_DAYS = {"W": 7, "D": 1}
_LETTERS = {"Q": "K", "W": "U"}
"""How those steps are written that may be written with either of two letters."""

_SHORT_FORMS: dict[Step, Callable[[int], str]] = {
    "A": lambda number: f"{number:04d}",
    "M": lambda number: f"{number // 12:04d}{number % 12 + 1:02d}",
    "Q": lambda number: f"{number // 4:04d}K{number % 4 + 1}",
    "H": lambda number: f"{number // 2:04d}H{number % 2 + 1}",
    "W": lambda number: "{:04d}U{:02d}".format(*date.fromordinal(number * 7 + 1).isocalendar()),
}
"""How a year, month and so on is written, from its number as `_number` gives it."""


@lru_cache(maxsize=65536)
def span(start: int, end: int) -> Span:
    """The days from one to another, both counted in, with the form that they have."""
    if start == end and BEGINNING < start < END:
        return Span(start, end, "point")
    is_period = start > BEGINNING and end < END and _short_form(start, end) is not None
    return Span(start, end, "period" if is_period else "stretch")


@lru_cache(maxsize=65536)
def read_time(text: str) -> Time | BadTime | None:
    """What a time field's text specifies; None where it can only be a word of the time vocabulary.

    Shorter forms are the interval they name: a year, month, quarter (K or Q), ISO week (U or W) or half-year (H).
    """
    if text == "?":
        return NOT_STATED
    series = _SERIES.fullmatch(text)
    if series is not None and text.isascii():
        interval = None if {"-", ":"} & set(series[1]) else read_time(series[1])
        if isinstance(interval, Span):
            return Series(interval.start, interval.end, _STEPS[series[2].upper()])
        if isinstance(interval, BadTime):
            return interval
    if ".." in text and _looks_like_sides(text):
        return _interval(text)
    if _MASK.fullmatch(text) and "-" in text:
        return _mask(text)
    return _short(text) if text[:1].isdigit() else None


def outermost(time: Time) -> tuple[int, int]:
    """The first and the last day that a time may speak of."""
    if isinstance(time, NotStated):
        return BEGINNING, END
    return (time.first, time.last) if isinstance(time, Mask) else (time.start, time.end)


def lacking(text: str) -> tuple[Part, int, int] | None:
    """The part of a year that a text of the right shape names and the calendar lacks: which, its number, and the year.

    Of an interval the first such side counts; None where it names none, or a day that does not exist.
    """
    series = _SERIES.fullmatch(text)
    for side in (series[1] if series else text).split("..", 1):
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


def time_as_written(time: Time) -> str:
    """The shortest way to write a time (docs/language.md section 3)."""
    if isinstance(time, NotStated):
        return "?"
    if isinstance(time, Mask):
        return time.digits
    if isinstance(time, Series):
        return f"{_sides(time.start, time.end)}:{_LETTERS.get(time.step, time.step)}"
    if time.is_point:
        return f"{time.start:08d}"
    return (time.form == "period" and _short_form(time.start, time.end)) or _sides(time.start, time.end)


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


def _looks_like_sides(text: str) -> bool:
    return all(not side.strip() or side.strip()[0].isdigit() for side in text.split("..", 1))


def _sides(start: int, end: int) -> str:
    """An interval written with its dots, by years or months where both its sides can be."""
    first, last = f"{start:08d}", f"{end:08d}"
    for length, opening, closing in ((4, "0101", "1231"), (6, "01", f"{_last_of_month(end):02d}")):
        if (start == BEGINNING or first[length:] == opening) and (end == END or last[length:] == closing):
            first, last = first[:length], last[:length]
    return f"{'' if start == BEGINNING else first}..{'' if end == END else last}"


def _last_of_month(day: int) -> int:
    return monthrange(day // 10000, day // 100 % 100)[1] if day < END else 0


def _short_form(start: int, end: int) -> str | None:
    """The short form that names the days from one to another, as of a year or a week; None where none does."""
    for step, written in _SHORT_FORMS.items():
        if _period(step, number := _number(step, start)) == (start, end):
            return written(number)
    return None


def _number(step: Step, day: int) -> int:
    """Which one of all years, quarters and so on a day lies in, counted from the beginning of the calendar."""
    if step in _MONTHS:
        return (day // 10000 * 12 + day // 100 % 100 - 1) // _MONTHS[step]
    return (date(day // 10000, day // 100 % 100, day % 100).toordinal() - 1) // _DAYS[step]


def _period(step: Step, number: int) -> tuple[int, int]:
    """The first and the last day of a year, quarter and so on; one that the calendar ends within has no last day."""
    if step in _DAYS:
        first = number * _DAYS[step] + 1
        return _day_numbered(first), _day_numbered(first + _DAYS[step] - 1)
    first, last = number * _MONTHS[step], (number + 1) * _MONTHS[step] - 1
    year, month = last // 12, last % 12 + 1
    return first // 12 * 10000 + (first % 12 + 1) * 100 + 1, year * 10000 + month * 100 + monthrange(year, month)[1]


def _day_numbered(ordinal: int) -> int:
    if ordinal > date.max.toordinal():
        return END
    day = date.fromordinal(ordinal)
    return day.year * 10000 + day.month * 100 + day.day


def _interval(text: str) -> Span | BadTime:
    left, right = (side.strip() for side in text.split("..", 1))
    start = _short(left) if left else Span(BEGINNING, BEGINNING, "point")
    end = _short(right) if right else Span(END, END, "point")
    if isinstance(start, BadTime):
        return start
    if isinstance(end, BadTime):
        return end
    return BadTime("order", text) if start.start > end.end else span(start.start, end.end)


def _short(text: str) -> Span | BadTime:
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


def _days(first: date, last: date | None) -> Span:
    start = first.year * 10000 + first.month * 100 + first.day
    return span(start, last.year * 10000 + last.month * 100 + last.day if last else start)


def _months(year: int, month: int, count: int, exists: bool) -> Span:
    if not exists:
        raise ValueError(month)
    last = month + count - 1
    return _days(date(year, month, 1), date(year, last, monthrange(year, last)[1]))


def _mask(text: str) -> Span | Mask | BadTime:
    first, last = _outermost(text, earliest=True), _outermost(text, earliest=False)
    if first is None or last is None:
        return BadTime("date", text)
    if not text.rstrip("-").count("-"):
        # Digits followed by nothing but don't-care are one unbroken stretch, and so need no mask.
        return span(first, last)
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
