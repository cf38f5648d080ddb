"""Opening databases: one that was sealed, one that is to be, and one in memory."""

import os
import sqlite3
from contextlib import suppress
from pathlib import Path

from vkd_catalog.cache import Sealed

_CACHE_KB = 32 * 1024
"""Memory for pages of a file that is written to."""

_STEPS = 20_000_000
"""SQLite takes so many in about a second."""


def connected(sealed: Sealed) -> sqlite3.Connection | None:
    """A connection to a file that is whole, in memory or where it lies."""
    if sealed.state != "whole":
        return None
    with suppress(sqlite3.Error):
        if sealed.file is None:
            connection = in_memory()
            connection.deserialize(sealed.data)
            return connection
        where = f"{sealed.file.absolute().as_uri()}?mode=ro&immutable=1"
        return sqlite3.connect(where, isolation_level=None, check_same_thread=False, uri=True)
    return None


def in_memory() -> sqlite3.Connection:
    """An empty database in memory, which any thread may ask."""
    return sqlite3.connect(":memory:", isolation_level=None, check_same_thread=False)


def new_file(path: Path) -> sqlite3.Connection:
    """A connection to an empty file that is filled and sealed then. Nobody else sees it yet, so that it needs no
    journal."""
    connection = sqlite3.connect(path, isolation_level=None)
    for setting in ("journal_mode = OFF", "synchronous = OFF", f"cache_size = -{_CACHE_KB}"):
        connection.execute(f"PRAGMA {setting}")
    # A file that nobody writes to for long, as while an index is sorted, is taken for one that was left.
    connection.set_progress_handler(lambda: os.utime(path), _STEPS)
    return connection
