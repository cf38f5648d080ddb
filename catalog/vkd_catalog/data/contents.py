"""The data of one product as a whole: the columns of its files brought together, and what each belongs to."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from vkd_catalog.data.columns import Columns, Need
from vkd_catalog.data.members import Described
from vkd_catalog.data.periods import stated_by
from vkd_catalog.data.tables import Rows, Table
from vkd_catalog.vocabulary import Vocabularies
from vkd_grammar.times import Span
from vkd_grammar.words import fold


class DataColumn(NamedTuple):
    """A column of the data, by its name: its place in each file (None where a file lacks it), and the needs of
    sentences that it belongs to; none where it only holds times or identifies units."""

    name: str
    places: tuple[int | None, ...]
    needs: tuple[Need, ...]
    is_time: bool


class Contents(NamedTuple):
    """The files of a product as tables, the columns that its description speaks of, and their rows together, in which
    column `n` is `columns[n]`. `periods` are those of the files, each once, in the order in which rows tell them by
    number."""

    tables: tuple[Table, ...]
    columns: tuple[DataColumn, ...]
    periods: tuple[Span | None, ...]
    rows: Rows

    def numbered(self, name: str) -> int | None:
        """The number of the column of a name; None where the description speaks of none such."""
        folded = fold(name)
        return next((number for number, one in enumerate(self.columns) if fold(one.name) == folded), None)

    def rows_with(self, column: int) -> int:
        """How many rows the files have that have a column."""
        places = self.columns[column].places
        return sum(table.rows for table, at in zip(self.tables, places, strict=True) if at is not None)


def contents_of(tables: Sequence[Table], coded: Described, vocabularies: Vocabularies) -> Contents:
    """What the files of a product hold of what its description speaks of."""
    speaks_of = Columns(coded, vocabularies)
    found: dict[str, list[Need]] = {}
    times: set[str] = set()
    for table in tables:
        for need in speaks_of.needs:
            for at in speaks_of.of_need(need, table.columns) if is_needed(need, table, coded) else ():
                needs = found.setdefault(fold(table.columns[at]), [])
                if need not in needs:
                    needs.append(need)
        times |= {fold(table.columns[at]) for at in speaks_of.times(table.columns)}
        for at in _of_unit_ids(speaks_of, table):
            found.setdefault(fold(table.columns[at]), [])
    found |= {name: [] for name in sorted(times - found.keys())}
    columns = tuple(_column(name, needs, name in times, tables) for name, needs in found.items())
    periods = tuple(dict.fromkeys(table.file.period for table in tables))
    return Contents(tuple(tables), columns, periods, Rows(tables, [column.places for column in columns]))


def is_needed(need: Need, table: Table, coded: Described) -> bool:
    """Whether a table must have what a sentence says: that of another period need not."""
    period = table.file.period
    return period is None or stated_by([need.time], coded.technical.updated).meets(period)


def _of_unit_ids(speaks_of: Columns, table: Table) -> Iterator[int]:
    for codes in speaks_of.unit_ids:
        for code in codes:
            yield from speaks_of.of_characteristic(code, table.columns)[:1]


def _column(name: str, needs: Sequence[Need], is_time: bool, tables: Sequence[Table]) -> DataColumn:
    headers = [[fold(column) for column in table.columns] for table in tables]
    places = tuple(header.index(name) if name in header else None for header in headers)
    shown = next(table.columns[at] for table, at in zip(tables, places, strict=True) if at is not None)
    return DataColumn(shown, places, tuple(needs), is_time)
