"""A vocabulary file under the cursor: which row, column and value, and which concept they mean."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, NamedTuple

from vkd_catalog.vocabulary.columns import CODE, column_named, columns_of
from vkd_catalog.vocabulary.sheet import Cell, Sheet, sheet_of
from vkd_grammar.text import BLANKS, Position
from vkd_server.features.navigation.naming import Meant

if TYPE_CHECKING:
    from vkd_catalog.catalogue import Catalogue
    from vkd_catalog.vocabulary import Vocabulary, VocabularyName
    from vkd_server.features.lexicon import Lexicon

OF_PRODUCT = "@"
"""What stands between a code in `derivedFrom` and the information set that it stands in."""

_LISTS = {
    "altLabel": "|",
    "seeAlso": "|",
    "objectTypes": "|",
    "classification": "|",
    "values": "|",
    "missing": "|",
    "derivedFrom": f"|+{OF_PRODUCT}",
}
"""Columns that hold several values, in whatever language, and what stands between these."""

_NAMED_IN: dict[str, VocabularyName] = {
    "objectTypes": "object-types",
    "classification": "names",
    "derivedFrom": "characteristics",
    "of": "characteristics",
}
"""Columns that name concepts of a certain vocabulary; `code` and `seeAlso` name those of their own."""


class Table(NamedTuple):
    """A vocabulary file as it stands in the editor, and the catalogue whose vocabulary it is part of.

    `path` is relative to the catalogue's root. The catalogue may know the text as it was a moment ago.
    """

    path: str
    name: VocabularyName
    lines: Sequence[str]
    catalogue: Catalogue
    lexicon: Lexicon

    @property
    def vocabulary(self) -> Vocabulary:
        """The vocabulary that the file is part of."""
        return self.catalogue.vocabularies.called(self.name)

    @property
    def header(self) -> int:
        """The row of the columns' names."""
        return self.sheet.header

    @property
    def sheet(self) -> Sheet:
        """How the table is written."""
        return sheet_of(self.lines)

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns' names."""
        sheet = self.sheet
        return tuple(column_named(sheet.said(cell)) for cell in sheet.cells(sheet.header))

    def vocabulary_of(self, column: str) -> Vocabulary | None:
        """The vocabulary whose codes a column holds; None for a column of something else."""
        if column in ("code", "seeAlso"):
            return self.vocabulary
        known = column in columns_of(self.name) and column in _NAMED_IN
        return self.catalogue.vocabularies.called(_NAMED_IN[column]) if known else None

    def meant(self, row: int) -> Meant | None:
        """The concept of the code in the record that starts at a row; None where that is no concept of this file."""
        columns = self.columns
        if row <= self.header or "code" not in columns:
            return None
        code = next((said for column, said in self.record(row) if column == "code"), "")
        concept = self.vocabulary.coded(code)
        return Meant(self.vocabulary, concept) if concept and concept.source == self.path else None

    def record(self, row: int) -> Iterator[tuple[str, str]]:
        """The columns of a record and what its cells say."""
        sheet = self.sheet
        for column, cell in zip(self.columns, sheet.cells(row), strict=False):
            yield column, sheet.said(cell)


class Spot(NamedTuple):
    """A cell of a table with the value in it that the cursor is in: the record's first row and the column's name.

    `start` and `end` are the value's place without blanks and quotes, `text` is what it says, and `typed` the part
    before the cursor. In the header the column's name is empty, and the value is the name that stands there. Where the
    value is the identification of a product, `is_product` is set.
    """

    row: int
    column: str
    start: Position
    end: Position
    text: str
    typed: str
    is_product: bool = False


def spot_at(table: Table, position: Position) -> Spot | None:
    """What stands at a place; None on a blank line, beyond the last column, and in a cell of several lines."""
    sheet = table.sheet
    row = _record_at(sheet, position.row)
    if row < sheet.header or row >= len(table.lines) or not table.lines[position.row].strip():
        return None
    columns = table.columns
    for index, cell in enumerate(sheet.cells(row)):
        if cell.start <= position <= cell.end:
            if cell.start.row != cell.end.row or (row > sheet.header and index >= len(columns)):
                return None
            column = columns[index] if row > sheet.header else ""
            return _value_at(table.lines[cell.start.row], row, column, cell, position.column)
    return None


