"""The messages that have come and were not handled yet.

A thread reads, so that a cancellation is seen while work goes on.
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


class Inbox:
    """Hands messages out in the order they came, but for cancellations, which take effect as soon as they are seen."""

    def __init__(self, messages: Iterator[Incoming]) -> None:
        self._arrived: SimpleQueue[Arrived] = SimpleQueue()
        self._waiting: deque[Arrived] = deque()
        self._open: set[object] = set()
        self._cancelled: set[object] = set()
        self._latest = monotonic()
        threading.Thread(target=self._read, args=(messages,), name="vkd-reader", daemon=True).start()

    def take(self, timeout: float | None) -> Arrived | None:
        """The next message; None where none comes within a time in seconds (None waits for as long as it takes)."""
        self._drain()
        if not self._waiting and timeout != 0:
            try:
                self._keep(self._arrived.get(timeout=timeout))
            except Empty:
                return None
            self._drain()
        return self._waiting.popleft() if self._waiting else None

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

    def __bool__(self) -> bool:
        self._drain()
        return bool(self._waiting)

    def _drain(self) -> None:
        while not self._arrived.empty():
            self._keep(self._arrived.get())

    def _keep(self, message: Arrived) -> None:
        self._latest = monotonic()
        if isinstance(message, dict):
            method = message.get("method")
            if method == "$/cancelRequest":
                self._cancel(message.get("params"))
                return
            if isinstance(method, str) and isinstance(message.get("id"), int | str):
                self._open.add(message["id"])
        self._waiting.append(message)

    def _cancel(self, params: object) -> None:
        ident = params.get("id") if isinstance(params, dict) else None
        if isinstance(ident, int | str) and ident in self._open:
            self._cancelled.add(ident)

    def _read(self, messages: Iterator[Incoming]) -> None:
        try:
            for message in messages:
                self._arrived.put(message)
        finally:
            self._arrived.put(CLOSED)
