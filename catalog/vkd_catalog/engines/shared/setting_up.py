"""What the owner of a shared register does to it: tables, roles, and who may write what."""

from collections.abc import Sequence

import psycopg
from psycopg import sql

from vkd_catalog.engines import Place
from vkd_catalog.engines.shared.layout import migrate, statements
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
