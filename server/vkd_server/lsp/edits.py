"""Edits of files as a client applies them: versioned where it takes versions (LSP 3.17, "WorkspaceEdit")."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from vkd_server.lsp.convert import Json, Outward
from vkd_server.workspace.uris import uri_of

if TYPE_CHECKING:
    from vkd_catalog.catalogue import Catalogue
    from vkd_server.lsp.context import Context
    from vkd_server.rules.rule import TextEdit
    from vkd_server.workspace.documents import OpenDocument


def workspace_edit(context: Context, document: OpenDocument, edits: Sequence[TextEdit]) -> Json:
    """Edits of a document and of other files of its catalogue."""
    return edit_of(context, document.project.catalogue, edits, {document.path: document.uri})


def edit_of(context: Context, catalogue: Catalogue, edits: Sequence[TextEdit], own: Mapping[str, str] = {}) -> Json:
    """Edits of files of a catalogue; `own` holds, by path, the URIs of open documents that are no files."""
    opened = {one.path: one.uri for one in context.files.documents if one.project.catalogue is catalogue}
    opened |= {path: uri for uri, path in context.files.sources_of(catalogue)}
    opened |= own
    changes: dict[str, list[Json]] = {}
    outward: dict[str, Outward] = {}
    for edit in edits:
        uri = opened.get(edit.path) or uri_of(catalogue.root / edit.path)
        if uri not in outward:
            outward[uri] = Outward(context.files.lines_of(uri), context.client.encoding)
        place = outward[uri].range(edit.start, edit.end)
        changes.setdefault(uri, []).append({"range": place, "newText": edit.text})
    if not context.client.can("workspace", "workspaceEdit", "documentChanges"):
        return {"changes": changes}
    return {"documentChanges": [_of_document(context, uri, edits) for uri, edits in changes.items()]}


def _of_document(context: Context, uri: str, edits: Sequence[Json]) -> Json:
    document = context.files.document(uri) or context.files.sources.get(uri)
    return {"textDocument": {"uri": uri, "version": document.version if document else None}, "edits": edits}
