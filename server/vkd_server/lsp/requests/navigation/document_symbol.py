"""textDocument/documentSymbol."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import TYPE_CHECKING, NamedTuple

from vkd_grammar.plain import opening_in
from vkd_grammar.text import content, units_from_column
from vkd_grammar.words import fold
from vkd_server.features.navigation.symbols import DescriptionSymbol, LineSymbol, symbol_of
from vkd_server.lsp.convert import Fragment, SymbolFragment
from vkd_server.lsp.frames import to_json
from vkd_server.lsp.rpc import Encoded, Steps

if TYPE_CHECKING:
    from vkd_grammar.parser import Parser
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
    saying = _Saying(document.document.parser, "" if tree else document.uri, context.client.encoding)
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


class _Below(NamedTuple):
    """What stands below a header: its lines as symbols, their rows, and the last row that says anything."""

    json: str
    rows: tuple[int, ...]
    last_row: int


class _Saying:
    """Writes symbols as JSON fragments. With a URI they are flat ones, which name their document.

    What stands below a header does not hang on it, and is written once for all descriptions that say the same.
    """

    def __init__(self, parser: Parser, uri: str, encoding: Encoding) -> None:
        self._parser = parser
        self._uri = uri
        self._encoding = encoding
        self._lines: Sequence[str] = ()
        self._known: dict[tuple[str, ...], _Below] = {}
        self._headers: dict[tuple[str, str], DescriptionSymbol] = {}

    def said(self, lines: tuple[str, ...]) -> SymbolFragment:
        """The symbol of one description; an empty fragment for the text before the first header."""
        self._lines = lines
        opening = opening_in(lines[0]) if lines else None
        below = self._known.get(lines[1:]) if opening else None
        symbol = self._headers.get((opening.word, opening.technical)) if opening and below else None
        if opening is None or below is None or symbol is None:
            symbol = symbol_of(self._parser.parse(lines), lines)
            if symbol is None:
                return SymbolFragment(Fragment("", ()))
            below = self._below(symbol)
            if opening is not None and not any(line.lstrip().startswith(";") for line in lines):
                self._known[lines[1:]] = below
                self._headers[opening.word, opening.technical] = symbol._replace(last_row=0, lines=())
        else:
            symbol = symbol._replace(name=opening.identification)
        symbol = symbol._replace(last_row=max(symbol.last_row, below.last_row))
        json = self._flat(symbol) if self._uri else self._tree(symbol, below)
        end = symbol.last_row, self._length(symbol.last_row)
        return SymbolFragment(json, symbol.collection, symbol.header_row, end)

    def _below(self, symbol: DescriptionSymbol) -> _Below:
        lines = ",".join([self._line(line) for line in symbol.lines])
        rows = tuple(row for line in symbol.lines for row in [line.row] * 4)
        return _Below(lines, rows, max((line.row for line in symbol.lines), default=0))

    def _tree(self, symbol: DescriptionSymbol, below: _Below) -> Fragment:
        first, last = symbol.header_row, symbol.last_row
        place = f'"range":{self._whole_rows(last)},"selectionRange":{self._whole_rows(first)}'
        about = f'{{{self._named(symbol)},"detail":{_text(symbol.detail)},{place},"children":[{below.json}]}}'
        return Fragment(about, (0, last, first, first, *below.rows))

    def _flat(self, symbol: DescriptionSymbol) -> Fragment:
        place = f'{{"uri":{_text(self._uri)},"range":{self._whole_rows(symbol.last_row)}}}'
        container = f'"containerName":{_text(symbol.collection)},' if symbol.collection else ""
        return Fragment(f'{{{self._named(symbol)},{container}"location":{place}}}', (0, symbol.last_row))

    def _named(self, symbol: DescriptionSymbol) -> str:
        return f'"name":{_text(symbol.name)},"kind":{_CLASS if symbol.kind == "product" else _INTERFACE}'

    def _line(self, line: LineSymbol) -> str:
        start, end = (units_from_column(self._lines[line.row], at, self._encoding) for at in (line.start, line.end))
        place = self._place(start, end)
        return f'{{"name":{_text(line.name)},"kind":{_FIELD},"range":{place},"selectionRange":{place}}}'

    def _whole_rows(self, last: int) -> str:
        return self._place(0, self._length(last))

    def _length(self, row: int) -> int:
        text = content(self._lines[row])
        return units_from_column(text, len(text), self._encoding)

    def _place(self, start: int, end: int) -> str:
        return f'{{"start":{{"line":%d,"character":{start}}},"end":{{"line":%d,"character":{end}}}}}'


def _text(text: str) -> str:
    return to_json(text).replace("%", "%%")
