"""textDocument/hover."""

from __future__ import annotations

from typing import TYPE_CHECKING

from vkd_server.features.explain.hover import hover as hover_at
from vkd_server.lsp.convert import Outward
from vkd_server.lsp.marked_up import hover_text
from vkd_server.lsp.waiting import answer_in

if TYPE_CHECKING:
    from vkd_server.lsp.server import Server


def hover(server: Server, params: object) -> object:
    """What stands at a place, explained; null where nothing does."""
    document = server.open_document(params)
    catalogue = document.home.catalogue
    register = catalogue.register if catalogue.is_registered else None
    found = hover_at(document.snapshot, server.position(params, document), answer_in(server, document), register)
    if found is None:
        return None
    place = Outward(document.document.lines, server.encoding).range(found.start, found.end)
    return {"contents": hover_text(server, found.text), "range": place}
