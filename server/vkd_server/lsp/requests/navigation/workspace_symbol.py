"""workspace/symbol."""

from __future__ import annotations

from typing import TYPE_CHECKING

from vkd_server.features.navigation.workspace_symbols import workspace_symbols
from vkd_server.lsp.rpc import Steps
from vkd_server.workspace.uris import uri_of

if TYPE_CHECKING:
    from vkd_server.lsp.context import Context
    from vkd_server.lsp.params import Query

KINDS = {"collection": 2, "product": 5, "object-types": 23, "names": 10, "characteristics": 7, "times": 24}
"""SymbolKind: Module, Class, Struct, Enum, Property, Event."""


def symbols(context: Context, params: Query) -> Steps:
    """The products, collections and concepts whose names a query is a part of, in every folder's catalogue."""
    query = params.query
    files = context.files
    projects = [*(files.project_in(root) for root in files.roots), *(document.project for document in files.documents)]
    answer: list[object] = []
    for project in {project.catalogue.root: project for project in projects}.values():
        found = yield from files.search(project, lambda view: workspace_symbols(query, view))
        for symbol in found:
            start = {"line": symbol.row, "character": 0}
            location = {"uri": uri_of(project.catalogue.root / symbol.path), "range": {"start": start, "end": start}}
            kind = KINDS[symbol.kind]
            answer.append({"name": symbol.name, "kind": kind, "containerName": symbol.container, "location": location})
    return answer
