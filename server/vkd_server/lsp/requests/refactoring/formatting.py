"""textDocument/formatting, rangeFormatting and rangesFormatting."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import chain
from typing import TYPE_CHECKING

from vkd_grammar.text import Span
from vkd_server.features.refactoring.formatting import formatting
from vkd_server.lsp.answering import in_steps
from vkd_server.lsp.rpc import Steps

if TYPE_CHECKING:
    from vkd_server.lsp.context import Context
    from vkd_server.lsp.params import InStretch, InStretches, OfDocument
    from vkd_server.workspace.documents import OpenDocument


def document(context: Context, params: OfDocument) -> Steps:
    """The edits that align a whole document; the options of the request say nothing about columns."""
    return _edits(context, context.open_document(params.uri), [None])


def in_range(context: Context, params: InStretch) -> Steps:
    """The edits that align the descriptions in a stretch of text; only rows in it are changed."""
    found = context.open_document(params.uri)
    return _edits(context, found, [context.client.span(params.stretch, found.document.lines)])


def in_ranges(context: Context, params: InStretches) -> Steps:
    """The edits that align the descriptions in several stretches of text; only rows in one of them are changed."""
    found = context.open_document(params.uri)
    spans = [context.client.span(one, found.document.lines) for one in params.stretches]
    return _edits(context, found, spans)


def _edits(context: Context, found: OpenDocument, spans: Sequence[Span | None]) -> Steps:
    aligned = chain.from_iterable(formatting(found.snapshot, span) for span in spans)
    every = yield from in_steps(aligned)
    # Stretches may meet in a row, which is aligned once.
    edits = dict.fromkeys(chain.from_iterable(every))
    return [{"range": context.range_of(found, edit.start, edit.end), "newText": edit.text} for edit in edits]
