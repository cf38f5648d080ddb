"""Why data files cannot be read: without what stands in them, which is nobody's to know."""

import re
from typing import Literal, NamedTuple

from vkd_catalog.files import Reason

Fault = Literal[
    "cells", "figures", "quote", "long", "utf-8", "utf-16", "empty", "line-ends", "broken", "other-form", "memory"
]
"""Why a file cannot be read as its form says: a row has too few or too many cells, a table so many figures, a quote is
never closed, a row is longer than any, it is not UTF-8, there is nothing in it, its lines end in different ways, it is
damaged, it is something else, or it takes more memory or room on the disk than there is."""

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


def fault_in(message: str) -> Unreadable:
    """What DuckDB says of a file, without the lines that it quotes."""
    row, cells = _ROW.search(message), _CELLS.search(message)
    told = message.partition("Possible")[0]
    fault: Fault = next((fault for sign, fault in _SIGNS if sign in told), "broken")
    expected, found = (int(cells[1]), int(cells[2])) if cells and fault == "cells" else (0, 0)
    return Unreadable(fault, int(row[1]) if row else 0, expected, found)
