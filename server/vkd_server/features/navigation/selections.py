"""Selection ranges: the field, line, group of lines, description and document around a place."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from vkd_grammar.sentences import groups, operator_of
from vkd_grammar.syntax import Description, Entry, Field
from vkd_grammar.text import Position, Span, content

if TYPE_CHECKING:
    from vkd_server.features.snapshot import Piece, Snapshot


def selections(snapshot: Snapshot, position: Position) -> list[Span]:
    """The stretches of text around a place, from the innermost; each holds the one before it and more."""
    around: list[Span] = []
    for span in _candidates(snapshot, position):
        holds = span.start <= (around[-1].start if around else position)
        if holds and span.end >= (around[-1].end if around else position) and span not in around:
            around.append(span)
    return around or [Span(position, position)]


def _candidates(snapshot: Snapshot, position: Position) -> Iterator[Span]:
    lines = snapshot.document.lines
    piece = snapshot.piece_at(position.row)
    if piece is not None and position.row < len(lines):
        row = position.row
        for start, end in _parts(piece.description, row - piece.row, position.column):
            yield Span(Position(row, start), Position(row, end))
        line = content(lines[row])
        yield Span(Position(row, len(line) - len(line.lstrip())), Position(row, len(line.rstrip())))
        yield from _group(snapshot, piece, row)
        last = max((at for at, text in enumerate(piece.lines) if text.strip()), default=0)
        yield _rows(snapshot, piece.row, piece.row + last)
        yield _rows(snapshot, piece.row, piece.row + len(piece.lines) - 1)
    if lines:
        ended = lines[-1][-1] in "\r\n"
        stop = Position(len(lines), 0) if ended else Position(len(lines) - 1, len(lines[-1]))
        yield Span(Position(0, 0), max(stop, position))


def _parts(description: Description, row: int, column: int) -> Iterator[tuple[int, int]]:
    """The columns of the parts of a line around a column: the field; in technical data the key or value, then both
    together."""
    fields: list[Field] = [field for one in description.sentences if one.row == row for field in one.fields]
    entries: list[Entry] = []
    header = description.header
    if header is not None:
        fields += header.fields if header.row == row else ()
        entries = [entry for entry in header.entries if entry.row == row]
        fields += [field for entry in entries for field in (entry.key, entry.value) if field]
    yield from ((field.start, field.end) for field in fields if field.start <= column <= field.end)
    yield from ((comment.start, comment.end) for comment in description.comments if comment.row == row)
    yield from ((entry.key.start, (entry.value or entry.key).end) for entry in entries)


def _group(snapshot: Snapshot, piece: Piece, row: int) -> Iterator[Span]:
    """The lines of a demand that `O` and `N` bind together with the one on a row."""
    if piece.description.kind != "demand":
        return
    for group in groups(piece.description.sentences, operator_of):
        first, last = (piece.row + end.line.row for end in (group[0], group[-1]))
        if first <= row <= last:
            yield _rows(snapshot, first, last)


def _rows(snapshot: Snapshot, first: int, last: int) -> Span:
    return Span(Position(first, 0), Position(last, len(snapshot.line(last))))
