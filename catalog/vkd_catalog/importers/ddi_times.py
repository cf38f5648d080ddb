"""The times that a DDI-Codebook study speaks of: its time periods, else the dates on which its data were collected."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from vkd_catalog.importers.dates import span_of, time_at, time_between
from vkd_catalog.importers.ddi_elements import Spoken
from vkd_catalog.importers.undescribed import NOT_STATED_TIME

_PERIODS = ("stdyInfo", "sumDscr", "timePrd")
_COLLECTED = ("stdyInfo", "sumDscr", "collDate")


class Times(NamedTuple):
    """The times of a study's sentences; whether they are those of collection, and what dates could not be read."""

    times: Sequence[str]
    of_collection: bool
    unread: Sequence[str]


def times_of(study: Spoken) -> Times:
    """The times that a study states. Where it states none they are `?` alone."""
    unread: list[str] = []
    for path in (_PERIODS, _COLLECTED):
        times = tuple(dict.fromkeys(_times(list(study.below(*path)), unread)))
        if times:
            return Times(times, path is _COLLECTED, unread)
    return Times((NOT_STATED_TIME,), False, unread)


def _times(said: Sequence[Spoken], unread: list[str]) -> Iterator[str]:
    """The time of each cycle: a single date, or from a start to an end; a start without an end is its own date."""
    starts: dict[str, str] = {}
    for one in said:
        date, event, cycle = (
            _date(one),
            one.element.attributes.get("event", "single"),
            one.element.attributes.get("cycle", ""),
        )
        if span_of(date) is None:
            unread += filter(None, [date])
        elif event == "start":
            if cycle in starts:
                yield time_at(starts[cycle])
            starts[cycle] = date
        elif event == "end" and cycle in starts:
            yield time_between(starts.pop(cycle), date)
        else:
            yield time_at(date)
    for date in starts.values():
        yield time_at(date)


def _date(one: Spoken) -> str:
    return one.element.attributes.get("date", "").strip() or one.element.whole_text()
