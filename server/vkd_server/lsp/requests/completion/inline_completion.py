"""textDocument/inlineCompletion (LSP 3.18)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from vkd_server.features.completion.inline import inline_completion as completion_at

if TYPE_CHECKING:
    from vkd_server.lsp.context import Context
    from vkd_server.lsp.params import AtPlace


def inline_completion(context: Context, params: AtPlace) -> object:
    """The beginning of the next line, its number and dittos, where a line is due and nothing follows."""
    document = context.open_document(params.uri)
    found = completion_at(document.snapshot, context.position(document, params.place))
    if found is None:
        return {"items": []}
    return {"items": [{"insertText": found.text, "range": context.range_of(document, found.start, found.end)}]}
