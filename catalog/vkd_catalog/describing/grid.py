"""Rows of cells as a sheet or a text file has them, and the table in them: where its header is, what its columns are
called."""

from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import islice, zip_longest
from pathlib import Path
from typing import NamedTuple

from vkd_catalog.describing.table import Column, Note, Table, UnreadableError, profiled

_LINES_ABOVE = 15
"""A header is looked for below so many rows of something else, as a title."""

_LOOKED_AT = 200
"""Rows that tell how wide a table is."""


class Grid(NamedTuple):
    """Rows of cells, whether they are all, and the number in the file of the first row, from 1."""

    rows: Sequence[Sequence[str]]
    whole: bool
    first: int = 1


class Header(NamedTuple):
    """Where a table's header is among its rows, and the names that stand in it."""

    row: int
    names: tuple[str, ...]


def table_in(path: Path, form: str, grid: Grid, how: tuple[str, ...] = ()) -> Table:
    """The table that some rows make. Raises UnreadableError where they make none."""
    header = _header(grid.rows)
    if header is None:
        raise UnreadableError(path, "no row with names of columns", f"row {grid.first}" if grid.rows else "")
    body = [row for row in grid.rows[header.row + 1 :] if any(map(str.strip, row))]
    cells = islice(zip_longest(*body, fillvalue=""), len(header.names)) if body else ([] for _ in header.names)
    named = [(name, values) for name, values in zip(header.names, cells, strict=False) if name]
    columns = tuple(profiled(Column(name), values, whole=grid.whole) for name, values in named)
    return Table(
        path, form, columns, len(body), grid.whole, how, cells=[header.names, *body], notes=tuple(_notes(header, body))
    )


def _header(rows: Sequence[Sequence[str]]) -> Header | None:
    """The first row that is as wide as most, and all words; None where the rows have no names above them."""
    widths = Counter(_width(row) for row in rows[:_LOOKED_AT] if _width(row))
    if not widths:
        return None
    most = max(widths, key=lambda width: (widths[width] * (width > 1), width))
    for number, row in enumerate(rows[:_LINES_ABOVE]):
        if _width(row) >= most or len([cell for cell in row if cell.strip()]) > most / 2 > 1:
            names = tuple(" ".join(cell.replace("\ufeff", "").split()) for cell in row)
            return Header(number, names) if _are_names(names) else None
    return None


def _width(row: Sequence[str]) -> int:
    """How far to the right a row has something."""
    return max((at for at, cell in enumerate(row, start=1) if cell.strip()), default=0)


def _are_names(cells: Sequence[str]) -> bool:
    """Whether cells may be names of columns: numbers alone are values. A year may name a column, beside a word."""
    return any(cell and not cell.replace(",", "").replace(".", "").lstrip("+-").isdigit() for cell in cells)


def _notes(header: Header, body: Sequence[Sequence[str]]) -> Iterable[Note]:
    nameless = [str(at) for at, name in enumerate(header.names, start=1) if not name]
    if header.row:
        yield Note("above", {"count": str(header.row)})
    if nameless and any(row[int(at) - 1].strip() for row in body for at in nameless if len(row) >= int(at)):
        yield Note("nameless", {"numbers": ", ".join(nameless)})
    longer = sum(1 for row in body if _width(row) > len(header.names))
    if longer:
        yield Note("longer", {"count": str(longer)})
