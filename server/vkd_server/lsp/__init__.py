"""The protocol rim: the only place that knows LSP, pygls and lsprotocol."""

import gc
import os
import sys

from vkd_server.lsp.late_types import import_types
from vkd_server.lsp.transports import Address, Transport, serve_tcp, serve_websocket, standard_streams

__all__ = ["serve"]


def serve(tcp: Address | None = None, ws: Address | None = None) -> int:
    """Serves one client on standard input and output, or all that come to a TCP or WebSocket address.

    The answer is the process's exit code, 0 after an interrupt; with standard streams the process ends here and now.
    Raises OSError where an address cannot be listened on.
    """
    import_types()
    from vkd_server.lsp.inbox import Inbox
    from vkd_server.lsp.server import Server

    # A collection would stop a keystroke for as long as it takes to look through everything; `Server` has them at rest.
    gc.disable()
    # Who types takes the interpreter back from the thread that reads a catalogue's products within this many seconds.
    sys.setswitchinterval(0.001)

    def serve_one(transport: Transport) -> int:
        return Server(Inbox(transport.messages), transport.send, watch_parent=not (tcp or ws)).run()

    try:
        if tcp:
            return serve_tcp(tcp, serve_one)
        if ws:
            return serve_websocket(ws, serve_one)
        code = serve_one(standard_streams())
    except KeyboardInterrupt:
        return 0
    # Everything that was said has been written. Taking a large workspace's memory apart would take seconds.
    os._exit(code)
