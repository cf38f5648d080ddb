"""A connection to a shared register, and the state of it that is asked.

All questions between two changes are answered from one state: a transaction of repeatable reading is held open, which
begins with reading the register's revision. So an answer made of many questions is not torn, whoever writes meanwhile.
A connection that is lost is made again, and goes on unheard where the revision is still the same; else whoever asks is
told, for half an answer may have been given.
"""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from threading import RLock, get_ident
from typing import Any, NamedTuple, TypeVar

import psycopg
from psycopg import errors, sql

from vkd_catalog.engines import Place, RegisterError
from vkd_catalog.engines.shared.layout import VERSION
from vkd_catalog.engines.shared.nodes import PATIENCE, unreached

_MOST_SAID = 300
"""Characters of what a server says that are told."""

_READING = b"BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY"

_STATE = b"""
SELECT revision, is_spread, coding.number, workspace.number,
    ARRAY(SELECT product.number FROM product WHERE product.coding = coding.number AND NOT visible)
FROM register LEFT JOIN coding ON coding.key = %s LEFT JOIN workspace ON workspace.name = %s
"""

_NOBODY = 0
"""The number that no thread has."""

NONE = 0
"""The number that no coding and no workspace has: that of one which nothing is registered of."""

Run = Callable[..., list[tuple[Any, ...]]]
"""Runs a statement with its values and returns the rows."""


T = TypeVar("T")


class State(NamedTuple):
    """What is asked: the revision, whether sentences are spread over several servers, the numbers of the coding and of
    the workspace in it, and the products that others of their name hide."""

    revision: int
    is_spread: bool
    coding: int
    workspace: int
    hidden: frozenset[int]


class Session:
    """A connection that is made when it is needed. It may be used by several threads, one after the other.

    `key` is the coding whose rows are asked; `renewed` is called when another state is asked from now on. `snapshot` is
    a state that another session has exported, and then the only one that is ever asked.
    """

    def __init__(self, place: Place, key: str, renewed: Callable[[], None], snapshot: str = "") -> None:
        self.place = place
        self._key = key
        self._renewed = renewed
        self._snapshot = snapshot
        self._lock = RLock()
        self._connection: psycopg.Connection | None = None
        self._cursor: psycopg.Cursor | None = None
        self._is_reading = False
        self._asking = _NOBODY
        self._state: State | None = None
        if snapshot:
            self._begin()

    @property
    def state(self) -> State:
        """The state that is asked, begun where none is."""
        with self._lock:
            if self._state is None:
                self._repeated(self._begin)
            assert self._state is not None
            return self._state

    def rows(self, question: str, values: Sequence[object] = ()) -> list[tuple[Any, ...]]:
        """The rows that answer a question. Raises RegisterError."""
        with self._lock:
            self._asking = get_ident()
            try:
                return self._repeated(lambda: self._asked(question, values))
            finally:
                self._asking = _NOBODY

    def exported(self) -> str:
        """The state that is asked, by the name that another session can take it up by while this one asks it."""
        ((name,),) = self.rows("SELECT pg_export_snapshot()")
        return str(name)

    @contextmanager
    def writing(self) -> Iterator[Run]:
        """A transaction that changes the register: whole when the block is left, and undone where it raises."""
        with self._lock:
            self.release()
            try:
                self._repeated(lambda: self._run("BEGIN"))
                yield self._run
                self._run("COMMIT")
            except BaseException:
                self._undo()
                raise

    def release(self) -> None:
        """Lets the state go; the next question is answered from the register as it is then."""
        with self._lock:
            self._undo()
            self._state = None
            self._renewed()

    def cancel(self, thread: int) -> None:
        """Has the question that a thread is asking end by RegisterError; those of others go on."""
        connection = self._connection
        if connection is not None and self._asking == thread:
            with suppress(psycopg.Error):
                connection.cancel_safe(timeout=1)

    def close(self) -> None:
        """Closes the connection."""
        with self._lock:
            self._drop()

    def __del__(self) -> None:
        # A command holds its register until it ends, and closes nothing.
        with suppress(Exception):
            self._drop()

    def _asked(self, question: str, values: Sequence[object]) -> list[tuple[Any, ...]]:
        if not self._is_reading:
            self._begin()
        return self._run(question, values)

    def _repeated(self, ask: Callable[[], T]) -> T:
        """What a question brings, asked a second time where the connection was lost."""
        try:
            return ask()
        except RegisterError as error:
            self._undo()
            if error.kind != "lost":
                raise
        return ask()

    def _begin(self) -> None:
        before = self._state
        self._run(_READING)
        self._is_reading = True
        if self._snapshot and before is None:
            self._run(sql.SQL("SET TRANSACTION SNAPSHOT {}").format(self._snapshot).as_bytes(None))
        self._state = self._read_state()
        if before is not None and before.revision != self._state.revision:
            moved = self._state.revision
            self.release()
            if self._snapshot:
                # It never asks another state: whoever asks again is told again.
                self._state = before
            raise RegisterError("moved", place=self.place.address, revision=moved)

    def _read_state(self) -> State:
        ((revision, is_spread, coding, workspace, hidden),) = self._run(_STATE, (self._key, self.place.workspace))
        return State(revision, is_spread, coding or NONE, workspace or NONE, frozenset(hidden))

    def _run(self, statement: str | bytes, values: Sequence[object] = ()) -> list[tuple[Any, ...]]:
        try:
            if self._cursor is None or self._connection is None or self._connection.closed:
                self._connect()
                assert self._cursor is not None
            self._cursor.execute(statement.encode() if isinstance(statement, str) else statement, values or None)
            return self._cursor.fetchall() if self._cursor.description else []
        except psycopg.Error as error:
            raise self._told(error) from error

    def _connect(self) -> None:
        self._drop()
        self._connection = connected(self.place)
        self._cursor = self._connection.cursor(binary=True)

    def _told(self, error: psycopg.Error) -> RegisterError:
        """What went wrong, as whoever asks can be told it."""
        nodes = unreached(self._connection, error) if self._connection is not None else ()
        if nodes:
            return RegisterError("node", place=self.place.address, nodes=", ".join(nodes), why=_said(error))
        is_lost = self._connection is not None and self._connection.closed
        return told(error, self.place, is_lost=is_lost)

    def _undo(self) -> None:
        self._is_reading = False
        if self._connection is None or self._connection.closed:
            return
        if self._connection.info.transaction_status != psycopg.pq.TransactionStatus.IDLE:
            with suppress(psycopg.Error):
                self._connection.execute(b"ROLLBACK")

    def _drop(self) -> None:
        self._is_reading = False
        if self._connection is not None:
            self._connection.close()
        self._connection = self._cursor = None


