"""textDocument/formatting, rangeFormatting and rangesFormatting."""

from __future__ import annotations

from typing import TYPE_CHECKING

from vkd_grammar.text import Span
from vkd_server.features.formatting import formatting
from vkd_server.lsp import params as read
from vkd_server.lsp.convert import Fragment, Json, span_in

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


def in_ranges(server: Server, params: object) -> object:
    """The edits that align the descriptions in several stretches of text; only rows in one of them are changed."""
    found = server.open_document(params)
    spans = [span_in(one, found.document.lines, server.encoding) for one in read.items(params, "ranges")]
    edits = [_edits(server, found, span) for span in spans]
    # Stretches may meet in a row, which is aligned once.
    return [edit for at, some in enumerate(edits) for edit in some if not any(edit in had for had in edits[:at])]


def _edits(server: Server, found: OpenDocument[Fragment], span: Span | None) -> list[Json]:
    return [
        {"range": server.range_of(found, edit.start, edit.end), "newText": edit.text}
        for edit in formatting(found.snapshot, span)
    ]
