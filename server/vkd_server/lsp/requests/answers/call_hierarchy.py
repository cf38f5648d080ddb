"""textDocument/prepareCallHierarchy, callHierarchy/incomingCalls and outgoingCalls.

A demand calls the products that its answer uses.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from vkd_grammar.text import Position
from vkd_server.features.answers.answering import products_used, row_of_line, use_of
from vkd_server.features.navigation.definition import Place
from vkd_server.lsp import fields
from vkd_server.lsp.convert import Json
from vkd_server.lsp.requests.navigation.references import row_location
from vkd_server.lsp.rpc import Steps
from vkd_server.workspace.every_document import documents_where

if TYPE_CHECKING:
    from vkd_grammar.kinds import Kind
    from vkd_server.features.snapshot import Piece
    from vkd_server.lsp.context import Context
    from vkd_server.lsp.params import AtPlace, HierarchyItem
    from vkd_server.workspace.documents import OpenDocument

_KINDS: dict[Kind, int] = {"product": 5, "demand": 11}
"""SymbolKind as document symbols have it: Class, Interface."""


def prepare(context: Context, params: AtPlace) -> object:
    """The product or demand that a place belongs to."""
    document = context.open_document(params.uri)
    piece = document.snapshot.piece_at(context.position(document, params.place).row)
    item = _described(document, piece) if piece else None
    return [item] if item else None


def incoming(context: Context, params: HierarchyItem) -> Steps:
    """The demands whose answers use a product, one demand at a time; no one calls a demand."""
    document, piece = _asked(context, params)
    header = piece.description.header
    calls: list[Json] = []
    if piece.description.kind != "product" or header is None:
        return calls
    asking = yield from documents_where(context.files, document, lambda text: text.has_demands)
    for other in asking:
        for index, description in enumerate(other.document.descriptions):
            if description.kind == "demand":
                run = yield from context.files.run(other, index)
                used = use_of(run.answer, header.identification) if run else None
                if used is not None:
                    caller = other.snapshot.piece(index)
                    ranges = _ranges(context, other, caller, used.lines)
                    calls.append({"from": _described(other, caller), "fromRanges": ranges})
                yield None
        yield None
    return calls


def outgoing(context: Context, params: HierarchyItem) -> Steps:
    """The products that a demand's answer uses, a product a step; a product uses none."""
    document, piece = _asked(context, params)
    run = yield from context.files.run(document, piece.number)
    calls: list[Json] = []
    for used in products_used(run.answer) if run else ():
        for place in document.project.catalogue.places_of(used.identification)[:1]:
            item = _item(document, used.identification, "product", Place(place.path, place.row))
            calls.append({"to": item, "fromRanges": _ranges(context, document, piece, used.lines)})
        yield None
    return calls


def _described(document: OpenDocument, piece: Piece) -> Json | None:
    """A description as an item; None for one that is neither product nor demand."""
    header, kind = piece.description.header, piece.description.kind
    if header is None or kind is None:
        return None
    return _item(document, header.identification or "?", kind, Place(document.path, piece.row + header.row))


def _item(document: OpenDocument, name: str, kind: Kind, place: Place) -> Json:
    """An item of the hierarchy. The place of its header is kept in it, to find the description again."""
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


def _ranges(context: Context, document: OpenDocument, piece: Piece, lines: Sequence[int]) -> list[Json]:
    """The ranges of some lines of a description."""
    rows = [row_of_line(piece, line) for line in lines]
    text = document.snapshot.line
    return [
        context.range_of(document, Position(row, 0), Position(row, len(text(row)))) for row in rows if row is not None
    ]


def _asked(context: Context, params: HierarchyItem) -> tuple[OpenDocument, Piece]:
    """The description of an item, as its document stands now."""
    data = params.data
    if len(data) == 2 and isinstance(data[0], str) and isinstance(data[1], int):
        document = context.files.read(data[0])
        piece = document.snapshot.piece_at(data[1]) if document else None
        if document is not None and piece is not None:
            return document, piece
    raise fields.invalid("no such description")
