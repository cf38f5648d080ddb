"""textDocument/definition, declaration, typeDefinition and implementation."""

from __future__ import annotations

from typing import TYPE_CHECKING

from vkd_server.features.answers.answering import line_at
from vkd_server.features.navigation import definition as feature
from vkd_server.features.navigation.addresses import used_at
from vkd_server.features.navigation.naming import Meant, concept_at
from vkd_server.lsp.convert import Fragment
from vkd_server.lsp.requests.answering_lines import answering
from vkd_server.lsp.requests.references import row_location
from vkd_server.lsp.rpc import Steps
from vkd_server.lsp.waiting import when_registered, while_it_stands

if TYPE_CHECKING:
    from vkd_server.lsp.server import Server
    from vkd_server.workspace.documents import OpenDocument


def location(server: Server, params: object) -> object:
    """The vocabulary row of the concept at a place; at a demand's line number or operator what answers that line; of an
    archive's alias where it is defined."""
    document = server.open_document(params)
    position = server.position(params, document)
    at = line_at(document.snapshot, position)
    if at is not None and at.piece.description.kind == "demand":
        return while_it_stands(server, document, answering(server, document, at))
    alias = used_at(document.snapshot, position)
    if alias is not None:
        from vkd_server.lsp.requests import aliases

        return aliases.definition(server, document.home, alias.text)
    found = feature.definition(document.snapshot, position)
    return row_location(document, found) if found else None


def type_location(server: Server, params: object) -> object:
    """The vocabulary row of the concept above the one at a place."""
    document = server.open_document(params)
    found = feature.type_definition(document.snapshot, server.position(params, document))
    return row_location(document, found) if found else None


def implementations(server: Server, params: object) -> object:
    """The headers of the products that use the concept at a place, as they stand in the editor."""
    document = server.open_document(params)
    meant = concept_at(document.snapshot, server.position(params, document))
    return while_it_stands(server, document, _products_with(server, document, meant)) if meant else []


def _products_with(server: Server, document: OpenDocument[Fragment], meant: Meant) -> Steps:
    yield from when_registered(document.home)
    server.files.cover(document.home)
    catalogue = document.home.catalogue
    found = yield from server.files.beside(catalogue, lambda view: feature.products_with(meant, view))
    return [row_location(document, place) for place in found]
