"""Keeps a register open while its catalogue or another thread uses it; the last one to let go closes it."""

from __future__ import annotations

from collections.abc import Callable
from threading import Lock, Thread
from time import monotonic
from typing import TYPE_CHECKING, Self

from vkd_catalog.engines import RegisterError

if TYPE_CHECKING:
    from vkd_catalog.register import Register

_AGAIN = 5.0
"""Seconds after which a server that could not be asked is asked again."""

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
        self._unreachable: RegisterError | None = None
        self._tried = 0.0

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
        return self._making is None or not self._making.is_alive() or self._unreachable is not None

    @property
    def register(self) -> Register:
        """The register, waited for. Raises what making it raises."""
        if self._making is not None and (self._unreachable is None or not self._making.is_alive()):
            self._making.join()
        if self._register is None and self._make is not None:
            self._make_again(self._make)
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

    def _make_again(self, make: Callable[[], Register]) -> None:
        """Makes the register, which could not be made before. Where its server could not be asked, that is tried beside
        what else is done, and raised again until it can be: to wait for it may take long."""
        error = self._unreachable
        if error is None:
            self._take(make())
            return
        if monotonic() - self._tried > _AGAIN:
            self._tried = monotonic()
            self._making = Thread(target=self._try, args=(make,), name="vkd-register", daemon=True)
            self._making.start()
        raise error

    def _try(self, make: Callable[[], Register]) -> None:
        try:
            self._take(make())
        except RegisterError as error:
            self._unreachable, self._tried = error, monotonic()
        except Exception:  # noqa: BLE001 - whoever asks for the register meets the same, and can be told
            return

    def _take(self, register: Register) -> None:
        with self._lock:
            # What makes it knows the catalogue, which knows us.
            self._make = None
            if self._holders > 0:
                self._register, self._unreachable = register, None
                return
        register.close()
