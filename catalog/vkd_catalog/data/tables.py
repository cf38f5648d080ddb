"""Data files as tables that can be asked: the one module that names DuckDB and writes SQL.

A description, and a file that somebody handed over, say what they like, so nothing of them becomes SQL: columns are
called by their numbers, paths and values are parameters, and the database may open the files of one product and no
other (`_closed`). Memory is bounded; what does not fit goes to a folder of its own that is removed afterwards. What
DuckDB says of a broken file quotes its lines, so it is never passed on: `CannotRead` tells the kind of fault and the
row.
"""

from __future__ import annotations

import csv
import os
import re
import shutil
import stat
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Literal, NamedTuple

from vkd_catalog.data.faults import CannotRead, Unreadable, fault_in
from vkd_catalog.data.headers import header_of
from vkd_catalog.data.places import DataFile
from vkd_catalog.files import reason_of
from vkd_catalog.interruption import Interrupted, Interruption
from vkd_grammar.text import BLANKS

_MEMORY = "512MB"
_TOGETHER = 16
"""So many columns are counted in one pass over the files: more at once would need more memory."""


class ExtraMissing(Exception):
    """Raised where data are to be read and the extra that can is not installed."""


class Table(NamedTuple):
    """A file as a table: what its columns are called, in its order, and how many rows it has.

    `source` is what SQL reads it by, with a parameter for the `path` of what is read, `cells` are the expressions of
    its cells as texts, and `kinds` the types that its columns are kept in.
    """

    file: DataFile
    path: str
    columns: tuple[str, ...]
    rows: int
    source: str
    cells: tuple[str, ...]
    kinds: tuple[str, ...]


class Filled(NamedTuple):
    """How many cells of a column hold something, and how many different things."""

    rows: int
    distinct: int


class Count(NamedTuple):
    """In how many rows a value stands in a column, told by its number; None where nothing stands. `period` is that of
    the rows, by its number, where it was asked for."""

    column: int
    value: str | None
    period: int
    rows: int


def require_extra() -> None:
    """Raises ExtraMissing where DuckDB is not installed."""
    try:
        import_module("duckdb")
    except ImportError as error:
        raise ExtraMissing from error


@contextmanager
def opened(files: Sequence[DataFile], interruption: Interruption, memory: str = _MEMORY) -> Iterator[Reader]:
    """What reads some files and no others, in so much memory, until it is interrupted. Raises ExtraMissing where DuckDB
    is not installed."""
    require_extra()
    with TemporaryDirectory(prefix="vkd-", ignore_cleanup_errors=True) as folder:
        copies = {file.path: os.path.join(folder, f"{at}.csv") for at, file in enumerate(files) if file.form == "px"}
        written = os.path.join(folder, "written")
        connection = _closed([*(copies.get(file.path, file.path) for file in files), written], folder, memory)
        try:
            yield Reader(connection, copies, written, interruption)
        finally:
            connection.close()


def write_parquet(
    path: Path, header: Sequence[str], rows: Iterable[Sequence[object]], texts: Collection[str] = ()
) -> None:
    """Writes rows to a Parquet file: columns called `value` hold numbers, `line` whole ones, and all others texts, as
    do those that are named in `texts`."""
    kinds = {name: kind for name, kind in (("value", "DOUBLE"), ("line", "BIGINT")) if name not in texts}
    with TemporaryDirectory(prefix="vkd-", ignore_cleanup_errors=True) as folder:
        read, written = os.path.join(folder, "rows.csv"), os.path.join(folder, "rows.parquet")
        with open(read, "w", encoding="utf-8", newline="") as file:
            csv.writer(file).writerows(rows)
        types = ", ".join(f"'c{at}': '{kinds.get(name, 'VARCHAR')}'" for at, name in enumerate(header))
        named = ", ".join(f'c{at} AS "{name.replace(chr(34), chr(34) * 2)}"' for at, name in enumerate(header))
        source = f"read_csv(?, auto_detect = false, header = false, delim = ',', quote = '\"', columns = {{{types}}})"
        connection = _closed([read, written], folder)
        try:
            question = f"COPY (SELECT {named} FROM {source}) TO {_quoted(written)} (FORMAT parquet)"
            connection.execute(question, [read])
        finally:
            connection.close()
        shutil.copyfile(written, path)


