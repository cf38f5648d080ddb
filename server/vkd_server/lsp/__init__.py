"""The protocol rim: the only place that knows LSP, pygls and lsprotocol."""

from vkd_server.lsp.inbox import Inbox
from vkd_server.lsp.server import Server
from vkd_server.lsp.transports import standard_streams

__all__ = ["serve"]

Address = tuple[str, int]


def serve(tcp: Address | None = None, ws: Address | None = None) -> int:
    """Serves clients on standard input and output, or on a TCP or WebSocket address; the process's exit code."""
    messages, send = standard_streams()
    return Server(Inbox(messages), send, watch_parent=True).run()
