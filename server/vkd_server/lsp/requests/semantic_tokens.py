"""textDocument/semanticTokens/full and /range."""

from __future__ import annotations

from typing import TYPE_CHECKING

from vkd_server.features.semantic_tokens import tokens
from vkd_server.lsp import params as read
from vkd_server.lsp.convert import Fragment, Outward, span_in
from vkd_server.lsp.rpc import Encoded

if TYPE_CHECKING:
    from vkd_server.lsp.server import Server
    from vkd_server.workspace.documents import OpenDocument


def full(server: Server, params: object) -> Encoded:
    """The tokens of a whole document."""
    document = server.open_document(params)
    return _encoded(server, document, 0, len(document.document.lines))


def in_range(server: Server, params: object) -> Encoded:
    """The tokens of the rows that the editor shows."""
    document = server.open_document(params)
    span = span_in(read.mapping(params, "range"), document.document.lines, server.encoding)
    return _encoded(server, document, span.start.row, span.end.row)


def _encoded(server: Server, document: OpenDocument[Fragment], first: int, last: int) -> Encoded:
    """Five numbers a token, its place counted from the one before (LSP 3.17, "Semantic Tokens")."""
    lines = document.document.lines
    outward = Outward(lines, server.encoding)
    data: list[str] = []
    row = start = 0
    for token in tokens(document.snapshot, first, last):
        begin, end = outward.character(token.row, token.start), outward.character(token.row, token.end)
        since = begin - start if token.row == row else begin
        data.append(f"{token.row - row},{since},{end - begin},{token.type},0")
        row, start = token.row, begin
    return Encoded(f'{{"data":[{",".join(data)}]}}')
