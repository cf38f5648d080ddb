"""textDocument/definition."""

from __future__ import annotations

from typing import TYPE_CHECKING

from vkd_server.features.definition import definition
from vkd_server.workspace.uris import uri_of

if TYPE_CHECKING:
    from vkd_server.lsp.server import Server


def location(server: Server, params: object) -> object:
    """The vocabulary row of the concept at a place."""
    document = server.open_document(params)
    found = definition(document.snapshot, server.position(params, document))
    if found is None:
        return None
    start = {"line": found.row, "character": 0}
    return {"uri": uri_of(document.home.catalogue.root / found.path), "range": {"start": start, "end": start}}