def values_in(lines: Sequence[str], column: str, cell: Cell) -> Iterator[tuple[Position, Position, str]]:
    """The values of a cell on one line, but for products, each with its place; a cell that holds no list has one."""
    line = lines[cell.start.row]
    first, last, quoted = _inside(line, cell)
    for start, end, low, _ in _segments(line, first, last, _separators(column)):
        if not _is_product(line, column, first, low):
            yield Position(cell.start.row, start), Position(cell.start.row, end), _plain(line[start:end], quoted)


def code_named(table: Table, spot: Spot) -> Meant | None:
    """The concept whose code stands at a place, in its own row or where another row names it."""
    vocabulary = None if spot.is_product else table.vocabulary_of(spot.column)
    concept = vocabulary.coded(spot.text) if vocabulary and CODE.fullmatch(spot.text) else None
    return Meant(vocabulary, concept) if vocabulary and concept else None


def concept_at(table: Table, position: Position) -> Meant | None:
    """The concept at a position: the one whose code is written there, else the row's own; None where there is none."""
    spot = spot_at(table, position)
    if spot is not None and (named := code_named(table, spot)):
        return named
    row = _record_at(table.sheet, position.row)
    return table.meant(row) if row < len(table.lines) else None


def _record_at(sheet: Sheet, row: int) -> int:
    """The first row of the record that a row belongs to; the row itself past the end."""
    start, inside = sheet.header, False
    for at, line in enumerate(sheet.lines[sheet.header : row + 1], start=sheet.header):
        if not inside:
            start = at
        if '"' in line and (inside or line.count('"') % 2):
            inside = sheet.ends_inside_quotes(line, inside=inside)
    return start if sheet.header <= row < len(sheet.lines) else row


def _value_at(line: str, row: int, column: str, cell: Cell, at: int) -> Spot:
    first, last, quoted = _inside(line, cell)
    start, end, low = next(
        ((*found, low) for *found, low, stop in _segments(line, first, last, _separators(column)) if at <= stop),
        (last, last, last),
    )
    typed = line[start : max(start, min(at, end))]
    places = Position(cell.start.row, start), Position(cell.start.row, end)
    is_product = _is_product(line, column, first, low)
    return Spot(row, column, *places, _plain(line[start:end], quoted), _plain(typed, quoted), is_product)


def _is_product(line: str, column: str, first: int, low: int) -> bool:
    """Whether the value that starts at `low`, in a cell that starts at `first`, is a product's identification."""
    return column == "derivedFrom" and low > first and line[low - 1] == OF_PRODUCT


def _inside(line: str, cell: Cell) -> tuple[int, int, bool]:
    """The columns between a cell's quotes, or of all of it where it has none."""
    first, last = cell.start.column, cell.end.column
    text = line[first:last]
    body = text.strip(BLANKS)
    if not body.startswith('"'):
        return first, last, False
    first += text.index('"') + 1
    closed = len(body) > 1 and body.endswith('"')
    return first, cell.start.column + text.rindex('"') if closed else last, True


def _separators(column: str) -> str:
    return _LISTS.get(column.partition("@")[0], "")


def _segments(line: str, first: int, last: int, separators: str) -> Iterator[tuple[int, int, int, int]]:
    """The values between separators: where each starts and ends without blanks, and with them."""
    cuts = [at for at in range(first, last) if line[at] in separators]
    for low, high in zip((first, *(cut + 1 for cut in cuts)), (*cuts, last), strict=True):
        text = line[low:high]
        start = low + len(text) - len(text.lstrip(BLANKS)) if text.strip(BLANKS) else low
        yield start, start + len(text.strip(BLANKS)), low, high


def _plain(text: str, quoted: bool) -> str:
    return text.replace('""', '"') if quoted else text
