"""A shared register with files laid over it that nobody else sees: what an editor holds unsaved, and what may be read
but not written."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

from vkd_catalog.engines.embedded import EmbeddedRegister, empty
from vkd_catalog.engines.layered import Laid, LayeredRegister
from vkd_catalog.register import NOTHING_TOUCHED, FileState, Missed, Registered, Tell, Trouble

if TYPE_CHECKING:
    from vkd_catalog.engines.shared.register import PostgresRegister

_FIRST_ABOVE = 2**60
"""No product on a server has a number that is so high."""


class OverlaidRegister(LayeredRegister):
    """A state of a shared register, and what is laid over it.

    `tell` is told once, with `why`, when something is laid over it that should have been stored.
    """

    def __init__(self, below: "PostgresRegister", above: EmbeddedRegister | None = None, laid: Laid = Laid()) -> None:
        super().__init__(below, above or EmbeddedRegister(empty("", _FIRST_ABOVE)), laid, below.own_place)
        self._shared = below
        self._tell: Tell | None = None
        self._why = ""

    def telling(self, tell: Tell, why: str) -> "OverlaidRegister":
        """The same register, which tells that and why it is not stored when it is changed."""
        self._tell, self._why = tell, why
        return self

    def copy(self) -> "OverlaidRegister":
        return OverlaidRegister(self._shared.fixed(), self._above.copy(), self._laid)

    def replace(
        self,
        changed: Iterable[tuple[str, FileState, Sequence[Registered]]],
        gone: Collection[str],
        touched: Mapping[str, FileState] = NOTHING_TOUCHED,
        missed: Sequence[Missed] = (),
    ) -> None:
        before = self._laid.paths
        super().replace(changed, gone, touched, missed)
        if (changed or gone or missed) and self._tell is not None and (missed or self._laid.paths != before):
            self._tell(Trouble("unwritten", self._shared.place.address, self._why))
            self._tell = None
