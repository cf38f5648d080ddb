"""textDocument/references and textDocument/documentHighlight."""

from __future__ import annotations

from collections.abc import Generator
from typing import TYPE_CHECKING

from vkd_grammar.text import Position
from vkd_server.features.answering import line_at
from vkd_server.features.definition import Place, row_of
from vkd_server.features.identifications import product_at
from vkd_server.features.naming import Meant, Uses, concept_at
from vkd_server.features.naming import highlights as uses_in_document
from vkd_server.lsp import params as read
from vkd_server.lsp.convert import Fragment, Json, Outward
from vkd_server.lsp.requests.answering_lines import answered
from vkd_server.workspace.every_document import every_document
from vkd_server.workspace.uris import uri_of

if TYPE_CHECKING:
    from vkd_server.lsp.server import Server
    from vkd_server.workspace.documents import OpenDocument

_TEXT, _READ = 1, 2
"""DocumentHighlightKind: a ditto reads what the field above it says."""


def references(server: Server, params: object) -> object:
    """Where a concept is used: its vocabulary row, where it is asked for, and every use in the workspace's texts, a
    text a step; of a product's identification the places that bear it; of a product's line, at its number or operator,
    the demands' lines that it answers."""
    document = server.open_document(params)
    position = server.position(params, document)
    at = line_at(document.snapshot, position)
    if at is not None and at.piece.description.kind == "product":
        return answered(server, document, at)
    meant = concept_at(document.snapshot, position)
    if meant is not None:
        return _uses(server, document, meant, read.optional(params, "context", "includeDeclaration") is True)
    identification = product_at(document.snapshot, position)
    places = document.snapshot.places(identification) if identification else ()
    return [row_location(document, Place(place.path, place.row)) for place in places]


def highlights(server: Server, params: object) -> object:
    """The uses, in one document, of the concept at a place, the dittos that stand for it among them."""
    document = server.open_document(params)
    return [
        {
            "range": server.range_of(document, Position(use.row, use.start), Position(use.row, use.end)),
            "kind": _READ if use.ditto else _TEXT,
        }
        for use in uses_in_document(document.snapshot, server.position(params, document))
    ]


def row_location(document: OpenDocument[Fragment], place: Place) -> Json:
    """A row of a document, or of another file of its catalogue."""
    start = {"line": place.row, "character": 0}
    own = place.path == document.path
    uri = document.uri if own else uri_of(document.home.catalogue.root / place.path)
    return {"uri": uri, "range": {"start": start, "end": start}}


def _uses(
    server: Server, asked: OpenDocument[Fragment], meant: Meant, declaration: bool
) -> Generator[None, None, object]:
    found: list[Json] = [row_location(asked, row_of(meant.concept))] if declaration else []
    uses = Uses(meant, asked.home.catalogue.vocabularies)
    for document in every_document(server.files, asked):
        outward = Outward(document.document.lines, server.encoding)
        for row, description in document.document.pieces():
            for use in uses.within(row, description):
                place = outward.range(Position(use.row, use.start), Position(use.row, use.end))
                found.append({"uri": document.uri, "range": place})
        yield
    return found
