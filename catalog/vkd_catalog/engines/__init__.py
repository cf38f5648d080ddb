"""The engines that a register can be kept in; `[register] engine` in a `vkd.toml` names one.

An engine is a module of this package with the two functions of `Engine`. It is imported when a register of it is asked
for, so that its storage's library costs nothing where none is.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from vkd_catalog.cache import Cache
    from vkd_catalog.register import Register, Stored, Tell


class Engine(Protocol):
    """What the module of an engine defines: how a register is opened, and what is stored of one."""

    def open_register(self, cache: Cache | None, key: str, tell: Tell | None = None) -> Register:
        """The register stored in a workspace's `.vkd/`, or an empty one; what is changed in it is stored by then.

        `key` is a hash of what a register depends on: one stored for another key is not used. `tell` is told of a
        stored register that is damaged or somebody else's, and of one that cannot be written. Without a cache, or where
        nothing can be stored, the register is in memory. Never raises.
        """
        ...

    def stored_register(self, cache: Cache, key: str) -> Stored:
        """What is stored in a workspace's `.vkd/`, left as it is. A change to its register is not stored."""
        ...


def _embedded() -> Engine:
    from vkd_catalog.engines import embedded

    return embedded


ENGINES: Mapping[str, Callable[[], Engine]] = {"embedded": _embedded}
"""The engines by the names they have in a `vkd.toml`, and what imports each; the first is used where none is named."""

REGISTER_SUFFIX = ".vkdreg"
"""How the name of a register file ends, which `built` writes and opens."""

DEFAULT_ENGINE = next(iter(ENGINES))
"""The engine of a catalogue whose settings name none."""
