"""How the table of a vocabulary is written: what separates its cells, where each stands, and how to write more rows.

Spreadsheets write CSV in several ways: with commas, semicolons or tabs between cells, with or without a first line that
says which (`sep=;`), all cells in quotes or those alone that need them. A table is read as it is
written, and what is added to it is written the same way (docs/language.md section 4).
"""

import csv
import re
from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from itertools import chain, islice
from typing import Literal, NamedTuple

from vkd_catalog.vocabulary.columns import CODE_COLUMN, is_known
from vkd_grammar.text import Position, content, split_lines

SEPARATORS = ",;\t"
"""What may stand between cells; where a header tells nothing, it is the first of them."""

_BYTE_ORDER_MARK = "\ufeff"
_DECLARATION = re.compile(r'"?sep=([,;\t])"?[,;\t]*', re.IGNORECASE)
_LINES_ABOVE = 10
"""A header is looked for below so many lines of something else, as a title."""

_MOST_RECOVERIES = 8
"""How often reading goes on after a quote that is never closed: each time the rest of the file is read again."""


class Cell(NamedTuple):
    """The place of one cell of a record, its quotes included; it may go on over several rows."""

    start: Position
    end: Position


Record = tuple[int, list[str], bool]
"""A record that is not blank: the row it starts at, what its cells say, and whether its quotes are all closed.

Of one whose quotes are not closed the cells before are there, and reading goes on in the next row. One with a cell
beyond what can be read has no cells. It is a bare tuple since there may be a million of them.
"""


class Sheet(NamedTuple):
    """A table as lines with their ends: the separator of its cells, and the rows of its first line and of its header.

    `first` and `header` differ where something else stands above the header.
    """

    lines: Sequence[str]
    separator: str
    first: int
    header: int

    @property
    def is_quoted(self) -> bool:
        """Whether every cell is in quotes, to go by the header."""
        said = [self.written(cell) for cell in self.cells(self.header)] if self.lines else []
        return bool(said) and all(text.startswith('"') for text in said if text)

    def cells(self, row: int) -> Iterator[Cell]:
        """The cells of the record that starts at a row."""
        state: _CellState = "start"
        lines, separator = self.lines, self.separator
        start = Position(row, 1 if row == 0 and lines[:1] and lines[0].startswith(_BYTE_ORDER_MARK) else 0)
        for at in range(row, len(lines)):
            line = content(lines[at])
            for column in range(start.column if at == row else 0, len(line)):
                character = line[column]
                if character != separator or state == "quoted":
                    state = _after(character, state)
                    continue
                yield Cell(start, Position(at, column))
                state, start = "start", Position(at, column + 1)
            if state != "quoted" or at == len(lines) - 1:
                yield Cell(start, Position(at, len(line)))
                return

    def written(self, cell: Cell) -> str:
        """A cell as it is written, its quotes included."""
        (first, start), (last, end) = cell
        if first == last:
            return self.lines[first][start:end]
        return "".join((self.lines[first][start:], *self.lines[first + 1 : last], self.lines[last][:end]))

    def said(self, cell: Cell) -> str:
        """The text of a cell, without its quotes and the blanks around it."""
        text = self.written(cell)
        if '"' not in text:
            return text.strip()
        return next(csv.reader([text], delimiter=self.separator, strict=False), [""])[0].strip()

    def place(self, row: int, index: int) -> tuple[int, int, int]:
        """Row, start and end column of the `index`-th cell of the record that starts at a row; quotes are left in.

        Of a cell of several lines it is the first; a record that ends before such a cell is its own place.
        """
        if row >= len(self.lines):
            return (max(0, len(self.lines) - 1), 0, 0)
        cell = next(islice(self.cells(row), index, None), None)
        (first, start), (last, end) = cell or Cell(Position(row, 0), Position(row + 1, 0))
        return (first, start, end if first == last else len(content(self.lines[first])))

    def ends_inside_quotes(self, line: str, *, inside: bool) -> bool:
        """Whether a cell in quotes goes on over a line's end; `inside` says that one went on over its beginning."""
        state: _CellState = "quoted" if inside else "start"
        for character in content(line):
            state = "start" if character == self.separator and state != "quoted" else _after(character, state)
        return state == "quoted"

    def records(self, follow: Callable[[Sequence[str]], Iterable[str]] = iter) -> Iterator[Record]:
        """The header and each record below it that is not blank. Stray quotes do not stop the reading. The lines go
        through `follow`."""
        start = self.header
        for _ in range(_MOST_RECOVERIES):
            broken = yield from self._records_from(start, follow)
            if broken is None:
                return
            start = broken + 1

    def as_cell(self, text: str, *, quoted: bool = False) -> str:
        """A text as it is written in a cell of this table, in quotes where it needs them or `quoted` asks for them."""
        needs = quoted or any(mark in text for mark in (self.separator, '"', "\r", "\n")) or text != text.strip()
        return '"' + text.replace('"', '""') + '"' if needs else text

    def as_row(self, texts: Iterable[str]) -> str:
        """The cells of one row, written as this table writes them, without the line end."""
        quoted = self.is_quoted
        return self.separator.join(self.as_cell(text, quoted=quoted) for text in texts)

    @property
    def line_end(self) -> str:
        """The line end of the table."""
        return self.lines[0][len(content(self.lines[0])) :] or "\n" if self.lines else "\n"

    def _records_from(
        self, start: int, follow: Callable[[Sequence[str]], Iterable[str]]
    ) -> Generator[Record, None, int | None]:
        """The records from a row on. Reading stops at one whose quote is never closed; its row is returned."""
        lines = self.lines
        # An editor may leave the byte order mark in its text.
        first = [line.removeprefix(_BYTE_ORDER_MARK) for line in lines[start : start + 1]]
        reader = csv.reader(chain(first, islice(follow(lines), start + 1, None)), delimiter=self.separator)
        last, after = len(lines) - start, 0
        while True:
            row = start + after
            try:
                cells = next(reader, None)
            except csv.Error:
                # Only a cell beyond the field size limit gets here: the record is reported, the next one read.
                after = reader.line_num
                yield row, [], True
                continue
            if cells is None:
                return None
            after = reader.line_num
            if after == last and self._is_open(row):
                parts = list(csv.reader([lines[row]], delimiter=self.separator))
                yield row, parts[0][:-1] if parts else [], False
                return row
            if any(map(str.strip, cells)):
                yield row, cells, True

    def _is_open(self, row: int) -> bool:
        """Whether a quote that a record opens is closed nowhere in the rest of the table."""
        inside = False
        for at in range(row, len(self.lines)):
            line = self.lines[at]
            if '"' in line:
                inside = self.ends_inside_quotes(line.removeprefix(_BYTE_ORDER_MARK), inside=inside)
        return inside