def connected(place: Place) -> psycopg.Connection:
    """A connection to a place whose tables are those of this version. Raises RegisterError."""
    connection = connected_to_any(place)
    try:
        check_version(connection, place)
    except BaseException:
        connection.close()
        raise
    return connection


def connected_to_any(place: Place) -> psycopg.Connection:
    """A connection to a place, whatever is there. Raises RegisterError."""
    given: dict[str, Any] = {"application_name": "vkd", "client_encoding": "utf8"}
    if place.service:
        given["service"] = place.service
    given |= {name: value for name, value in PATIENCE.items() if name not in place.url}
    try:
        connection = psycopg.connect(place.url, autocommit=True, **given)
        connection.execute(sql.SQL("SET search_path TO {}").format(sql.Identifier(place.schema)))
    except psycopg.Error as error:
        raise RegisterError("unreachable", place=place.address, why=_said(error)) from error
    return connection


def check_version(connection: psycopg.Connection, place: Place) -> None:
    """Raises RegisterError where the tables are not there, or are those of an older or a newer version."""
    try:
        ((version,),) = connection.execute(b"SELECT coalesce(max(version), 0) FROM migration").fetchall()
    except psycopg.Error as error:
        raise told(error, place) from error
    if version != VERSION:
        raise RegisterError(
            "older" if version < VERSION else "newer", place=place.address, version=version, known=VERSION
        )


def told(error: psycopg.Error, place: Place, *, is_lost: bool = False) -> RegisterError:
    """An error of the server's or of the connection's as a RegisterError."""
    if isinstance(error, (errors.UndefinedTable, errors.InvalidSchemaName)):
        return RegisterError("unprepared", place=place.address)
    if isinstance(error, errors.InsufficientPrivilege):
        return RegisterError("denied", place=place.address, why=_said(error))
    if isinstance(error, errors.QueryCanceled):
        return RegisterError("stopped", place=place.address, why=_said(error))
    return RegisterError("lost" if is_lost else "failed", place=place.address, why=_said(error))


def _said(error: psycopg.Error) -> str:
    """What the server or the connection said, in one line; of one that lies behind it, what that was asked, too."""
    said = (error.diag.message_primary or str(error), error.diag.context, error.diag.message_detail)
    return " ".join(" ".join(filter(None, said)).split())[:_MOST_SAID]
