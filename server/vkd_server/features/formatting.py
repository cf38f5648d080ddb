"""Formatting: the edits that align columns as 1972 printed them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from vkd_grammar.format import format_description
from vkd_grammar.text import Position, Span, content
from vkd_server.rules.rule import TextEdit

if TYPE_CHECKING:
    from vkd_server.features.snapshot import Snapshot


def formatting(snapshot: Snapshot, span: Span | None = None) -> Iterator[TextEdit]:
    """One edit for each line that changes, and in it only what changes.

    Of the whole document, or of the rows in a span.
    """
    document = snapshot.document
    first, last = (span.start.row, span.end.row) if span else (0, len(document.lines))
    if not document.descriptions:
        return
    for index in range(document.index_at(first), document.index_at(last) + 1):
        piece = snapshot.piece(index)
        formatted = format_description(piece.description, piece.lines)
        for row, (before, after) in enumerate(zip(piece.lines, formatted, strict=True), start=piece.row):
            if before != after and first <= row <= last:
                yield _smallest(snapshot.path, row, content(before), content(after))


def _smallest(path: str, row: int, before: str, after: str) -> TextEdit:
    """The edit of a line without the beginning and the end that stay as they are, so that a cursor there stays too."""
    same = 0
    while same < min(len(before), len(after)) and before[same] == after[same]:
        same += 1
    tail = 0
    while tail < min(len(before), len(after)) - same and before[-1 - tail] == after[-1 - tail]:
        tail += 1
    start, end = Position(row, same), Position(row, len(before) - tail)
    return TextEdit(path, start, end, after[same : len(after) - tail])
