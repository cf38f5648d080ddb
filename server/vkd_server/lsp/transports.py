"""The ways in which messages come and go: standard streams, TCP, WebSocket. Each client has a server of its own."""

import logging
import os
import socket
import threading
from collections.abc import Callable, Collection, Iterator
from contextlib import suppress
from ipaddress import ip_address
from typing import NamedTuple

from vkd_server.lsp.frames import LONGEST_BODY, FrameReader, Incoming, decode_message, framed
from vkd_server.lsp.log import log
from vkd_server.lsp.visitors import Answer, Visit, editors_only

Address = tuple[str, int]

_CHUNK = 1 << 16
_LONGEST = 1 << 25
"""Bytes of the longest message that is taken from a network, unpacked; a hundred thousand lines are a fifth of it."""

_FIRST_OF_A_FRAME = b"content-"
"""What every message on a stream begins with, in any case (LSP 3.17, "Base Protocol"); what a browser says does not."""


class Transport(NamedTuple):
    """The connection to one client: the messages that come, until it is gone, and a function that sends a message's
    body.

    Sending raises OSError once nobody reads.
    """

    messages: Iterator[Incoming]
    send: Callable[[bytes], None]


Serve = Callable[[Transport], int]
"""Serves one client until it is gone."""


def stream_transport(
    receive: Callable[[], bytes], write: Callable[[memoryview], int], longest: int = LONGEST_BODY
) -> Transport:
    """Messages framed on a stream of bytes, none with a body of more than `longest` bytes.

    `receive` waits for bytes and returns none at the end; `write` takes some bytes and returns how many it wrote.
    """

    def messages() -> Iterator[Incoming]:
        reader = FrameReader(longest)
        while data := _until_gone(receive):
            yield from reader.feed(data)

    def send(body: bytes) -> None:
        rest = memoryview(framed(body))
        while rest:
            rest = rest[write(rest) :]

    return Transport(messages(), send)


def standard_streams() -> Transport:
    """Standard input and output.

    From now on everything else that is printed goes to standard error, or it would end up among the messages.
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


def _listening(host: str, port: int) -> None:
    log(f"listening on ws://{host}:{port}")


def serve_editors(address: Address, serve: Serve, origins: Collection[str]) -> int:
    """Serves every editor that opens a WebSocket: programs, and pages of some origins in a browser, but no other
    pages."""
    found = socket.getaddrinfo(*address, type=socket.SOCK_STREAM)
    local = all(ip_address(one[4][0]).is_loopback for one in found)
    return serve_websocket(address, serve, editors_only(origins, local=local), _listening)


def serve_websocket(
    address: Address, serve: Serve, answer: Answer, ready: Callable[[str, int], None], longest: int = _LONGEST
) -> int:
    """Serves every client that opens a WebSocket, a message a frame, text or binary, until the process is interrupted.

    `answer` replies to requests that open no WebSocket; `ready` is called with the address once it can be opened. A
    message longer than `longest` bytes, unpacked, is refused.
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
        # Before it told the method, websockets refused every other than this by itself.
        method = getattr(request, "method", "GET")
        reply = answer(Visit(request.path, host, origin, method))
        if reply is None:
            return None
        headers = Headers([*reply.headers, ("Content-Length", str(len(reply.body))), ("Connection", "close")])
        body = b"" if method == "HEAD" else reply.body
        return Response(reply.status, HTTPStatus(reply.status).phrase, headers, body)

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

    with listen(handle, *address, max_size=longest, process_request=first) as server:
        ready(*server.socket.getsockname()[:2])
        server.serve_forever()
    return 0


def _serve_connection(connection: socket.socket, serve: Serve) -> None:
    with connection:
        connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        receive = _of_an_editor(lambda: connection.recv(_CHUNK))
        serve(stream_transport(receive, connection.send, _LONGEST))
        # Who reads still waits in a thread of its own, and would keep the connection open.
        with suppress(OSError):
            connection.shutdown(socket.SHUT_RDWR)


def _of_an_editor(receive: Callable[[], bytes]) -> Callable[[], bytes]:
    """A `receive` that ends at once where the stream does not begin as a frame does.

    Any page in a browser of this machine can send a request over HTTP to this address, with frames in its body.
    """
    begun = b""

    def receiving() -> bytes:
        nonlocal begun
        data = receive()
        if len(begun) < len(_FIRST_OF_A_FRAME):
            begun += data[: len(_FIRST_OF_A_FRAME) - len(begun)]
            if not _FIRST_OF_A_FRAME.startswith(begun.lower()):
                return b""
        return data

    return receiving


def _until_gone(receive: Callable[[], bytes]) -> bytes:
    try:
        return receive()
    except OSError:
        return b""
