"""Periods in the names of files, and files that are alike but for the period."""

import re
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Literal, NamedTuple

Step = Literal["A", "H", "K", "M", ""]

_IN_NAME = re.compile(
    r"(?<!\d)(?P<year>(?:18|19|20)\d\d)"
    r"(?:(?P<between>[-_. ]?)(?:(?P<letter>[KkQqHhMm])(?P<number>1[0-2]|0?[1-9])(?!\d)|(?P<month>0[1-9]|1[0-2])(?!\d)"
    r"|(?P<monthday>(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01]))(?!\d)|(?!\d)))"
)
_SHORT = re.compile(r"(?<!\d)(\d\d)(?!\d)")
_CENTURY_TURNS = 50
"""A year of two digits up to this is of the 2000s."""

_OPEN = {"H": "{half}", "K": "{quarter}", "Q": "{quarter}", "M": "{month}"}


class Period(NamedTuple):
    """The period that a file's name states: as a time, its step and number, and the name with the period left open.

    `step` is empty for a day and for a year of two digits, which an address cannot leave open.
    """

    time: str
    step: Step
    number: int
    pattern: str


def period_in(name: str) -> Period | None:
    """The last period that a name states; None where it states none."""
    found = list(_IN_NAME.finditer(name))
    return _period(name, found[-1]) if found else None


def short_period_in(name: str) -> Period | None:
    """The year of two digits that a name states, as `bef09`; None where it states none, or more than one."""
    found = list(_SHORT.finditer(name))
    if len(found) != 1:
        return None
    short = int(found[0][1])
    year = short + (2000 if short <= _CENTURY_TURNS else 1900)
    return Period(str(year), "", year, f"{name[: found[0].start()]}*{name[found[0].end() :]}")


def grouped(paths: Iterable[Path]) -> list[tuple[Path, ...]]:
    """Files with those that have the same name in the same folder but for the period, each group in order of time."""
    groups: dict[tuple[object, ...], list[tuple[int, Path]]] = {}
    for path in dict.fromkeys(paths):
        period = period_in(path.stem) or short_period_in(path.stem)
        key = (path.parent, path.suffix, period.pattern) if period else (path,)
        groups.setdefault(key, []).append((period.number if period else 0, path))
    return [tuple(path for _, path in sorted(group)) for group in groups.values()]


def series(periods: Sequence[Period]) -> tuple[str, ...]:
    """Periods of one step, in order, as series: one for each stretch without a gap."""
    runs: list[list[Period]] = []
    for period in periods:
        if runs and period.number == runs[-1][-1].number + 1:
            runs[-1].append(period)
        else:
            runs.append([period])
    return tuple(_series(run[0], run[-1]) if len(run) > 1 else run[0].time for run in runs)


def _series(first: Period, last: Period) -> str:
    # Files of the last day of each year are a file for each year.
    start, end = (one.time[:4] if one.step == "A" else one.time for one in (first, last))
    return f"{start}..{end}:{first.step}"


def _period(name: str, found: re.Match[str]) -> Period:
    year, between = int(found["year"]), found["between"] or ""
    before, after = name[: found.start()], name[found.end() :]
    if found["monthday"]:
        return Period(f"{year}{found['monthday']}", "A", year, f"{before}{{year}}{between}{found['monthday']}{after}")
    if found["month"]:
        month = int(found["month"])
        return Period(f"{year}{month:02}", "M", 12 * year + month, f"{before}{{year}}{between}{{month}}{after}")
    letter = (found["letter"] or "").upper().replace("Q", "K")
    if not letter:
        return Period(f"{year}", "A", year, f"{before}{{year}}{between}{after}")
    number, most = int(found["number"]), {"K": 4, "H": 2, "M": 12}[letter]
    if number > most:
        return Period(f"{year}", "A", year, f"{before}{{year}}{name[found.end('year') :]}")
    time = f"{year}{number:02}" if letter == "M" else f"{year}{letter}{number}"
    step: Step = "K" if letter == "K" else "H" if letter == "H" else "M"
    pattern = f"{before}{{year}}{between}{found['letter']}{_OPEN[letter]}{after}"
    return Period(time, step, most * year + number, pattern)
