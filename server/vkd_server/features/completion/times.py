"""Completion in a time field: times that stand elsewhere, and how what was begun may go on."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from vkd_catalog.languages import say
from vkd_grammar.syntax import TIME
from vkd_grammar.times import NotStated, Series, Time, read_time, time_as_written
from vkd_grammar.words import fold
from vkd_server.features.completion.items import Item, with_sets
from vkd_server.features.explain.time_words import time_in_words

if TYPE_CHECKING:
    from vkd_grammar.kinds import Kind
    from vkd_server.features.cursor import FieldAt
    from vkd_server.features.occurrences import Beside
    from vkd_server.features.snapshot import Piece, Snapshot

_IN_YEAR = re.compile(r"(\d{4})([a-z]?)\d?", re.IGNORECASE | re.ASCII)
_INTERVAL = re.compile(r"([^:]*\.\.[^:]*?)\s*(?::\s*\w?)?")
_PARTS = {"H": 2, "K": 4, "Q": 4, "M": 12, "U": 53, "W": 53}
"""How many parts a year has at most that a letter stands for."""

_OFFERED = "HK"
"""The parts of a year that are offered before their letter is there."""

_STEPS = "AHKMUD"


def time_items(snapshot: Snapshot, piece: Piece, row: int, field: FieldAt, beside: Beside | None) -> Iterator[Item]:
    """The times that the description's other lines state, those that occur beside what the line holds, and forms."""
    language, typed = snapshot.catalogue.language, fold(field.typed)
    seen = _elsewhere(piece, row, beside)
    for text, sets in seen.items():
        if fold(text).startswith(typed):
            item = Item("time", text, text)
            yield item if sets is None else with_sets(item, sets, language)
    for text in _forms(field.typed, language):
        time = read_time(text)
        if text in seen or not isinstance(time, Time) or not fold(text).startswith(typed):
            continue
        if _may_stand(time, piece.description.kind):
            yield Item("time", text, text, right=time_in_words(time, language))


def _elsewhere(piece: Piece, row: int, beside: Beside | None) -> dict[str, int | None]:
    """Times as they are written, with the number of information sets they would leave where that is known."""
    seen: dict[str, int | None] = {}
    for sentence in piece.description.sentences:
        if sentence.readable and sentence.row + piece.row != row and sentence.fields[TIME].kind == "time":
            text = sentence.fields[TIME].text
            if isinstance(read_time(text), Time):
                seen.setdefault(text)
    occurring = beside.times if beside else {}
    # Of times that are as frequent the latest is asked for most.
    for time in sorted(sorted(occurring, reverse=True), key=lambda time: -len(occurring[time])):
        if _may_stand(time, piece.description.kind):
            seen[time_as_written(time)] = len(occurring[time]) if beside and beside.asked is None else None
    return seen


def _forms(typed: str, language: str) -> Iterator[str]:
    """How a time that was begun may go on: parts of a year, steps of an interval, and that no time is stated."""
    letters = str.maketrans("KU", say("time.letters", language))
    in_year, interval = _IN_YEAR.fullmatch(typed), _INTERVAL.fullmatch(typed)
    if in_year:
        year, letter = in_year.groups()
        yield year
        for part in letter.upper() or _OFFERED.translate(letters):
            width = len(str(_PARTS.get(part, 0)))
            yield from (f"{year}{part}{number:0{width}}" for number in range(1, _PARTS.get(part, 0) + 1))
    elif interval:
        last = typed[-1:].upper()
        steps = _STEPS.translate(letters) + (last if last in "KQUW" else "")
        yield from (f"{interval[1]}:{step}" for step in dict.fromkeys(steps))
    elif typed in ("", "?"):
        yield "?"


def _may_stand(time: Time, kind: Kind | None) -> bool:
    """Whether a time may stand in a description of a kind, a series with a period in it."""
    if isinstance(time, Series):
        return time.count() > 0 and (kind == "product" or not time.is_open)
    return kind == "product" or not isinstance(time, NotStated)
