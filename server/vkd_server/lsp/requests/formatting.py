"""textDocument/formatting, rangeFormatting and rangesFormatting."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import chain
from typing import TYPE_CHECKING

from vkd_grammar.text import Span
from vkd_server.features.refactoring.formatting import formatting
from vkd_server.lsp import params as read
from vkd_server.lsp.convert import Fragment, span_in
from vkd_server.lsp.rpc import Steps
from vkd_server.lsp.steps import in_steps
from vkd_server.lsp.waiting import while_it_stands

if TYPE_CHECKING:
    from vkd_server.lsp.server import Server
    from vkd_server.workspace.documents import OpenDocument


def document(server: Server, params: object) -> Steps:
    """The edits that align a whole document; the options of the request say nothing about columns."""
    return _edits(server, server.open_document(params), [None])


def in_range(server: Server, params: object) -> Steps:
    """The edits that align the descriptions in a stretch of text; only rows in it are changed."""
    found = server.open_document(params)
    return _edits(server, found, [span_in(read.mapping(params, "range"), found.document.lines, server.encoding)])


def in_ranges(server: Server, params: object) -> Steps:
    """The edits that align the descriptions in several stretches of text; only rows in one of them are changed."""
    found = server.open_document(params)
    spans = [span_in(one, found.document.lines, server.encoding) for one in read.items(params, "ranges")]
    return _edits(server, found, spans)


def _edits(server: Server, found: OpenDocument[Fragment], spans: Sequence[Span | None]) -> Steps:
    return while_it_stands(server, found, _in_steps(server, found, spans))


def _in_steps(server: Server, found: OpenDocument[Fragment], spans: Sequence[Span | None]) -> Steps:
    aligned = chain.from_iterable(formatting(found.snapshot, span) for span in spans)
    every = yield from in_steps(aligned)
    # Stretches may meet in a row, which is aligned once.
    edits = dict.fromkeys(chain.from_iterable(every))
    return [{"range": server.range_of(found, edit.start, edit.end), "newText": edit.text} for edit in edits]
