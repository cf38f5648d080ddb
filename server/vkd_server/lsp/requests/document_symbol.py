"""textDocument/documentSymbol."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from vkd_grammar.text import content
from vkd_server.features.symbols import DescriptionSymbol, LineSymbol, symbols
from vkd_server.lsp.convert import Fragment, Outward
from vkd_server.lsp.frames import to_json
from vkd_server.lsp.rpc import Encoded, Steps
from vkd_server.lsp.steps import in_steps

if TYPE_CHECKING:
    from vkd_server.lsp.server import Server
    from vkd_server.workspace.documents import OpenDocument

_CLASS, _INTERFACE, _FIELD = 5, 11, 8
"""SymbolKind: a product is a class, a demand an interface, a line a field."""


def document_symbols(server: Server, params: object) -> Steps:
    """The descriptions with their lines; without them for clients that know no tree."""
    document = server.open_document(params)
    return server.while_it_stands(document, _symbols(server, document))


def _symbols(server: Server, document: OpenDocument[Fragment]) -> Steps:
    saying = _Saying(document.uri, document.document.lines, Outward(document.document.lines, server.encoding))
    tree = server.can("textDocument", "documentSymbol", "hierarchicalDocumentSymbolSupport")
    say = saying.tree if tree else saying.flat
    found = yield from in_steps(say(one) for one in symbols(document.snapshot))
    return Encoded(f"[{','.join(found)}]")


class _Saying:
    def __init__(self, uri: str, lines: Sequence[str], outward: Outward) -> None:
        self._uri = uri
        self._lines = lines
        self._outward = outward

    def tree(self, symbol: DescriptionSymbol) -> str:
        children = ",".join([self._line(line) for line in symbol.lines])
        return (
            f'{{{self._named(symbol)},"detail":{to_json(symbol.detail)},'
            f'"range":{self._rows(symbol.row, symbol.last_row)},'
            f'"selectionRange":{self._rows(symbol.header_row, symbol.header_row)},"children":[{children}]}}'
        )

    def flat(self, symbol: DescriptionSymbol) -> str:
        place = f'{{"uri":{to_json(self._uri)},"range":{self._rows(symbol.row, symbol.last_row)}}}'
        return f'{{{self._named(symbol)},"location":{place}}}'

    def _named(self, symbol: DescriptionSymbol) -> str:
        return f'"name":{to_json(symbol.name)},"kind":{_CLASS if symbol.kind == "product" else _INTERFACE}'

    def _line(self, line: LineSymbol) -> str:
        place = self._range(line.row, line.start, line.row, line.end)
        return f'{{"name":{to_json(line.name)},"kind":{_FIELD},"range":{place},"selectionRange":{place}}}'

    def _rows(self, first: int, last: int) -> str:
        return self._range(first, 0, last, len(content(self._lines[last])))

    def _range(self, row: int, start: int, last: int, end: int) -> str:
        begin, stop = self._outward.character(row, start), self._outward.character(last, end)
        return f'{{"start":{{"line":{row},"character":{begin}}},"end":{{"line":{last},"character":{stop}}}}}'