class Reader:
    """Reads files as tables, and answers questions about the rows of several together.

    `copies` are the paths at which those are laid out as CSV that DuckDB does not read, by their own; `written` is the
    one path that it may write to. Whatever is asked raises Interrupted once it was interrupted.
    """

    def __init__(self, connection: Any, copies: Mapping[str, str], written: str, interruption: Interruption) -> None:
        self._connection = connection
        self._copies = copies
        self._written = written
        self._interruption = interruption

    def table(self, file: DataFile) -> Table:
        """A file as a table, read once from beginning to end. Raises CannotRead."""
        table = self.unread_table(file)
        # Counting every column has all of the file read, so that nothing in it is found to be broken later.
        question = f"SELECT count(*), count(COLUMNS(*)) FROM {table.source}"
        rows, *_ = next(self.asked(question, [_pattern(table.path)]))
        return table._replace(rows=rows)

    def unread_table(self, file: DataFile) -> Table:
        """A file as a table of which only the columns are known: its rows count as none. Raises CannotRead."""
        _require_regular(file.path)
        path = self._copies.get(file.path, file.path)
        if file.form == "px":
            _lay_out(file.path, path)
        columns, source, cells, kinds = (_parquet if file.form == "parquet" else _csv)(path, self._fetched)
        return Table(file, path, columns, 0, source, cells, kinds)

    def filled(self, rows: Rows, columns: Sequence[int]) -> list[Filled]:
        """What stands in each of some columns of the rows."""
        counts: list[Filled] = []
        for some in _by(_TOGETHER, columns):
            counted = ", ".join(f"count(v{column}), count(DISTINCT v{column})" for column in some)
            cells = next(self.asked(f"SELECT {counted} FROM ({rows.sql(some)})", rows.paths))
            counts += map(Filled, cells[::2], cells[1::2])
        return counts

    def counts(self, rows: Rows, columns: Sequence[int], by_period: Collection[int]) -> Iterator[Count]:
        """Every value of each of some columns of the rows once, with how often it stands there, empty cells too; of the
        columns that are counted `by_period` once for each period."""
        for some in _by(_TOGETHER, columns):
            listed = ", ".join(f"v{column}" for column in some)
            sets = ", ".join(f"(v{column}, period)" if column in by_period else f"(v{column})" for column in some)
            period = "coalesce(period, 0)" if any(column in by_period for column in some) else "0"
            question = (
                f"SELECT grouping_id({listed}), {listed}, {period}, count(*)"
                f" FROM ({rows.sql(some)}) GROUP BY GROUPING SETS ({sets})"
            )
            # The bits of the grouping's number are those of the columns that it does not group by.
            every = (1 << len(some)) - 1
            at = {every - (1 << (len(some) - 1 - place)): place for place in range(len(some))}
            for number, *values, which, count in self.asked(question, rows.paths):
                yield Count(some[at[number]], values[at[number]], which, count)

    def first_besides(self, rows: Rows, column: int, values: Sequence[str], most: int) -> list[str]:
        """The values of a column, other than some, that stand first in the rows, in the order of the files."""
        question = (
            f"SELECT v{column} FROM (SELECT v{column}, row_number() OVER () AS n FROM ({rows.sql([column])}))"
            f" WHERE v{column} IS NOT NULL AND v{column} NOT IN (SELECT unnest(?::VARCHAR[]))"
            f" GROUP BY v{column} ORDER BY min(n) LIMIT {most:d}"
        )
        return [value for (value,) in self.asked(question, [*rows.paths, list(values)])]

    def every(self, rows: Rows, columns: Sequence[int]) -> Iterator[tuple[tuple[str | None, ...], int]]:
        """The cells of some columns in every row, in the order of the files, and the number of the row's period."""
        listed = "".join(f"v{column}, " for column in columns)
        for *cells, period in self.asked(f"SELECT {listed}period FROM ({rows.sql(columns)})", rows.paths):
            yield tuple(cells), period

    def write(
        self,
        form: Literal["csv", "parquet"],
        header: Sequence[str],
        question: str,
        parameters: Sequence[object],
        to: Path,
    ) -> None:
        """Writes the rows that answer a question, whose columns are `x` with their numbers, to a file. Raises
        CannotRead."""
        named = ", ".join(f'x{at} AS "{name.replace(chr(34), chr(34) * 2)}"' for at, name in enumerate(header))
        options = "FORMAT parquet" if form == "parquet" else "FORMAT csv, HEADER"
        copying = f"COPY (SELECT {named} FROM ({question})) TO {_quoted(self._written)} ({options})"
        next(self.asked(copying, parameters), None)
        shutil.copyfile(self._written, to)

    def absent(self, rows: Rows, columns: Sequence[int]) -> int:
        """In how many rows a value is lacking in one of some columns."""
        question = f"SELECT count(*) FROM ({rows.sql(columns)}) WHERE NOT ({_all_there(columns)})"
        (count,) = next(self.asked(question, rows.paths))
        return int(count)

    def repeated(self, rows: Rows, columns: Sequence[int], within: Sequence[int]) -> int:
        """How many rows have in some columns the same values as another row of the same period that has the same in the
        columns `within` which they are looked at."""
        by = ", ".join(f"v{column}" for column in (*columns, *within))
        question = (
            f"SELECT coalesce(sum(n), 0) FROM (SELECT count(*) AS n FROM ({rows.sql([*columns, *within])})"
            f" WHERE {_all_there(columns)}"
            f" GROUP BY {by}, period HAVING count(*) > 1)"
        )
        (count,) = next(self.asked(question, rows.paths))
        return int(count)

    def _fetched(self, question: str, parameters: Sequence[object]) -> list[tuple[Any, ...]]:
        return list(self.asked(question, parameters))

    def asked(self, question: str, parameters: Sequence[object]) -> Iterator[tuple[Any, ...]]:
        """The rows that answer a question, a part at a time. Raises CannotRead where a file turns out to be broken."""
        duckdb = import_module("duckdb")
        try:
            with self._interruption.stopping(self._connection.interrupt):
                answer = self._connection.execute(question, list(parameters))
                while part := answer.fetchmany(10_000):
                    yield from part
                    self._interruption.check()
        except duckdb.InterruptException:
            raise Interrupted from None
        except RuntimeError as error:
            # So a question ends that somebody at the terminal interrupts.
            raise KeyboardInterrupt from error
        except (duckdb.ParserException, duckdb.BinderException, duckdb.CatalogException):
            # The question is wrong, and no file to blame.
            raise
        except (duckdb.OutOfMemoryException, MemoryError):
            raise CannotRead(Unreadable("memory")) from None
        except duckdb.Error as error:
            raise CannotRead(fault_in(str(error))) from None
        except UnicodeDecodeError:
            raise CannotRead(Unreadable("utf-8")) from None


