"""How messages come and go: standard streams, TCP, WebSocket. Each client has a server of its own."""

import logging
import os
import socket
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
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


class Visit(NamedTuple):
    """What a browser asks for: a path with its query, and what it says of where it was sent from.

    `host` and `origin` are headers; empty where they are missing.
    """

    path: str
    host: str
    origin: str


class Reply(NamedTuple):
    """What a browser gets: a status of HTTP, headers and a body."""

    status: int
    headers: Sequence[tuple[str, str]]
    body: bytes


Answer = Callable[[Visit], Reply | None]
"""Answers a browser; None lets it open a WebSocket."""


def _every(_: Visit) -> None:
    """Lets everybody open a WebSocket."""


def _listening(host: str, port: int) -> None:
    log(f"listening on ws://{host}:{port}")


def serve_websocket(
    address: Address, serve: Serve, answer: Answer = _every, ready: Callable[[str, int], None] = _listening
) -> int:
    """The same over WebSocket, a message a frame, text or binary, until the process is interrupted.

    `answer` gives pages to who comes for one; `ready` is told the address once somebody can come.
    """
    from http import HTTPStatus

    from websockets.datastructures import Headers
    from websockets.exceptions import ConnectionClosed
    from websockets.http11 import Request, Response
    from websockets.sync.server import ServerConnection
    from websockets.sync.server import serve as listen

    # A browser that opens a connection and never uses it is no error.
    logging.getLogger("websockets").setLevel(logging.CRITICAL + 1)

    def first(_: ServerConnection, request: Request) -> Response | None:
        host, origin = (" ".join(request.headers.get_all(name)) for name in ("Host", "Origin"))
        reply = answer(Visit(request.path, host, origin))
        if reply is None:
            return None
        headers = Headers([*reply.headers, ("Content-Length", str(len(reply.body))), ("Connection", "close")])
        return Response(reply.status, HTTPStatus(reply.status).phrase, headers, reply.body)

    def handle(connection: ServerConnection) -> None:
        def messages() -> Iterator[Incoming]:
            # A browser that is closed may go without a word.
            with suppress(ConnectionClosed):
                for message in connection:
                    yield decode_message(message if isinstance(message, bytes) else message.encode())

        def send(body: bytes) -> None:
            try:
                connection.send(body, text=True)
            except ConnectionClosed as error:
                raise BrokenPipeError from error

        serve(Transport(messages(), send))

    with listen(handle, *address, max_size=None, process_request=first) as server:
        ready(*server.socket.getsockname()[:2])
        server.serve_forever()
    return 0


def _serve_connection(connection: socket.socket, serve: Serve) -> None:
    with connection:
        connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        serve(stream_transport(lambda: connection.recv(_CHUNK), connection.send))
        # Who reads still waits in a thread of its own, and would keep the connection open.
        with suppress(OSError):
            connection.shutdown(socket.SHUT_RDWR)


def _until_gone(receive: Callable[[], bytes]) -> bytes:
    try:
        return receive()
    except OSError:
        return b""
