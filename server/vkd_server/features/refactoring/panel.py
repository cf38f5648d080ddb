"""A demand for a panel, and back: a value for each period of a stretch, or what holds of the whole stretch.

Unlike the other refactorings these two change what a demand asks for. Only the field where the time is written is
changed; dittos below it follow.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from vkd_grammar.syntax import TIME
from vkd_grammar.times import Series, Span, read_time, time_as_written
from vkd_server.features.refactoring.dittos import rewritten

if TYPE_CHECKING:
    from vkd_catalog.coding import CodedDescription
    from vkd_grammar import text
    from vkd_server.features.snapshot import Piece, Snapshot
    from vkd_server.rules.rule import TextEdit

_SIDE = re.compile(r"\d{4}(?:([HKQMUW])\d{1,2}|(\d\d))?", re.IGNORECASE)


def series(snapshot: Snapshot, piece: Piece, coded: CodedDescription, span: text.Span) -> Iterator[TextEdit]:
    """The edit that asks for a value for each year, quarter and so on of the stretch that a demand's line asks for."""
    yield from _time_rewritten(snapshot, piece, coded, span, _as_series)


def stretch(snapshot: Snapshot, piece: Piece, coded: CodedDescription, span: text.Span) -> Iterator[TextEdit]:
    """The edit that asks for the whole stretch that a series in a demand's line fills."""
    yield from _time_rewritten(snapshot, piece, coded, span, _as_stretch)


def _time_rewritten(
    snapshot: Snapshot, piece: Piece, coded: CodedDescription, span: text.Span, other: Callable[[str], str | None]
) -> Iterator[TextEdit]:
    """The edit of the time written in the line at a span's start, where `other` has another text for it."""
    if coded.kind != "demand":
        return
    for line in coded.sentences:
        field = line.sentence.fields[TIME]
        if piece.row + line.sentence.row == span.start.row and field.kind == "time":
            written = other(field.text)
            if written is not None:
                yield rewritten(snapshot, piece, line, TIME, written)


def _as_series(text: str) -> str | None:
    """A stretch of several whole periods as a series of them: of those that both its sides are written as, else of
    years; None where it is no such stretch."""
    time = read_time(text)
    if not isinstance(time, Span) or time.form != "stretch":
        return None
    # Digits followed by don't-care are a stretch too, which a series writes with its dots.
    sides = text if ".." in text else time_as_written(time)
    return next((made for step in _steps(sides) if _fills(made := f"{sides}:{step}", time)), None)


def _as_stretch(text: str) -> str | None:
    """A series of several periods as the stretch that they fill; None where they fill none."""
    sides = text.rpartition(":")[0].rstrip()
    time = read_time(sides)
    return sides if isinstance(time, Span) and time.form == "stretch" and _fills(text, time) else None


def _fills(series: str, time: Span) -> bool:
    """Whether a text is a series of several periods that fill a time without remainder."""
    read = read_time(series)
    return isinstance(read, Series) and read.whole() == time and read.count() > 1


def _steps(sides: str) -> Iterator[str]:
    """The steps that a series between two sides may have, the likeliest first."""
    first, last = (_step(side.strip()) for side in sides.split("..", 1))
    if first is not None and first == last:
        yield first
    yield "A"


def _step(side: str) -> str | None:
    """The step that a side is written as, by the letter that its author wrote; None of a day and of an open side."""
    match = _SIDE.fullmatch(side)
    if match is None:
        return None
    letter, month = match.groups()
    return letter.upper() if letter else "M" if month else "A"
