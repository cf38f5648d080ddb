"""workspace/symbol."""

from __future__ import annotations

from typing import TYPE_CHECKING

from vkd_server.features.navigation.workspace_symbols import workspace_symbols
from vkd_server.lsp.rpc import Steps
from vkd_server.workspace.uris import uri_of

if TYPE_CHECKING:
    from vkd_server.lsp.context import Context
    from vkd_server.lsp.params import Query

KINDS = {"product": 5, "object-types": 23, "names": 10, "characteristics": 7, "times": 24}
"""SymbolKind: Class, Struct, Enum, Property, Event."""


def symbols(context: Context, params: Query) -> Steps:
    """The products and concepts whose names a query is a part of, in every folder's catalogue."""
    query = params.query
    files = context.files
    homes = [*(files.home_in(root) for root in files.roots), *(document.home for document in files.documents)]
    answer: list[object] = []
    for home in {home.catalogue.root: home for home in homes}.values():
        found = yield from files.search(home, lambda view: workspace_symbols(query, view))
        for symbol in found:
            start = {"line": symbol.row, "character": 0}
            location = {"uri": uri_of(home.catalogue.root / symbol.path), "range": {"start": start, "end": start}}
            kind = KINDS[symbol.kind]
            answer.append({"name": symbol.name, "kind": kind, "containerName": symbol.container, "location": location})
    return answer
