"""textDocument/hover."""

from __future__ import annotations

from typing import TYPE_CHECKING

from vkd_server.features.explain.hover import hover as hover_at
from vkd_server.lsp.answering import answers_in
from vkd_server.lsp.convert import Outward
from vkd_server.lsp.marked_up import hover_text

if TYPE_CHECKING:
    from vkd_server.lsp.context import Context
    from vkd_server.lsp.params import AtPlace


def hover(context: Context, params: AtPlace) -> object:
    """What stands at a place, explained; null where nothing does."""
    document = context.open_document(params.uri)
    catalogue = document.project.catalogue
    register = catalogue.register if catalogue.is_registered else None
    found = hover_at(
        document.snapshot, context.position(document, params.place), answers_in(context.files, document), register
    )
    if found is None:
        return None
    place = Outward(document.document.lines, context.client.encoding).range(found.start, found.end)
    return {"contents": hover_text(context.client, found.text), "range": place}
