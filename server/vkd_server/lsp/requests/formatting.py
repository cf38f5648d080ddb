"""textDocument/formatting and rangeFormatting."""

from __future__ import annotations

from typing import TYPE_CHECKING

from vkd_grammar.text import Span
from vkd_server.features.formatting import formatting
from vkd_server.lsp import params as read
from vkd_server.lsp.convert import Fragment, span_in

if TYPE_CHECKING:
    from vkd_server.lsp.server import Server
    from vkd_server.workspace.documents import OpenDocument


def document(server: Server, params: object) -> object:
    """The edits that align a whole document; the options of the request say nothing about columns."""
    return _edits(server, server.open_document(params), None)


def in_range(server: Server, params: object) -> object:
    """The edits that align the descriptions in a stretch of text; only rows in it are changed."""
    found = server.open_document(params)
    span = span_in(read.mapping(params, "range"), found.document.lines, server.encoding)
    return _edits(server, found, span)


def _edits(server: Server, found: OpenDocument[Fragment], span: Span | None) -> object:
    return [
        {"range": server.range_of(found, edit.start, edit.end), "newText": edit.text}
        for edit in formatting(found.snapshot, span)
    ]
