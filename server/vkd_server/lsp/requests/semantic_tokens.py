"""textDocument/semanticTokens/full, /full/delta and /range.

What is said of a description is kept for as long as the document is open, so that after an edit only its own is made.
"""

from __future__ import annotations

from collections.abc import Generator, Sequence
from itertools import count
from typing import TYPE_CHECKING, NamedTuple

from vkd_grammar.text import counts_alike, units_from_column
from vkd_server.features.explain.semantic_tokens import Token, TokenLine, token_lines
from vkd_server.lsp import params as read
from vkd_server.lsp.convert import span_in
from vkd_server.lsp.kept import Kept
from vkd_server.lsp.rpc import Encoded
from vkd_server.lsp.waiting import while_it_stands

if TYPE_CHECKING:
    from vkd_grammar.syntax import Description
    from vkd_grammar.text import Encoding
    from vkd_server.lsp.rpc import Steps
    from vkd_server.lsp.server import Server


class Said(NamedTuple):
    """The tokens of one description: the rows of the first and the last, counted from its own, how many there are,
    and their numbers as JSON without the very first: how far below the token before it the first one stands."""

    first: int
    last: int
    tokens: int
    rest: str


_NOTHING = Said(0, 0, 0, "")


class Part(NamedTuple):
    """The tokens of one description in their document: `below` is the number that `said` leaves out."""

    below: int
    said: Said


class Told(NamedTuple):
    """The tokens of a whole document as a client was last told them."""

    ident: str
    parts: Sequence[Part]


class TokenMemory:
    """What each document's tokens are, and what the client was last told of them."""

    def __init__(self) -> None:
        self.kept: Kept[Said] = Kept()
        self._told: dict[str, Told] = {}
        self._numbers = count(1)

    def told(self, uri: str) -> Told:
        """What was last told about a document; nothing where nothing was."""
        return self._told.get(uri) or Told("", ())

    def tell(self, uri: str, parts: Sequence[Part]) -> Told:
        """Notes what is told now."""
        told = self._told[uri] = Told(str(next(self._numbers)), parts)
        return told

    def forget(self, uri: str) -> None:
        """Lets go of a document."""
        self.kept.forget(uri)
        self._told.pop(uri, None)


def full(server: Server, params: object) -> Steps:
    """The tokens of a whole document."""
    return while_it_stands(server, server.open_document(params), _full(server, params))


def delta(server: Server, params: object) -> Steps:
    """What has changed since an earlier answer; all tokens where the client names an answer that is no longer known."""
    return while_it_stands(server, server.open_document(params), _delta(server, params))


def _full(server: Server, params: object) -> Steps:
    told = yield from _told_now(server, params)
    return Encoded(f'{{"resultId":"{told.ident}","data":[{_data(told.parts)}]}}')


def _delta(server: Server, params: object) -> Steps:
    before = server.tokens.told(read.text(params, "textDocument", "uri"))
    told = yield from _told_now(server, params)
    if not before.ident or read.optional(params, "previousResultId") != before.ident:
        return Encoded(f'{{"resultId":"{told.ident}","data":[{_data(told.parts)}]}}')
    return Encoded(f'{{"resultId":"{told.ident}","edits":[{_edit(before.parts, told.parts)}]}}')


def in_range(server: Server, params: object) -> Encoded:
    """The tokens of the rows that the editor shows."""
    document = server.open_document(params).document
    span = span_in(read.mapping(params, "range"), document.lines, server.encoding)
    saying = _Saying(server.encoding)
    parts: list[Part] = []
    above = 0
    for index in range(document.index_at(span.start.row), min(document.index_at(span.end.row) + 1, len(document.rows))):
        row, lines = document.rows[index], document.piece_lines(index)
        shown = range(span.start.row - row, span.end.row - row + 1)
        tokens = [line for line in token_lines(document.parser.parse(lines)) if line.row in shown]
        above = _append(parts, row, above, saying.said(tokens, lines))
    return Encoded(f'{{"data":[{_data(parts)}]}}')


def _told_now(server: Server, params: object) -> Generator[None, None, Told]:
    document, saying = server.open_document(params), _Saying(server.encoding)
    pieces = yield from server.tokens.kept.pieces(document.uri, document.document, saying.of)
    parts: list[Part] = []
    above = 0
    for row, said in pieces:
        above = _append(parts, row, above, said)
    return server.tokens.tell(document.uri, parts)


def _append(parts: list[Part], row: int, above: int, said: Said) -> int:
    """Adds the tokens of a description that starts at a row; `above` is the row of the last token before them.

    The answer is the row of the last of them.
    """
    if not said.tokens:
        return above
    parts.append(Part(row + said.first - above, said))
    return row + said.last


class _Saying:
    """Says tokens as numbers, five each, a place counted from the one before (LSP 3.17, "Semantic Tokens").

    Many lines are alike, and are said once.
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
        return Said(tokens[0].row, above, number, ",".join(rows)) if tokens else _NOTHING

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
    """The one edit that makes the numbers told before those of now: what is between the descriptions that are alike at
    the beginning and at the end. Empty where all are."""
    shortest = min(len(before), len(now))
    same = next((at for at in range(shortest) if before[at] != now[at]), shortest)
    tail = next((at for at in range(shortest - same) if before[-1 - at] != now[-1 - at]), shortest - same)
    gone, new = before[same : len(before) - tail], now[same : len(now) - tail]
    if not gone and not new:
        return ""
    start, deleted = (5 * sum(part.said.tokens for part in some) for some in (before[:same], gone))
    return f'{{"start":{start},"deleteCount":{deleted},"data":[{_data(new)}]}}'
