"""What somebody may have meant by a text that is no time: the ways in which dates and periods are written elsewhere.

A text that may well mean different times has no reading, since a wrong day looks as good as the right one. Two are
given only where both are common, as for `2010-11`.
"""

from __future__ import annotations

import re
import unicodedata
from calendar import monthrange
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from functools import cache
from itertools import chain

from vkd_grammar.times import Series, Span, Time, read_time

_LONGEST = 60
"""A longer text is a sentence about time and no time."""

_CENTURY_TURNS = 40
"""Years of two digits below this one belong to this century."""

_GAP = r"\s*[-./\s]\s*"
_CLOCK = r"(?:[T\s]\s*\d{1,2}(?::\d\d){1,2}(?:[.,]\d+)?\s*(?:Z|[+-]\d\d:?\d\d)?)?"
_MONTH = r"(jan|feb|mar|apr|ma[ijy]|jun|jul|aug|sep|okt|oct|nov|de[sc])[^\W\d_]*\.?"
_MONTHS = ["jan", "feb", "mar", "apr", "ma", "jun", "jul", "aug", "sep", "o", "nov", "de"]
_ORDINALS = (
    {"i", "første", "första", "first"},
    {"ii", "andre", "andra", "anden", "annen", "second"},
    {"iii", "tredje", "third"},
    {"iv", "fjerde", "fjärde", "fourth"},
)
_NTH = rf"(\d{{1,3}}(?:st|nd|rd|th)?|{'|'.join(sorted(word for words in _ORDINALS for word in words))})\.?"
_UNITS = {
    "K": "kvartal kvartalet kvart kv k",
    "Q": "quarter qtr q",
    "H": "halvår halvåret halvdel half half-year semester s h",
    "M": "måned månad month m",
    "U": "uke uge vecka veckan v u",
    "W": "week wk w",
    "T": "tertial trimester t",
    "D": "dag day d",
    "A": "år year a y",
}
"""What a part of a year is called, by the letter that stands for it; the last two are told by their number alone."""

_EVERY = {
    "A": "årlig årleg årligt årligen årvis annual annually yearly",
    "H": "halvårlig halvårleg halvårsvis halvårligt half-yearly",
    "K": "kvartalsvis kvartalsvist",
    "Q": "quarterly",
    "M": "månedlig månadleg månedligt månedsvis månatlig månadsvis monthly",
    "U": "ukentlig vekentleg ukevis veckovis ugentlig ugentligt",
    "W": "weekly",
    "D": "daglig dagleg dagligt dagligen daily",
}
"""What is said of a value for each part of a time, by the letter of its step."""

_LETTER_OF = {word: letter for letter, words in _UNITS.items() for word in words.split()}
_UNIT = rf"({'|'.join(sorted(_LETTER_OF, key=len, reverse=True))})\.?"
_STEP_OF = {
    **{word: letter for word, letter in _LETTER_OF.items() if letter != "T"},
    **{word: letter for letter, words in _EVERY.items() for word in words.split()},
}
_EACH = re.compile(
    rf"(.+?)(?:\s*:\s*|\s*,\s*|\s+)(?:(?:hvert|hver|kvart|kvar|varje|each|every|per)\s+)?"
    rf"({'|'.join(sorted(_STEP_OF, key=len, reverse=True))})\.?",
    re.IGNORECASE,
)
_LIKE_DIGITS = str.maketrans("OoIl", "0011")
_UP_TO = r"til\s+og\s+med|till\s+och\s+med|til|till|until|up\s+to|through|to|t\.?o\.?m\.?|t\.?d\.?"
_SINCE = r"fra\s+og\s+med|från\s+och\s+med|fra|från|from|since|siden|sedan|f\.?o\.?m\.?|f\.?d\.?"
_BETWEEN = re.compile(rf"\s*(?:\.{{2,}}|[-–—/]|(?<=\s)(?:{_UP_TO}|og|och|and)(?=\s))\s*", re.IGNORECASE)
_BEFORE_BETWEEN = re.compile(rf"(?:{_SINCE}|mellom|mellan|mellem|between)\s+", re.IGNORECASE)


def meant_times(text: str) -> list[str]:
    """The times a text may have been meant as, the likeliest first, each written as it must be; each meaning once."""
    found: dict[Time, str] = {}
    if len(text) <= _LONGEST:
        for time in _meant(_plain_digits(text)):
            meaning = read_time(time)
            if isinstance(meaning, Span) or (isinstance(meaning, Series) and not meaning.is_open and meaning.count()):
                found.setdefault(meaning, time)
    return list(found.values())


def dates_with_hyphens(text: str) -> list[str]:
    """The dates that don't-care digits look like: `1970-1-1` is 19700101. None where they look like no date."""
    if not isinstance(read_time(text), Time) or not re.fullmatch(r"\d+-\d+-\d+", text):
        return []
    return [time for time in meant_times(text) if len(time) == _DIGITS_OF_A_DAY and time.isdigit()]


