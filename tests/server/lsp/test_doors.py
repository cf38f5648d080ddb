"""Who may connect over TCP and WebSocket, and how much of the server's memory what they say can take."""

import json
import socket
import sys
import zlib
from collections.abc import Iterator
from contextlib import suppress
from time import sleep

import pytest
from websockets.exceptions import ConnectionClosed, InvalidStatus
from websockets.frames import Opcode
from websockets.sync.client import ClientConnection, connect
from websockets.typing import Origin

from tests.server.lsp.client import PATIENCE, Listening, listening, tcp_client
from vkd_server.lsp.frames import Incoming, framed
from vkd_server.lsp.inbox import CLOSED, Inbox

MEGABYTE = 1 << 20
INITIALIZE = {
    "jsonrpc": "2.0",
    "id": 1,
    "method": "initialize",
    "params": {"processId": None, "rootUri": None, "capabilities": {}},
}
LARGE = {"jsonrpc": "2.0", "id": 7, "method": "no/such/method/" + 80 * "x", "params": 1000 * "x"}
measured = pytest.mark.skipif(sys.platform != "linux", reason="memory is told by Linux")


def websocket(server: Listening, origin: str | None = None, **headers: str) -> ClientConnection:
    return connect(
        f"ws://127.0.0.1:{server.port}",
        origin=Origin(origin) if origin else None,
        additional_headers=headers,
        max_size=None,
        proxy=None,
    )


def is_served(connection: ClientConnection) -> bool:
    connection.send(json.dumps(INITIALIZE))
    return "result" in json.loads(connection.recv(PATIENCE))


def test_pages_of_other_sites_open_no_websocket() -> None:
    with listening("ws") as server:
        for origin in ("https://evil.example", "http://localhost:3000", f"http://127.0.0.1:{server.port}", "null"):
            with pytest.raises(InvalidStatus) as refused, websocket(server, origin):
                pass
            assert refused.value.response.status_code == 403
        with websocket(server) as editor:
            assert is_served(editor)


def test_what_comes_over_http_is_not_carried_out() -> None:
    body = framed(json.dumps(INITIALIZE).encode())
    head = f"Host: localhost\r\nOrigin: https://evil.example\r\nContent-Length: {len(body)}\r\n\r\n".encode()
    with listening("tcp") as server:
        for method in (b"POST", b"GET", b"PUT", b"OPTIONS", b"content", b"X"):
            for pieces in (1, 9):
                data = method + b" / HTTP/1.1\r\n" + head + body
                with socket.create_connection(("127.0.0.1", server.port), PATIENCE) as browser:
                    with suppress(OSError):
                        for start in range(pieces - 1):
                            browser.sendall(data[start : start + 1])
                        browser.sendall(data[pieces - 1 :])
                    assert heard_until_closed(browser) == b""
        editor = tcp_client(server.port)
        assert "capabilities" in editor.initialize()
        editor.hang_up()
        editor.stop_reading()


def heard_until_closed(connection: socket.socket) -> bytes:
    """All that comes before the other end is gone, as politely as it may."""
    heard = b""
    with suppress(ConnectionError):
        while data := connection.recv(1 << 16):
            heard += data
    return heard


