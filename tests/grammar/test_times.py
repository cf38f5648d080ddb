"""Times against the calendar, day by day."""

import re
from calendar import isleap
from collections.abc import Callable
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vkd_grammar.times import (
    BEGINNING,
    END,
    NOT_STATED,
    BadTime,
    Mask,
    Series,
    Span,
    Step,
    Time,
    fits,
    overlaps,
    read_time,
    span,
    spans,
    time_as_written,
)

YEARS = st.one_of(st.integers(1, 9999), st.integers(1900, 2030))
CENTURY = [date(1900, 1, 1) + timedelta(days) for days in range(36524)]
NUMBERS = [day.year * 10000 + day.month * 100 + day.day for day in CENTURY]
WRITTEN = " ".join(map(str, NUMBERS))

FORMS: dict[str, Callable[[date], int]] = {
    "": lambda day: 0,
    "K{}": lambda day: (day.month + 2) // 3,
    "q{}": lambda day: (day.month + 2) // 3,
    "H{}": lambda day: (day.month + 5) // 6,
    "M{:02}": lambda day: day.month,
    "{:02}": lambda day: day.month,
}


def number(day: date) -> int:
    return day.year * 10000 + day.month * 100 + day.day


def days_of(year: int) -> list[date]:
    return [date(year, 1, 1) + timedelta(days) for days in range(366 if isleap(year) else 365)]


@pytest.mark.parametrize("form", FORMS)
@given(year=YEARS, nth=st.integers(0, 13))
def test_a_shorter_form_is_every_day_that_bears_its_number(form: str, year: int, nth: int) -> None:
    nth = nth if form else 0
    days = [number(day) for day in days_of(year) if FORMS[form](day) == nth]
    if "02" not in form and nth > 9:
        return
    text = f"{year:04}" + form.format(nth)
    assert read_time(text) == (span(days[0], days[-1]) if days else BadTime("date", text))


@given(YEARS, st.integers(0, 60), st.sampled_from("UuWw"))
def test_a_week_is_the_seven_days_that_bear_its_number(year: int, week: int, letter: str) -> None:
    first = date(year, 1, 1)
    near = [first + timedelta(days) for days in range(-7, 375) if 0 < first.toordinal() + days <= date.max.toordinal()]
    days = [number(day) for day in near if day.isocalendar()[:2] == (year, week)]
    text = f"{year:04}{letter}{week:02}"
    assert read_time(text) == (span(days[0], days[-1]) if len(days) == 7 else BadTime("date", text))


@given(YEARS, st.integers(0, 99), st.integers(0, 99))
def test_a_point_is_a_day_of_the_calendar(year: int, month: int, day: int) -> None:
    text = f"{year:04}{month:02}{day:02}"
    try:
        exists = bool(date(year, month, day))
    except ValueError:
        exists = False
    assert read_time(text) == (span(int(text), int(text)) if exists else BadTime("date", text))


SIDES = st.sampled_from(["", "1960", "196911", "19690131", "1960K2", "1970U01", "1961H1", "1961M02", "19600231", "197"])


@given(SIDES, SIDES, st.sampled_from(["..", " .. ", "\u00a0..\t"]))
def test_an_interval_is_all_from_its_first_day_to_its_last(left: str, right: str, dots: str) -> None:
    text = left + dots + right
    start, end = (read_time(side) if side else span(BEGINNING, END) for side in (left, right))
    if isinstance(start, BadTime):
        assert read_time(text) == start
    elif isinstance(end, BadTime):
        assert read_time(text) == end
    else:
        assert isinstance(start, Span)
        assert isinstance(end, Span)
        in_order = not left or not right or start.start <= end.end
        first, last = start.start if left else BEGINNING, end.end if right else END
        assert read_time(text) == (span(first, last) if in_order else BadTime("order", text))