def stretch_of(digits: str) -> str | None:
    """The interval that eight digits with don't-cares at the end stand for, as text; None where they stand for none."""
    known = digits.rstrip("-")
    written = known if len(known) in (4, 6) else f"{known:0<4}..{known:9<4}"
    return written if known != digits and read_time(written) == read_time(digits) else None


_DIGITS_OF_A_DAY = 8


def _plain_digits(text: str) -> str:
    """A text with the digits of other scripts, and the letters that look like digits among them, as plain digits."""
    text = unicodedata.normalize("NFKC", text).strip()
    text = "".join(str(unicodedata.decimal(one)) if one.isdecimal() else one for one in text)
    text = re.sub(r"[‐‑‒−]", "-", text)
    return text.translate(_LIKE_DIGITS) if re.fullmatch(r"(?=.*\d)[\dOoIl]{4,8}", text) else text


def _meant(text: str) -> Iterator[str]:
    """The times that a text may have been meant as, the likeliest first, not all of them valid."""
    yield text
    yield from _one_time(text)
    yield from _decade(text)
    yield from [*_series(text)] or chain(_from_one_to_another(text), _open_at_a_side(text))


def _one_time(text: str) -> Iterator[str]:
    """The days or parts of a year that a text may mean."""
    for pattern, written in _forms():
        match = pattern.fullmatch(text)
        if match:
            yield from written(*match.groups())


def _year_month_day(year: str, month: str, day: str) -> Iterator[str]:
    if 1 <= int(month) <= 12 and 1 <= int(day) <= 31:
        # A month has no 31st more often than another month was meant.
        yield f"{year}{int(month):02}{min(int(day), _days_in(int(year), int(month))):02}"


def _day_month_year(day: str, month: str, year: str) -> Iterator[str]:
    yield f"{year}{int(month):02}{int(day):02}"


def _two_digits_each(first: str, second: str, third: str) -> Iterator[str]:
    yield from _year_month_day(_year(first), second, third)
    yield from _day_month_year(first, second, _year(third))


def _day_month_short_year(day: str, month: str, year: str) -> Iterator[str]:
    yield from _day_month_year(day, month, _year(year))


def _year_and_month(year: str, month: str) -> Iterator[str]:
    yield f"{year}{int(month):02}"


def _named_month(day: str | None, month: str, year: str) -> Iterator[str]:
    number = next(number for number, name in enumerate(_MONTHS, start=1) if month.lower().startswith(name))
    yield f"{_year(year)}{number:02}" + (f"{int(day):02}" if day else "")


def _part_of_year(year: str, unit: str, nth: str | None) -> Iterator[str]:
    letter, number = _LETTER_OF[unit.lower()], _number(nth)
    if letter == "A":
        yield from (year,) if number in (None, 1) else ()
    elif number is None:
        return
    elif letter == "T":
        yield from (f"{year}{4 * number - 3:02}..{year}{4 * number:02}",) if number in (1, 2, 3) else ()
    elif letter == "D":
        yield from _nth_day(int(year), number)
    else:
        yield f"{year}{letter}{number:02}" if letter in "MUW" else f"{year}{letter}{number}"


def _nth_day(year: int, number: int) -> Iterator[str]:
    if 1 <= year <= 9998 and 1 <= number <= 366:
        day = date(year, 1, 1) + timedelta(number - 1)
        yield from (f"{day:%Y%m%d}",) if day.year == year else ()


def _day_of_week(year: str, week: str, day: str) -> Iterator[str]:
    try:
        yield f"{date.fromisocalendar(int(year), int(week), int(day)):%Y%m%d}"
    except ValueError:
        return


_Written = Callable[..., Iterator[str]]


@cache
def _forms() -> tuple[tuple[re.Pattern[str], _Written], ...]:
    """How one time is written elsewhere, and what each way means; most calls never ask, and compiling takes 30 ms."""
    return tuple((re.compile(pattern, re.IGNORECASE), written) for pattern, written in _ways_to_write())


