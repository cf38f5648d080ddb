"""Times in data: what a cell of a column of times says, which columns those are, and the times that a product states
(docs/language.md sections 3 and 12)."""

import re
from collections.abc import Iterable, Iterator
from functools import cache, lru_cache
from typing import NamedTuple

from vkd_catalog.languages import languages, say
from vkd_grammar.times import Mask, NotStated, Series, Span, Time, outermost, overlaps, read_time
from vkd_grammar.words import fold

_DAY = re.compile(r"(\d{4})-(\d\d)-(\d\d)(?:[T ][0-9:.]+(?:Z|[+-]\d\d:?\d\d)?)?")
_DAY_FIRST = re.compile(r"(\d\d?)\.(\d\d?)\.(\d{4})")
_MONTH = re.compile(r"(\d{4})-(\d\d)")
_PART = re.compile(r"(\d{4})[- ]?([HKQMUW])-?(\d\d?)", re.IGNORECASE)
_DIGITS = {"H": 1, "K": 1, "Q": 1, "M": 2, "U": 2, "W": 2}


class Stated(NamedTuple):
    """The times that a product states, as first and last days. Empty where it does not say, so that every time is
    inside."""

    spans: tuple[tuple[int, int], ...]

    def meets(self, time: Span) -> bool:
        """Whether a time has a day in common with those that are stated."""
        return not self.spans or any(first <= time.end and time.start <= last for first, last in self.spans)


def stated_by(times: Iterable[Time | None], updated: int | None) -> Stated:
    """The times of a product's sentences together; an open series runs to the day of the last update.

    A time that could not be read, or is not stated, may be any.
    """
    spans: dict[tuple[int, int], None] = {}
    for time in times:
        if time is None or isinstance(time, NotStated):
            return Stated(())
        if isinstance(time, Series):
            whole = time.whole(updated if time.is_open else None)
            if whole is not None:
                spans[whole.start, whole.end] = None
        else:
            spans[outermost(time)] = None
    return Stated(tuple(spans))


def is_in(when: Span, asked: Time | None, *, is_flow: bool) -> bool:
    """Whether a figure's time is one that is asked for: a flow's must lie inside, of a status one may contain the
    other."""
    if asked is None or isinstance(asked, NotStated):
        return True
    if isinstance(asked, Mask):
        return overlaps(asked, when.start, when.end)
    inside = asked.start <= when.start and when.end <= asked.end
    around = isinstance(asked, Span) and when.start <= asked.start and asked.end <= when.end
    return inside or (around and not is_flow)


@cache
def time_words() -> frozenset[str]:
    """What a column of times may be called, folded: the words of every language."""
    return frozenset(fold(word) for language in languages() for word in say("data.times", language).split("|"))


@lru_cache(maxsize=65536)
def time_in(cell: str) -> Span | None:
    """The day or period that a cell of a column of times says; None where it says none.

    Days are written 20200131, 2020-01-31 (with a time of day behind it or not) or 31.1.2020, periods as in a sentence
    or as 2020-01, 2020-Q1, 2020 K1, 2020M1.
    """
    for way in _ways(cell.strip()):
        time = read_time(way)
        if isinstance(time, Span):
            return time
    return None


def _ways(cell: str) -> Iterator[str]:
    """The cell as a time is written in a sentence, in each way that its shape allows."""
    if match := _DAY.fullmatch(cell):
        yield "".join(match.groups()[:3])
    elif match := _DAY_FIRST.fullmatch(cell):
        yield f"{match[3]}{int(match[2]):02}{int(match[1]):02}"
    elif match := _MONTH.fullmatch(cell):
        yield match[1] + match[2]
    elif match := _PART.fullmatch(cell):
        letter = match[2].upper()
        yield f"{match[1]}{letter}{int(match[3]):0{_DIGITS[letter]}}"
    elif cell.isdigit() and cell.isascii():
        yield cell
