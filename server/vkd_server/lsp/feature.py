"""One entry in the table of requests: a method or command of the protocol, and the function that answers it.

The function is named rather than imported, so that a session can start before most of the code is loaded.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from importlib import import_module
from typing import TYPE_CHECKING, NamedTuple, cast

if TYPE_CHECKING:
    from vkd_server.workspace.open_sources import Kind

_REQUESTS = "vkd_server.lsp.requests"

BY_KIND: Mapping[Kind, str] = {
    "vocabulary": f"{_REQUESTS}.sources.vocabulary",
    "configuration": f"{_REQUESTS}.sources.configuration",
    "documentation": f"{_REQUESTS}.sources.documentation",
}
"""The modules whose `ANSWERS` hold, by method, what is answered about other documents; imported when one is opened."""


class Feature(NamedTuple):
    """One method of the protocol. Its description is the first sentence of its answer's docstring
    (docs/capabilities.md).

    `place` names the module in `requests` and the function in it that answers; `read` makes the function's parameters
    from the message's. `options` are advertised in the capabilities; None where the method has none.
    """

    method: str
    place: str
    read: Callable[[object], object]
    options: object = None

    @property
    def is_notification(self) -> bool:
        """Whether the method is a notification, which changes the session and has no answer."""
        return "/did" in self.method

    @property
    def answer(self) -> Callable[..., object]:
        """The function that answers, imported here if it was not before. It takes the context and the parameters; for a
        notification, the session and the parameters."""
        return _found(self.place)

    def answer_about(self, kind: Kind) -> Callable[..., object]:
        """The function that answers about a vocabulary, a documentation or a `vkd.toml`; where there is none, one that
        answers null."""
        answers: Mapping[str, Callable[..., object]] = import_module(BY_KIND[kind]).ANSWERS
        return answers.get(self.method, _nothing)


class Command(NamedTuple):
    """One command of `workspace/executeCommand`; `place` names the module and function that carry it out."""

    name: str
    place: str

    @property
    def carry_out(self) -> Callable[..., object]:
        """The function that carries out the command, imported here; it takes the context and the arguments."""
        return _found(self.place)


def _found(place: str) -> Callable[..., object]:
    module, _, name = place.rpartition(".")
    return cast("Callable[..., object]", getattr(import_module(f"{_REQUESTS}.{module}"), name))


def _nothing(_context: object, _params: object) -> None:
    return None