DAYS = st.dates(date(1, 1, 1), date(9999, 12, 31))
STEPS: dict[Step, Callable[[date], tuple[int, ...]]] = {
    "A": lambda day: (day.year,),
    "H": lambda day: (day.year, (day.month + 5) // 6),
    "Q": lambda day: (day.year, (day.month + 2) // 3),
    "M": lambda day: (day.year, day.month),
    "W": lambda day: day.isocalendar()[:2],
    "D": lambda day: (day.year, day.month, day.day),
}
"""What tells the periods of each step apart."""


@given(DAYS, st.integers(0, 1500), st.sampled_from(list(STEPS)))
def test_a_series_is_every_whole_period_inside_its_interval(first: date, length: int, step: Step) -> None:
    end = min(first.toordinal() + length, date.max.toordinal())
    period = STEPS[step]
    found: dict[tuple[int, ...], list[date]] = {}
    around = range(max(1, first.toordinal() - 400), min(date.max.toordinal(), end + 400) + 1)
    for day in map(date.fromordinal, around):
        found.setdefault(period(day), []).append(day)
    whole = [
        (number(days[0]), number(days[-1]))
        for days in found.values()
        if first <= days[0] and days[-1].toordinal() <= end and (step != "W" or len(days) == 7)
    ]
    series = Series(number(first), number(date.fromordinal(end)), step)
    assert [one[:2] for one in series.periods()] == whole
    assert all(one.form == ("point" if step == "D" else "period") for one in series.periods())
    assert series.count() == len(whole)
    assert series.whole() == (span(whole[0][0], whole[-1][1]) if whole else None)


def test_an_open_series_goes_on_until_a_day() -> None:
    series = read_time("1993..:A")
    assert isinstance(series, Series)
    assert (series.is_open, series.count(until=20231230), series.count(until=19921231)) == (True, 30, 0)
    assert series.count() == 8007


@given(DAYS, DAYS, st.sampled_from(["", *STEPS, "open", "..", "?", "mask"]))
def test_a_time_written_out_is_read_back(one: date, other: date, kind: str) -> None:
    first, last = sorted((number(one), number(other)))
    times: dict[str, Time] = {
        "": span(first, last),
        "open": Series(first, END, "Q"),
        "..": span(BEGINNING, last),
        "?": NOT_STATED,
        "mask": Mask("----1101", 11101, 99991101),
    }
    time = times[kind] if kind in times else Series(first, last, kind)  # type: ignore[arg-type]
    assert read_time(time_as_written(time)) == time


@pytest.mark.parametrize("form", ["1970", "1970H2", "1970K4", "197011", "1970U05", "19701101"])
def test_the_shortest_form_that_names_the_days_is_written(form: str) -> None:
    time = read_time(form)
    assert isinstance(time, Span)
    assert time.form == ("point" if len(form) == 8 else "period")
    assert time_as_written(time) == form
    assert read_time(f"{time.start}..{time.end}") == time


MASKS = st.tuples(
    st.just("19"), st.text(st.sampled_from("-0179"), min_size=2, max_size=2), *[st.sampled_from("-0123")] * 4
)


@given(MASKS.map("".join).filter(lambda text: "-" in text), st.sampled_from(NUMBERS), st.integers(0, 1000))
def test_a_mask_is_every_day_that_fits(text: str, start: int, length: int) -> None:
    fitting = {int(day) for day in re.findall(text.replace("-", "[0-9]"), WRITTEN)}
    time = read_time(text)
    if not fitting:
        assert time == BadTime("date", text)
    elif isinstance(time, Span):
        assert fitting == {day for day in NUMBERS if time.start <= day <= time.end}
    else:
        assert isinstance(time, Mask)
        assert (time.first, time.last) == (min(fitting), max(fitting))
        place = NUMBERS.index(start)
        stretch = NUMBERS[place : place + length + 1]
        assert {day for day in stretch if fits(time, day)} == fitting & set(stretch)
        assert overlaps(time, stretch[0], stretch[-1]) == bool(fitting & set(stretch))
        assert spans(time, stretch[0], stretch[-1]) == (set(stretch) <= fitting)


@pytest.mark.parametrize(
    ("text", "time"),
    [
        ("196-----", span(19600101, 19691231)),
        ("--------", span(10101, 99991231)),
        ("1970----", span(19700101, 19701231)),
        ("----1101", Mask("----1101", 11101, 99991101)),
        ("----0229", Mask("----0229", 40229, 99960229)),
        ("1970-2-9", Mask("1970-2-9", 19700209, 19701229)),
        ("1970023-", BadTime("date", "1970023-")),
        ("0000----", BadTime("date", "0000----")),
        ("..", span(BEGINNING, END)),
        ("9999W51", span(99991220, 99991226)),
        ("9999W52", BadTime("date", "9999W52")),
        ("19", BadTime("shape", "19")),
        ("197011011", BadTime("shape", "197011011")),
        ("1970X1", BadTime("shape", "1970X1")),
        ("1970\u212a4", BadTime("shape", "1970\u212a4")),
        ("１９７０", BadTime("shape", "１９７０")),
        ("?", NOT_STATED),
        ("1993..2023:A", Series(19930101, 20231231, "A")),
        ("1993 .. 2023 : k", Series(19930101, 20231231, "Q")),
        ("1993K1..:q", Series(19930101, END, "Q")),
        ("..2023:U", Series(BEGINNING, 20231231, "W")),
        ("2023:w", Series(20230101, 20231231, "W")),
        ("2023..1993:A", BadTime("order", "2023..1993")),
        ("1993..20230231:D", BadTime("date", "20230231")),
        ("1993..2023:X", BadTime("shape", "2023:X")),
        ("1993..2023:\u212a", BadTime("shape", "2023:\u212a")),
        ("196-----:A", BadTime("shape", "196-----:A")),
        ("dk:A", None),
        ("1970:A:A", BadTime("shape", "1970:A:A")),
        (f"1970{':A' * 5000}", BadTime("shape", f"1970{':A' * 5000}")),
        ("?:A", None),
        ("197001..1970K4", Span(19700101, 19701231, "period")),
        ("1970----", Span(19700101, 19701231, "period")),
        ("19700101..19700101", Span(19700101, 19700101, "point")),
        ("1970..19710101", Span(19700101, 19710101, "stretch")),
        ("Folketellingen 1970", None),
        ("196--", BadTime("shape", "196--")),
        ("a..b", None),
        ("-", None),
        ("", None),
    ],
)
def test_what_a_text_says(text: str, time: object) -> None:
    assert read_time(text) == time


@given(st.text(st.one_of(st.sampled_from("0123456789-.KQUWHM "), st.characters()), max_size=20))
def test_any_text_has_an_answer(text: str) -> None:
    assert isinstance(read_time(text), Time | BadTime | None)
