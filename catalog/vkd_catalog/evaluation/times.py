"""How well the times that sentences state answer the time a line asks for (docs/language.md section 6).

A sentence says one value of a point or a period, or what holds on each day of a stretch; several say it together. A
period of something accumulated cannot be split, and pieces of it add up where they follow each other.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from functools import lru_cache
from operator import attrgetter
from typing import Literal, NamedTuple

from vkd_catalog.evaluation.found import EXACT, NARROWER, NOT_STATED, PARTIAL, WIDER
from vkd_catalog.register import UNSTATED, SentenceRecord
from vkd_grammar.times import (
    BEGINNING,
    END,
    Mask,
    NotStated,
    Series,
    Span,
    Step,
    Time,
    fits,
    overlaps,
    span,
    time_as_written,
)

Temporality = Literal["status", "event", "accumulated", "fixed"]

Days = tuple[int, int]
"""The first and the last of some days, counted as `date.toordinal` does."""


class When(NamedTuple):
    """When a sentence holds: its outermost days, the step of a series, and what its characteristic is in time."""

    start: int
    end: int
    step: str
    temporality: Temporality


class _Piece(NamedTuple):
    """What a sentence says of a time asked for: `fills` are days of it, `whole` tells whether they count as a whole
    of it or only lie in it; `contains` and `overlaps` whether a period holds that time or stands over its edge."""

    fills: tuple[Days, ...]
    whole: bool
    contains: bool
    overlaps: bool


_NOTHING = _Piece((), False, False, False)


def grade_alone(asked: Time | None, when: When) -> int | None:
    """How well one sentence's time answers; None where it does not."""
    if asked is None or when.temporality == "fixed":
        return EXACT
    return _alone(asked, when)


def grade_together(asked: Time | None, whens: Sequence[When]) -> int | None:
    """How well the times of some sentences of one characteristic answer together; None where they do not."""
    if len(whens) == 1:
        return grade_alone(asked, whens[0])
    if asked is None or any(when.temporality == "fixed" for when in whens):
        return EXACT
    return _together(asked, tuple(sorted(set(whens))))


def is_too_long(asked: Time | None, when: When) -> bool:
    """Whether a sentence is a total over days of which only some are asked for."""
    if asked is None or when.temporality != "accumulated" or when.step == UNSTATED or _alone(asked, when) is not None:
        return False
    if isinstance(asked, Mask):
        return overlaps(asked, when.start, when.end)
    return any(_piece(one, when).overlaps or _piece(one, when).contains for one in periods_of(asked))


def as_asked(asked: Time | None, when: When) -> object:
    """All that matters to a time asked for of when a sentence holds: of two times for which this is equal, each answers
    as well as the other, alone and beside others."""
    if asked is None:
        return EXACT
    if when.step == UNSTATED:
        return when.temporality, UNSTATED
    if isinstance(asked, Mask):
        answers: object = _of_mask(asked, when)
    else:
        periods = periods_of(asked)
        answers = tuple((place, _piece(periods[place], when)) for place in _met(periods, when))
    return when.temporality, answers, _had(asked, when), stated_days(asked, when), is_too_long(asked, when)


def lacking(asked: Time | None, whens: Sequence[When]) -> tuple[str, ...]:
    """The periods of a series asked for that nothing answers, as they are written."""
    if not isinstance(asked, Series) or any(when.temporality == "fixed" for when in whens):
        return ()
    stated = tuple(sorted({when for when in whens if when.step != UNSTATED}))
    answered = {period for period, _ in _by_period(asked, stated)}
    return tuple(time_as_written(one) for one in periods_of(asked) if one not in answered) if answered else ()


def days_had(asked: Time | None, whens: Iterable[When]) -> tuple[Days, ...]:
    """The days of the time asked for that some sentences have, as runs that do not touch each other; of a don't-care
    all days that they state."""
    runs = [run for when in whens if when.step != UNSTATED and when.temporality != "fixed" for run in _had(asked, when)]
    return merged(runs)


def merged(runs: Iterable[Days]) -> tuple[Days, ...]:
    """Runs of days put together where they touch or overlap, in order."""
    found: list[Days] = []
    for first, last in sorted(runs):
        if found and first <= found[-1][1] + 1:
            found[-1] = found[-1][0], max(found[-1][1], last)
        else:
            found.append((first, last))
    return tuple(found)


def shared(one: Sequence[Days], other: Sequence[Days]) -> tuple[Days, ...]:
    """The days that two lists of runs have both."""
    return merged((max(a, c), min(b, d)) for a, b in one for c, d in other if max(a, c) <= min(b, d))


@lru_cache(maxsize=4096)
def periods_of(asked: Time) -> tuple[Span, ...]:
    """What is asked for, each part by itself: the periods of a series, else the one stretch of days."""
    if isinstance(asked, Series):
        return tuple(asked.periods())
    return (asked,) if isinstance(asked, Span) else ()


