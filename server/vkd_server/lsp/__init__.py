"""The protocol rim: the only place that knows LSP, pygls and lsprotocol."""

import gc
import os
import sys
from collections.abc import Callable, Collection
from contextlib import suppress
from typing import TYPE_CHECKING

from vkd_server.lsp.lazy_types import import_types
from vkd_server.lsp.transports import Address, Transport, serve_editors, serve_tcp, serve_websocket, standard_streams
from vkd_server.lsp.visitors import Answer

if TYPE_CHECKING:
    from vkd_server.lsp.server import Server
    from vkd_server.workspace.pending import Make

__all__ = ["serve", "serve_browsers"]


_LONGEST_OF_A_PAGE = 1 << 22
"""Bytes of the longest message of a page, which holds a demand."""


def serve(tcp: Address | None = None, ws: Address | None = None, origins: Collection[str] = ()) -> int:
    """Serves one client on standard input and output, or all that connect to a TCP or WebSocket address.

    Of pages in a browser only those of some `origins` are served. Returns the process's exit code, 0 after an
    interrupt; with standard streams the process exits here instead. Raises OSError where an address cannot be listened
    on.
    """
    _prepare()
    from vkd_server.lsp.inbox import Inbox
    from vkd_server.lsp.server import Server

    def server(transport: Transport) -> Server:
        return Server(Inbox(transport.messages), transport.send, watch_parent=not (tcp or ws))

    try:
        if tcp:
            return serve_tcp(tcp, lambda transport: _session(server(transport)))
        if ws:
            return serve_editors(ws, lambda transport: _session(server(transport)), origins)
        code = server(standard_streams()).run()
    except KeyboardInterrupt:
        return 0
    # Everything that was said has been written. Taking a large workspace's memory apart would take seconds.
    os._exit(code)


def serve_browsers(
    address: Address,
    make: "Make",
    answer: Answer,
    between: Callable[[Transport], Transport],
    ready: Callable[[str, int], None],
) -> int:
    """Serves every page that opens a WebSocket, and the pages themselves, until the process is interrupted.

    `make` makes the catalogue that pages ask about, `answer` replies to requests that open no WebSocket, `between`
    limits the messages between a page and its server, and `ready` is called with host and port. Raises OSError where
    the address cannot be listened on.
    """
    _prepare()
    from vkd_server.lsp.inbox import Inbox
    from vkd_server.lsp.server import Server

    def serve_one(transport: Transport) -> int:
        guarded = between(transport)
        return _session(Server(Inbox(guarded.messages), guarded.send, watch_parent=False, make=make, timed=False))

    with suppress(KeyboardInterrupt):
        serve_websocket(address, serve_one, answer, ready, _LONGEST_OF_A_PAGE)
    # The threads of pages that are still open would keep the process.
    os._exit(0)


def _session(server: "Server") -> int:
    """Serves one of several clients, and closes everything that was opened for it."""
    try:
        return server.run()
    finally:
        server.end()
        # Another client's server may have put what was this one's aside as there to stay.
        gc.unfreeze()
        gc.collect()


def _prepare() -> None:
    import_types()
    # A collection would stop a keystroke for as long as it takes to look through everything; `Server` has them at rest.
    gc.disable()
    # Who types takes the interpreter back from the thread that reads a catalogue's products within this many seconds.
    sys.setswitchinterval(0.001)
