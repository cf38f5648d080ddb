"""What the owner of a shared register does to it: tables, roles, and who may write what."""

from collections.abc import Sequence

import psycopg
from psycopg import sql

from vkd_catalog.engines import Place
from vkd_catalog.engines.shared.layout import migrate, statements
from vkd_catalog.engines.shared.nodes import PATIENCE
from vkd_catalog.engines.shared.session import check_version, connected, connected_to_any, told
from vkd_catalog.engines.shared.texts import stored

ROLES = ("reader", "writer", "public")
"""Who reads all, who also registers files of some workspaces, and who reads what anybody may be told."""


def prepare(place: Place) -> Sequence[str]:
    """Makes the tables and roles of a register, or brings them up to date. Returns the names of what was run.

    Raises RegisterError where that cannot be done, and then the tables are as they were.
    """
    with connected_to_any(place) as connection:
        try:
            with connection.transaction():
                made = migrate(connection, place.schema)
                check_version(connection, place)
                for role in ROLES:
                    _make_role(connection, role_of(place, role))
                connection.execute(_with_names(statements("roles"), place))
        except psycopg.Error as error:
            raise told(error, place) from error
    return made


def allow(place: Place, role: str, workspace: str) -> None:
    """Lets a role register the files of a workspace, beside what it may already. Raises RegisterError."""
    with connected(place) as connection:
        try:
            with connection.transaction():
                connection.execute(
                    "INSERT INTO workspace (name) VALUES (%s) ON CONFLICT DO NOTHING", (stored(workspace),)
                )
                connection.execute(
                    "INSERT INTO writer SELECT %s, number FROM workspace WHERE name = %s ON CONFLICT DO NOTHING",
                    (role, stored(workspace)),
                )
                writer = sql.Identifier(role_of(place, "writer"))
                connection.execute(sql.SQL("GRANT {} TO {}").format(writer, sql.Identifier(role)))
        except psycopg.Error as error:
            raise told(error, place) from error


def spread(place: Place, nodes: Sequence[str]) -> None:
    """Has the sentences of an empty register lie on several servers, told by libpq's connection strings without a
    password; each has an empty database. Raises RegisterError."""
    for number, node in enumerate(nodes):
        _make_node(place._replace(service="", url=node), _part(number))
    with connected(place) as connection:
        try:
            with connection.transaction():
                connection.execute(b"CREATE EXTENSION IF NOT EXISTS postgres_fdw")
                connection.execute(statements("spread").encode())
                for number, node in enumerate(nodes):
                    _link_node(connection, place, node, number, len(nodes))
                connection.execute(_with_names(statements("roles"), place))
        except psycopg.Error as error:
            raise told(error, place) from error


def sweep(place: Place) -> int:
    """Takes away the sentences on other servers of products that are no longer here, and have not been for an hour.
    Returns how many there were. Raises RegisterError."""
    with connected(place) as connection:
        try:
            with connection.transaction():
                # No change is half there while nobody counts the revision up.
                connection.execute(b"SELECT FROM register FOR UPDATE")
                swept = connection.execute(_SWEEP).rowcount
                connection.execute(f"DELETE FROM swept_later WHERE {_LONG_SINCE}".encode())
        except psycopg.Error as error:
            raise told(error, place) from error
    return swept


_LONG_SINCE = "since < now() - interval '1 hour'"
_SWEEP = f"""
DELETE FROM sentence WHERE product NOT IN (SELECT number FROM product)
    AND product NOT IN (SELECT swept_later.product FROM swept_later WHERE NOT {_LONG_SINCE})
""".encode()


def _make_node(place: Place, table: str) -> None:
    with connected_to_any(place) as connection:
        try:
            with connection.transaction():
                connection.execute(sql.SQL("CREATE SCHEMA IF NOT EXISTS {}").format(sql.Identifier(place.schema)))
                connection.execute(statements("node").format(table=table).encode())
        except psycopg.Error as error:
            raise told(error, place) from error


def _part(number: int) -> str:
    """What the part of the sentences is called that lies on a node."""
    return f"sentence_on_{number}"


def _link_node(connection: psycopg.Connection, place: Place, node: str, number: int, nodes: int) -> None:
    """Makes a node's part of the sentences a partition here; the node is called by the schema and its number."""
    said = psycopg.conninfo.conninfo_to_dict(node)
    user = sql.Literal(str(said.pop("user")))
    server = sql.Identifier(f"{place.schema}_node_{number}")
    stated = {**PATIENCE, **said}
    options = [sql.SQL("{} {}").format(sql.Identifier(key), sql.Literal(str(value))) for key, value in stated.items()]
    where = sql.SQL(", ").join([*options, sql.SQL("async_capable 'true', batch_size '1000', fetch_size '10000'")])
    for statement in (
        sql.SQL("CREATE SERVER {} FOREIGN DATA WRAPPER postgres_fdw OPTIONS ({})").format(server, where),
        sql.SQL("CREATE USER MAPPING FOR PUBLIC SERVER {} OPTIONS (user {})").format(server, user),
        sql.SQL(
            "CREATE FOREIGN TABLE {} PARTITION OF sentence FOR VALUES WITH (MODULUS {}, REMAINDER {})"
            " SERVER {} OPTIONS (schema_name {}, table_name {})"
        ).format(
            sql.Identifier(_part(number)),
            sql.Literal(nodes),
            sql.Literal(number),
            server,
            sql.Literal(place.schema),
            sql.Literal(_part(number)),
        ),
    ):
        connection.execute(statement)


def role_of(place: Place, role: str) -> str:
    """What one of the roles of a register is called on its server."""
    return f"{place.schema}_{role}"


def _make_role(connection: psycopg.Connection, name: str) -> None:
    there = connection.execute("SELECT FROM pg_catalog.pg_roles WHERE rolname = %s", (name,)).fetchone()
    if there is None:
        connection.execute(sql.SQL("CREATE ROLE {} NOLOGIN").format(sql.Identifier(name)))


def _with_names(text: str, place: Place) -> bytes:
    names = {role: sql.Identifier(role_of(place, role)).as_string() for role in ROLES}
    return text.format(schema=sql.Identifier(place.schema).as_string(), **names).encode()
