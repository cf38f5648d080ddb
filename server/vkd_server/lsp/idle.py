"""The server's work when no message waits: sending diagnostics, checking further, preparing answers, clearing up."""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Generator, Iterator
from typing import TYPE_CHECKING

from vkd_catalog.engines import RegisterError
from vkd_server.lsp.requests import FEATURES
from vkd_server.workspace.background_task import WAITING

if TYPE_CHECKING:
    from vkd_server.lsp.inbox import Inbox
    from vkd_server.lsp.rpc import InWork
    from vkd_server.lsp.session import Session

_QUIET = 1.0
"""Seconds without a message after which files are read that nobody has asked about yet."""

_AT_REST, _UNSETTLED = 3.0, 0.05
"""Seconds without a message after which the server looks around: whether anybody is still there, or a register is."""


class Idle:
    """The idle work of one session, once that has begun. With `watch_parent` it ends the session when the process that
    started the server is gone."""

    def __init__(self, inbox: Inbox, *, watch_parent: bool) -> None:
        self._session: Session | None = None
        self._inbox = inbox
        self._watch_parent = watch_parent
        self._ahead = _look_ahead()
        self._has_let_go = False
        self._publishing: Generator[str, None, None] | None = None

    def begin(self, session: Session) -> None:
        """Sets the session to work for."""
        self._session = session

    def work(self, in_work: InWork) -> bool:
        """Does one piece of idle work; False where there is nothing to do."""
        session = self._session
        if session is None:
            return False
        try:
            return self._worked(session, in_work)
        except RegisterError as error:
            # What is not known now may be known when somebody looks again, a while later.
            session.tell_unknown(error)
            return False

    def _worked(self, session: Session, in_work: InWork) -> bool:
        files = session.files
        self._has_let_go |= files.let_go(in_work.oldest)
        return (
            self._catch_up(session)
            or session.take_made()
            or session.hear()
            or session.take_up()
            or session.publisher.next(files.settled)
            or session.check_further()
            or session.offer_files()
            or self._publish_vocabularies(session)
            or session.show_troubles()
            or session.show_progress()
            or next(self._ahead, False)
            or files.prepare()
            or (not in_work.is_awaited and self._inbox.is_quiet(_QUIET) and files.read_ahead())
        )

    def patience(self) -> float:
        """Seconds that may pass without a message before `rest`."""
        files = self._session.files if self._session else None
        waits = files is not None and (not files.is_settled or files.sources.waits or files.is_behind or files.in_work)
        return _UNSETTLED if waits or self._publishing else _AT_REST

    def rest(self) -> bool:
        """Clears up when nothing has come for a while; False where the process that started the server is gone."""
        session = self._session
        if session is None:
            return True
        if not gc.isenabled() and session.files.is_settled:
            if self._has_let_go:
                # Some of what was put aside as there to stay is held by nobody any longer.
                gc.unfreeze()
                self._has_let_go = False
            gc.collect()
            gc.freeze()
        return not self._watch_parent or _is_there(session.client.process)

    def _publish_vocabularies(self, session: Session) -> bool:
        """Publishes what is wrong with vocabularies that came into use; False where there are none yet."""
        if self._publishing is None:
            if not session.unpublished:
                return False
            self._publishing = session.publish_vocabularies(session.unpublished.popleft())
        state = next(self._publishing, None)
        if state is None:
            self._publishing = None
        return state != WAITING

    def _catch_up(self, session: Session) -> bool:
        """Reads the files that were reported as changed, once no more reports come."""
        return session.files.is_behind and self._inbox.is_quiet(_UNSETTLED) and session.catch_up()


def _look_ahead() -> Iterator[bool]:
    """Imports the modules that answer requests, one a step, before they are first needed."""
    for feature in FEATURES:
        _ = feature.answer
        yield True


def _is_there(process: int | None) -> bool:
    """Whether a process exists, as far as that can be found out."""
    if process is None or sys.platform == "win32":
        return True
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except OSError:
        return True
    return True
