"""Periods as statistical tables write them, and the fewest times that say all of them (docs/language.md section 3)."""

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta

from vkd_catalog.importers.undescribed import NOT_STATED_TIME
from vkd_grammar.times import Series, Span, Step, read_time, time_as_written

_YEAR = r"(?P<year>[12]\d{3})"
_PATTERNS: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(_YEAR + rest, re.IGNORECASE), form)
    for rest, form in (
        (r"", "{year}"),
        (r"-?A1?", "{year}"),
        (r"[ -]?[HS](?P<part>[12])", "{year}H{part}"),
        (r"[ -]?[KQ](?P<part>[1-4])", "{year}K{part}"),
        (r"[ -]?M(?P<part>1[0-2]|0?[1-9])", "{year}{part:02d}"),
        (r"-(?P<part>1[0-2]|0[1-9])", "{year}{part:02d}"),
        (r"[ -]?[UVW](?P<part>5[0-3]|[1-4]\d|0?[1-9])", "{year}U{part:02d}"),
        (r"-(?P<part>1[0-2]|0[1-9])-(?P<day>\d\d)", "{year}{part:02d}{day}"),
        (r"[ -]?D(?P<part>1[0-2]|0[1-9])(?P<day>\d\d)", "{year}{part:02d}{day}"),
    )
)
_SPAN = re.compile(rf"{_YEAR}\s*(?:[-–]|\.\.)\s*(?P<last>[12]\d{{3}})")
_STEPS: dict[int, Step] = {4: "A", 6: "M", 8: "D"}
_LETTERS: dict[str, Step] = {"H": "H", "K": "Q", "U": "W"}
"""The step of a period by its length, or by the letter after its year."""


def period_of(text: str) -> str:
    """A period as a time field has it: `2018M12`, `2018-12` and `201812` are all December; empty where it is none.

    Digits alone are a year; a longer row of them would need to say what it counts.
    """
    plain = text.strip()
    if found := _SPAN.fullmatch(plain):
        return _valid(f"{found['year']}..{found['last']}") if found["year"] < found["last"] else ""
    for pattern, form in _PATTERNS:
        if found := pattern.fullmatch(plain):
            parts = found.groupdict()
            return _valid(form.format(year=parts["year"], part=int(parts.get("part") or 0), day=parts.get("day")))
    return ""


def period_counted(digits: str, frequency: str) -> str:
    """The period that digits count, as PX has them: `20041` is with frequency Q the first quarter, with H the first
    half-year, `200407` with M July and with W the seventh week. Empty where they do not fit."""
    year, part = digits[:4], digits[4:]
    letter = {"A": "", "H": "H", "Q": "Q", "M": "M", "W": "W", "D": "D"}.get(frequency)
    return "" if letter is None or (not part) != (not letter) else period_of(f"{year}{letter}{part}")


def times_in(periods: Iterable[str]) -> Sequence[str]:
    """The times that say all periods, in their order: a series for each run of periods that follow without a gap.

    A period is written as `period_of` does; where there is none the time is not stated.
    """
    spans = [(time, period) for period in set(periods) if isinstance(time := read_time(period), Span)]
    runs: list[list[tuple[Span, str]]] = []
    for span, period in sorted(spans, key=lambda one: (_step(one[1]) or "", one[0].start)):
        last = runs[-1][-1] if runs else None
        if last and _step(last[1]) == _step(period) is not None and span.start == _day_after(last[0].end):
            runs[-1].append((span, period))
        else:
            runs.append([(span, period)])
    return sorted(map(_run, runs)) or [NOT_STATED_TIME]


def _run(run: Sequence[tuple[Span, str]]) -> str:
    """A run as it is written: by the periods at its ends, which tell what its step is."""
    first, last = run[0][1], run[-1][1]
    return first if len(run) == 1 else f"{first}..{last}:{first[4:5] if first[4:5] in _LETTERS else _step(first)}"


def _step(period: str) -> Step | None:
    return _LETTERS.get(period[4:5]) or (None if ".." in period else _STEPS.get(len(period)))


def _day_after(day: int) -> int:
    after = date(day // 10000, day // 100 % 100, day % 100) + timedelta(days=1)
    return int(f"{after:%Y%m%d}")


def _valid(period: str) -> str:
    return period if isinstance(read_time(period), Span) else ""


def all_of(first: str, last: str) -> Iterator[str]:
    """The periods from one to another of the same length, both counted in; none where they are not such."""
    start, end, step = read_time(first), read_time(last), _step(first)
    if isinstance(start, Span) and isinstance(end, Span) and step and step == _step(last):
        yield from map(time_as_written, Series(start.start, end.end, step).periods())
