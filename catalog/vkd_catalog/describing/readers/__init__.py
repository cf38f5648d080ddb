"""Readers of data files: the explicit list, and the one function that reads a file by what it is.

A reader is its module and one line here. Its library, where it needs one, is imported when a file needs it; where that
is missing, the extra that brings it is named.
"""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import NamedTuple

from vkd_catalog.describing.table import Table, UnreadableError

EXTRA = "describe"
"""The extra of the distribution that brings the libraries of all readers."""


class Reader(NamedTuple):
    """One kind of file: what it is called, its endings, the module here that reads it, and the library that needs.

    `library` is the import name of what the extra brings; empty where the standard library is enough.
    """

    name: str
    endings: tuple[str, ...]
    module: str
    library: str = ""

    @property
    def extra(self) -> str:
        """The extra that the reader needs; empty where it needs none."""
        return EXTRA if self.library else ""

    def read(self, path: Path) -> Table:
        """The table in a file. Raises UnreadableError, and OSError where the file cannot be opened."""
        read: Callable[[Path], Table] = import_module(f"{__name__}.{self.module}").read
        try:
            return read(path)
        except ModuleNotFoundError as error:
            if (error.name or "").partition(".")[0] == "vkd_catalog":
                raise
            reason = f"needs {self.library}, which the extra vkd[{EXTRA}] brings: pip install 'vkd-server[{EXTRA}]'"
            raise UnreadableError(path, reason) from error


DELIMITED = Reader("CSV", (".csv", ".tsv", ".tab", ".txt", ".skv", ".dat"), "delimited")
READERS = (
    DELIMITED,
    Reader("Excel", (".xlsx", ".xlsm", ".xlsb", ".xls", ".ods"), "workbook", "python_calamine"),
    Reader("Parquet", (".parquet", ".pq"), "parquet", "duckdb"),
    Reader("SPSS", (".sav", ".zsav", ".por"), "labelled", "pyreadstat"),
    Reader("Stata", (".dta",), "labelled", "pyreadstat"),
    Reader("SAS", (".sas7bdat", ".xpt"), "labelled", "pyreadstat"),
)
"""The kinds of file that can be described, in the order in which they are told."""

ENDINGS = tuple(ending for reader in READERS for ending in reader.endings if ending not in (".txt", ".dat"))
"""The endings by which files of data are found in a folder; others may be anything."""


def read_table(path: Path) -> Table:
    """The table in a file, read by its ending; what has none that is known is read as separated text.

    Raises UnreadableError, and OSError where the file cannot be opened.
    """
    ending = path.suffix.lower()
    return next((one for one in READERS if ending in one.endings), DELIMITED).read(path)
