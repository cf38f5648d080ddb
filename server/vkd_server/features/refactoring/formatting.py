"""Formatting: the edits that align columns as 1972 printed them, and that number lines."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from vkd_grammar.format import Formatter, format_description
from vkd_grammar.syntax import NUMBER
from vkd_grammar.text import Position, Span, content
from vkd_server.rules.rule import TextEdit

if TYPE_CHECKING:
    from vkd_grammar.syntax import Description, Field
    from vkd_server.features.snapshot import Snapshot


def formatting(snapshot: Snapshot, span: Span | None = None) -> Iterator[list[TextEdit]]:
    """For each description the edits that align its columns, one for each line that changes, as small as possible.

    Of the whole document, or of the rows in a span.
    """
    document, formatter = snapshot.document, Formatter(snapshot.document.parser)
    first, last = (span.start.row, span.end.row) if span else (0, len(document.lines))
    for index in range(document.index_at(first), min(document.index_at(last) + 1, len(document.rows))):
        lines = document.piece_lines(index)
        edits = _edits(snapshot.path, document.rows[index], lines, formatter.description(lines))
        yield [edit for edit in edits if first <= edit.start.row <= last]


def organizing(snapshot: Snapshot) -> Iterator[TextEdit]:
    """The edits that number the lines of a whole document anew and align its columns.

    Lines are not sorted: their order is their author's, and answers and messages refer to them by number.
    """
    for index in range(len(snapshot.document.descriptions)):
        piece = snapshot.piece(index)
        formatted = format_description(_numbered(piece.description), piece.lines)
        yield from _edits(snapshot.path, piece.row, piece.lines, formatted)


def _edits(path: str, row: int, lines: Sequence[str], formatted: Sequence[str]) -> list[TextEdit]:
    """The edits that make some lines, the first of which stands in a row, what they are formatted."""
    if lines == formatted:
        return []
    return [
        _smallest(path, at, content(before), content(after))
        for at, (before, after) in enumerate(zip(lines, formatted, strict=True), start=row)
        if before != after
    ]


def _numbered(description: Description) -> Description:
    """A description whose line numbers run 0, 1, 2 …; a field in a number's place that is no number stays as it is."""
    header = description.header
    if header is None:
        return description
    sentences = (
        sentence._replace(fields=_with_number(sentence.fields, number))
        for number, sentence in enumerate(description.sentences, start=1)
    )
    opening = header._replace(fields=_with_number(header.fields, 0))
    return description._replace(header=opening, sentences=tuple(sentences))


def _with_number(fields: tuple[Field, ...], number: int) -> tuple[Field, ...]:
    own = fields[NUMBER]
    return (own._replace(text=str(number)) if own.text.isdecimal() else own, *fields[NUMBER + 1 :])


def _smallest(path: str, row: int, before: str, after: str) -> TextEdit:
    """The edit of a line without the common beginning and end of the two texts, so that a cursor there stays where it
    is."""
    same = 0
    while same < min(len(before), len(after)) and before[same] == after[same]:
        same += 1
    tail = 0
    while tail < min(len(before), len(after)) - same and before[-1 - tail] == after[-1 - tail]:
        tail += 1
    start, end = Position(row, same), Position(row, len(before) - tail)
    return TextEdit(path, start, end, after[same : len(after) - tail])
