"""Hears from the server that others have changed a shared register: a thread that waits on its own connection."""

from contextlib import suppress
from threading import Event, Thread

import psycopg
from psycopg import sql

from vkd_catalog.engines import Place, RegisterError
from vkd_catalog.engines.shared.session import connected, told

_LOOK_UP = 2.0
"""Seconds after which a thread that waits looks whether anybody still wants to know."""

_AGAIN = 5.0
"""Seconds after which a connection that was lost is tried again."""


class Listener:
    """Hears whether a register at a place is no longer what it was at a revision."""

    def __init__(self, place: Place, revision: int) -> None:
        self._place = place
        self._revision = revision
        self._ended = Event()
        self._changed = Event()
        self._trouble: RegisterError | None = None
        Thread(target=self._listen, name="vkd-listener", daemon=True).start()

    def has_changed(self) -> bool:
        """Whether the register has changed. Raises RegisterError while that is not known."""
        if self._trouble is not None and not self._changed.is_set():
            raise self._trouble
        return self._changed.is_set()

    def end(self) -> None:
        """Stops listening, soon."""
        self._ended.set()

    def _listen(self) -> None:
        while not self._is_done():
            try:
                self._wait()
            except RegisterError as error:
                self._trouble = error
                self._ended.wait(_AGAIN)

    def _wait(self) -> None:
        """Waits until the register is changed, nobody wants to know any longer, or the connection is lost."""
        with connected(self._place) as connection:
            try:
                connection.execute(sql.SQL("LISTEN {}").format(sql.Identifier(self._place.schema)))
                # What happened before somebody listened is told to nobody.
                ((revision,),) = connection.execute("SELECT revision FROM register").fetchall()
                self._trouble = None
                self._hear(revision)
                while not self._is_done():
                    for notice in connection.notifies(timeout=_LOOK_UP, stop_after=1):
                        self._hear(int(notice.payload))
            except psycopg.Error as error:
                with suppress(psycopg.Error):
                    connection.close()
                raise told(error, self._place, is_lost=True) from error

    def _hear(self, revision: int) -> None:
        if revision != self._revision:
            self._changed.set()

    def _is_done(self) -> bool:
        return self._ended.is_set() or self._changed.is_set()