class Rows(NamedTuple):
    """The rows of some tables, one after the other. `columns` are the places of each wanted column in each table, None
    where a table does not have it."""

    tables: Sequence[Table]
    columns: Sequence[Sequence[int | None]]

    def sql(self, wanted: Sequence[int], kept: Sequence[int] = ()) -> str:
        """What selects the rows: of the wanted columns `v` with their numbers, as texts, of those `kept` `r` with their
        numbers, in the types that files keep them in, and `period`, the number of the period that the table's file is
        for."""
        periods = {
            period: number for number, period in enumerate(dict.fromkeys(one.file.period for one in self.tables))
        }
        parts = []
        for number, table in enumerate(self.tables):
            listed = "".join(f"{self._cell(table, number, column)} AS v{column}, " for column in dict.fromkeys(wanted))
            listed += "".join(f"c{self.columns[column][number]} AS r{column}, " for column in dict.fromkeys(kept))
            parts.append(f"SELECT {listed}{periods[table.file.period]:d} AS period FROM {table.source}")
        return " UNION ALL ".join(parts)

    def kinds(self, column: int) -> frozenset[str]:
        """The types that files keep a column in; an empty one where a file does not have it."""
        places = zip(self.tables, self.columns[column], strict=True)
        return frozenset("" if at is None else table.kinds[at] for table, at in places)

    @property
    def paths(self) -> list[str]:
        """The parameters of `sql`."""
        return [_pattern(table.path) for table in self.tables]

    def _cell(self, table: Table, number: int, column: int) -> str:
        at = self.columns[column][number]
        return "NULL::VARCHAR" if at is None else table.cells[at]


def _all_there(columns: Sequence[int]) -> str:
    return " AND ".join(f"v{column} IS NOT NULL" for column in columns)


def _closed(paths: Sequence[str], folder: str, memory: str = _MEMORY) -> Any:
    """A database in memory that may open these files, and put aside in a folder what so much memory does not hold: it
    loads nothing, reaches no network, and nobody can open it up again."""
    connection = import_module("duckdb").connect(
        config={
            "autoinstall_known_extensions": "false",
            "autoload_known_extensions": "false",
            "allow_community_extensions": "false",
        }
    )
    allowed = ", ".join(_quoted(path) for path in dict.fromkeys((*paths, *map(_pattern, paths))))
    for setting in (
        f"memory_limit = '{memory}'",
        f"temp_directory = {_quoted(folder)}",
        f"allowed_paths = [{allowed}]",
        "enable_progress_bar = false",
        "enable_external_access = false",
        "lock_configuration = true",
    ):
        connection.execute(f"SET {setting}")
    return connection


