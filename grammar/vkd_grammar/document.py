"""A document: its lines, cut into descriptions, each parsed when it is looked at.

A `Document` is an immutable snapshot; an edit makes the next one from it. What an edit costs follows the descriptions
it touches, not the file: their neighbours are cut anew with them, the rest is carried over as it is. What a document
takes is its lines: trees are made again when they are wanted again, for those of 100,000 lines would fill memory.
"""

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from typing import NamedTuple, overload

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
    parser: Parser

    @property
    def text(self) -> str:
        """The whole text, as it came."""
        return "".join(self.lines)

    @property
    def descriptions(self) -> "Descriptions":
        """The descriptions, each parsed when it is looked at."""
        return Descriptions(self)

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


class Descriptions(Sequence[Description]):
    """The descriptions of a document as a sequence. It keeps none of them: each is parsed when it is asked for."""

    __slots__ = ("_document",)

    def __init__(self, document: Document) -> None:
        self._document = document

    def __len__(self) -> int:
        return len(self._document.rows)

    @overload
    def __getitem__(self, index: int) -> Description: ...

    @overload
    def __getitem__(self, index: slice) -> tuple[Description, ...]: ...

    def __getitem__(self, index: int | slice) -> Description | tuple[Description, ...]:
        if isinstance(index, slice):
            return tuple(self[one] for one in range(*index.indices(len(self))))
        place = range(len(self))[index]
        return self._document.parser.parse(self._document.piece_lines(place))


class Edited(NamedTuple):
    """The document after an edit. Its descriptions from `first` to `last`, exclusive, stand where those from `first` to
    `last_before` stood before it; all others are as they were."""

    document: Document
    first: int
    last_before: int
    last: int


def read_document(text: str, parser: Parser) -> Document:
    """A document from its whole text."""
    lines = split_lines(text)
    return Document(Lines(lines), tuple(starts(lines)), parser)


def edited(document: Document, edit: Edit) -> Edited:
    """The document after one edit; equal to reading the new text afresh. A place past the end means the end."""
    first, last, new_lines = _replacement(document.lines, edit)
    lines = document.lines.replaced(first, last, new_lines)
    # A piece's start depends on the comment lines above its header, so the neighbours are cut anew as well.
    low = max(0, document.index_at(first) - 1)
    high = min(len(document.rows), document.index_at(max(first, last - 1)) + 2)
    shift = len(lines) - len(document.lines)
    begin = document.rows[low]
    end = document.rows[high] + shift if high < len(document.rows) else len(lines)
    rows = tuple(begin + row for row in starts(lines[begin:end]))
    rest = tuple([row + shift for row in document.rows[high:]]) if shift else document.rows[high:]
    after = Document(lines, document.rows[:low] + rows + rest, document.parser)
    return _narrowed(document, Edited(after, low, high, low + len(rows)))


def _narrowed(before: Document, edit: Edited) -> Edited:
    """The same edit with a narrower range of descriptions: those at either end that did not change are left out."""
    after, first, last_before, last = edit
    while first < min(last_before, last) and before.piece_lines(first) == after.piece_lines(first):
        first += 1
    while first < min(last_before, last) and before.piece_lines(last_before - 1) == after.piece_lines(last - 1):
        last_before -= 1
        last -= 1
    return Edited(after, first, last_before, last)


def _replacement(lines: Sequence[str], edit: Edit) -> tuple[int, int, tuple[str, ...]]:
    """The lines that an edit replaces, `first` to `last` exclusive, and the lines that take their place."""
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
