"""Parquet, read by DuckDB: a schema, and as many rows as tell what stands in the columns."""

import glob
from pathlib import Path

from vkd_catalog.describing.table import MOST_ROWS, Column, Table, UnreadableError, profiled
from vkd_catalog.files import open_regular


def read(path: Path) -> Table:
    """The table in a Parquet file. Raises UnreadableError where it is none."""
    import duckdb

    # The library opens it by its path, and what is no file has no end.
    open_regular(path).close()
    # In DuckDB a path is a pattern, and so a name that looks like one is escaped.
    place = glob.escape(str(path.absolute()))
    try:
        with duckdb.connect(":memory:") as database:
            counted = database.execute("SELECT num_rows FROM parquet_file_metadata(?)", [place]).fetchone()
            found = database.execute(
                f"SELECT COLUMNS(*)::VARCHAR FROM read_parquet(?) LIMIT {MOST_ROWS}",
                [place],
            )
            names = [one[0] for one in found.description or ()]
            rows = found.fetchall()
    except (duckdb.Error, UnicodeDecodeError) as error:
        first, *_ = str(error).splitlines() or [""]
        raise UnreadableError(path, f"cannot be read as Parquet: {first}") from error
    whole = counted is not None and counted[0] == len(rows)
    cells = zip(*rows, strict=True) if rows else ([] for _ in names)
    columns = tuple(
        profiled(Column(name), ("" if cell is None else cell for cell in values), whole=whole)
        for name, values in zip(names, cells, strict=True)
    )
    return Table(path, "parquet", columns, len(rows), whole)
