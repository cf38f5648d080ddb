"""The servers that sentences are spread over: how long one is waited for, and which of them was not reached."""

from collections.abc import Mapping, Sequence
from contextlib import suppress

import psycopg
from psycopg import sql

PATIENCE: Mapping[str, str] = {
    "connect_timeout": "10",
    "keepalives_idle": "10",
    "keepalives_interval": "5",
    "keepalives_count": "4",
    "tcp_user_timeout": "30000",
}
"""What libpq is told of a server that may fall silent: without it, one that has no power is waited for two hours."""

_ENDED = ("08", "57P")
"""How the states begin that SQL has for a connection which ended, or for a server which shuts down or starts."""

_WHERE_ITS_FUNCTIONS_ARE = """
SELECT nspname FROM pg_catalog.pg_extension JOIN pg_catalog.pg_namespace ON pg_namespace.oid = extnamespace
WHERE extname = 'postgres_fdw'
"""

_UNCONNECTED = """
SELECT srvname, relname, (SELECT string_agg(option, ' ') FROM unnest(srvoptions) AS option
    WHERE split_part(option, '=', 1) IN ('host', 'hostaddr', 'port', 'dbname', 'service'))
FROM pg_catalog.pg_foreign_table JOIN pg_catalog.pg_foreign_server ON pg_foreign_server.oid = ftserver
    JOIN pg_catalog.pg_class ON pg_class.oid = ftrelid
WHERE relnamespace = current_schema()::regnamespace
    AND srvname NOT IN (SELECT server_name FROM {}.postgres_fdw_get_connections() WHERE server_name IS NOT NULL)
ORDER BY relname
"""


def unreached(connection: psycopg.Connection, error: psycopg.Error) -> Sequence[str]:
    """The nodes that a question failed for, each by its name and where it is; none where it failed for something else.

    The transaction in which it failed is undone. After that, a server is still connected to the nodes that went on, and
    no longer to one that it lost, whether or not that is there again by now.
    """
    if connection.closed or not (error.sqlstate or "").startswith(_ENDED):
        return ()
    with suppress(psycopg.Error):
        connection.execute(b"ROLLBACK")
        schema = connection.execute(_WHERE_ITS_FUNCTIONS_ARE.encode()).fetchone()
        if schema is not None:
            found = connection.execute(sql.SQL(_UNCONNECTED).format(sql.Identifier(schema[0]))).fetchall()
            return _named(found, f"{error.diag.message_primary} {error.diag.context}")
    return ()


def _named(nodes: Sequence[tuple[str, str, str | None]], said: str) -> Sequence[str]:
    """Of the nodes that a server is not connected to, those that it speaks of; all of them where it speaks of none, as
    when a change is committed. Others were perhaps never asked."""
    spoken_of = [node for node in nodes if node[0] in said or node[1] in said] or nodes
    return [f"{name} ({where})" if where else name for name, _, where in spoken_of]
