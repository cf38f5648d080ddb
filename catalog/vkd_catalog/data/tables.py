"""Data files as tables that can be asked: the one module that names DuckDB and writes SQL.

A description, and a file that somebody handed over, say what they like, so nothing of them becomes SQL: columns are
called by their numbers, paths and values are parameters, and the database may open the files of one product and no
other (`_closed`). Memory is bounded; what does not fit goes to a folder of its own that is removed afterwards. What
DuckDB says of a broken file quotes its lines, so it is never passed on: `CannotRead` tells the kind of fault and the
row.
"""

from __future__ import annotations

import csv
import gzip
import os
import re
import shutil
import stat
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from importlib import import_module
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Literal, NamedTuple

from vkd_catalog.data.places import DataFile
from vkd_catalog.files import Reason, reason_of
from vkd_grammar.text import BLANKS

Fault = Literal[
    "cells", "figures", "quote", "long", "utf-8", "utf-16", "empty", "line-ends", "broken", "other-form", "memory"
]
"""Why a file cannot be read as its form says: a row has too few or too many cells, a table so many figures, a quote is
never closed, a row is longer than any, it is not UTF-8, there is nothing in it, its lines end in different ways, it is
damaged, it is something else, or it takes more memory or room on the disk than there is."""

_MEMORY = "512MB"
_LONGEST_HEADER = 1 << 20
_SEPARATORS = ",;\t|"
_DECLARATION = re.compile(r'"?sep=([,;\t|])"?[,;\t|]*', re.IGNORECASE)
_ROW = re.compile(r"CSV Error on Line: (\d+)")
_CELLS = re.compile(r"Expected Number of Columns: (\d+) Found: (\d+)")
_SIGNS: tuple[tuple[str, Fault], ...] = (
    ("Expected Number of Columns", "cells"),
    ("unterminated quote", "quote"),
    ("maximum line size", "long"),
    ("Maximum line size", "long"),
    ("line size", "long"),
    ("not utf-8", "utf-8"),
    ("nvalid unicode", "utf-8"),
    ("invalid state", "line-ends"),
    ("No space left", "memory"),
)
"""By what DuckDB's messages are known."""

_NOT_TEXT = (b"PAR1", b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"%PDF-", b"SQLite format 3\0")
_TOGETHER = 16
"""So many columns are counted in one pass over the files: more at once would need more memory."""


class ExtraMissing(Exception):
    """Raised where data are to be read and the extra that can is not installed."""


class Unreadable(NamedTuple):
    """Why a file cannot be read, in which row from 1 (0 where no row is to blame), and, of a row with too few or too
    many cells, how many it should have and has."""

    reason: Fault | Reason
    row: int = 0
    expected: int = 0
    found: int = 0


class CannotRead(Exception):
    """Raised where a file cannot be read as its form says."""

    def __init__(self, why: Unreadable) -> None:
        super().__init__(why.reason)
        self.why = why


class Table(NamedTuple):
    """A file as a table: what its columns are called, in its order, and how many rows it has.

    `source` is what SQL reads it by, with a parameter for the `path` of what is read, and `cells` are the expressions
    of its cells as texts.
    """

    file: DataFile
    path: str
    columns: tuple[str, ...]
    rows: int
    source: str
    cells: tuple[str, ...]


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
def opened(files: Sequence[DataFile]) -> Iterator[Reader]:
    """What reads some files and no others. Raises ExtraMissing where DuckDB is not installed."""
    require_extra()
    with TemporaryDirectory(prefix="vkd-", ignore_cleanup_errors=True) as folder:
        copies = {file.path: os.path.join(folder, f"{at}.csv") for at, file in enumerate(files) if file.form == "px"}
        connection = _closed([copies.get(file.path, file.path) for file in files], folder)
        try:
            yield Reader(connection, copies)
        finally:
            connection.close()


