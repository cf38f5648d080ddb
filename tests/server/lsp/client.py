"""A small client that speaks LSP over a real pipe, and is strict about what it hears."""

import json
import os
import re
import select
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final, NamedTuple

from vkd_server.lsp.inbox import Inbox
from vkd_server.lsp.server import Server
from vkd_server.lsp.transports import stream_transport

Json = Any
PATIENCE: Final = 60.0
"""Seconds to wait for what must come; a test that waits that long has failed. A machine that others use may stand still
for twenty."""

HEADER = re.compile(rb"Content-Length: (\d+)\r\n\r\n")
LISTENING = "import sys; from vkd_server.lsp import serve; sys.exit(serve({}=('127.0.0.1', 0)))"
COMMAND = "import sys; from vkd_server.lsp import serve; sys.exit(serve())"


class Client:
    """One end of two pipes. Notifications and requests of the server are kept until they are asked for."""

    def __init__(self, read: int, write: int) -> None:
        self._read, self._write = read, write
        self._buffer = b""
        self._next = 0
        self.heard: list[Json] = []

    def send_bytes(self, data: bytes) -> None:
        while data:
            data = data[os.write(self._write, data) :]

    def send(self, message: Json, **more: object) -> None:
        body = json.dumps({"jsonrpc": "2.0", **message, **more}).encode()
        self.send_bytes(b"Content-Length: %d\r\n\r\n%b" % (len(body), body))

    def notify(self, method: str, params: Json = None) -> None:
        self.send({"method": method, "params": params})

    def ask(self, method: str, params: Json = None) -> int:
        """Sends a request and does not wait; its id."""
        self._next += 1
        self.send({"id": self._next, "method": method, "params": params})
        return self._next

    def answer(self, ident: int | str | None) -> Json:
        """The reply to a request; whatever comes before it is kept."""
        for index, message in enumerate(self.heard):
            if _answers(message, ident):
                return self.heard.pop(index)
        while not _answers(message := self.receive(), ident):
            self.heard.append(message)
        return message

    def request(self, method: str, params: Json = None) -> Json:
        """The result of a request that must succeed."""
        reply = self.answer(self.ask(method, params))
        assert "error" not in reply, reply
        return reply["result"]

    def error(self, method: str, params: Json = None) -> int:
        """The code of the error that a request must end in."""
        reply = self.answer(self.ask(method, params))
        assert set(reply) == {"jsonrpc", "id", "error"}, reply
        assert isinstance(reply["error"]["message"], str)
        return int(reply["error"]["code"])

    def told(self, method: str) -> Json:
        """The parameters of the next notification or request of the server by a method."""
        return self.asked(method)["params"]

    def asked(self, method: str) -> Json:
        """The next notification or request of the server by a method."""
        for index, message in enumerate(self.heard):
            if message.get("method") == method:
                return self.heard.pop(index)
        while (message := self.receive()).get("method") != method:
            self.heard.append(message)
        return message

    def receive(self) -> Json:
        """The next message, whatever it is."""
        while (match := HEADER.match(self._buffer)) is None or len(self._buffer) < match.end() + int(match[1]):
            assert match or len(self._buffer) < 40, "no header"
            data = self._receive_bytes()
            assert data, "the server hung up"
            self._buffer += data
        end = match.end() + int(match[1])
        body, self._buffer = self._buffer[match.end() : end], self._buffer[end:]
        message = json.loads(body.decode("utf-8", "strict"))
        assert message["jsonrpc"] == "2.0"
        assert not re.search("[\ud800-\udfff]", json.dumps(message, ensure_ascii=False)), message
        return message

    def is_silent(self, seconds: float = 0.2) -> bool:
        """Whether nothing more comes for a while."""
        return not self._buffer and not select.select([self._read], [], [], seconds)[0]

    def hang_up(self) -> None:
        self._write = _closed(self._write)

    def stop_reading(self) -> None:
        self._read = _closed(self._read)

    def initialize(self, capabilities: Json = None, **more: object) -> Json:
        params = {"processId": None, "rootUri": None, "capabilities": capabilities or {}, **more}
        result = self.request("initialize", params)
        self.notify("initialized", {})
        return result

    def open(self, uri: str, text: str, version: int = 1) -> None:
        document = {"uri": uri, "languageId": "vkd", "version": version, "text": text}
        self.notify("textDocument/didOpen", {"textDocument": document})

    def change(self, uri: str, version: int, *changes: Json) -> None:
        document = {"uri": uri, "version": version}
        self.notify("textDocument/didChange", {"textDocument": document, "contentChanges": list(changes)})

    def _receive_bytes(self) -> bytes:
        assert select.select([self._read], [], [], PATIENCE)[0], "the server is silent"
        return os.read(self._read, 1 << 16)


