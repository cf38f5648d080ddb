"""What is asked about an open vocabulary: its rows, where they lead and who names them."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from vkd_grammar.text import Position
from vkd_server.features.navigation.definition import products_with
from vkd_server.features.navigation.naming import Meant
from vkd_server.features.vocabulary_rows.references import code_of_row, rows_naming
from vkd_server.features.vocabulary_rows.table import Table, concept_at
from vkd_server.lsp import params as read
from vkd_server.lsp.convert import Json, Outward, position_in
from vkd_server.lsp.requests.concept_rows import code_location, first_document, naming_rows
from vkd_server.lsp.requests.references import uses_of
from vkd_server.lsp.requests.sources import source_of
from vkd_server.lsp.requests.type_hierarchy import item_of
from vkd_server.lsp.rpc import Steps
from vkd_server.lsp.waiting import when_registered
from vkd_server.workspace.uris import uri_of

if TYPE_CHECKING:
    from vkd_catalog.vocabulary import VocabularyFile
    from vkd_server.lsp.server import Server
    from vkd_server.workspace.home import Home
    from vkd_server.workspace.sources import Source


class Asked(NamedTuple):
    """An open vocabulary that a request is about: its text, its catalogue, and the file as that last read it."""

    source: Source
    home: Home
    file: VocabularyFile
    table: Table


def asked(server: Server, params: object) -> Asked | None:
    """What a request is about; None for a CSV file that no catalogue has among its vocabularies."""
    source = source_of(server, params)
    found = server.files.home_with(source.path) if source.path else None
    if found is None:
        return None
    home, file = found
    return Asked(source, home, file, Table(file.path, file.vocabulary, source.lines, home.catalogue, home.lexicon))


def place_in(server: Server, params: object, source: Source) -> Position:
    """The place a request is about."""
    return position_in(read.mapping(params, "position"), source.lines, server.encoding)


def location(server: Server, params: object) -> object:
    """The row of the concept whose code stands at a place."""
    about, meant = _meant(server, params)
    return code_location(server, about.home, meant) if about and meant else None


def type_location(server: Server, params: object) -> object:
    """The row of the concept above."""
    about, meant = _meant(server, params)
    above = next(meant.vocabulary.above(meant.concept.code), None) if meant else None
    return code_location(server, about.home, Meant(meant.vocabulary, above)) if about and meant and above else None


def implementations(server: Server, params: object) -> Steps:
    """The headers of the products that use the concept."""
    about, meant = _meant(server, params)
    if about is None or meant is None:
        return []
    yield from when_registered(about.home)
    server.files.cover(about.home)
    root = about.home.catalogue.root
    found = yield from server.files.beside(about.home.catalogue, lambda view: products_with(meant, view))
    return [_row(uri_of(root / place.path), place.row) for place in found]


def references(server: Server, params: object) -> Steps:
    """Where the concept is used: its row where it is asked for, the rows that name its code, and every use in the
    workspace's texts."""
    about, meant = _meant(server, params)
    if about is None or meant is None:
        return []
    first = first_document(server, about.home)
    if first is not None:
        return (yield from uses_of(server, first, meant, params))
    own = [code_location(server, about.home, meant)] if read.optional(params, "context", "includeDeclaration") else []
    return own + list(naming_rows(server, about.home, meant))


def highlights(server: Server, params: object) -> object:
    """Where the concept at a place is named in the file: in its own row and in others."""
    about, meant = _meant(server, params)
    if about is None or meant is None:
        return []
    outward = Outward(about.source.lines, server.encoding)
    uses = rows_naming(meant, about.home.catalogue, about.home.lexicon, about.file)
    places = [(Position(use.row, use.start), Position(use.row, use.end)) for use in uses]
    if meant.concept.source == about.file.path:
        places.append(code_of_row(about.table, meant.concept.row))
    return [{"range": outward.range(start, end), "kind": 1} for start, end in sorted(places)]


def prepare_hierarchy(server: Server, params: object) -> object:
    """The concept at a place."""
    about, meant = _meant(server, params)
    return [item_of(meant, about.home, about.source.uri)] if about and meant else None


def _meant(server: Server, params: object) -> tuple[Asked | None, Meant | None]:
    about = asked(server, params)
    return about, concept_at(about.table, place_in(server, params, about.source)) if about else None


def _row(uri: str, row: int) -> Json:
    start = {"line": row, "character": 0}
    return {"uri": uri, "range": {"start": start, "end": start}}
