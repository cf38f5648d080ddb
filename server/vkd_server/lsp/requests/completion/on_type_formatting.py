"""textDocument/onTypeFormatting."""

from __future__ import annotations

from typing import TYPE_CHECKING

from vkd_server.features.completion.next_line import next_line

if TYPE_CHECKING:
    from vkd_server.lsp.context import Context
    from vkd_server.lsp.params import Typed

NEW_LINE = "\n"


def on_type(context: Context, params: Typed) -> object:
    """The beginning of the next line, after a line end was typed."""
    document = context.open_document(params.uri)
    row = context.position(document, params.place).row
    edits = next_line(document.snapshot, row) if params.character == NEW_LINE else ()
    return [{"range": context.range_of(document, edit.start, edit.end), "newText": edit.text} for edit in edits]
