"""textDocument/documentSymbol."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import TYPE_CHECKING

from vkd_grammar.text import content, units_from_column
from vkd_grammar.words import fold
from vkd_server.features.navigation.symbols import DescriptionSymbol, LineSymbol, symbol_of
from vkd_server.lsp.convert import Fragment, SymbolFragment
from vkd_server.lsp.frames import to_json
from vkd_server.lsp.rpc import Encoded, Steps

if TYPE_CHECKING:
    from vkd_grammar.syntax import Description
    from vkd_grammar.text import Encoding
    from vkd_server.lsp.context import Context
    from vkd_server.lsp.params import OfDocument

_MODULE, _CLASS, _INTERFACE, _FIELD = 2, 5, 11, 8
"""SymbolKind: a collection is a module, a product a class, a demand an interface, a line a field."""

_Placed = tuple[int, SymbolFragment]
"""The symbol of a description, and the row where that starts."""


def document_symbols(context: Context, params: OfDocument) -> Steps:
    """The descriptions with their lines, editions that follow each other below their collection; a flat list, without
    the lines, for clients that show no tree."""
    document = context.open_document(params.uri)
    tree = context.client.can("textDocument", "documentSymbol", "hierarchicalDocumentSymbolSupport")
    saying = _Saying("" if tree else document.uri, context.client.encoding)
    pieces = yield from context.memory.symbols.pieces(document.uri, document.document, saying.said)
    symbols = [one for one in pieces if one[1].json.template]
    return Encoded(f"[{','.join(_collected(symbols) if tree else map(_symbol, symbols))}]")


def _collected(symbols: Sequence[_Placed]) -> Iterator[str]:
    """Symbols, several of one collection that follow each other as the children of one."""
    for name, group in groupby(symbols, lambda one: fold(one[1].collection)):
        editions = list(group)
        if name and len(editions) > 1:
            yield _collection(editions)
        else:
            yield from map(_symbol, editions)


def _collection(editions: Sequence[_Placed]) -> str:
    (first, symbol), (last, latest) = editions[0], editions[-1]
    row, character = latest.end
    header = {"line": first + symbol.header_row, "character": 0}
    whole = {"start": {"line": first, "character": 0}, "end": {"line": last + row, "character": character}}
    about = {
        "name": symbol.collection,
        "kind": _MODULE,
        "range": whole,
        "selectionRange": {"start": header, "end": header},
    }
    return f'{to_json(about)[:-1]},"children":[{",".join(map(_symbol, editions))}]}}'


def _symbol(placed: _Placed) -> str:
    row, symbol = placed
    return symbol.json.at(row)


class _Saying:
    """Writes symbols as JSON fragments. With a URI they are flat ones, which name their document."""

    def __init__(self, uri: str, encoding: Encoding) -> None:
        self._uri = uri
        self._encoding = encoding
        self._lines: Sequence[str] = ()
        self._rows: list[int] = []

    def said(self, description: Description, lines: Sequence[str]) -> SymbolFragment:
        """The symbol of one description; an empty fragment for the text before the first header."""
        self._lines, self._rows = lines, []
        symbol = symbol_of(description, lines)
        if symbol is None:
            return SymbolFragment(Fragment("", ()))
        template = self._flat(symbol) if self._uri else self._tree(symbol)
        end = symbol.last_row, self._length(symbol.last_row)
        return SymbolFragment(Fragment(template, tuple(self._rows)), symbol.collection, symbol.header_row, end)

    def _tree(self, symbol: DescriptionSymbol) -> str:
        about = f'{{{self._named(symbol)},"detail":{_text(symbol.detail)},'
        place = f'"range":{self._whole_rows(0, symbol.last_row)},'
        header = f'"selectionRange":{self._whole_rows(symbol.header_row, symbol.header_row)},'
        children = ",".join([self._line(line) for line in symbol.lines])
        return f'{about}{place}{header}"children":[{children}]}}'

    def _flat(self, symbol: DescriptionSymbol) -> str:
        place = f'{{"uri":{_text(self._uri)},"range":{self._whole_rows(0, symbol.last_row)}}}'
        container = f'"containerName":{_text(symbol.collection)},' if symbol.collection else ""
        return f'{{{self._named(symbol)},{container}"location":{place}}}'

    def _named(self, symbol: DescriptionSymbol) -> str:
        return f'"name":{_text(symbol.name)},"kind":{_CLASS if symbol.kind == "product" else _INTERFACE}'

    def _line(self, line: LineSymbol) -> str:
        start, end = (units_from_column(self._lines[line.row], at, self._encoding) for at in (line.start, line.end))
        place = self._place(start, end)
        self._rows += [line.row] * 4
        return f'{{"name":{_text(line.name)},"kind":{_FIELD},"range":{place},"selectionRange":{place}}}'

    def _whole_rows(self, first: int, last: int) -> str:
        self._rows += [first, last]
        return self._place(0, self._length(last))

    def _length(self, row: int) -> int:
        text = content(self._lines[row])
        return units_from_column(text, len(text), self._encoding)

    def _place(self, start: int, end: int) -> str:
        return f'{{"start":{{"line":%d,"character":{start}}},"end":{{"line":%d,"character":{end}}}}}'


def _text(text: str) -> str:
    return to_json(text).replace("%", "%%")
