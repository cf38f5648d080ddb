"""The protocol rim: the only place that knows LSP, pygls and lsprotocol."""

from vkd_server.lsp.inbox import Inbox
from vkd_server.lsp.server import Server
from vkd_server.lsp.transports import Address, Transport, serve_tcp, serve_websocket, standard_streams

__all__ = ["serve"]


def serve(tcp: Address | None = None, ws: Address | None = None) -> int:
    """Serves one client on standard input and output, or all that come to a TCP or WebSocket address.

    The answer is the process's exit code. Raises OSError where an address cannot be listened on.
    """
    try:
        if tcp:
            return serve_tcp(tcp, _serve_one)
        if ws:
            return serve_websocket(ws, _serve_one)
        transport = standard_streams()
        return Server(Inbox(transport.messages), transport.send, watch_parent=True).run()
    except KeyboardInterrupt:
        return 0


def _serve_one(transport: Transport) -> int:
    return Server(Inbox(transport.messages), transport.send, watch_parent=False).run()
