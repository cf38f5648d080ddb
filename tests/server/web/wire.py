"""`vkd web` as a process of its own, and a page of it as a test speaks for one: everything that is told is kept."""

import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any
from urllib.error import HTTPError
from urllib.parse import urlencode, urlsplit
from urllib.request import Request, urlopen

from websockets.sync.client import ClientConnection, connect
from websockets.typing import Origin

DOCUMENT = "untitled:prøve"


class Page:
    """A page: asks the catalogue over HTTP and its server over the socket. `told` is all that came, `process` who serves
    it."""

    def __init__(self, address: str, process: int = 0) -> None:
        self.address = address
        self.process = process
        self.told: list[str] = []
        self._opened = ExitStack()
        self._socket: ClientConnection | None = None
        self._next = 0

    @property
    def origin(self) -> str:
        """Where the page is from, as a browser says it."""
        parts = urlsplit(self.address)
        return f"{parts.scheme}://{parts.netloc}"

    def ask(self, question: str, **parameters: str) -> Any:
        """The answer to a question about the catalogue; None where there is none."""
        try:
            with urlopen(f"{self.address}catalogue/{question}?{urlencode(parameters)}", timeout=30) as reply:
                text = reply.read().decode()
        except HTTPError as error:
            self.told.append(error.read().decode())
            return None
        self.told.append(text)
        return json.loads(text)

    def open(self, **introduced: object) -> None:
        """Opens the socket and introduces the page to its server."""
        address = self.address.replace("http", "ws", 1) + "socket"
        connection = connect(address, origin=Origin(self.origin), max_size=None, proxy=None)
        self._socket = self._opened.enter_context(connection)
        self.request("initialize", {"capabilities": {}, "processId": None, "rootUri": None, **introduced})
        self.notify("initialized", {})

    def write(self, text: str, uri: str = DOCUMENT) -> None:
        """Opens a document."""
        item = {"uri": uri, "languageId": "vkd", "version": 1, "text": text}
        self.notify("textDocument/didOpen", {"textDocument": item})

    def about(self, method: str, uri: str = DOCUMENT, **parameters: object) -> Any:
        """The answer to a request about the document: its result, or the error's code."""
        return self.request(f"textDocument/{method}", {"textDocument": {"uri": uri}, **parameters})

    def command(self, name: str, *arguments: object) -> Any:
        """The answer to a command."""
        return self.request("workspace/executeCommand", {"command": name, "arguments": list(arguments)})

    def request(self, method: str, params: object) -> Any:
        """The result of a request, or the code of its error."""
        self._next += 1
        self.send({"id": self._next, "method": method, "params": params})
        while True:
            message = self.hear()
            if message.get("id") == self._next and "method" not in message:
                return message["error"]["code"] if "error" in message else message["result"]

    def notify(self, method: str, params: object) -> None:
        """Says something that has no answer."""
        self.send({"method": method, "params": params})

    def hear(self) -> dict[str, Any]:
        """The next message."""
        assert self._socket is not None
        text = self._socket.recv(timeout=30)
        assert isinstance(text, str)
        self.told.append(text)
        message: dict[str, Any] = json.loads(text)
        return message

    def close(self) -> None:
        """Closes the socket."""
        self._opened.close()

    def send(self, message: dict[str, object]) -> None:
        """Says any message."""
        assert self._socket is not None
        self._socket.send(json.dumps({"jsonrpc": "2.0", **message}))


def status(address: str, **headers: str) -> int:
    """The status of HTTP that an address gives."""
    try:
        with urlopen(Request(address, headers=headers), timeout=30) as reply:
            return int(reply.status)
    except HTTPError as error:
        return error.code


@contextmanager
def served(folder: Path, *options: str) -> Iterator[Page]:
    """Serves a catalogue for as long as it is looked at; afterwards the process has ended by itself, without a word."""
    command = [sys.executable, "-m", "vkd_server", "web", str(folder), "--no-open", *options]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, encoding="utf-8")
    assert process.stdout is not None
    page = Page(next(word for line in process.stdout for word in line.split() if word.startswith("http:")), process.pid)
    try:
        yield page
    finally:
        page.close()
        process.send_signal(2)
        _, said = process.communicate(timeout=30)
    assert (process.returncode, said) == (0, "")
