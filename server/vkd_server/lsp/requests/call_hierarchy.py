"""textDocument/prepareCallHierarchy, callHierarchy/incomingCalls and outgoingCalls.

A demand calls the products that its answer uses.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from vkd_grammar.text import Position
from vkd_server.features.answers.answering import products_used, row_of_line, use_of
from vkd_server.features.navigation.definition import Place
from vkd_server.lsp import params as read
from vkd_server.lsp.convert import Fragment, Json
from vkd_server.lsp.requests.references import row_location
from vkd_server.lsp.rpc import Steps
from vkd_server.lsp.waiting import when_registered
from vkd_server.workspace.every_document import documents_where

if TYPE_CHECKING:
    from vkd_grammar.kinds import Kind
    from vkd_server.features.snapshot import Piece
    from vkd_server.lsp.server import Server
    from vkd_server.workspace.documents import OpenDocument

_KINDS: dict[Kind, int] = {"product": 5, "demand": 11}
"""SymbolKind as document symbols have it: Class, Interface."""


def prepare(server: Server, params: object) -> object:
    """The product or demand that a place belongs to."""
    document = server.open_document(params)
    piece = document.snapshot.piece_at(server.position(params, document).row)
    item = _described(document, piece) if piece else None
    return [item] if item else None


def incoming(server: Server, params: object) -> Steps:
    """The demands whose answers use a product, a demand a step; no one calls a demand."""
    document, piece = _asked(server, params)
    yield from when_registered(document.home)
    header = piece.description.header
    calls: list[Json] = []
    if piece.description.kind != "product" or header is None:
        return calls
    asking = yield from documents_where(server.files, document, lambda text: text.has_demands)
    for other in asking:
        for index, description in enumerate(other.document.descriptions):
            if description.kind == "demand":
                run = yield from server.files.run(other, index)
                used = use_of(run.answer, header.identification) if run else None
                if used is not None:
                    caller = other.snapshot.piece(index)
                    ranges = _ranges(server, other, caller, used.lines)
                    calls.append({"from": _described(other, caller), "fromRanges": ranges})
                yield None
        yield None
    return calls


def outgoing(server: Server, params: object) -> Steps:
    """The products that a demand's answer uses, a product a step; a product uses none."""
    document, piece = _asked(server, params)
    yield from when_registered(document.home)
    run = yield from server.files.run(document, piece.number)
    calls: list[Json] = []
    for used in products_used(run.answer) if run else ():
        for place in document.home.catalogue.places_of(used.identification)[:1]:
            item = _item(document, used.identification, "product", Place(place.path, place.row))
            calls.append({"to": item, "fromRanges": _ranges(server, document, piece, used.lines)})
        yield None
    return calls


def _described(document: OpenDocument[Fragment], piece: Piece) -> Json | None:
    """A description as an item; None for one that is neither product nor demand."""
    header, kind = piece.description.header, piece.description.kind
    if header is None or kind is None:
        return None
    return _item(document, header.identification or "?", kind, Place(document.path, piece.row + header.row))


def _item(document: OpenDocument[Fragment], name: str, kind: Kind, place: Place) -> Json:
    """An item of the hierarchy; it remembers where its header is, which is how it is found again."""
    location = row_location(document, place)
    return {
        "name": name,
        "kind": _KINDS[kind],
        "detail": place.path,
        "uri": location["uri"],
        "range": location["range"],
        "selectionRange": location["range"],
        "data": [location["uri"], place.row],
    }


def _ranges(server: Server, document: OpenDocument[Fragment], piece: Piece, lines: Sequence[int]) -> list[Json]:
    """Where lines of a description stand."""
    rows = [row_of_line(piece, line) for line in lines]
    text = document.snapshot.line
    return [
        server.range_of(document, Position(row, 0), Position(row, len(text(row)))) for row in rows if row is not None
    ]


def _asked(server: Server, params: object) -> tuple[OpenDocument[Fragment], Piece]:
    """The description of an item, as its document stands now."""
    data = read.items(params, "item", "data")
    if len(data) == 2 and isinstance(data[0], str) and isinstance(data[1], int):
        document = server.files.read(data[0])
        piece = document.snapshot.piece_at(data[1]) if document else None
        if document is not None and piece is not None:
            return document, piece
    raise read.invalid("no such description")