@contextmanager
def connected() -> Iterator[Client]:
    """A client with a server of its own, which runs in a thread of this process; it ends with the client."""
    to_server, from_client = os.pipe()
    to_client, from_server = os.pipe()
    transport = stream_transport(lambda: os.read(to_server, 1 << 16), lambda data: os.write(from_server, data))

    def serve() -> None:
        server = Server(Inbox(transport.messages), transport.send, watch_parent=False)
        server.run()
        server.end()
        os.close(from_server)

    thread = threading.Thread(target=serve)
    thread.start()
    client = Client(to_client, from_client)
    try:
        yield client
    finally:
        client.hang_up()
        thread.join(PATIENCE)
        client.stop_reading()
        os.close(to_server)
        assert not thread.is_alive(), "the server outlives its client"


class Process:
    """A server in a process of its own, and its client."""

    def __init__(self, process: "subprocess.Popen[bytes]") -> None:
        assert process.stdin
        assert process.stdout
        self.process = process
        # The ends are the client's own: closing one twice would close somebody else's.
        self.client = Client(os.dup(process.stdout.fileno()), os.dup(process.stdin.fileno()))
        process.stdin.close()
        process.stdout.close()

    def ended(self) -> tuple[int, str]:
        """The exit code and what was said on standard error, once the process has ended by itself."""
        assert self.process.stderr
        said = self.process.stderr.read().decode()
        return self.process.wait(PATIENCE), said


@contextmanager
def started(*arguments: str, patience: float = PATIENCE) -> Iterator[Process]:
    """A server process, with these arguments for Python instead of the usual ones; killed if it does not end by itself."""
    command = [sys.executable, *(arguments or ("-c", COMMAND))]
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
    with subprocess.Popen(command, bufsize=0, **pipes) as process:  # type: ignore[call-overload]
        server = Process(process)
        killer = threading.Timer(patience, process.kill)
        killer.start()
        yield server
        killer.cancel()
        process.kill()
        server.client.hang_up()
        server.client.stop_reading()


class Listening(NamedTuple):
    """A server process that listens on a port of its own choice."""

    port: int
    pid: int

    def most_memory(self) -> int:
        """Bytes that it has had in memory at most."""
        status = Path(f"/proc/{self.pid}/status").read_text(encoding="ascii")
        return int(next(line for line in status.splitlines() if line.startswith("VmHWM")).split()[1]) * 1024


@contextmanager
def listening(how: str) -> Iterator[Listening]:
    """A server that listens for TCP or WebSocket (`tcp`, `ws`); it ends quietly when it is interrupted."""
    command = [sys.executable, "-c", LISTENING.format(how)]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as process:
        assert process.stderr
        line = process.stderr.readline()
        assert "listening on" in line
        try:
            yield Listening(int(line.rsplit(":", 1)[1]), process.pid)
        finally:
            process.send_signal(signal.SIGINT)
            said = process.stderr.read()
            assert process.wait(PATIENCE) == 0
            assert "Traceback" not in said


def tcp_client(port: int) -> Client:
    """A client over TCP."""
    with socket.create_connection(("127.0.0.1", port)) as connection:
        return Client(os.dup(connection.fileno()), os.dup(connection.fileno()))


def _answers(message: Json, ident: int | str | None) -> bool:
    return "method" not in message and bool(message.get("id") == ident)


def _closed(end: int) -> int:
    if end >= 0:
        os.close(end)
    return -1
