"""textDocument/onTypeFormatting."""

from __future__ import annotations

from typing import TYPE_CHECKING

from vkd_server.features.completion.next_line import next_line
from vkd_server.lsp import params as read

if TYPE_CHECKING:
    from vkd_server.lsp.server import Server

NEW_LINE = "\n"


def on_type(server: Server, params: object) -> object:
    """The next line, begun, where a line end was typed."""
    document = server.open_document(params)
    row = server.position(params, document).row
    edits = next_line(document.snapshot, row) if read.text(params, "ch") == NEW_LINE else ()
    return [{"range": server.range_of(document, edit.start, edit.end), "newText": edit.text} for edit in edits]