@measured
@pytest.mark.parametrize("opcodes", [(Opcode.TEXT,), (Opcode.BINARY,), (Opcode.TEXT, *[Opcode.CONT] * 9)])
def test_a_small_message_that_unpacks_to_a_large_one_is_refused(opcodes: tuple[Opcode, ...]) -> None:
    with listening("ws") as server:
        with websocket(server) as connection:
            assert is_served(connection)
            before = server.most_memory()
            packing = zlib.compressobj(9, wbits=-15)
            for number, opcode in enumerate(opcodes):
                packed = packing.compress(b" " * (300 * MEGABYTE // len(opcodes)))
                packed += packing.flush(zlib.Z_SYNC_FLUSH)
                last = number == len(opcodes) - 1
                send_frame(connection, opcode, packed[:-4] if last else packed, last=last)
            with pytest.raises(ConnectionClosed):
                connection.recv(PATIENCE)
        assert server.most_memory() - before < 150 * MEGABYTE
        with websocket(server) as other:
            assert is_served(other)


def send_frame(connection: ClientConnection, opcode: Opcode, data: bytes, *, last: bool) -> None:
    """Sends one frame of a message that is packed already; to one that is refused half-way it cannot be sent."""
    first = 128 * last + 64 * (opcode is not Opcode.CONT) + opcode
    length = bytes([128 + 127]) + len(data).to_bytes(8, "big")
    with suppress(OSError):
        # Masked with zeros it stays as it is.
        connection.socket.sendall(bytes([first]) + length + bytes(4) + data)


@measured
@pytest.mark.parametrize("length", [str(2**62), "9" * 20, "-1", "0x10", str(2**29)])
def test_a_frame_that_is_too_long_is_not_kept(length: str) -> None:
    with listening("tcp") as server, socket.create_connection(("127.0.0.1", server.port), PATIENCE) as client:
        client.sendall(framed(json.dumps(INITIALIZE).encode()))
        client.recv(1)
        before = server.most_memory()
        client.settimeout(2)
        with suppress(OSError):
            client.sendall(f"Content-Length: {length}\r\n\r\n".encode())
            for _ in range(100):
                client.sendall(b" " * MEGABYTE)
        assert server.most_memory() - before < 50 * MEGABYTE


@measured
@pytest.mark.parametrize("ends", [b"", b"\r\n"])
def test_a_header_without_an_end_is_not_kept(ends: bytes) -> None:
    with listening("tcp") as server, socket.create_connection(("127.0.0.1", server.port), PATIENCE) as client:
        client.settimeout(2)
        before = server.most_memory()
        with suppress(OSError):
            client.sendall(b"Content-Type: ")
            for _ in range(100):
                client.sendall(b"x" * MEGABYTE + ends)
        assert server.most_memory() - before < 50 * MEGABYTE


@measured
def test_a_client_over_tcp_that_never_reads_is_kept_waiting_and_others_are_not() -> None:
    with listening("tcp") as server:
        other = tcp_client(server.port)
        other.initialize()
        before = server.most_memory()
        with socket.create_connection(("127.0.0.1", server.port)) as flooding:
            flooding.settimeout(1)
            with suppress(OSError):
                flooding.sendall(framed(json.dumps(INITIALIZE).encode()))
                for _ in range(100):
                    flooding.sendall(framed(json.dumps(LARGE).encode()) * 1000)
            assert other.request("shutdown") is None
        other.hang_up()
        other.stop_reading()
        assert server.most_memory() - before < 150 * MEGABYTE


@measured
def test_a_client_over_websocket_that_never_reads_is_kept_waiting_and_others_are_not() -> None:
    with listening("ws") as server, websocket(server) as flooding:
        assert is_served(flooding)
        before = server.most_memory()
        body = json.dumps(LARGE).encode()
        frame = bytes([128 + Opcode.TEXT, 128 + 126]) + len(body).to_bytes(2, "big") + bytes(4) + body
        flooding.socket.settimeout(1)
        with suppress(OSError):
            for _ in range(100):
                flooding.socket.sendall(frame * 1000)
        with websocket(server) as other:
            assert is_served(other)
        flooding.socket.close()
        assert server.most_memory() - before < 150 * MEGABYTE


def test_the_inbox_reads_no_further_than_there_is_room() -> None:
    read = 0

    def messages() -> Iterator[Incoming]:
        nonlocal read
        for number in range(100):
            read = number + 1
            yield {"jsonrpc": "2.0", "method": "x", "params": "x" * MEGABYTE}

    inbox = Inbox(messages())
    assert inbox.take(PATIENCE) is not None
    sleep(0.2)
    assert read < 50
    handed_out = 1
    while inbox.take(PATIENCE) != CLOSED:
        handed_out += 1
    assert handed_out == read == 100


def test_a_message_larger_than_all_room_comes_through() -> None:
    messages: list[Incoming] = [{"method": "x", "params": "x" * (40 * MEGABYTE)}, {"method": "y"}]
    inbox = Inbox(iter(messages))
    assert [inbox.take(PATIENCE) for _ in range(3)] == [*messages, CLOSED]
