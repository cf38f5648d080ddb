"""Keeps a register open while its catalogue or another thread uses it; the last one to let go closes it."""

from __future__ import annotations

from collections.abc import Callable
from threading import Lock, Thread
from typing import TYPE_CHECKING, Self

if TYPE_CHECKING:
    from vkd_catalog.register import Register

_PATIENCE = 0.2
"""Seconds that are waited for a register. One that is up to date is there by then, and is not heard of later."""


class Lease:
    """Shared ownership of an open register, across threads: it is closed when the last holder lets go. The one who
    makes a lease is its first holder."""

    def __init__(self, register: Register | None = None, make: Callable[[], Register] | None = None) -> None:
        self._register = register
        self._make = make
        self._holders = 1
        self._lock = Lock()
        self._making: Thread | None = None

    @classmethod
    def on_what_is_made(cls, make: Callable[[], Register]) -> Self:
        """A lease on a register that `make` makes in a thread of its own. If that fails there, whoever asks for the
        register makes it again. A register that nobody holds any longer when it is made is closed at once."""
        lease = cls(make=make)
        lease._making = Thread(target=lease._try, args=(make,), name="vkd-register", daemon=True)
        lease._making.start()
        lease._making.join(_PATIENCE)
        return lease

    @property
    def is_there(self) -> bool:
        """Whether the register is there, so that asking for it takes no time."""
        return self._making is None or not self._making.is_alive()

    @property
    def register(self) -> Register:
        """The register, waited for. Raises what making it raises."""
        if self._making is not None:
            self._making.join()
        if self._register is None and self._make is not None:
            self._take(self._make())
        if self._register is None:
            raise ValueError("nobody holds the register any longer")
        return self._register

    def held(self) -> Self:
        """This lease with one more holder, who must call `let_go` when done."""
        with self._lock:
            self._holders += 1
        return self

    def let_go(self) -> None:
        """Gives up one holder's share; the last to do so closes the register. Each holder calls it once."""
        with self._lock:
            self._holders -= 1
            if self._holders > 0:
                return
            register, self._register, self._make = self._register, None, None
        if register is not None:
            register.close()

    def _try(self, make: Callable[[], Register]) -> None:
        try:
            self._take(make())
        except Exception:  # noqa: BLE001 - whoever asks for the register meets the same, and can be told
            return

    def _take(self, register: Register) -> None:
        with self._lock:
            # What makes it knows the catalogue, which knows us.
            self._make = None
            if self._holders > 0:
                self._register = register
                return
        register.close()
