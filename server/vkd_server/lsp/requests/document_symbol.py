"""textDocument/documentSymbol."""

from __future__ import annotations

from typing import TYPE_CHECKING

from vkd_grammar.text import Position, content
from vkd_server.features.symbols import DescriptionSymbol, LineSymbol, symbols
from vkd_server.lsp.convert import Json, Outward

if TYPE_CHECKING:
    from vkd_server.lsp.server import Server

_CLASS, _INTERFACE, _FIELD = 5, 11, 8
"""SymbolKind: a product is a class, a demand an interface, a line a field."""


def document_symbols(server: Server, params: object) -> object:
    """The descriptions with their lines; flat for clients that know no tree."""
    document = server.open_document(params)
    outward = Outward(document.document.lines, server.encoding)
    found = symbols(document.snapshot)
    if server.can("textDocument", "documentSymbol", "hierarchicalDocumentSymbolSupport"):
        return [_description(symbol, outward, document.document.lines) for symbol in found]
    flat: list[Json] = []
    for symbol in found:
        tree = _description(symbol, outward, document.document.lines)
        place = {"uri": document.uri, "range": tree["range"]}
        flat.append({"name": symbol.name, "kind": tree["kind"], "location": place})
    return flat


def _description(symbol: DescriptionSymbol, outward: Outward, lines: tuple[str, ...]) -> Json:
    return {
        "name": symbol.name,
        "detail": symbol.detail,
        "kind": _CLASS if symbol.kind == "product" else _INTERFACE,
        "range": _rows(symbol.row, symbol.last_row, outward, lines),
        "selectionRange": _rows(symbol.header_row, symbol.header_row, outward, lines),
        "children": [_line(line, outward) for line in symbol.lines],
    }


def _line(line: LineSymbol, outward: Outward) -> Json:
    place = outward.range(Position(line.row, line.start), Position(line.row, line.end))
    return {"name": line.name, "kind": _FIELD, "range": place, "selectionRange": place}


def _rows(first: int, last: int, outward: Outward, lines: tuple[str, ...]) -> Json:
    return outward.range(Position(first, 0), Position(last, len(content(lines[last]))))
