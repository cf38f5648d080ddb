"""textDocument/definition, declaration, typeDefinition and implementation."""

from __future__ import annotations

from typing import TYPE_CHECKING

from vkd_server.features.answers.answering import line_at
from vkd_server.features.navigation import definition as feature
from vkd_server.features.navigation.addresses import used_at
from vkd_server.features.navigation.documentations import documentation_at
from vkd_server.features.navigation.naming import Meant, concept_at
from vkd_server.lsp.requests.navigation.answering_lines import answering
from vkd_server.lsp.requests.navigation.references import is_text, row_location
from vkd_server.lsp.rpc import Steps

if TYPE_CHECKING:
    from vkd_server.lsp.context import Context
    from vkd_server.lsp.params import AtPlace
    from vkd_server.workspace.documents import OpenDocument


def location(context: Context, params: AtPlace) -> object:
    """The vocabulary row of the concept at a place; at a demand's line number or operator what answers that line; of an
    archive's alias where it is defined; of a product's `doc` its documentation."""
    document = context.open_document(params.uri)
    position = context.position(document, params.place)
    at = line_at(document.snapshot, position)
    if at is not None and at.piece.description.kind == "demand":
        return answering(context, document, at)
    documented = documentation_at(document.snapshot, position)
    if documented is not None and used_at(document.snapshot, position) is None:
        return row_location(document, feature.Place(documented.documentation.path, documented.documentation.place[0]))
    alias = used_at(document.snapshot, position)
    if alias is not None:
        from vkd_server.lsp.requests.navigation import aliases

        return aliases.definition(context, document.project, alias.text)
    found = feature.definition(document.snapshot, position)
    return row_location(document, found) if found and is_text(found.path) else None


def type_location(context: Context, params: AtPlace) -> object:
    """The vocabulary row of the concept above the one at a place."""
    document = context.open_document(params.uri)
    found = feature.type_definition(document.snapshot, context.position(document, params.place))
    return row_location(document, found) if found and is_text(found.path) else None


def implementations(context: Context, params: AtPlace) -> object:
    """The headers of the products that use the concept at a place, as they stand in the editor."""
    document = context.open_document(params.uri)
    meant = concept_at(document.snapshot, context.position(document, params.place))
    return _products_with(context, document, meant) if meant else []


def _products_with(context: Context, document: OpenDocument, meant: Meant) -> Steps:
    found = yield from context.files.search(document.project, lambda view: feature.products_with(meant, view))
    return [row_location(document, place) for place in found if is_text(place.path)]
