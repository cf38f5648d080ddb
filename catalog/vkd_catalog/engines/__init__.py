"""The engines that a register can be kept in; `[register] engine` in a `vkd.toml` names one.

An engine is a module of this package with the two functions of `Engine`. It is imported when a register of it is asked
for, so that its storage's library costs nothing where none is.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Literal, NamedTuple, Protocol

if TYPE_CHECKING:
    from vkd_catalog.cache import Cache
    from vkd_catalog.register import Register, Stored, Tell


class Place(NamedTuple):
    """Where a register is that several workspaces share, and which workspace asks; of no matter to other engines.

    `service` is a connection service of libpq, `url` a URL without a password; without either, libpq's environment
    says where. `workspace` is what the catalogue is called. `schema` holds the tables.
    """

    service: str = ""
    url: str = ""
    workspace: str = ""
    schema: str = "vkd"

    @property
    def address(self) -> str:
        """The place as people are told it."""
        return self.url or (f"service={self.service}" if self.service else "postgresql:")


NOWHERE = Place()
"""No server is named."""


class RegisterError(Exception):
    """Raised where a register on a server cannot be asked or changed; what it would have answered is not known.

    `extra`: its engine is not installed. `unreachable`: nobody answers there. `unprepared`, `older`, `newer`: it has no
    tables, or those of another version. `denied`: the role may not. `lost`: the connection ended. `moved`: it did, and
    others have changed the register since. `stopped`: it took longer than the server allows, or was interrupted.
    `node`: one of the servers that its sentences are spread over was not reached. `failed`: the server could not.
    `facts` fill the places of the text `register-error.KIND`.
    """

    def __init__(
        self,
        kind: Literal[
            "extra",
            "unreachable",
            "unprepared",
            "older",
            "newer",
            "denied",
            "lost",
            "moved",
            "stopped",
            "node",
            "failed",
        ],
        **facts: object,
    ) -> None:
        super().__init__(kind, facts)
        self.kind = kind
        self.facts = facts

    def text(self, language: str) -> str:
        """What went wrong, in one line."""
        from vkd_catalog.languages import say

        return say(f"register-error.{self.kind}", language, **self.facts)

    def __str__(self) -> str:
        return self.text("en")


class Engine(Protocol):
    """What the module of an engine defines: how a register is opened, and what is stored of one."""

    def open_register(
        self, cache: Cache | None, key: str, tell: Tell | None = None, place: Place = NOWHERE
    ) -> Register:
        """The register stored in a workspace's `.vkd/` or at a `place`, or an empty one; what is changed in it is
        stored by then.

        `key` is a hash of what a register depends on: one stored for another key is not used. `tell` is told of a
        stored register that is damaged or somebody else's, and of one that cannot be written. Without a cache, or where
        nothing can be stored, the register is in memory. Raises RegisterError where a place cannot be asked.
        """
        ...

    def stored_register(self, cache: Cache, key: str, place: Place = NOWHERE) -> Stored:
        """What is stored in a workspace's `.vkd/` or at a `place`, left as it is. A change to its register is not
        stored. Raises RegisterError where a place cannot be asked."""
        ...


def _embedded() -> Engine:
    from vkd_catalog.engines import embedded

    return embedded


def _postgres() -> Engine:
    from vkd_catalog.engines import postgres

    return postgres


ENGINES: Mapping[str, Callable[[], Engine]] = {"embedded": _embedded, "postgres": _postgres}
"""The engines by the names they have in a `vkd.toml`, and what imports each; the first is used where none is named."""

REGISTER_SUFFIX = ".vkdreg"
"""How the name of a register file ends, which `built` writes and opens."""

DEFAULT_ENGINE = next(iter(ENGINES))
"""The engine of a catalogue whose settings name none."""
