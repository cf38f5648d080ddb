"""The tables of a shared register, made and brought up to date by numbered migrations."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from vkd_catalog.files import read_file

if TYPE_CHECKING:
    from psycopg import Connection

MIGRATIONS: Sequence[str] = ("0001_tables",)
"""The migrations in their order, each a file of SQL in `migrations/`; one that was released is never changed."""

_MIGRATIONS = Path(__file__).parent / "migrations"

VERSION = len(MIGRATIONS)
"""The version of the tables that this vkd understands."""


def migrate(connection: "Connection", schema: str) -> Sequence[str]:
    """Brings a schema's tables up to this version, in one transaction. Returns the names of the migrations that it ran.

    Of tables that a newer version made nothing is changed. Raises `psycopg.Error`, and then nothing has changed.
    """
    from psycopg import sql

    with connection.transaction():
        # Two who prepare one at the same time come one after the other.
        connection.execute("SET LOCAL lock_timeout = '60s'")
        connection.execute("SELECT pg_advisory_xact_lock(hashtext(%s))", (f"vkd {schema}",))
        connection.execute(sql.SQL("CREATE SCHEMA IF NOT EXISTS {}").format(sql.Identifier(schema)))
        connection.execute("CREATE TABLE IF NOT EXISTS migration (version integer PRIMARY KEY, applied timestamptz)")
        ((reached,),) = connection.execute("SELECT coalesce(max(version), 0) FROM migration").fetchall()
        missing = MIGRATIONS[reached:]
        for version, name in enumerate(missing, start=reached + 1):
            connection.execute(statements(name).encode())
            connection.execute("INSERT INTO migration VALUES (%s, now())", (version,))
    return missing


def statements(name: str) -> str:
    """The SQL of one migration."""
    return read_file(_MIGRATIONS / f"{name}.sql").decode()
