"""textDocument/linkedEditingRange."""

from __future__ import annotations

from typing import TYPE_CHECKING

from vkd_server.features.navigation.linked_editing import CHARACTERS, linked

if TYPE_CHECKING:
    from vkd_server.lsp.context import Context
    from vkd_server.lsp.params import AtPlace


def linked_ranges(context: Context, params: AtPlace) -> object:
    """The places where the same unit's identification stands in a description; null where it stands alone."""
    document = context.open_document(params.uri)
    found = linked(document.snapshot, context.position(document, params.place))
    if not found:
        return None
    return {"ranges": [context.range_of(document, span.start, span.end) for span in found], "wordPattern": CHARACTERS}
