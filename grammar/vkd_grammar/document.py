"""A document: its lines, cut into descriptions, each parsed once and kept for as long as its text stands.

A `Document` is an immutable snapshot; an edit makes the next one from it. What an edit costs follows the descriptions
it touches, not the file: their neighbours are cut anew with them, the rest is carried over as it is.
"""

from bisect import bisect_right
from collections.abc import Generator, Iterator, Mapping, Sequence
from itertools import pairwise
from typing import NamedTuple

from vkd_grammar.cut import starts
from vkd_grammar.lines import Lines
from vkd_grammar.parser import Parser
from vkd_grammar.syntax import Description
from vkd_grammar.text import Position, Span, split_lines


class Edit(NamedTuple):
    """Text that replaces a span; positions in code points."""

    span: Span
    text: str


class Document(NamedTuple):
    """A text as lines that keep their ends; `rows[i]` is where `descriptions[i]` starts."""

    lines: Lines
    rows: tuple[int, ...]
    descriptions: tuple[Description, ...]

    @property
    def text(self) -> str:
        """The whole text, as it came."""
        return "".join(self.lines)

    def pieces(self) -> Iterator[tuple[int, Description]]:
        """Each description with the row it starts at."""
        return zip(self.rows, self.descriptions, strict=True)

    def index_at(self, row: int) -> int:
        """Which description a row belongs to; rows past the end belong to the last."""
        return max(0, bisect_right(self.rows, row) - 1)

    def piece_lines(self, index: int) -> tuple[str, ...]:
        """The lines of one description."""
        end = self.rows[index + 1] if index + 1 < len(self.rows) else len(self.lines)
        return self.lines[self.rows[index] : end]


def read_document(text: str, parser: Parser) -> Document:
    """A document from its whole text."""
    lines = split_lines(text)
    return Document(Lines(lines), *_cut_and_parse(lines, 0, parser, {}))


def read_in_steps(text: str, parser: Parser) -> Generator[None, None, Document]:
    """The same, a description a step, for who has other things to do in between."""
    lines = split_lines(text)
    rows = tuple(starts(lines))
    descriptions: list[Description] = []
    for first, last in pairwise((*rows, len(lines))):
        descriptions.append(parser.parse(lines[first:last]))
        yield
    return Document(Lines(lines), rows, tuple(descriptions))


def edited(document: Document, edit: Edit, parser: Parser) -> Document:
    """The document after one edit; equal to reading the new text afresh. A place past the end means the end."""
    first, last, new_lines = _replacement(document.lines, edit)
    lines = document.lines.replaced(first, last, new_lines)
    # A piece's start depends on the comment lines above its header, so the neighbours are cut anew as well.
    low = max(0, document.index_at(first) - 1)
    high = min(len(document.rows), document.index_at(max(first, last - 1)) + 2)
    shift = len(lines) - len(document.lines)
    begin = document.rows[low]
    end = document.rows[high] + shift if high < len(document.rows) else len(lines)
    known = {document.piece_lines(index): document.descriptions[index] for index in range(low, high)}
    rows, descriptions = _cut_and_parse(lines[begin:end], begin, parser, known)
    rest = tuple(row + shift for row in document.rows[high:]) if shift else document.rows[high:]
    return Document(
        lines,
        document.rows[:low] + rows + rest,
        document.descriptions[:low] + descriptions + document.descriptions[high:],
    )


def _cut_and_parse(
    lines: Sequence[str], begin: int, parser: Parser, known: Mapping[tuple[str, ...], Description]
) -> tuple[tuple[int, ...], tuple[Description, ...]]:
    """Where pieces start, and the description in each; those in `known` are taken as they are."""
    cuts = [*starts(lines), len(lines)]
    pieces = [tuple(lines[first:last]) for first, last in pairwise(cuts)]
    descriptions = tuple(known.get(piece) or parser.parse(piece) for piece in pieces)
    return tuple(begin + cut for cut in cuts[:-1]), descriptions


def _replacement(lines: Sequence[str], edit: Edit) -> tuple[int, int, tuple[str, ...]]:
    """Which lines an edit replaces, `first` to `last` exclusive, and by which."""
    start, end = _inside(lines, edit.span.start), _inside(lines, edit.span.end)
    if end < start:
        start, end = end, start
    head = lines[start.row][: start.column] if start.row < len(lines) else ""
    tail = lines[end.row][end.column :] if end.row < len(lines) else ""
    first, last = start.row, min(len(lines), end.row + 1)
    # A line end may come together from two sides (a CR before, an LF after), so the touching lines are split anew too.
    if first > 0 and head == "" and lines[first - 1].endswith("\r"):
        first -= 1
        head = lines[first]
    changed = head + edit.text + tail
    if last < len(lines) and (not changed or changed[-1] not in "\n\r" or changed[-1] == "\r"):
        changed += lines[last]
        last += 1
    return first, last, tuple(split_lines(changed))


def _inside(lines: Sequence[str], position: Position) -> Position:
    if position.row >= len(lines):
        unended = bool(lines) and lines[-1][-1] not in "\r\n"
        return Position(len(lines) - 1, len(lines[-1])) if unended else Position(len(lines), 0)
    return Position(max(0, position.row), max(0, min(position.column, len(lines[position.row]))))
