"""Addresses that leave a period open, as `{year}` does, and stand for a file for each (docs/language.md section 2)."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from itertools import product
from typing import NamedTuple

from vkd_grammar.times import Series, Span, Step


class _Place(NamedTuple):
    """A part of a period that an address may leave open: its length, how it is written for a day, and a pattern for
    any."""

    step: Step
    of_day: Callable[[date], tuple[str, ...]]
    of_any: tuple[str, ...]


def is_open(address: str) -> bool:
    """Whether an address leaves a part of a period open."""
    return _OPEN.search(address) is not None


def filled_in(address: str, period: Span) -> Iterator[str]:
    """An address for one period, with the parts that it leaves open in every way of writing them.

    Months and weeks are written with two digits or without a leading zero. Beside a week the year is the week's.
    """
    first = date(period.start // 10000, period.start // 100 % 100, period.start % 100)
    year = first.isocalendar().year if "{week}" in address else first.year
    written = {name: place.of_day(first) for name, place in _PLACES.items()}
    yield from _with(address, {**written, "year": (f"{year:04}",)})


def filled_in_for_each(address: str, series: Iterable[Series], most: int) -> list[str] | None:
    """The addresses for all periods of some series, each once; None where there are more than `most`."""
    found: dict[str, None] = {}
    for one in series:
        for period in _as_coarse_as(address, one).periods():
            found.update(dict.fromkeys(filled_in(address, period)))
            if len(found) > most:
                return None
    return list(found)


def patterns(address: str) -> Iterator[str]:
    """Glob patterns for the names of files that an address stands for, with any digits in the parts that it leaves
    open."""
    yield from _with(address, {name: place.of_any for name, place in _PLACES.items()})


def _as_coarse_as(address: str, series: Series) -> Series:
    """A series with the step by which an address tells periods apart, if its own step is shorter; then for whole
    years."""
    steps: list[Step] = ["A", *(_PLACES[name].step for name in _OPEN.findall(address))]
    step = max(steps, key=_SHORTER.index)
    if _SHORTER.index(series.step) <= _SHORTER.index(step):
        return series
    return Series(series.start // 10000 * 10000 + 101, series.end // 10000 * 10000 + 1231, step)


_SHORTER: tuple[Step, ...] = ("A", "H", "Q", "M", "W", "D")
"""The steps of series, each shorter than those before it."""

_DIGIT = "[0-9]"
_PLACES = {
    "year": _Place("A", lambda day: (f"{day.year:04}",), (_DIGIT * 4,)),
    "half": _Place("H", lambda day: (str((day.month + 5) // 6),), ("[12]",)),
    "quarter": _Place("Q", lambda day: (str((day.month + 2) // 3),), ("[1-4]",)),
    "month": _Place("M", lambda day: (f"{day.month:02}", str(day.month)), (_DIGIT * 2, _DIGIT)),
    "week": _Place(
        "W", lambda day: (f"{day.isocalendar().week:02}", str(day.isocalendar().week)), (_DIGIT * 2, _DIGIT)
    ),
}
_OPEN = re.compile(rf"\{{({'|'.join(_PLACES)})\}}")


def _with(address: str, written: Mapping[str, tuple[str, ...]]) -> Iterator[str]:
    """An address with its open parts filled in, in every combination of the ways in which they may be written."""
    names = tuple(dict.fromkeys(_OPEN.findall(address)))
    for way in product(*(written[name] for name in names)):
        filled = address
        for name, text in zip(names, way, strict=True):
            filled = filled.replace(f"{{{name}}}", text)
        yield filled
