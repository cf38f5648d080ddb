"""Three versions of a vocabulary, put together cell by cell; rows are known by their code."""

import csv
import io
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from vkd_catalog.importers.merging.keyed import Part, numbered, parts
from vkd_catalog.importers.merging.outcome import Clash, Merged
from vkd_catalog.vocabulary.columns import CODE_COLUMN
from vkd_catalog.vocabulary.sheet import rewritten, sheet_of
from vkd_grammar.text import split_lines

CLASH_COLUMN = "x-source-now"
"""Where the source's version of a cell stands that people have changed as well; a column of one's own, not read."""

Row = Mapping[str, str]


class _Table(NamedTuple):
    columns: Sequence[str]
    rows: Mapping[tuple[str, int], Row]


def merged_table(before: str | None, mine: str, theirs: str) -> Merged:
    """A table in the way people have saved it. Where both changed a cell, the source's version stands in a column."""
    old, here, there = (None if before is None else _read(before)), _read(mine), _read(theirs)
    rows: list[Row] = []
    clashes: list[Clash] = []
    for row in parts(old and old.rows, here.rows, there.rows):
        kept, clashing = _row(row)
        rows += [kept] if kept is not None else []
        clashes += clashing
    columns = _columns(old, here, there)
    if any(row.get(CLASH_COLUMN) for row in rows) and CLASH_COLUMN not in columns:
        columns.append(CLASH_COLUMN)
    return Merged(rewritten(_as_csv(columns, rows), mine.encode()), tuple(clashes))


def _row(row: Part[tuple[str, int], Row]) -> tuple[Row | None, Sequence[Clash]]:
    """What stays of a row, None for nothing, and what in it both changed."""
    if row.kept != "both":
        return row.value, ()
    if row.mine is None or row.theirs is None:
        return row.mine, (Clash(row.key[0], _shown(row.mine), _shown(row.theirs)),)
    cells = list(parts(row.before, row.mine, row.theirs))
    clashing = [cell for cell in cells if cell.kept == "both"]
    kept = {cell.key: cell.value or "" for cell in cells}
    if clashing:
        kept[CLASH_COLUMN] = "; ".join(f"{cell.key}: {cell.theirs or ''}" for cell in clashing)
    return kept, [Clash(f"{row.key[0]} {cell.key}", cell.mine or "", cell.theirs or "") for cell in clashing]


def _shown(row: Row | None) -> str:
    return ", ".join(f"{column} {cell}" for column, cell in (row or {}).items() if cell)


def _columns(old: _Table | None, here: _Table, there: _Table) -> list[str]:
    """The columns that stay, in the order people have them."""
    before = None if old is None else dict.fromkeys(old.columns, "")
    found = parts(before, dict.fromkeys(here.columns, ""), dict.fromkeys(there.columns, ""))
    return [part.key for part in found if part.value is not None]


def _read(text: str) -> _Table:
    sheet = sheet_of(split_lines(text))
    records = [cells for _, cells, _ in sheet.records()]
    head, *rest = records or [[]]
    # What stands below no name is kept as a column of one's own.
    width = max(map(len, records), default=0)
    named = [cell.strip() for cell in (*head, *[""] * (width - len(head)))]
    columns = [name or f"x-column-{number}" for number, name in enumerate(named, start=1)]
    rows = [
        {column: cell.strip() for column, cell in zip(columns, cells, strict=False) if cell.strip()} for cells in rest
    ]
    used = {column for row in rows for column in row}
    code = next((column for column in columns if column.casefold() == CODE_COLUMN), "")
    return _Table(
        [column for column, name in zip(columns, named, strict=True) if name or column in used],
        numbered((row.get(code, ""), row) for row in rows),
    )


def _as_csv(columns: Sequence[str], rows: Sequence[Row]) -> str:
    out = io.StringIO()
    writer = csv.DictWriter(out, columns, restval="", lineterminator="\n", extrasaction="ignore")
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue()
