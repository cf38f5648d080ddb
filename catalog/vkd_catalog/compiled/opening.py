"""Opening a database that was sealed."""

import sqlite3
from contextlib import suppress

from vkd_catalog.cache import Sealed


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
