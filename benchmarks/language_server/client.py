"""A language server as a process, and the messages to and from it, each with the moment it came or went."""

import json
import os
import select
import subprocess
import time
from collections import deque
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

now = time.perf_counter
_TICK = os.sysconf("SC_CLK_TCK")
_CHUNK = 1 << 20


class Silent(Exception):
    """The server did not answer in the time it was given."""


class Gone(Exception):
    """The server closed its end, or its process ended."""


class Received(NamedTuple):
    """A message from the server: the moment of the read that completed it, before it was decoded, and what it says."""

    moment: float
    content: dict[str, Any]


class Connection:
    """One server process and its two pipes. One thread reads and writes, so neither end waits for a full pipe."""

    def __init__(self, command: Sequence[str], folder: Path, log: Path) -> None:
        with log.open("ab") as errors:
            self.started = now()
            self.process = subprocess.Popen(
                command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=errors, cwd=folder, bufsize=0
            )
        assert self.process.stdin
        assert self.process.stdout
        self._into, self._out = self.process.stdin.fileno(), self.process.stdout.fileno()
        os.set_blocking(self._into, False)
        self._buffer = bytearray()
        self._inbox: deque[Received] = deque()

    def send(self, *messages: dict[str, Any]) -> float:
        """Writes messages one behind the other; the moment before their first byte, when all of them are encoded."""
        rest = memoryview(b"".join(map(_framed, messages)))
        began = now()
        while rest:
            readable, _, _ = select.select([self._out], [self._into], [])
            if readable:
                self._read()
            try:
                rest = rest[os.write(self._into, rest[:_CHUNK]) :]
            except BlockingIOError:
                continue
            except BrokenPipeError:
                raise Gone("it closed its input") from None
        return began

    def receive(self, deadline: float) -> Received | None:
        """The next message; None once the deadline has passed without one."""
        while not self._inbox:
            readable, _, _ = select.select([self._out], [], [], max(0.0, deadline - now()))
            if not readable:
                return None
            self._read()
        return self._inbox.popleft()

    def ended(self, seconds: float) -> float:
        """The moment the process was gone; what it still says is read and forgotten. Raises Silent if it stays."""
        deadline, process = now() + seconds, os.pidfd_open(self.process.pid)
        try:
            waiting = [process, self._out]
            while process not in (ready := select.select(waiting, [], [], max(0.0, deadline - now()))[0]):
                if not ready:
                    raise Silent("it did not end")
                if not os.read(self._out, _CHUNK):
                    waiting.remove(self._out)
            return now()
        finally:
            os.close(process)

    def close(self) -> None:
        """Ends the process if it has not ended by itself."""
        with self.process:
            self.process.kill()

    def processor_seconds(self) -> float:
        """What the process and those it started have worked so far, in ticks of the system's clock."""
        states = (_state(Path(f"/proc/{process}")) for process in _tree(self.process.pid))
        return sum(int(state[11]) + int(state[12]) for state in states if state) / _TICK

    def at_work(self) -> bool:
        """Whether any thread runs now, would run if there were a processor free, or waits for the disk."""
        threads = (thread for process in _tree(self.process.pid) for thread in Path(f"/proc/{process}/task").glob("*"))
        return any(_state(thread)[:1] in (["R"], ["D"]) for thread in threads)

    def peak_megabytes(self) -> float:
        """The most memory that the process and those it started have held, added up."""
        return sum(map(_peak_kilobytes, _tree(self.process.pid))) / 1024

    def _read(self) -> None:
        """Takes in what is there: one read, one moment for all messages it completes."""
        chunk = os.read(self._out, _CHUNK)
        moment = now()
        if not chunk:
            raise Gone("it closed its output")
        self._buffer += chunk
        self._inbox += (Received(moment, json.loads(body)) for body in self._complete())

    def _complete(self) -> Iterator[bytes]:
        """The bodies of the messages that are whole, taken out of the buffer."""
        while (end := self._buffer.find(b"\r\n\r\n")) >= 0:
            headers = (line.partition(b":") for line in bytes(self._buffer[:end]).split(b"\r\n"))
            length = next(int(value) for name, _, value in headers if name.lower() == b"content-length")
            whole = end + 4 + length
            if len(self._buffer) < whole:
                return
            body = bytes(self._buffer[end + 4 : whole])
            del self._buffer[:whole]
            yield body


def _framed(message: dict[str, Any]) -> bytes:
    body = json.dumps({"jsonrpc": "2.0", **message}, ensure_ascii=False, separators=(",", ":")).encode()
    return b"Content-Length: %d\r\n\r\n%b" % (len(body), body)


def _tree(process: int) -> Iterator[int]:
    """A process and those it started, as far as they still run."""
    yield process
    for children in Path(f"/proc/{process}/task").glob("*/children"):
        for child in _text(children).split():
            yield from _tree(int(child))


def _state(process: Path) -> list[str]:
    """What stands behind a process's or a thread's name: its state, a letter, and eleven on, user and system time."""
    return _text(process / "stat").rpartition(")")[2].split()


def _peak_kilobytes(process: int) -> int:
    fields = _text(Path(f"/proc/{process}/status")).split()
    return int(fields[fields.index("VmHWM:") + 1]) if "VmHWM:" in fields else 0


def _text(path: Path) -> str:
    """What a file of the system says of a process; nothing about one that has gone."""
    try:
        return path.read_text()
    except (FileNotFoundError, ProcessLookupError):
        return ""
