"""The messages that have arrived and have not been handled yet.

A thread reads them, so that a cancellation is seen while work goes on. It stops when the inbox is full: a client that
sends more than can be handled then has to wait until its stream takes more.
"""

import threading
from collections import deque
from collections.abc import Iterator
from queue import Empty, SimpleQueue
from time import monotonic
from typing import Final, Literal

from vkd_server.lsp.frames import Incoming

CLOSED: Final = "closed"
"""Stands for the end of the stream."""

Arrived = Incoming | Literal["closed"]

_ROOM = 1 << 25
"""About how many bytes of memory may be taken by what waits, unless it is one message."""

_EACH = 100
"""About how many bytes a value takes beside the characters of a text."""


class Inbox:
    """A queue of messages in the order they came. A cancellation takes effect as soon as it arrives."""

    def __init__(self, messages: Iterator[Incoming]) -> None:
        self._arrived: SimpleQueue[tuple[Arrived, int]] = SimpleQueue()
        self._waiting: deque[tuple[Arrived, int]] = deque()
        self._room = threading.Condition()
        self._taken = 0
        self._is_closed = False
        self._open: set[object] = set()
        self._cancelled: set[object] = set()
        self._latest = monotonic()
        threading.Thread(target=self._read, args=(messages,), name="vkd-reader", daemon=True).start()

    def take(self, timeout: float | None) -> Arrived | None:
        """The next message; None where none comes within a time in seconds (None waits for as long as it takes)."""
        self._drain()
        if not self._waiting and timeout != 0:
            try:
                self._keep(*self._arrived.get(timeout=timeout))
            except Empty:
                return None
            self._drain()
        if not self._waiting:
            return None
        message, size = self._waiting.popleft()
        self._give_back(size)
        return message

    def is_cancelled(self, ident: object) -> bool:
        """Whether the client no longer wants the answer to a request."""
        self._drain()
        return ident in self._cancelled

    def is_quiet(self, seconds: float) -> bool:
        """Whether nothing has come for a while."""
        return monotonic() - self._latest >= seconds

    def answered(self, ident: object) -> None:
        """Forgets a request once it has its answer."""
        self._open.discard(ident)
        self._cancelled.discard(ident)

    def close(self) -> None:
        """Stops taking messages, since nothing will handle them any more."""
        with self._room:
            self._is_closed = True
            self._room.notify()

    def __bool__(self) -> bool:
        self._drain()
        return bool(self._waiting)

    def _drain(self) -> None:
        while not self._arrived.empty():
            self._keep(*self._arrived.get())

    def _keep(self, message: Arrived, size: int) -> None:
        self._latest = monotonic()
        if isinstance(message, dict):
            method = message.get("method")
            if method == "$/cancelRequest" and "id" not in message:
                self._cancel(message.get("params"))
                self._give_back(size)
                return
            if isinstance(method, str) and isinstance(message.get("id"), int | str):
                self._open.add(message["id"])
        self._waiting.append((message, size))

    def _cancel(self, params: object) -> None:
        ident = params.get("id") if isinstance(params, dict) else None
        if isinstance(ident, int | str) and ident in self._open:
            self._cancelled.add(ident)

    def _read(self, messages: Iterator[Incoming]) -> None:
        try:
            for message in messages:
                size = _size(message)
                self._take_up(size)
                if self._is_closed:
                    return
                self._arrived.put((message, size))
        finally:
            self._arrived.put((CLOSED, 0))

    def _take_up(self, size: int) -> None:
        """Waits until there is room for a message; one larger than the whole inbox is let in when the inbox is
        empty."""
        with self._room:
            self._room.wait_for(lambda: self._is_closed or not self._taken or self._taken + size <= _ROOM)
            self._taken += size

    def _give_back(self, size: int) -> None:
        with self._room:
            self._taken -= size
            self._room.notify()


def _size(message: Incoming) -> int:
    """About how many bytes of memory a message takes."""
    size, rest = 0, [message]
    while rest:
        one: object = rest.pop()
        size += _EACH
        if isinstance(one, str):
            size += len(one)
        elif isinstance(one, dict):
            rest += one.keys()
            rest += one.values()
        elif isinstance(one, list):
            rest += one
    return size