def stated_days(asked: Time | None, when: When | SentenceRecord) -> Days | None:
    """The outermost days that a sentence states, of those asked for; None where it states none of them."""
    if when.step == UNSTATED:
        return None
    start, end = when.start, when.end
    if when.step:
        whole = Series(start, end, _step(when)).whole()
        if whole is None:
            return None
        start, end = whole.start, whole.end
    if asked is not None and not isinstance(asked, NotStated):
        first, last = (asked.first, asked.last) if isinstance(asked, Mask) else (asked.start, asked.end)
        start, end = max(start, first), min(end, last)
    return (start, end) if start <= end else None


def times_beside(asked: Span, when: When) -> Iterator[Span]:
    """The times that a sentence states before or after the one asked for, of a series the nearest period each."""
    if when.step == UNSTATED or when.temporality == "fixed":
        return
    sides = (
        (when.start, min(when.end, _day_beside(asked.start, -1))),
        (max(when.start, _day_beside(asked.end, 1)), when.end),
    )
    for place, (start, end) in zip((1, 0), sides, strict=True):
        if when.step:
            ends = Series(start, end, _step(when)).ends() if start <= end else None
            if ends is not None:
                yield ends[place]
        elif (start, end) == (when.start, when.end):
            yield span(start, end)


def days_apart(asked: Time, when: When) -> int | None:
    """How many days lie between a time asked for and what a sentence states; None where it states no days."""
    stated = stated_days(None, when)
    days = asked.whole() if isinstance(asked, Series) else asked
    if stated is None or days is None or isinstance(days, NotStated):
        return None
    first, last = map(ordinal, stated)
    if isinstance(days, Mask):
        mask = days
        # The days on both sides are looked at together, farther and farther away, until one of them is asked for.
        return bisect_left(
            range(_LAST), True, key=lambda away: overlaps(mask, _day_numbered(first - away), _day_numbered(last + away))
        )
    return max(first - ordinal(days.end), ordinal(days.start) - last, 0)


_LAST = date.max.toordinal()


def _day_beside(day: int, days: int) -> int:
    """The day so many days later; of a side that is open, and at the ends of the calendar, the side itself."""
    return _day_numbered(ordinal(day) + days)


def _day_numbered(number: int) -> int:
    """A day by its number, as `ordinal` gives it."""
    if not 0 < number <= _LAST:
        return BEGINNING if number <= 0 else END
    day = date.fromordinal(number)
    return day.year * 10000 + day.month * 100 + day.day


