"""Questions to data that take long, stopped from another thread once nobody waits for the answer."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import Event, Lock, Thread
from time import sleep

_PAUSE = 0.02
"""Seconds between two calls to stop a question: one that only just begins may miss the first."""


class Interrupted(Exception):
    """Raised in work that was interrupted."""


class Interruption:
    """What interrupts one piece of work, from whatever thread, and for good."""

    def __init__(self) -> None:
        self._is_set = Event()
        self._lock = Lock()
        self._stops: list[Callable[[], None]] = []

    def interrupt(self) -> None:
        """Has the questions that are asked stopped, and none begin. Waits for nothing."""
        self._is_set.set()
        Thread(target=self._stop, name="vkd-interrupting", daemon=True).start()

    def check(self) -> None:
        """Raises Interrupted where the work was interrupted."""
        if self._is_set.is_set():
            raise Interrupted

    @contextmanager
    def stopping(self, stop: Callable[[], None]) -> Iterator[None]:
        """While a question is asked: `stop` is called in another thread when the work is interrupted. Raises
        Interrupted where it was before."""
        with self._lock:
            self._stops.append(stop)
        try:
            self.check()
            yield
        finally:
            with self._lock:
                self._stops.remove(stop)

    def _stop(self) -> None:
        while self._stopped():
            sleep(_PAUSE)

    def _stopped(self) -> bool:
        """Stops what is asked; whether anything is."""
        with self._lock:
            for stop in self._stops:
                stop()
            return bool(self._stops)
