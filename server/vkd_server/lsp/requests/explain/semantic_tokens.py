"""textDocument/semanticTokens/full, /full/delta and /range.

The tokens of a description are kept for as long as the document is open, so that after an edit only those of its
description are made again.
"""

from __future__ import annotations

from collections.abc import Generator, Sequence
from typing import TYPE_CHECKING

from vkd_grammar.text import counts_alike, units_from_column
from vkd_server.features.explain.semantic_tokens import Token, TokenLine, token_lines
from vkd_server.lsp.rpc import Encoded
from vkd_server.lsp.tokens import NOTHING, Part, Said, SentTokens

if TYPE_CHECKING:
    from vkd_grammar.syntax import Description
    from vkd_grammar.text import Encoding
    from vkd_server.lsp.context import Context
    from vkd_server.lsp.params import InStretch, OfDocument, SinceResult
    from vkd_server.lsp.rpc import Steps
    from vkd_server.workspace.documents import OpenDocument


def full(context: Context, params: OfDocument) -> Steps:
    """The tokens of a whole document."""
    sent = yield from _send_now(context, context.open_document(params.uri))
    return Encoded(f'{{"resultId":"{sent.ident}","data":[{_data(sent.parts)}]}}')


def delta(context: Context, params: SinceResult) -> Steps:
    """What has changed since an earlier answer; all tokens where the client names an answer that is no longer known."""
    document = context.open_document(params.uri)
    before = context.memory.tokens.last_sent(params.uri)
    sent = yield from _send_now(context, document)
    if not before.ident or params.previous != before.ident:
        return Encoded(f'{{"resultId":"{sent.ident}","data":[{_data(sent.parts)}]}}')
    return Encoded(f'{{"resultId":"{sent.ident}","edits":[{_edit(before.parts, sent.parts)}]}}')


def in_range(context: Context, params: InStretch) -> Encoded:
    """The tokens of the rows that the editor shows."""
    document = context.open_document(params.uri).document
    span = context.client.span(params.stretch, document.lines)
    saying = _Saying(context.client.encoding)
    parts: list[Part] = []
    above = 0
    for index in range(document.index_at(span.start.row), min(document.index_at(span.end.row) + 1, len(document.rows))):
        row, lines = document.rows[index], document.piece_lines(index)
        shown = range(span.start.row - row, span.end.row - row + 1)
        tokens = [line for line in token_lines(document.parser.parse(lines)) if line.row in shown]
        above = _append(parts, row, above, saying.said(tokens, lines))
    return Encoded(f'{{"data":[{_data(parts)}]}}')


def _send_now(context: Context, document: OpenDocument) -> Generator[None, None, SentTokens]:
    saying = _Saying(context.client.encoding)
    parse = document.document.parser.parse
    pieces = yield from context.memory.tokens.cache.pieces(
        document.uri, document.document, lambda lines: saying.of(parse(lines), lines)
    )
    parts: list[Part] = []
    above = 0
    for row, said in pieces:
        above = _append(parts, row, above, said)
    return context.memory.tokens.send(document.uri, parts)


def _append(parts: list[Part], row: int, above: int, said: Said) -> int:
    """Adds the tokens of a description that starts at a row; `above` is the row of the last token before them.

    Returns the row of the last of them.
    """
    if not said.tokens:
        return above
    parts.append(Part(row + said.first - above, said))
    return row + said.last


class _Saying:
    """Writes tokens as numbers, five each, a place counted from the one before (LSP 3.17, "Semantic Tokens").

    Many lines are alike; their numbers are written once.
    """

    def __init__(self, encoding: Encoding) -> None:
        self._encoding = encoding
        self._rows: dict[str, str] = {}

    def of(self, description: Description, lines: Sequence[str]) -> Said:
        """The tokens of one description."""
        return self.said(token_lines(description), lines)

    def said(self, tokens: Sequence[TokenLine], lines: Sequence[str]) -> Said:
        """Some tokens of one description."""
        rows: list[str] = []
        above = number = 0
        for row, of_row in tokens:
            text = lines[row]
            rest = self._rows.get(text)
            if rest is None:
                rest = self._rows[text] = self._row(of_row, text)
            rows.append(f"{row - above},{rest}" if rows else rest)
            above = row
            number += len(of_row)
        return Said(tokens[0].row, above, number, ",".join(rows)) if tokens else NOTHING

    def _row(self, tokens: Sequence[Token], text: str) -> str:
        """The numbers of a row's tokens, without the first: how many rows it is below the one before."""
        alike = counts_alike(text, self._encoding)
        before, parts = 0, []
        for start, end, kind in tokens:
            if not alike:
                start, end = (units_from_column(text, column, self._encoding) for column in (start, end))
            parts.append(f"{start - before},{end - start},{kind},0")
            before = start
        return ",0,".join(parts)


def _data(parts: Sequence[Part]) -> str:
    return ",".join([f"{below},{said.rest}" for below, said in parts])


def _edit(before: Sequence[Part], now: Sequence[Part]) -> str:
    """The one edit that turns the numbers sent before into those of now: it covers all but the descriptions that are
    the same at the beginning and at the end. Empty where all are the same."""
    shortest = min(len(before), len(now))
    same = next((at for at in range(shortest) if before[at] != now[at]), shortest)
    tail = next((at for at in range(shortest - same) if before[-1 - at] != now[-1 - at]), shortest - same)
    gone, new = before[same : len(before) - tail], now[same : len(now) - tail]
    if not gone and not new:
        return ""
    start, deleted = (5 * sum(part.said.tokens for part in some) for some in (before[:same], gone))
    return f'{{"start":{start},"deleteCount":{deleted},"data":[{_data(new)}]}}'
