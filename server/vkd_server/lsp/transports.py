"""How messages come and go: standard streams, TCP, WebSocket. Each client has a server of its own."""

import os
import socket
import threading
from collections.abc import Callable, Iterator
from typing import NamedTuple

from vkd_server.lsp.frames import FrameReader, Incoming, decode_message, framed
from vkd_server.lsp.log import log

Address = tuple[str, int]

_CHUNK = 1 << 16


class Transport(NamedTuple):
    """One client's two ways: the messages that come, until it is gone, and the way out for a message's body.

    Sending raises OSError once nobody reads.
    """

    messages: Iterator[Incoming]
    send: Callable[[bytes], None]


Serve = Callable[[Transport], int]
"""Serves one client until it is gone."""


def stream_transport(receive: Callable[[], bytes], write: Callable[[memoryview], int]) -> Transport:
    """Frames on a stream of bytes.

    `receive` waits for some bytes and gives none at the end; `write` takes some and says how many.
    """

    def messages() -> Iterator[Incoming]:
        reader = FrameReader()
        while data := _until_gone(receive):
            yield from reader.feed(data)

    def send(body: bytes) -> None:
        rest = memoryview(framed(body))
        while rest:
            rest = rest[write(rest) :]

    return Transport(messages(), send)


def standard_streams() -> Transport:
    """Standard input and output.

    Whatever else prints goes to standard error from now on, or it would end up among the messages.
    """
    out = os.dup(1)
    os.dup2(2, 1)
    return stream_transport(lambda: os.read(0, _CHUNK), lambda data: os.write(out, data))


def serve_tcp(address: Address, serve: Serve) -> int:
    """Serves every client that connects, each in its own thread, until the process is interrupted."""
    with socket.create_server(address) as listener:
        log(f"listening on {'{}:{}'.format(*listener.getsockname()[:2])}")
        while True:
            connection, _ = listener.accept()
            threading.Thread(target=_serve_connection, args=(connection, serve), daemon=True).start()


def serve_websocket(address: Address, serve: Serve) -> int:
    """The same over WebSocket, a message a frame, text or binary, until the process is interrupted."""
    from websockets.exceptions import ConnectionClosed
    from websockets.sync.server import ServerConnection
    from websockets.sync.server import serve as listen

    def handle(connection: ServerConnection) -> None:
        def messages() -> Iterator[Incoming]:
            for message in connection:
                yield decode_message(message if isinstance(message, bytes) else message.encode())

        def send(body: bytes) -> None:
            try:
                connection.send(body, text=True)
            except ConnectionClosed as error:
                raise BrokenPipeError from error

        serve(Transport(messages(), send))

    with listen(handle, *address, max_size=None) as server:
        log(f"listening on ws://{'{}:{}'.format(*server.socket.getsockname()[:2])}")
        server.serve_forever()
    return 0


def _serve_connection(connection: socket.socket, serve: Serve) -> None:
    with connection:
        connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        serve(stream_transport(lambda: connection.recv(_CHUNK), connection.send))


def _until_gone(receive: Callable[[], bytes]) -> bytes:
    try:
        return receive()
    except OSError:
        return b""