def write_parquet(path: Path, header: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    """Writes rows to a Parquet file: columns called `value` hold numbers, `line` whole ones, and all others texts."""
    kinds = {"value": "DOUBLE", "line": "BIGINT"}
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

    `copies` are the paths at which those are laid out as CSV that DuckDB does not read, by their own.
    """

    def __init__(self, connection: Any, copies: Mapping[str, str]) -> None:
        self._connection = connection
        self._copies = copies

    def table(self, file: DataFile) -> Table:
        """A file as a table, read once from beginning to end. Raises CannotRead."""
        _require_regular(file.path)
        path = self._copies.get(file.path, file.path)
        if file.form == "px":
            _lay_out(file.path, path)
        columns, source, cells = (_parquet if file.form == "parquet" else _csv)(path, self._fetched)
        # Counting every column has all of the file read, so that nothing in it is found to be broken later.
        rows, *_ = next(self._asked(f"SELECT count(*), count(COLUMNS(*)) FROM {source}", [_pattern(path)]))
        return Table(file, path, columns, rows, source, cells)

    def filled(self, rows: Rows, columns: Sequence[int]) -> list[Filled]:
        """What stands in each of some columns of the rows."""
        counts: list[Filled] = []
        for some in _by(_TOGETHER, columns):
            counted = ", ".join(f"count(v{column}), count(DISTINCT v{column})" for column in some)
            cells = next(self._asked(f"SELECT {counted} FROM ({rows.sql(some)})", rows.paths))
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
            for number, *values, which, count in self._asked(question, rows.paths):
                yield Count(some[at[number]], values[at[number]], which, count)

    def first_besides(self, rows: Rows, column: int, values: Sequence[str], most: int) -> list[str]:
        """The values of a column, other than some, that stand first in the rows, in the order of the files."""
        question = (
            f"SELECT v{column} FROM (SELECT v{column}, row_number() OVER () AS n FROM ({rows.sql([column])}))"
            f" WHERE v{column} IS NOT NULL AND v{column} NOT IN (SELECT unnest(?::VARCHAR[]))"
            f" GROUP BY v{column} ORDER BY min(n) LIMIT {most:d}"
        )
        return [value for (value,) in self._asked(question, [*rows.paths, list(values)])]

    def every(self, rows: Rows, columns: Sequence[int]) -> Iterator[tuple[tuple[str | None, ...], int]]:
        """The cells of some columns in every row, in the order of the files, and the number of the row's period."""
        listed = "".join(f"v{column}, " for column in columns)
        for *cells, period in self._asked(f"SELECT {listed}period FROM ({rows.sql(columns)})", rows.paths):
            yield tuple(cells), period

    def absent(self, rows: Rows, columns: Sequence[int]) -> int:
        """In how many rows a value is lacking in one of some columns."""
        question = f"SELECT count(*) FROM ({rows.sql(columns)}) WHERE NOT ({_all_there(columns)})"
        (count,) = next(self._asked(question, rows.paths))
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
        (count,) = next(self._asked(question, rows.paths))
        return int(count)

    def _fetched(self, question: str, parameters: Sequence[object]) -> list[tuple[Any, ...]]:
        return list(self._asked(question, parameters))

    def _asked(self, question: str, parameters: Sequence[object]) -> Iterator[tuple[Any, ...]]:
        """The rows that answer a question, a part at a time. Raises CannotRead where a file turns out to be broken."""
        duckdb = import_module("duckdb")
        try:
            answer = self._connection.execute(question, list(parameters))
            while part := answer.fetchmany(10_000):
                yield from part
        except (duckdb.ParserException, duckdb.BinderException, duckdb.CatalogException):
            # The question is wrong, and no file to blame.
            raise
        except (duckdb.OutOfMemoryException, MemoryError):
            raise CannotRead(Unreadable("memory")) from None
        except duckdb.Error as error:
            raise CannotRead(_fault_in(str(error))) from None
        except UnicodeDecodeError:
            raise CannotRead(Unreadable("utf-8")) from None


class Rows(NamedTuple):
    """The rows of some tables, one after the other. `columns` are the places of each wanted column in each table, None
    where a table does not have it."""

    tables: Sequence[Table]
    columns: Sequence[Sequence[int | None]]

    def sql(self, wanted: Sequence[int]) -> str:
        """What selects the rows: of the wanted columns `v` with their numbers, and `period`, the number of the period
        that the table's file is for."""
        periods = {
            period: number for number, period in enumerate(dict.fromkeys(one.file.period for one in self.tables))
        }
        parts = []
        for number, table in enumerate(self.tables):
            listed = "".join(f"{self._cell(table, number, column)} AS v{column}, " for column in dict.fromkeys(wanted))
            parts.append(f"SELECT {listed}{periods[table.file.period]:d} AS period FROM {table.source}")
        return " UNION ALL ".join(parts)

    @property
    def paths(self) -> list[str]:
        """The parameters of `sql`."""
        return [_pattern(table.path) for table in self.tables]

    def _cell(self, table: Table, number: int, column: int) -> str:
        at = self.columns[column][number]
        return "NULL::VARCHAR" if at is None else table.cells[at]


def _all_there(columns: Sequence[int]) -> str:
    return " AND ".join(f"v{column} IS NOT NULL" for column in columns)


def _closed(paths: Sequence[str], folder: str) -> Any:
    """A database in memory that may open these files, and put aside in a folder what memory does not hold: it loads
    nothing, reaches no network, and nobody can open it up again."""
    connection = import_module("duckdb").connect(
        config={
            "autoinstall_known_extensions": "false",
            "autoload_known_extensions": "false",
            "allow_community_extensions": "false",
        }
    )
    allowed = ", ".join(_quoted(path) for path in dict.fromkeys((*paths, *map(_pattern, paths))))
    for setting in (
        f"memory_limit = '{_MEMORY}'",
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
_Source = tuple[tuple[str, ...], str, tuple[str, ...]]
"""What a file's columns are called, how SQL reads it, and the expressions of its cells."""


def _csv(path: str, _fetch: _Fetch) -> _Source:
    header = _header_of(path)
    types = ", ".join(f"'c{at}': 'VARCHAR'" for at in range(len(header.columns)))
    source = (
        f"read_csv(?, auto_detect = false, header = true, skip = {header.skipped:d},"
        f" delim = {_quoted(header.separator)}, quote = '\"', escape = '\"', nullstr = '',"
        f" compression = '{header.compression}', hive_partitioning = false, columns = {{{types}}})"
    )
    return header.columns, source, tuple(_trimmed(f"c{at}") for at in range(len(header.columns)))


def _parquet(path: str, fetch: _Fetch) -> _Source:
    read = "read_parquet(?, hive_partitioning = false)"
    described = fetch(f"DESCRIBE SELECT * FROM {read}", [_pattern(path)])
    numbered = ", ".join(f"c{at}" for at in range(len(described)))
    cells = tuple(_as_text(f"c{at}", str(kind)) for at, (_, kind, *_) in enumerate(described))
    return tuple(str(name) for name, *_ in described), f"{read} AS t({numbered})", cells


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


class _Header(NamedTuple):
    """The first line of a CSV file: its columns, what stands between cells, the lines to skip above it, and how the
    file is compressed."""

    columns: tuple[str, ...]
    separator: str
    skipped: int
    compression: Literal["none", "gzip"]


def _header_of(path: str) -> _Header:
    head, compression = _head(path)
    if head.startswith(_NOT_TEXT):
        raise CannotRead(Unreadable("other-form"))
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise CannotRead(Unreadable("utf-16"))
    lines = _complete_lines(head)
    filled = [at for at, line in enumerate(lines) if line.strip(b"\xef\xbb\xbf \t\r\n")]
    if not filled:
        raise CannotRead(Unreadable("empty"))
    declared = _DECLARATION.fullmatch(_decoded(lines[filled[0]], filled[0]).strip("\ufeff \r\n"))
    start = filled[1] if declared and len(filled) > 1 else filled[0]
    texts = [_decoded(line, at) for at, line in enumerate(lines[start:], start)]
    texts[0] = texts[0].removeprefix("\ufeff")
    separators = (declared[1],) if declared else _SEPARATORS
    header, separator = max(((_records(texts, one), one) for one in separators), key=_likeliness)
    if not header:
        raise CannotRead(Unreadable("quote", start + 1))
    return _Header(tuple(column.strip(BLANKS) for column in header[0]), separator, start, compression)


def _records(lines: Sequence[str], separator: str) -> list[list[str]]:
    """The first two records of some lines, or those of them before a quote that is not closed."""
    read: list[list[str]] = []
    with suppress(csv.Error):
        for record in filter(None, csv.reader(lines, delimiter=separator, strict=True)):
            read.append(record)
            if len(read) == 2:
                break
    return read


def _likeliness(read: tuple[list[list[str]], str]) -> tuple[bool, int]:
    """How likely a separator is the right one, of a header and the record below it as it reads them: where it parts
    both into as many cells, and into how many."""
    widths = [len(record) for record in read[0]]
    return len(widths) == 2 and widths[0] == widths[1] > 1, widths[0] if widths else 0


def _head(path: str) -> tuple[bytes, Literal["none", "gzip"]]:
    """The beginning of a file, unpacked where it is packed."""
    try:
        with open(path, "rb") as file:
            packed = file.read(2) == b"\x1f\x8b"
            file.seek(0)
            if not packed:
                return file.read(_LONGEST_HEADER), "none"
            with gzip.GzipFile(fileobj=file) as unpacked:
                return unpacked.read1(_LONGEST_HEADER), "gzip"
    except EOFError:
        raise CannotRead(Unreadable("broken")) from None
    except gzip.BadGzipFile:
        raise CannotRead(Unreadable("broken")) from None
    except OSError as error:
        raise CannotRead(Unreadable(reason_of(error))) from None


def _complete_lines(head: bytes) -> list[bytes]:
    """The lines of a file's beginning; the last is left out where it may go on."""
    lines = head.splitlines(keepends=True)
    if len(head) < _LONGEST_HEADER:
        return lines
    if len(lines) < 2:
        raise CannotRead(Unreadable("long", 1))
    return lines[:-1]


def _decoded(line: bytes, at: int) -> str:
    try:
        return line.decode("utf-8")
    except UnicodeDecodeError:
        raise CannotRead(Unreadable("utf-8", at + 1)) from None


def _require_regular(path: str) -> None:
    """Raises CannotRead where a path is no file that can be read: a pipe would wait for its writer."""
    try:
        if not stat.S_ISREG(os.stat(path).st_mode):
            raise CannotRead(Unreadable("not-regular"))
        with open(path, "rb"):
            pass
    except OSError as error:
        raise CannotRead(Unreadable(reason_of(error))) from None


def _fault_in(message: str) -> Unreadable:
    """What DuckDB says of a file, without the lines that it quotes."""
    row, cells = _ROW.search(message), _CELLS.search(message)
    told = message.partition("Possible")[0]
    fault: Fault = next((fault for sign, fault in _SIGNS if sign in told), "broken")
    expected, found = (int(cells[1]), int(cells[2])) if cells and fault == "cells" else (0, 0)
    return Unreadable(fault, int(row[1]) if row else 0, expected, found)
