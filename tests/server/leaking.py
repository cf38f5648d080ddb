"""What a server that runs for days must not do: grow with each event, each visit and each client.

`python -m tests.server.leaking` is the long form of what `test_leaks.py` does in short, and prints what it counts.
"""

import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from math import inf
from pathlib import Path
from typing import Any, NamedTuple

from websockets.sync.client import connect

from tests.server.lsp.client import Client, started
from tests.server.web.wire import DOCUMENT, Page, served
from tests.server.workspaces import workspace
from vkd_server.workspace.uris import uri_of

PRODUCT, DEMAND = "products/ft70.vkd", "demands/eksempel-3.vkd"
_WARM, _SETTLING, _PATIENCE = 10, 3.0, 30.0
_LONG = 3600.0


class Use(NamedTuple):
    """What a process holds: open files, and memory in KB."""

    files: int
    memory: int

    @classmethod
    def of(cls, process: int) -> "Use":
        """What one holds now."""
        status = Path(f"/proc/{process}/status").read_text()
        memory = next(line for line in status.splitlines() if line.startswith("VmRSS"))
        return cls(sum(1 for _ in Path(f"/proc/{process}/fd").iterdir()), int(memory.split()[1]))

    def __sub__(self, other: "Use") -> "Use":
        return Use(self.files - other.files, self.memory - other.memory)


Growth = Use
"""What is held more at the end than after the first few times."""


def growth(process: int, times: int, again: Callable[[int], None]) -> Growth:
    """How much more a process holds after something was done many times than after it was done a few times.

    What is let go of a moment later, as a connection that was closed is, is not counted.
    """
    for number in range(_WARM):
        again(number)
    before = _settled(process)
    for number in range(_WARM, _WARM + times):
        again(number)
    return _settled(process, before.files) - before


def of_events(folder: Path, name: str, times: int) -> Growth:
    """What grows with each event for a file of the census, and a hover after it."""

    def again(client: Client, _: int) -> None:
        changes = [{"uri": uri_of(folder / name), "type": 2}]
        client.notify("workspace/didChangeWatchedFiles", {"changes": changes})

    return _of_session(folder, times, again)


def of_changes(folder: Path, times: int) -> Growth:
    """What grows with each product that is really changed, its event, and a demand that is run."""

    def again(client: Client, number: int) -> None:
        file = folder / PRODUCT
        file.write_text(f"# {number}\n" + file.read_text(encoding="utf-8").partition("\n")[2], encoding="utf-8")
        client.notify("workspace/didChangeWatchedFiles", {"changes": [{"uri": uri_of(file), "type": 2}]})
        client.request("workspace/executeCommand", {"command": "vkd.run", "arguments": [uri_of(folder / DEMAND)]})

    return _of_session(folder, times, again)


def of_edits(folder: Path, times: int) -> Growth:
    """What grows with each edit of an open product that is searched unsaved, and each reading that forgets it."""

    def again(client: Client, number: int) -> None:
        uri = uri_of(folder / PRODUCT)
        if number == 0:
            client.open(uri, (folder / PRODUCT).read_text(encoding="utf-8"))
        client.change(uri, number + 2, {"text": f"# {number}\n" + (folder / PRODUCT).read_text(encoding="utf-8")})
        client.request("workspace/executeCommand", {"command": "vkd.run", "arguments": [uri_of(folder / DEMAND)]})
        client.request("workspace/executeCommand", {"command": "vkd.rebuild"})

    return _of_session(folder, times, again)


def of_commands(folder: Path, command: str, times: int) -> Growth:
    """What grows with each time a command is carried out."""
    return _of_session(
        folder, times, lambda client, _: client.request("workspace/executeCommand", {"command": command})
    )


def of_visits(folder: Path, times: int) -> Growth:
    """What grows with each visit of the page, which opens its socket, runs a demand, and goes."""

    def again(address: str) -> None:
        page = Page(address)
        page.ask("overview")
        page.open()
        page.write((folder / DEMAND).read_text(encoding="utf-8"))
        page.command("vkd.run", DOCUMENT)
        page.close()

    with served(folder) as page:
        return growth(page.process, times, lambda _: again(page.address))


def of_clients(folder: Path, kind: str, times: int) -> Growth:
    """What grows with each client of `--tcp` or `--ws` that ends properly."""
    with _listening(kind) as (process, port):
        speak = _over_tcp if kind == "tcp" else _over_websocket
        return growth(process, times, lambda _: speak(port, folder))


