"""Work that takes long, done in a thread beside the one that answers, so that no keystroke waits for it. It can be
given up.

Only functions of snapshots may run so: they read, and change nothing. They parse nothing either, for the parser belongs
to the other thread.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Generator
from math import inf
from time import perf_counter
from typing import TYPE_CHECKING, Any, Final, Generic, Literal, TypeVar, cast

from vkd_catalog.interruption import Interruption

if TYPE_CHECKING:
    from vkd_catalog.catalogue import Catalogue
    from vkd_catalog.register import Register
    from vkd_server.workspace.background import BackgroundCatalogue

T = TypeVar("T")

WAITING: Final = "waiting"
"""What a handler's generator yields when its next step is for something else to happen."""

HELD: Final = "held"
"""What it yields where nothing is worked out for it: it goes on when something else has happened, if ever."""

_PATIENCE = 0.005
"""Seconds that are waited for it where it may be quick: most demands are answered by then."""


class PendingError(Exception):
    """Raised to whoever asks for a catalogue that is not there yet (`pending`); it can be asked for again later."""


class GivenUp(Exception):
    """Raised in a background task whose outcome nobody waits for any longer."""


class BackgroundTask(Generic[T]):
    """Work in a thread of its own, begun at `began` (`perf_counter`). When it is given up, `stop` is set, and
    `interrupt` called with the number of its thread."""

    def __init__(self, work: Callable[[], T], stop: threading.Event, interrupt: Callable[[int], None]) -> None:
        self._stop = stop
        self._interrupt = interrupt
        self._outcome: T | None = None
        self._error: Exception | None = None
        self._waiters = 0
        self.began = perf_counter()
        self._thread = threading.Thread(target=self._run, args=(work,), name="vkd-task", daemon=True)
        self._thread.start()

    @property
    def is_running(self) -> bool:
        """Whether the task is still running, also after it was asked to stop."""
        return self._thread.is_alive()

    @property
    def is_given_up(self) -> bool:
        """Whether nobody waits for the outcome any longer, so that the task may end without one."""
        return self._stop.is_set()

    def give_up(self) -> None:
        """Asks the task to stop early."""
        self._stop.set()
        if self.is_running and self._thread.ident is not None:
            self._interrupt(self._thread.ident)

    def outcome(self) -> Generator[Literal["waiting"], None, T]:
        """Waits for the result. When the last one waiting stops waiting, the task is given up.

        Raises the exception that the task raised, if any.
        """
        self._waiters += 1
        try:
            self._thread.join(_PATIENCE)
            while self.is_running:
                yield WAITING
        finally:
            self._waiters -= 1
            if self._waiters == 0 and self.is_running:
                self.give_up()
        if self._error is not None:
            raise self._error
        return cast(T, self._outcome)

    def _run(self, work: Callable[[], T]) -> None:
        try:
            self._outcome = work()
        except Exception as error:  # noqa: BLE001 - whoever waits for it is told, and its own thread must not end aloud
            # Our own frame would hold on to us by way of the error, and so to all that is in the others.
            self._error = error.with_traceback(error.__traceback__.tb_next if error.__traceback__ else None)


class BackgroundTasks:
    """All background tasks that are running."""

    def __init__(self) -> None:
        self._started: list[BackgroundTask[Any]] = []
        self._reading: list[BackgroundTask[Any]] = []

    def start(
        self,
        work: Callable[[], T],
        stop: threading.Event | None = None,
        interrupt: Callable[[int], None] | None = None,
        interruption: Interruption | None = None,
    ) -> BackgroundTask[T]:
        """Starts a task that needs no register."""

        def give_up(thread: int) -> None:
            if interrupt:
                interrupt(thread)
            if interruption:
                interruption.interrupt()

        one = BackgroundTask(work, stop or threading.Event(), give_up)
        self._started = [had for had in self._started if had.is_running] + [one]
        return one

    def search(self, catalogue: BackgroundCatalogue, work: Callable[[Catalogue], T]) -> BackgroundTask[T]:
        """Starts a task that is given a catalogue, whose register must be there and stays open until the task ends."""
        register = catalogue.register
        stop, lease = threading.Event(), catalogue.lease.held()
        # Whatever is worked out comes back to the register again and again, which is where it can be stopped.
        interruption = Interruption()
        view: Catalogue = catalogue.over(cast("Register", _Stoppable(register, stop))).until(interruption)

        def working() -> T:
            try:
                return work(view)
            finally:
                lease.let_go()

        one = self.start(working, stop, register.interrupt, interruption)
        self._reading = [had for had in self._reading if had.is_running] + [one]
        return one

    @property
    def are_reading(self) -> bool:
        """Whether some task may be reading a register, so that it must not be changed."""
        return any(one.is_running for one in self._reading)

    @property
    def oldest(self) -> float:
        """When the oldest running task began (`perf_counter`); infinity where none is running."""
        return min((one.began for one in self._started if one.is_running), default=inf)

    def give_up(self) -> None:
        """Asks all running tasks to stop early, since nobody waits for them."""
        for one in self._started:
            one.give_up()
        self._started, self._reading = [], []


class _Stoppable:
    """A register for a background task: each of its answers ends the task by GivenUp once it was given up."""

    def __init__(self, register: Register, stop: threading.Event) -> None:
        self._register = register
        self._stop = stop

    def __getattr__(self, name: str) -> object:
        if self._stop.is_set():
            raise GivenUp
        return getattr(self._register, name)
