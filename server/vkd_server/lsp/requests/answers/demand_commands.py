"""The commands that are offered for a demand, both as lenses and as code actions, since not every editor shows both."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from vkd_catalog.languages import say
from vkd_server.lsp.names import COPY_MESSAGE, RUN, SHOW_MESSAGE, WHY

if TYPE_CHECKING:
    from vkd_catalog.evaluation import Answer
    from vkd_server.lsp.context import Context
    from vkd_server.lsp.convert import Json

_MOST_NEAR = 3
"""Of so many products and collections that come near a title asks why they are not among the answers."""


def demand_commands(context: Context, uri: str, row: int, language: str) -> Iterator[Json]:
    """The commands for the demand whose header stands on a row; copying only where the client says that it can.

    A server reaches no clipboard: a client that declares `experimental.clipboard` puts the command's result there.
    """
    named = [("editor.show-message", SHOW_MESSAGE), ("editor.run", RUN)]
    if context.client.can("experimental", "clipboard"):
        named.append(("editor.copy", COPY_MESSAGE))
    for title, command in named:
        yield {"title": say(title, language), "command": command, "arguments": [uri, row]}


def why_commands(answer: Answer | None, uri: str, row: int, language: str) -> Iterator[Json]:
    """For each product that came near, or the collection that it is an edition of, the command that shows why it is not
    among a demand's answers."""
    near = dict.fromkeys(_asked_about(answer, one.product) for one in answer.near_misses) if answer else {}
    for name in list(near)[:_MOST_NEAR]:
        title = say("editor.why-not", language, product=name)
        yield {"title": title, "command": WHY, "arguments": [uri, row, name, True]}


def _asked_about(answer: Answer, product: str) -> str:
    facts = answer.products.get(product)
    collection = facts.values.get("collection", "") if facts else ""
    return " ".join(collection.split()) or product
