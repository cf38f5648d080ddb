"""Lines in another order: sorted by codes, or moved past a neighbour. What the description means stays as it is.

The order of a group's lines says nothing (docs/language.md section 6), but a group opens with a line that is not
negated, and a line that left its group would ask for something else.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from vkd_grammar.text import Position, content
from vkd_grammar.times import outermost
from vkd_server.rules.rule import TextEdit
from vkd_server.rules.shared.laid_lines import Groups, groups_in, keeps, laid, rows_laid, with_comments

if TYPE_CHECKING:
    from vkd_catalog.coding import CodedDescription, CodedSentence
    from vkd_grammar.text import Span
    from vkd_server.features.snapshot import Piece, Snapshot

_NUMBERS = re.compile(r"(\d+)")


def sort(snapshot: Snapshot, piece: Piece, coded: CodedDescription, _span: Span) -> Iterator[TextEdit]:
    """The edits that sort each group's lines by the codes of their fields, then by time, negated lines last."""
    groups = groups_in(piece.description)
    if not groups or not all(line.complete for line in coded.sentences):
        return
    meant = {line.sentence.row: line for line in coded.sentences}
    ordered = [sorted(group, key=lambda line: (line.negated, _codes(meant[line.sentence.row]))) for group in groups]
    yield from _laid_anew(snapshot, piece, coded, ordered)


def move_up(snapshot: Snapshot, piece: Piece, coded: CodedDescription, span: Span) -> Iterator[TextEdit]:
    """The edits that move the line at a span's start one up within its group; none at the top of the group."""
    yield from _moved(snapshot, piece, coded, span.start.row, -1)


def move_down(snapshot: Snapshot, piece: Piece, coded: CodedDescription, span: Span) -> Iterator[TextEdit]:
    """The edits that move the line at a span's start one down within its group; none at the end of the group."""
    yield from _moved(snapshot, piece, coded, span.start.row, 1)


def _moved(snapshot: Snapshot, piece: Piece, coded: CodedDescription, row: int, by: int) -> Iterator[TextEdit]:
    groups = [list(group) for group in groups_in(piece.description)]
    for group in groups:
        for at, line in enumerate(group):
            if piece.row + line.sentence.row == row and 0 <= at + by < len(group):
                group[at], group[at + by] = group[at + by], line
                yield from _laid_anew(snapshot, piece, coded, groups)
                return


def _laid_anew(snapshot: Snapshot, piece: Piece, coded: CodedDescription, groups: Groups) -> Iterator[TextEdit]:
    """The edit that writes the lines in a new order. None where a group would begin with a negated line, or the meaning
    would change."""
    description = piece.description
    sentences = laid(groups, description.sentences)
    if any(group[0].negated for group in groups) or not keeps(snapshot.catalogue.coder, coded, [sentences]):
        return
    first = with_comments(description.sentences[0], description).start
    yield from _changed(snapshot.path, piece, first, list(rows_laid(description, sentences, piece.lines)))


def _changed(path: str, piece: Piece, first: int, after: list[str]) -> Iterator[TextEdit]:
    """The edit of the rows whose text changes; `first` is the row of the first new line. Line ends stay where they
    are."""
    lines = piece.lines[first : first + len(after)]
    differing = [at for at, (line, text) in enumerate(zip(lines, after, strict=True)) if content(line) != text]
    if differing:
        start, end = differing[0], differing[-1]
        ends = [line[len(content(line)) :] for line in lines[start:end]] + [""]
        text = "".join(map("".join, zip(after[start : end + 1], ends, strict=True)))
        row = piece.row + first
        yield TextEdit(path, Position(row + start, 0), Position(row + end, len(content(lines[end]))), text)


def _codes(line: CodedSentence) -> tuple[object, ...]:
    """The key that a line is sorted by; a don't-care comes first."""
    terms = (line.object_type, line.name, line.characteristic)
    time = line.time
    days = outermost(time) if time is not None else ()
    return (*(_natural(term or "") for term in terms), days)


def _natural(code: str) -> tuple[tuple[tuple[bool, int, str], ...], ...]:
    """The segments of a code, as a key to sort by with numbers as numbers: K2 comes before K10."""
    return tuple(
        tuple((part.isdecimal(), int(part) if part.isdecimal() else 0, part) for part in _NUMBERS.split(segment))
        for segment in code.split(".")
    )
