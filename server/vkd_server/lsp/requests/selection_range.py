"""textDocument/selectionRange."""

from __future__ import annotations

from typing import TYPE_CHECKING

from vkd_server.features.navigation.selections import selections
from vkd_server.lsp import params as read
from vkd_server.lsp.convert import Json, position_in

if TYPE_CHECKING:
    from vkd_server.lsp.server import Server


def selection_ranges(server: Server, params: object) -> object:
    """For each place what lies around it, the innermost first, every one inside its parent."""
    document = server.open_document(params)
    answer: list[Json] = []
    for place in read.items(params, "positions"):
        position = position_in(place, document.document.lines, server.encoding)
        chain: Json = {}
        for span in reversed(selections(document.snapshot, position)):
            one = server.range_of(document, span.start, span.end)
            chain = {"range": one, "parent": chain} if chain else {"range": one}
        answer.append(chain)
    return answer
