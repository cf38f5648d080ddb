"""textDocument/definition."""

from __future__ import annotations

from typing import TYPE_CHECKING

from vkd_server.features.definition import definition
from vkd_server.lsp.requests.references import row_location

if TYPE_CHECKING:
    from vkd_server.lsp.server import Server


def location(server: Server, params: object) -> object:
    """The vocabulary row of the concept at a place."""
    document = server.open_document(params)
    found = definition(document.snapshot, server.position(params, document))
    return row_location(document, found) if found else None
