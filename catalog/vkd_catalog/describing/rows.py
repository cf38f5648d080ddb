"""Rows put into a vocabulary's file, which stays as it is written but for them."""

from collections.abc import Iterable, Mapping, Sequence

from vkd_catalog.vocabulary.columns import CODE_COLUMN, column_named
from vkd_catalog.vocabulary.sheet import Sheet, sheet_of
from vkd_grammar.text import content, split_lines

Row = Mapping[str, str]

_ORDER = ("prefLabel", "notation", "kind", "objectTypes", "values", "missing", "measure", "sensitive", "definition")
"""The order of columns in a new table."""


def with_rows(text: str, rows: Iterable[Row]) -> str:
    """A vocabulary with some rows said in it: of a code that is there the cells that `rows` name, and new ones at the
    end. Columns that are missing come last."""
    wanted = list(rows)
    if not wanted:
        return text
    lines = split_lines(text) or [f"{CODE_COLUMN}\n"]
    sheet = sheet_of(lines)
    columns = [column_named(cell) for cell in next(iter(sheet.records()), (0, [], True))[1]]
    missing = list(dict.fromkeys(column for row in wanted for column in row if column not in columns))
    every = [*columns, *missing]
    by_code = {row[CODE_COLUMN]: row for row in wanted}
    replaced = _rewritten(sheet, columns, every, by_code)
    if missing:
        header = content(lines[sheet.header])
        replaced[sheet.header] = (sheet.header + 1, sheet.separator.join((header, *map(sheet.as_cell, missing))))
    end = sheet.line_end
    kept = _with(lines, replaced, end)
    new = [sheet.as_row(row.get(column, "") for column in every) + end for row in by_code.values()]
    return "".join((*kept, *new))


def rows_in(text: str, codes: Iterable[str]) -> list[Row]:
    """The rows of a vocabulary that have some codes, without their empty cells."""
    sheet = sheet_of(split_lines(text))
    records = [cells for _, cells, _ in sheet.records()]
    columns = [column_named(cell) for cell in records[0]] if records else []
    wanted = set(codes)
    rows = (
        {c: cell.strip() for c, cell in zip(columns, cells, strict=False) if c and cell.strip()}
        for cells in records[1:]
    )
    return [row for row in rows if row.get(CODE_COLUMN) in wanted]


def table_text(rows: Sequence[Row]) -> str:
    """Rows as a table of their own, their columns in one order: the same rows are the same text."""
    columns = sorted({column for row in rows for column in row if column != CODE_COLUMN}, key=_place)
    return with_rows("", [{column: row.get(column, "") for column in (CODE_COLUMN, *columns)} for row in rows])


def _place(column: str) -> tuple[int, str]:
    kind = column.partition("@")[0]
    return _ORDER.index(kind) if kind in _ORDER else len(_ORDER), column


def _rewritten(
    sheet: Sheet, columns: Sequence[str], every: Sequence[str], by_code: dict[str, Row]
) -> dict[int, tuple[int, str]]:
    """The records that change, by the row they start at: the row after their last, and their new text. What is found is
    taken out of `by_code`."""
    found: dict[int, tuple[int, str]] = {}
    at = columns.index(CODE_COLUMN) if CODE_COLUMN in columns else -1
    for start, cells, is_closed in sheet.records():
        code = cells[at].strip() if 0 <= at < len(cells) else ""
        if start == sheet.header or not is_closed or code not in by_code:
            continue
        row = by_code.pop(code)
        had = [*cells, *[""] * (len(every) - len(cells))]
        said = [row.get(column, cell) for column, cell in zip(every, had, strict=False)]
        if said != had:
            *_, last = sheet.cells(start)
            found[start] = (last.end.row + 1, sheet.as_row([*said, *had[len(every) :]]))
    return found


def _with(lines: Sequence[str], replaced: Mapping[int, tuple[int, str]], end: str) -> list[str]:
    kept: list[str] = []
    row = 0
    while row < len(lines):
        after, text = replaced.get(row, (row + 1, content(lines[row])))
        # The last line may have no end, and rows come after it.
        kept.append(text + (lines[after - 1][len(content(lines[after - 1])) :] or end))
        row = after
    return kept
