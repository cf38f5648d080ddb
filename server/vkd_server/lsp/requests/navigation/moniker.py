"""textDocument/moniker."""

from __future__ import annotations

from typing import TYPE_CHECKING

from vkd_server.features.navigation.monikers import moniker as moniker_at

if TYPE_CHECKING:
    from vkd_server.lsp.context import Context
    from vkd_server.lsp.params import AtPlace


def moniker(context: Context, params: AtPlace) -> object:
    """The name, unique in the catalogue, of the concept or product at a place; null where nothing is named."""
    document = context.open_document(params.uri)
    found = moniker_at(document.snapshot, context.position(document, params.place))
    if found is None:
        return None
    return [{"scheme": "vkd", "identifier": found.identifier, "unique": "project", "kind": found.kind}]
