"""Dates as formats write them (ISO 8601), made into times of sentences and days of vocabularies."""

import re
from datetime import date, timedelta

from vkd_catalog.importers.undescribed import NOT_STATED_TIME
from vkd_grammar.times import BEGINNING, END, Span, read_time, span, time_as_written

_DATE = re.compile(r"(\d{4})(?:-?(\d{2})(?:-?(\d{2}))?)?(?:T.*| .*|Z|[+-]\d\d:\d\d)?")


def span_of(said: str) -> Span | None:
    """The days that a date names: a day, a month or a year, whatever time of day follows; None where it is none."""
    found = _DATE.fullmatch(said.strip())
    time = read_time("".join(part or "" for part in found.groups())) if found else None
    return time if isinstance(time, Span) else None


def day_of(said: str) -> str:
    """The first day that a date names, in eight digits; empty where it is none."""
    found = span_of(said)
    return f"{found.start:08d}" if found else ""


def last_day_of(said: str) -> str:
    """The last day that a date names, in eight digits; empty where it is none."""
    found = span_of(said)
    return f"{found.end:08d}" if found else ""


def day_before(said: str) -> str:
    """The day before the first one that a date names, in eight digits; empty where it is none."""
    first = day_of(said)
    return (date.fromisoformat(first) - timedelta(days=1)).strftime("%Y%m%d") if first > "00010101" else ""


def time_between(first: str, last: str) -> str:
    """The time of a sentence from one date to another: a short form where it is one, open where a side is no date.

    Not stated where neither is one, or the last comes before the first.
    """
    start, end = span_of(first), span_of(last)
    if not start and not end:
        return NOT_STATED_TIME
    days = (start.start if start else BEGINNING, end.end if end else END)
    return time_as_written(span(*days)) if days[0] <= days[1] else NOT_STATED_TIME


def time_at(said: str) -> str:
    """The time of a sentence that a single date names; not stated where it is none."""
    found = span_of(said)
    return time_as_written(found) if found else NOT_STATED_TIME
