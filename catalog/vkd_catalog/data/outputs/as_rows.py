"""Tables of figures as rows, for CSV and Parquet: a row a figure."""

import csv
import io
from collections.abc import Iterator, Sequence

from vkd_catalog.data.figures import Control, Figure, FigureTable, Refused

NO_CONTROL = "none"
"""What stands in the column `disclosure_control` of published figures."""

_AFTER = ("characteristic", "value", "product", "line", "revision", "disclosure_control")

Cell = str | int | float | None


def header_of(tables: Sequence[FigureTable]) -> list[str]:
    """The columns: for each dimension its category's id, called by the dimension's, and its label; then the figure and
    what it rests on. Raises Refused where the tables have different dimensions, and so no columns in common."""
    shapes = {tuple(one.id for one in table.dimensions) for table in tables}
    if len(shapes) != 1:
        raise Refused("shapes")
    return [*(name for one in next(iter(shapes)) for name in (one, f"{one}_label")), *_AFTER]


def rows_in(tables: Sequence[FigureTable], revision: str) -> Iterator[list[Cell]]:
    """The cells of each figure, in the order of the header."""
    for table in tables:
        labels = [{one.id: one.label for one in dimension.categories} for dimension in table.dimensions]
        for figure in table.figures:
            places = (text for called, had in zip(labels, figure.at, strict=True) for text in (had, called[had]))
            yield [*places, table.characteristic, figure.value, *_cited(figure), revision, _control(table.control)]


def _cited(figure: Figure) -> tuple[str, str | int]:
    """The product and the line that a figure rests on; of several the products in one cell, and the lines in the
    other."""
    if not figure.beside:
        return figure.product, figure.line
    return "; ".join(one.product for one in figure.sources), "; ".join(str(one.line) for one in figure.sources)


def _control(control: Control | None) -> str:
    """The rules that a figure stands under, each with how many cells it changed."""
    if control is None:
        return NO_CONTROL
    rules = (" = ".join(filter(None, (one.key, one.value))) for one in control.rules)
    changed = (f" ({one.changed})" if one.changed is not None else "" for one in control.rules)
    return "; ".join([*(rule + number for rule, number in zip(rules, changed, strict=True)), control.said[-1]])


def as_csv(tables: Sequence[FigureTable], revision: str) -> str:
    """The rows as CSV (RFC 4180, but for line ends): a cell without a figure is empty."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(header_of(tables))
    writer.writerows(rows_in(tables, revision))
    return text.getvalue()
