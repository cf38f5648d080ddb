"""Years in which something is said, and how many of them are written: `2010–2015, 2017`."""

from collections.abc import Iterable, Iterator

from vkd_catalog.register import SentenceRecord
from vkd_grammar.times import BEGINNING, END, Time, outermost

_YEAR = 10000


def years_of(sentence: SentenceRecord, asked: Time | None) -> Iterator[int]:
    """The years that a sentence speaks of, of those asked for; none of what holds at any time or says no time."""
    if not sentence.is_dated:
        return
    first, last = (BEGINNING, END) if asked is None else outermost(asked)
    start, end = max(sentence.start, first), min(sentence.end, last)
    if start > BEGINNING and end < END:
        yield from range(start // _YEAR, end // _YEAR + 1)


def in_ranges(years: Iterable[int]) -> str:
    """Years in order, those that follow each other as the first and the last of them."""
    return ", ".join(str(first) if first == last else f"{first}–{last}" for first, last in ranges_of(years))


def ranges_of(years: Iterable[int]) -> list[tuple[int, int]]:
    """The first and the last year of each stretch of years without a gap, in order."""
    ranges: list[tuple[int, int]] = []
    for year in sorted(set(years)):
        if ranges and year == ranges[-1][1] + 1:
            ranges[-1] = ranges[-1][0], year
        else:
            ranges.append((year, year))
    return ranges
