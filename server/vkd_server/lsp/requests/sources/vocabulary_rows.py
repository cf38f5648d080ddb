"""Requests about an open vocabulary: its rows, the concepts they lead to, and the places that name them."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from vkd_catalog.vocabulary import VocabularyFile
from vkd_grammar.text import Position
from vkd_server.features.navigation.definition import products_with
from vkd_server.features.navigation.naming import Meant
from vkd_server.features.vocabulary_rows.references import code_of_row, rows_naming
from vkd_server.features.vocabulary_rows.table import Table, concept_at, spot_at
from vkd_server.lsp.convert import Json, Outward
from vkd_server.lsp.requests.navigation.concept_rows import code_location, first_document, naming_rows
from vkd_server.lsp.requests.navigation.references import uses_of
from vkd_server.lsp.requests.navigation.type_hierarchy import item_of
from vkd_server.lsp.requests.sources.source_synchronization import source_of
from vkd_server.lsp.rpc import Steps
from vkd_server.workspace.uris import uri_of

if TYPE_CHECKING:
    from vkd_catalog.vocabulary import MappingFile
    from vkd_server.lsp.context import Context
    from vkd_server.lsp.params import AtPlace, Place, UsesOf
    from vkd_server.workspace.open_sources import Source
    from vkd_server.workspace.project import Project


class Asked(NamedTuple):
    """An open vocabulary that a request is about: its text, its catalogue, and the file as that last read it."""

    source: Source
    project: Project
    file: VocabularyFile
    table: Table


class Opened(NamedTuple):
    """An open file that says what words mean: its text, its catalogue, and the file as that last read it."""

    source: Source
    project: Project
    file: VocabularyFile | MappingFile


def opened(context: Context, uri: str) -> Opened | None:
    """The open vocabulary, or file of mappings, that a request is about; None for a table of no catalogue."""
    source = source_of(context.files, uri)
    found = context.files.project_with(source.path) if source.path else None
    return Opened(source, *found) if found else None


def asked(context: Context, uri: str) -> Asked | None:
    """The open vocabulary that a request is about; None for a CSV file that is no vocabulary of any catalogue."""
    found = opened(context, uri)
    if found is None or not isinstance(found.file, VocabularyFile):
        return None
    source, project, file = found.source, found.project, found.file
    return Asked(
        source, project, file, Table(file.path, file.vocabulary, source.lines, project.catalogue, project.lexicon)
    )


def location(context: Context, params: AtPlace) -> object:
    """The row of the concept whose code stands at a place; the headers of the product whose identification does."""
    about, meant = _meant(context, params.uri, params.place)
    spot = spot_at(about.table, context.client.position(params.place, about.source.lines)) if about else None
    if about and spot and spot.is_product:
        catalogue = about.project.catalogue
        places = catalogue.places_of(spot.text) if catalogue.is_registered else ()
        return [_row(uri_of(catalogue.root / place.path), place.row) for place in places]
    return code_location(context, about.project, meant) if about and meant else None


def type_location(context: Context, params: AtPlace) -> object:
    """The row of the concept above the one at a place."""
    about, meant = _meant(context, params.uri, params.place)
    above = next(meant.vocabulary.above(meant.concept.code), None) if meant else None
    return code_location(context, about.project, Meant(meant.vocabulary, above)) if about and meant and above else None


def implementations(context: Context, params: AtPlace) -> Steps:
    """The headers of the products that use the concept."""
    about, meant = _meant(context, params.uri, params.place)
    if about is None or meant is None:
        return []
    root = about.project.catalogue.root
    found = yield from context.files.search(about.project, lambda view: products_with(meant, view))
    return [_row(uri_of(root / place.path), place.row) for place in found]


def references(context: Context, params: UsesOf) -> Steps:
    """The places where the concept is used: its row where it is asked for, the rows that name its code, and every use
    in the workspace's texts."""
    about, meant = _meant(context, params.uri, params.place)
    if about is None or meant is None:
        return []
    first = first_document(context, about.project)
    if first is not None:
        return (yield from uses_of(context, first, meant, params))
    own = [code_location(context, about.project, meant)] if params.declared else []
    return own + list(naming_rows(context, about.project, meant))


def highlights(context: Context, params: AtPlace) -> object:
    """Where the concept at a place is named in the file: in its own row and in others."""
    about, meant = _meant(context, params.uri, params.place)
    if about is None or meant is None:
        return []
    outward = Outward(about.source.lines, context.client.encoding)
    uses = rows_naming(meant, about.project.catalogue, about.project.lexicon, about.file)
    places = [(Position(use.row, use.start), Position(use.row, use.end)) for use in uses]
    if meant.concept.source == about.file.path:
        places.append(code_of_row(about.table, meant.concept.row))
    return [{"range": outward.range(start, end), "kind": 1} for start, end in sorted(places)]


def prepare_hierarchy(context: Context, params: AtPlace) -> object:
    """The concept at a place."""
    about, meant = _meant(context, params.uri, params.place)
    return [item_of(meant, about.project, about.source.uri)] if about and meant else None


def _meant(context: Context, uri: str, place: Place) -> tuple[Asked | None, Meant | None]:
    about = asked(context, uri)
    return about, concept_at(about.table, context.client.position(place, about.source.lines)) if about else None


def _row(uri: str, row: int) -> Json:
    start = {"line": row, "character": 0}
    return {"uri": uri, "range": {"start": start, "end": start}}