def _of_session(folder: Path, times: int, again: Callable[[Client, int], object]) -> Growth:
    with started(patience=_LONG) as server:
        client, uri = server.client, uri_of(folder / DEMAND)
        client.initialize(rootUri=uri_of(folder))
        client.open(uri, (folder / DEMAND).read_text(encoding="utf-8"))

        def once(number: int) -> None:
            again(client, number)
            client.request("textDocument/hover", {"textDocument": {"uri": uri}, "position": _POSITION})
            client.heard.clear()

        return growth(server.process.pid, times, once)


def _settled(process: int, most: float = inf) -> Use:
    """What is held when nothing more is let go of; as long as more than `most` files are open, it is waited for."""
    until, had, now = time.monotonic() + _SETTLING, None, Use.of(process)
    while (had is None or now.files < had or now.files > most) and time.monotonic() < until:
        time.sleep(0.2)
        had, now = now.files, Use.of(process)
    return now


@contextmanager
def _listening(kind: str) -> Iterator[tuple[int, int]]:
    """A server that listens; its process and port."""
    command = [sys.executable, "-m", "vkd_server", "server", f"--{kind}", "127.0.0.1:0"]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as process:
        assert process.stderr
        port = int(process.stderr.readline().rpartition(":")[2])
        # What it logs is nobody's business, and must not fill the pipe.
        drain = subprocess.Popen(["cat"], stdin=process.stderr, stdout=subprocess.DEVNULL)
        try:
            yield process.pid, port
        finally:
            process.kill()
            drain.wait(_PATIENCE)


def _over_tcp(port: int, folder: Path) -> None:
    with socket.create_connection(("127.0.0.1", port), _PATIENCE) as connection:
        client = Client(connection.fileno(), connection.fileno())
        _session(client.request, client.notify, folder)
        while connection.recv(1 << 16):
            pass


def _over_websocket(port: int, folder: Path) -> None:
    import json

    with connect(f"ws://127.0.0.1:{port}", proxy=None, max_size=None) as connection:

        def request(method: str, params: Any = None) -> None:
            connection.send(json.dumps({"jsonrpc": "2.0", "id": 1, "method": method, "params": params}))
            while "method" in (message := json.loads(connection.recv(_PATIENCE))) or message["id"] != 1:
                pass

        def notify(method: str, params: Any = None) -> None:
            connection.send(json.dumps({"jsonrpc": "2.0", "method": method, "params": params}))

        _session(request, notify, folder)


def _session(request: Callable[..., Any], notify: Callable[..., Any], folder: Path) -> None:
    uri = uri_of(folder / DEMAND)
    request("initialize", {"processId": None, "rootUri": uri_of(folder), "capabilities": {}})
    notify("initialized", {})
    item = {"uri": uri, "languageId": "vkd", "version": 1, "text": (folder / DEMAND).read_text(encoding="utf-8")}
    notify("textDocument/didOpen", {"textDocument": item})
    request("textDocument/hover", {"textDocument": {"uri": uri}, "position": _POSITION})
    request("workspace/executeCommand", {"command": "vkd.run", "arguments": [uri]})
    request("shutdown")
    notify("exit")


_POSITION = {"line": 1, "character": 3}


def main(events: int = 2_000, visits: int = 500) -> None:
    """The long form."""
    with tempfile.TemporaryDirectory() as place:
        folder = workspace(Path(place), {})
        measured: dict[str, Callable[[], Growth]] = {
            "events for a product": lambda: of_events(folder, PRODUCT, events),
            "events for a data file": lambda: of_events(folder, "archive/ft70-person.csv", events),
            "events for README.md": lambda: of_events(folder, "README.md", events),
            "changes of a product": lambda: of_changes(folder, events),
            "edits of a product": lambda: of_edits(folder, events),
            "vkd.rebuild": lambda: of_commands(folder, "vkd.rebuild", events),
            "visits of the page": lambda: of_visits(folder, visits),
            "clients over TCP": lambda: of_clients(folder, "tcp", visits),
            "clients over WebSocket": lambda: of_clients(folder, "ws", visits),
        }
        for what, found in measured.items():
            files, memory = found()
            print(f"{what}: {files:+} open files, {memory:+,} KB", flush=True)


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
