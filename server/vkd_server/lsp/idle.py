"""What the server does when nobody waits for it: tells what was found, checks on, looks ahead, and clears up."""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Generator, Iterator
from typing import TYPE_CHECKING

from vkd_server.lsp.requests import FEATURES
from vkd_server.workspace.aside import WAITING

if TYPE_CHECKING:
    from vkd_server.lsp.inbox import Inbox
    from vkd_server.lsp.server import Server

_QUIET = 1.0
"""Seconds without a message after which files are read that nobody has asked about yet."""

_AT_REST, _UNSETTLED = 3.0, 0.05
"""Seconds without a message after which the server looks around: whether anybody is still there, or a register is."""


class Idle:
    """One server's; `watch_parent` has it end when the process that started it is gone."""

    def __init__(self, server: Server, inbox: Inbox, *, watch_parent: bool) -> None:
        self._server = server
        self._inbox = inbox
        self._watch_parent = watch_parent
        self._ahead = self._look_ahead()
        self._has_let_go = False
        self._telling: Generator[str, None, None] | None = None

    def work(self) -> bool:
        """Does the next thing that waits for nothing else to wait; False where there is none."""
        server = self._server
        if not server.is_initialized:
            return False
        self._has_let_go |= server.let_go()
        return (
            self._catch_up()
            or self._take_up()
            or server.publisher.next(server.files.settled)
            or self._check_further()
            or server.offer_files()
            or self._tell_vocabularies()
            or server.tell_troubles()
            or next(self._ahead, False)
            or server.files.prepare()
            or self._read_ahead()
        )

    def patience(self) -> float:
        """Seconds that may pass without a message before `rest`."""
        files = self._server.files if self._server.is_initialized else None
        waits = files is not None and (not files.is_settled or files.sources.waits or files.is_behind)
        return _UNSETTLED if waits or self._telling else _AT_REST

    def rest(self) -> bool:
        """Clears up when nothing has come for a while; False where the process that started the server is gone."""
        server = self._server
        if not gc.isenabled() and server.is_initialized and server.files.is_settled:
            if self._has_let_go:
                # Some of what was put aside as there to stay is held by nobody any longer.
                gc.unfreeze()
                self._has_let_go = False
            gc.collect()
            gc.freeze()
        if not self._watch_parent or server.process_id is None or sys.platform == "win32":
            return True
        try:
            os.kill(server.process_id, 0)
        except ProcessLookupError:
            return False
        except OSError:
            return True
        return True

    def _tell_vocabularies(self) -> bool:
        """Publishes what is wrong with vocabularies that came into use; False where nothing is there to be told yet."""
        if self._telling is None:
            if not self._server.untold:
                return False
            self._telling = self._server.tell_vocabularies(self._server.untold.popleft())
        state = next(self._telling, None)
        if state is None:
            self._telling = None
        return state != WAITING

    def _read_ahead(self) -> bool:
        """Reads a little of what nobody has asked about yet, when nobody waits for anything; False where all is."""
        return not self._server.is_busy and self._inbox.is_quiet(_QUIET) and self._server.files.read_ahead()

    def _catch_up(self) -> bool:
        """Takes in what files say that were told of, once no more are told of."""
        server = self._server
        return server.files.is_behind and self._inbox.is_quiet(_UNSETTLED) and server.catch_up()

    def _take_up(self) -> bool:
        """Lets vocabularies that were written in count, once nobody types in them."""
        changed = self._server.files.take_up()
        if changed:
            self._server.refresh()
        return changed

    def _check_further(self) -> bool:
        """Checks a little of what was opened or changed; who was told of it in part is told again when all is known."""
        server = self._server
        document = server.files.check_further()
        if document is None:
            return False
        uri = document.uri
        if not document.waits and (server.files.is_to_be_told(uri) or server.publisher.owes(uri)):
            server.publisher.later(uri)
            server.ask_again()
        return True

    def _look_ahead(self) -> Iterator[bool]:
        """Imports who answers, one after the other, before anybody asks for the first time."""
        for feature in FEATURES:
            _ = feature.answer
            yield True
