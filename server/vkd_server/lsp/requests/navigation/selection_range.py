"""textDocument/selectionRange."""

from __future__ import annotations

from typing import TYPE_CHECKING

from vkd_server.features.navigation.selections import selections
from vkd_server.lsp.convert import Json

if TYPE_CHECKING:
    from vkd_server.lsp.context import Context
    from vkd_server.lsp.params import AtPlaces


def selection_ranges(context: Context, params: AtPlaces) -> object:
    """For each place the stretches of text around it, the innermost first, every one inside its parent."""
    document = context.open_document(params.uri)
    answer: list[Json] = []
    for place in params.places:
        position = context.position(document, place)
        chain: Json = {}
        for span in reversed(selections(document.snapshot, position)):
            one = context.range_of(document, span.start, span.end)
            chain = {"range": one, "parent": chain} if chain else {"range": one}
        answer.append(chain)
    return answer
