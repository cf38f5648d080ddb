"""textDocument/semanticTokens/full and /range."""

from __future__ import annotations

from typing import TYPE_CHECKING

from vkd_grammar.text import units_from_column
from vkd_server.features.semantic_tokens import Token, token_lines
from vkd_server.lsp import params as read
from vkd_server.lsp.convert import Fragment, span_in
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
    data: list[str] = []
    said: dict[tuple[Token, ...], str] = {}
    row = 0
    for line in token_lines(document.snapshot, first, last):
        text = lines[line.row]
        plain = server.encoding == "utf-32" or text.isascii()
        rest = said.get(line.tokens) if plain else None
        if rest is None:
            tokens = line.tokens if plain else _in_units(server, text, line.tokens)
            rest = _row(tokens)
            if plain:
                said[line.tokens] = rest
        data.append(f"{line.row - row},{rest}")
        row = line.row
    return Encoded(f'{{"data":[{",".join(data)}]}}')


def _row(tokens: tuple[Token, ...]) -> str:
    """The numbers of a row's tokens, without the first: how many rows it is below the one before."""
    before, parts = 0, []
    for start, end, kind in tokens:
        parts.append(f"{start - before},{end - start},{kind},0")
        before = start
    return ",0,".join(parts)


def _in_units(server: Server, text: str, tokens: tuple[Token, ...]) -> tuple[Token, ...]:
    def units(column: int) -> int:
        return units_from_column(text, column, server.encoding)

    return tuple((units(start), units(end), kind) for start, end, kind in tokens)