def _ways_to_write() -> Iterator[tuple[str, _Written]]:
    year, two = r"(\d{4})", r"(\d{1,2})"
    yield rf"{year}{_GAP}{two}{_GAP}{two}{_CLOCK}", _year_month_day
    yield r"(\d{4})(\d\d)(\d\d)" + _CLOCK, _year_month_day
    yield rf"{two}{_GAP}{two}{_GAP}{year}{_CLOCK}", _day_month_year
    yield r"(\d\d)(\d\d)(\d{4})", _day_month_year
    yield r"(\d\d)-(\d\d)-(\d\d)", _two_digits_each
    yield rf"{two}\s*[./\s]\s*{two}\s*[./\s]\s*(\d\d)", _day_month_short_year
    yield rf"{year}\s*[-.:\s]\s*{two}", _year_and_month
    yield rf"{two}\s*[-./\s]\s*{year}", lambda month, year: _year_and_month(year, month)
    yield rf"(?:{two}\.?\s*)?{_MONTH}[\s,'’-]*(\d{{4}}|\d\d)", _named_month
    yield rf"{_MONTH}\s*{two}(?:st|nd|rd|th)?\s*,\s*{year}", lambda month, day, year: _named_month(day, month, year)
    yield rf"{year}[\s,.-]*{_MONTH}", lambda year, month: _named_month(None, month, year)
    yield rf"{year}[\s,.-]*{_MONTH}[\s.-]*{two}", lambda year, month, day: _named_month(day, month, year)
    yield rf"{year}[\s,.:-]*{_UNIT}(?:[\s-]*{_NTH})?", _part_of_year
    yield rf"{year}[\s,.:-]*{_NTH}\s*{_UNIT}", lambda year, nth, unit: _part_of_year(year, unit, nth)
    yield rf"{_UNIT}[\s-]*{_NTH}[\s,.:/-]*{year}", lambda unit, nth, year: _part_of_year(year, unit, nth)
    yield rf"{_NTH}\s*{_UNIT}[\s,.:/-]*{year}", lambda nth, unit, year: _part_of_year(year, unit, nth)
    yield rf"{_UNIT}\s*{year}", lambda unit, year: _part_of_year(year, unit, None)
    yield rf"{year}-?[WUwu](\d\d)-([1-7])", _day_of_week


_DECADE = re.compile(r"(?:the\s+)?['’]?(\d\d)?(\d)0\W*(?:tallet|talet|tal|årene|åra|åren|erne|s)", re.IGNORECASE)


def _decade(text: str) -> Iterator[str]:
    """The ten years of `1970-tallet`, or the hundred of `1800-tallet`; of `20-tallet` both that it may be."""
    match = _DECADE.fullmatch(text)
    if match is None:
        return
    century, ten = match.groups()
    if century and ten == "0":
        yield f"{century}00..{century}99"
    centuries = (century,) if century else ("19",) if int(ten) * 10 >= _CENTURY_TURNS else ("19", "20")
    yield from (f"{one}{ten}0..{one}{ten}9" for one in centuries)


def _from_one_to_another(text: str) -> Iterator[str]:
    text = _BEFORE_BETWEEN.sub("", text, count=1) if _BEFORE_BETWEEN.match(text) else text
    for match in _BETWEEN.finditer(text):
        left, right = text[: match.start()], text[match.end() :]
        for first in _readings(left):
            last = _same_century(first, right)
            yield from (f"{first}..{one}" for one in ([last] if last else _readings(right)))


def _same_century(first: str, right: str) -> str | None:
    """The year that two digits behind a year stand for: `1960-69`, `1999/00`."""
    if not re.fullmatch(r"\d{4}", first) or not re.fullmatch(r"\d\d", right):
        return None
    year = int(first[:2] + right)
    return f"{year + 100 if year + 100 == int(first) + 1 else year:04}"


def _open_at_a_side(text: str) -> Iterator[str]:
    since = re.fullmatch(rf"(?:{_SINCE})\s+(.+)|(.+?)\s*(?:[-–—]|->|\.{{3,}})", text, re.IGNORECASE)
    until = re.fullmatch(rf"(?:{_UP_TO})\s+(.+)|(?:[-–—]|\.{{3,}})\s*(.+)", text, re.IGNORECASE)
    if since:
        yield from (f"{one}.." for one in _readings(since[1] or since[2]))
    if until:
        yield from (f"..{one}" for one in _readings(until[1] or until[2]))


def _series(text: str) -> Iterator[str]:
    """A value for each year, month and so on of an interval: `1993–2023, årlig`, `1993-2023:A`."""
    match = _EACH.fullmatch(text)
    if match:
        interval, word = match.groups()
        step = _STEP_OF[word.lower()]
        intervals = [interval] if ".." in interval else [*_from_one_to_another(interval)]
        yield from (f"{one}:{step}" for one in intervals)


def _readings(side: str) -> list[str]:
    """The times that one side of an interval may mean."""
    if not side or ".." in side:
        return []
    times = [side, *_one_time(side)] if side[0].isdigit() else [*_one_time(side)]
    return [time for time in times if isinstance(read_time(time), Span) and "-" not in time]


def _number(nth: str | None) -> int | None:
    if nth is None:
        return None
    digits = re.match(r"\d+", nth)
    if digits:
        return int(digits[0])
    return next((number for number, words in enumerate(_ORDINALS, start=1) if nth.lower() in words), None)


def _year(digits: str) -> str:
    """A year of two digits as the four digits that it most likely means."""
    return digits if len(digits) > 2 else f"{'20' if int(digits) < _CENTURY_TURNS else '19'}{digits}"


def _days_in(year: int, month: int) -> int:
    return monthrange(max(1, year), month)[1]