@lru_cache(maxsize=65536)
def ordinal(day: int) -> int:
    """A day as a number that follows on that of the day before; what is open is outside the calendar."""
    if day <= BEGINNING:
        return 0
    return _LAST + 1 if day >= END else date(day // 10000, day // 100 % 100, day % 100).toordinal()


def _step(when: When | SentenceRecord) -> Step:
    return when.step  # type: ignore[return-value]


@lru_cache(maxsize=65536)
def _alone(asked: Time, when: When) -> int | None:
    return _of_mask(asked, when) if isinstance(asked, Mask) else _together(asked, (when,))


@lru_cache(maxsize=16384)
def _together(asked: Time, whens: tuple[When, ...]) -> int | None:
    """The grade of several times together. What does not say its time counts only where nothing else answers."""
    if isinstance(asked, Mask):
        return min((one for when in whens if (one := _of_mask(asked, when)) is not None), default=None)
    stated = tuple(when for when in whens if when.step != UNSTATED)
    if isinstance(asked, Series):
        found = _by_period(asked, stated)
        grade = max((one for _, one in found), default=None)
        if grade is not None and len(found) < len(periods_of(asked)):
            grade = max(grade, PARTIAL)
    else:
        assert isinstance(asked, Span)
        grade = _of_span(asked, stated)
    return NOT_STATED if grade is None and len(stated) < len(whens) else grade


def _by_period(asked: Series, whens: Sequence[When]) -> list[tuple[Span, int]]:
    """The periods of a series that are answered, each with its grade."""
    periods = periods_of(asked)
    meeting: dict[int, list[When]] = {}
    for when in whens:
        for place in _met(periods, when):
            meeting.setdefault(place, []).append(when)
    found = ((periods[place], _of_span(periods[place], some)) for place, some in sorted(meeting.items()))
    return [(period, grade) for period, grade in found if grade is not None]


def _met(periods: Sequence[Span], when: When) -> range:
    """The places of the periods, which follow each other, that a time has days of."""
    return range(
        bisect_left(periods, when.start, key=attrgetter("end")),
        bisect_right(periods, when.end, key=attrgetter("start")),
    )


def _of_span(asked: Span, whens: Sequence[When]) -> int | None:
    if not whens:
        return None
    pieces = [_piece(asked, when) for when in whens]
    days = ordinal(asked.start), ordinal(asked.end)
    if whens[0].temporality == "accumulated":
        inside = [run for piece in pieces for run in piece.fills]
        return None if not inside else EXACT if _follow(inside, days) else NARROWER
    if any(piece.fills for piece in pieces):
        is_period = asked.form == "period" and whens[0].temporality == "status"
        filled = (run for piece in pieces if piece.whole for run in piece.fills)
        return EXACT if is_period or days in merged(filled) else NARROWER
    if any(piece.contains for piece in pieces):
        return WIDER
    return PARTIAL if any(piece.overlaps for piece in pieces) else None


def _follow(pieces: Iterable[Days], days: Days) -> bool:
    """Whether some pieces lead from the first day to the last, each from the day after the one before it."""
    reached = {days[0]}
    for first, last in sorted(set(pieces)):
        if first in reached:
            reached.add(last + 1)
    return days[1] + 1 in reached


@lru_cache(maxsize=65536)
def _piece(asked: Span, when: When) -> _Piece:
    """What one sentence says of a stretch of days."""
    if when.end < asked.start or asked.end < when.start:
        return _NOTHING
    if when.step and when.temporality != "event":
        return _piece_of_series(asked, when)
    first, last = max(when.start, asked.start), min(when.end, asked.end)
    if when.step:
        whole = Series(when.start, when.end, _step(when)).whole()
        if whole is None or whole.end < asked.start or asked.end < whole.start:
            return _NOTHING
        first, last = max(whole.start, asked.start), min(whole.end, asked.end)
    form = span(when.start, when.end).form
    if when.temporality == "event" or (when.temporality == "status" and form == "stretch"):
        return _Piece(((ordinal(first), ordinal(last)),), True, False, False)
    if (first, last) == (when.start, when.end):
        is_whole = form != "point" or (asked.start, asked.end) == (when.start, when.end)
        return _Piece(((ordinal(first), ordinal(last)),), is_whole, False, False)
    contains = when.start <= asked.start and asked.end <= when.end
    return _Piece((), False, contains, not contains)


def _piece_of_series(asked: Span, when: When) -> _Piece:
    """What the periods of a series say: those that lie inside, else whether one holds what is asked."""
    series = Series(when.start, when.end, _step(when))
    inside = Series(max(when.start, asked.start), min(when.end, asked.end), series.step)
    whole = inside.whole()
    if whole is not None:
        is_point = series.step == "D"
        if when.temporality == "accumulated":
            fills = tuple((ordinal(one.start), ordinal(one.end)) for one in inside.periods())
        else:
            fills = ((ordinal(whole.start), ordinal(whole.end)),)
        return _Piece(fills, not is_point or asked.is_point, False, True)
    meeting = [one for one in _around(series, asked) if one.start <= asked.end and asked.start <= one.end]
    contains = any(one.start <= asked.start and asked.end <= one.end for one in meeting)
    return _Piece((), False, contains, bool(meeting) and not contains)


_LONGEST = {"A": 10000, "H": 10000, "Q": 10000, "M": 200, "W": 100, "D": 1}
"""How far away in eight digits a period that meets some days can begin or end."""


def _around(series: Series, asked: Span) -> Iterator[Span]:
    """The periods of a series that may meet some days of which none lies inside."""
    reach = _LONGEST[series.step] + (8870 if series.step in "MWD" else 0)
    near = Series(
        max(series.start, _valid(asked.start - reach, first=True)),
        min(series.end, _valid(asked.end + reach, first=False)),
        series.step,
    )
    yield from near.periods()


def _valid(day: int, *, first: bool) -> int:
    """The first day of a year, or the last, so that a day that was reckoned is one of the calendar."""
    year = max(1, min(9999, day // 10000))
    return year * 10000 + (101 if first else 1231)


def _of_mask(asked: Mask, when: When) -> int | None:
    """How well one sentence answers any of some days."""
    if when.step == UNSTATED:
        return NOT_STATED
    stated = stated_days(None, when)
    if stated is None or not overlaps(asked, *stated):
        return None
    form = "period" if when.step not in ("", "D") else "stretch" if when.step else span(*stated).form
    if when.temporality == "event" or (when.temporality == "status" and form == "stretch"):
        return EXACT
    if form == "point" or (when.step == "D"):
        return EXACT if when.step or fits(asked, stated[0]) else None
    return WIDER if when.temporality == "status" else None


@lru_cache(maxsize=65536)
def _had(asked: Time | None, when: When) -> tuple[Days, ...]:
    """The days asked for that one sentence has."""
    if asked is None or isinstance(asked, Mask):
        stated = stated_days(asked, when)
        return ((ordinal(stated[0]), ordinal(stated[1])),) if stated else ()
    found: list[Days] = []
    for period in periods_of(asked):
        if when.end < period.start or period.end < when.start:
            continue
        piece = _piece(period, when)
        found += piece.fills
        if piece.contains:
            found.append((ordinal(period.start), ordinal(period.end)))
        elif piece.overlaps and when.temporality != "accumulated":
            stated = stated_days(period, when)
            if stated is not None:
                found.append((ordinal(stated[0]), ordinal(stated[1])))
    return merged(found)