def _quoted(text: str) -> str:
    """A text as SQL writes it, for the settings, which take no parameters."""
    return "'" + text.replace("'", "''") + "'"


def _pattern(path: str) -> str:
    """A path in which nothing stands for other names: DuckDB takes every path for a pattern."""
    return re.sub(r"[*?[]", r"[\g<0>]", path)


def _by(most: int, columns: Sequence[int]) -> Iterator[Sequence[int]]:
    return (columns[start : start + most] for start in range(0, len(columns), most))


_Fetch = Callable[[str, Sequence[object]], list[tuple[Any, ...]]]
_Source = tuple[tuple[str, ...], str, tuple[str, ...], tuple[str, ...]]
"""What a file's columns are called, how SQL reads it, the expressions of its cells, and the types of its columns."""


def _csv(path: str, _fetch: _Fetch) -> _Source:
    header = header_of(path)
    types = ", ".join(f"'c{at}': 'VARCHAR'" for at in range(len(header.columns)))
    source = (
        f"read_csv(?, auto_detect = false, header = true, skip = {header.skipped:d},"
        f" delim = {_quoted(header.separator)}, quote = '\"', escape = '\"', nullstr = '',"
        f" compression = '{header.compression}', hive_partitioning = false, columns = {{{types}}})"
    )
    numbered = range(len(header.columns))
    return header.columns, source, tuple(_trimmed(f"c{at}") for at in numbered), tuple("VARCHAR" for _ in numbered)


def _parquet(path: str, fetch: _Fetch) -> _Source:
    read = "read_parquet(?, hive_partitioning = false)"
    described = fetch(f"DESCRIBE SELECT * FROM {read}", [_pattern(path)])
    numbered = ", ".join(f"c{at}" for at in range(len(described)))
    kinds = tuple(str(kind) for _, kind, *_ in described)
    cells = tuple(_as_text(f"c{at}", kind) for at, kind in enumerate(kinds))
    return tuple(str(name) for name, *_ in described), f"{read} AS t({numbered})", cells, kinds


def _lay_out(path: str, target: str) -> None:
    """Writes a PX file as CSV. Raises CannotRead."""
    from vkd_catalog.data.px import WrongNumber, write_rows
    from vkd_catalog.importers.report import ImportSourceError

    try:
        write_rows(Path(path), Path(target))
    except WrongNumber as error:
        raise CannotRead(Unreadable("figures", 0, error.expected, error.found)) from None
    except ImportSourceError as error:
        raise CannotRead(Unreadable("broken", error.line)) from None


def _trimmed(cell: str) -> str:
    """A cell without the blanks around it, nothing where no more is left. Most cells have none: looking for every blank
    that there is takes fifteen times as long as seeing that."""
    may_have = f"contains({cell}, ' ') OR contains({cell}, '\t') OR length({cell}) <> strlen({cell})"
    return f"nullif(CASE WHEN {may_have} THEN trim({cell}, {_quoted(BLANKS)}) ELSE {cell} END, '')"


def _as_text(cell: str, kind: str) -> str:
    """A cell of some type as a text: whole numbers without decimals, whatever type a program kept them in."""
    if kind in ("FLOAT", "DOUBLE"):
        return (
            f"CASE WHEN isnan({cell}) THEN NULL WHEN {cell} = trunc({cell}) AND abs({cell}) < 1e15"
            f" THEN {cell}::BIGINT::VARCHAR ELSE {cell}::VARCHAR END"
        )
    if kind.startswith("DECIMAL"):
        return f"CASE WHEN {cell} = trunc({cell}) THEN trunc({cell})::HUGEINT::VARCHAR ELSE {cell}::VARCHAR END"
    return _trimmed(f"{cell}::VARCHAR")


def _require_regular(path: str) -> None:
    """Raises CannotRead where a path is no file that can be read: a pipe would wait for its writer."""
    try:
        if not stat.S_ISREG(os.stat(path).st_mode):
            raise CannotRead(Unreadable("not-regular"))
        with open(path, "rb"):
            pass
    except OSError as error:
        raise CannotRead(Unreadable(reason_of(error))) from None
