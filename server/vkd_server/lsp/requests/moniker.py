"""textDocument/moniker."""

from __future__ import annotations

from typing import TYPE_CHECKING

from vkd_server.features.navigation.monikers import moniker as moniker_at

if TYPE_CHECKING:
    from vkd_server.lsp.server import Server


def moniker(server: Server, params: object) -> object:
    """The name, unique in the catalogue, of the concept or product at a place; null where nothing is named."""
    document = server.open_document(params)
    found = moniker_at(document.snapshot, server.position(params, document))
    if found is None:
        return None
    return [{"scheme": "vkd", "identifier": found.identifier, "unique": "project", "kind": found.kind}]
