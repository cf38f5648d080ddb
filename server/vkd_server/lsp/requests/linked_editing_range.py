"""textDocument/linkedEditingRange."""

from __future__ import annotations

from typing import TYPE_CHECKING

from vkd_server.features.navigation.linked_editing import CHARACTERS, linked

if TYPE_CHECKING:
    from vkd_server.lsp.server import Server


def linked_ranges(server: Server, params: object) -> object:
    """The places where the same unit's identification stands in a description; null where it stands alone."""
    document = server.open_document(params)
    found = linked(document.snapshot, server.position(params, document))
    if not found:
        return None
    return {"ranges": [server.range_of(document, span.start, span.end) for span in found], "wordPattern": CHARACTERS}
