"""Folding: descriptions, and blocks of comment lines.

Nothing is parsed for it: a line that is neither blank nor a comment belongs to a description.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import TYPE_CHECKING, Literal, NamedTuple

from vkd_grammar.cut import is_header
from vkd_grammar.text import BLANKS

if TYPE_CHECKING:
    from vkd_grammar.document import Document

_NOTHING = BLANKS + "\r\n"


class Fold(NamedTuple):
    """A range of rows that can be folded into its first row; `last` is folded away too."""

    first: int
    last: int
    kind: Literal["description", "comment"]


def folds(document: Document) -> Iterator[Fold]:
    """The ranges that can be folded, in the order of the text; each has two rows or more."""
    for index, start in enumerate(document.rows):
        lines = [line.strip(_NOTHING) for line in document.piece_lines(index)]
        for first, last in _comment_blocks(lines):
            if last > first:
                yield Fold(start + first, start + last, "comment")
        header = next((row for row, line in enumerate(lines) if is_header(line)), None)
        last = max((row for row, line in enumerate(lines) if line and line[0] != "#"), default=0)
        if header is not None and last > header:
            yield Fold(start + header, start + last, "description")


def _comment_blocks(lines: Sequence[str]) -> Iterator[tuple[int, int]]:
    for is_comment, some in groupby(enumerate(lines), key=lambda line: line[1][:1] == "#"):
        rows = [row for row, _ in some]
        if is_comment:
            yield rows[0], rows[-1]
