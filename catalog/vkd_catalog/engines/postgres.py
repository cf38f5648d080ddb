"""The engine `postgres`: a register on a PostgreSQL server that many workspaces share (docs/postgres.md).

psycopg, which talks to the server, comes with the extra `postgres`; what needs it stands in `shared/`.
"""

from vkd_catalog.cache import Cache
from vkd_catalog.engines import NOWHERE, Place, RegisterError, embedded
from vkd_catalog.register import Register, Stored, Tell

NAME = "postgres"
"""What the engine, and the extra that it needs, is called."""


def open_register(cache: Cache | None, key: str, tell: Tell | None = None, place: Place = NOWHERE) -> Register:
    """The register at a place, as its workspace has it. Where the role that asks may not register files of the
    workspace, what it has is laid over the register in memory, and `tell` is told when that is done.

    Without a cache nothing is to be kept, and no server is asked. Raises RegisterError where it cannot be.
    """
    if cache is None:
        return embedded.open_register(None, key)
    _need_psycopg()
    from vkd_catalog.engines.shared.register import opened

    return opened(place, key, tell)


def stored_register(cache: Cache, key: str, place: Place = NOWHERE) -> Stored:
    """What is registered of the workspace at a place. Raises RegisterError where it cannot be asked."""
    _need_psycopg()
    from vkd_catalog.engines.shared.register import stored_at

    return stored_at(place, key)


def _need_psycopg() -> None:
    try:
        import psycopg  # noqa: F401
    except ImportError as error:
        raise RegisterError("extra", engine=NAME, why=str(error)) from error
