"""Folding: descriptions, and blocks of comment lines."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Literal, NamedTuple

if TYPE_CHECKING:
    from vkd_server.features.snapshot import Piece, Snapshot


class Fold(NamedTuple):
    """Rows that fold into the first of them; the last is folded away too."""

    first: int
    last: int
    kind: Literal["description", "comment"]


def folds(snapshot: Snapshot) -> Iterator[Fold]:
    """What may be folded, in the order of the text; one row alone cannot."""
    for index in range(len(snapshot.document.rows)):
        piece = snapshot.piece(index)
        for first, last in _comment_blocks(piece):
            if last > first:
                yield Fold(piece.row + first, piece.row + last, "comment")
        header, sentences = piece.description.header, piece.description.sentences
        if header is not None:
            last = max([sentence.row for sentence in sentences] + [entry.row for entry in header.entries], default=0)
            if last > header.row:
                yield Fold(piece.row + header.row, piece.row + last, "description")


def _comment_blocks(piece: Piece) -> Iterator[tuple[int, int]]:
    first = last = None
    for comment in piece.description.comments:
        if last is not None and first is not None and comment.row != last + 1:
            yield first, last
            first = None
        first = comment.row if first is None else first
        last = comment.row
    if first is not None and last is not None:
        yield first, last