def sheet_of(lines: Sequence[str]) -> Sheet:
    """The table in some lines, with the separator and the header that its first lines show."""
    filled = list(
        islice((row for row, line in enumerate(lines) if line.strip(f"{_BYTE_ORDER_MARK} \t\r\n")), _LINES_ABOVE)
    )
    declared = ""
    if filled and (match := _DECLARATION.fullmatch(content(lines[filled[0]]).strip(f"{_BYTE_ORDER_MARK} "))):
        declared = match[1]
        filled = filled[1:]
    first = filled[0] if filled else 0
    for row in filled:
        separator, columns = _best_separator(lines[row], declared)
        if CODE_COLUMN in columns:
            return Sheet(lines, separator, first, row)
    separator = _best_separator(lines[first], declared)[0] if lines else SEPARATORS[0]
    return Sheet(lines, separator, first, first)


def rewritten(text: str, like: bytes) -> str:
    r"""A table in plain CSV, with commas and `\n`, written as the file that it takes the place of was.

    One that was not UTF-8, or empty, is no pattern.
    """
    try:
        lines = split_lines(like.decode("utf-8"))
    except UnicodeDecodeError:
        return text
    if not lines:
        return text
    sheet = sheet_of(lines)
    mark = _BYTE_ORDER_MARK if lines[0].startswith(_BYTE_ORDER_MARK) else ""
    head = [line for line in lines[:1] if _DECLARATION.fullmatch(content(line).strip(f"{_BYTE_ORDER_MARK} "))]
    rows = (sheet.as_row(cells) + sheet.line_end for cells in csv.reader(split_lines(text)))
    return "".join((mark, *(line.removeprefix(_BYTE_ORDER_MARK) for line in head), *rows))


def _best_separator(line: str, declared: str) -> tuple[str, list[str]]:
    """The separator by which a header has the most known columns, and the cells of the header then."""
    candidates = dict.fromkeys((*declared, *SEPARATORS))
    cut = {one: _named_in(line, one) for one in candidates}
    best = max(candidates, key=lambda one: (sum(map(is_known, cut[one])), one == declared, len(cut[one])))
    return best, cut[best]


def _named_in(line: str, separator: str) -> list[str]:
    text = content(line).removeprefix(_BYTE_ORDER_MARK)
    try:
        return [cell.strip().casefold() for cell in next(csv.reader([text], delimiter=separator), [])]
    except csv.Error:
        return []


_CellState = Literal["start", "plain", "quoted", "closed"]


def _after(character: str, state: _CellState) -> _CellState:
    """The state of reading a cell after a character: a quote opens only at the start of a cell, and a doubled one
    stands for one."""
    if character == '"' and state != "plain":
        return "closed" if state == "quoted" else "quoted"
    return state if state == "quoted" else "plain"
