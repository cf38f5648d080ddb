"""textDocument/inlineCompletion (LSP 3.18)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from vkd_server.features.completion.inline import inline_completion as completion_at

if TYPE_CHECKING:
    from vkd_server.lsp.server import Server


def inline_completion(server: Server, params: object) -> object:
    """The beginning of the next line, its number and dittos, where a line is due and nothing follows."""
    document = server.open_document(params)
    found = completion_at(document.snapshot, server.position(params, document))
    if found is None:
        return {"items": []}
    return {"items": [{"insertText": found.text, "range": server.range_of(document, found.start, found.end)}]}
