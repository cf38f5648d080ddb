"""What is asked about an open vocabulary: its rows, where they lead and who names them."""

from __future__ import annotations

from collections.abc import Generator, Iterator
from typing import TYPE_CHECKING, NamedTuple

from vkd_grammar.text import Position
from vkd_server.features.definition import products_with
from vkd_server.features.naming import Meant, Uses
from vkd_server.features.vocabulary_rows.references import code_of_row, rows_naming
from vkd_server.features.vocabulary_rows.table import Table, concept_at
from vkd_server.lsp import params as read
from vkd_server.lsp.convert import Json, Outward, position_in
from vkd_server.lsp.requests.sources import source_of
from vkd_server.lsp.requests.type_hierarchy import item_of
from vkd_server.lsp.rpc import Steps
from vkd_server.workspace.every_document import every_document
from vkd_server.workspace.texts import vkd_files
from vkd_server.workspace.uris import uri_of

if TYPE_CHECKING:
    from vkd_catalog.vocabulary import VocabularyFile
    from vkd_server.lsp.convert import Fragment
    from vkd_server.lsp.server import Server
    from vkd_server.workspace.documents import OpenDocument
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
    return _code_location(server, about, meant) if about and meant else None


def type_location(server: Server, params: object) -> object:
    """The row of the concept above."""
    about, meant = _meant(server, params)
    above = next(meant.vocabulary.above(meant.concept.code), None) if meant else None
    return _code_location(server, about, Meant(meant.vocabulary, above)) if about and meant and above else None


def implementations(server: Server, params: object) -> Steps:
    """The headers of the products that use the concept."""
    about, meant = _meant(server, params)
    if about is None or meant is None:
        return []
    yield from server.when_registered(about.home)
    server.files.cover(about.home)
    root = about.home.catalogue.root
    found = yield from server.files.beside(about.home.catalogue, lambda view: products_with(meant, view))
    return [_row(uri_of(root / place.path), place.row) for place in found]


def references(server: Server, params: object) -> Steps:
    """Where the concept is used: its row where it is asked for, the rows that name its code, and every use in the
    workspace's texts, a text a step."""
    about, meant = _meant(server, params)
    if about is None or meant is None:
        return []
    found = [_code_location(server, about, meant)] if read.optional(params, "context", "includeDeclaration") else []
    found += _rows(server, about, meant)
    uses = Uses(meant, about.home.catalogue.vocabularies)
    for document in documents_of(server, about.home):
        outward = Outward(document.document.lines, server.encoding)
        for row, description in document.document.pieces():
            for use in uses.within(row, description):
                place = outward.range(Position(use.row, use.start), Position(use.row, use.end))
                found.append({"uri": document.uri, "range": place})
        yield None
    return found


def highlights(server: Server, params: object) -> object:
    """Where the concept at a place is named in the file: in its own row and in others."""
    about, meant = _meant(server, params)
    if about is None or meant is None:
        return []
    outward = Outward(about.source.lines, server.encoding)
    uses = rows_naming(meant, about.home.catalogue, about.home.lexicon, about.file)
    places = [(Position(use.row, use.start), Position(use.row, use.end)) for use in uses]
    if meant.concept.source == about.file.path and (own := code_of_row(about.table, meant.concept.row)):
        places.append(own)
    return [{"range": outward.range(start, end), "kind": 1} for start, end in sorted(places)]


def prepare_hierarchy(server: Server, params: object) -> object:
    """The concept at a place."""
    about, meant = _meant(server, params)
    return [item_of(meant, about.home, about.source.uri)] if about and meant else None


def documents_of(server: Server, home: Home) -> Iterator[OpenDocument[Fragment]]:
    """Every description's document in a catalogue, as it stands."""
    files = server.files
    first = next((one for one in files.documents if one.home.catalogue is home.catalogue), None)
    if first is None:
        paths = (files.read(uri_of(home.catalogue.root / path)) for path in vkd_files(home))
        first = next((one for one in paths if one is not None and one.home.catalogue is home.catalogue), None)
    return every_document(files, first) if first is not None else iter(())


def _meant(server: Server, params: object) -> tuple[Asked | None, Meant | None]:
    about = asked(server, params)
    return about, concept_at(about.table, place_in(server, params, about.source)) if about else None


def _rows(server: Server, about: Asked, meant: Meant) -> Generator[Json, None, None]:
    catalogue = about.home.catalogue
    for use in rows_naming(meant, catalogue, about.home.lexicon):
        uri = uri_in(server, about, use.path)
        place = Outward(server.files.lines_of(uri), server.encoding)
        yield {"uri": uri, "range": place.range(Position(use.row, use.start), Position(use.row, use.end))}


def _code_location(server: Server, about: Asked, meant: Meant) -> Json:
    uri = uri_in(server, about, meant.concept.source)
    lines = server.files.lines_of(uri)
    own = code_of_row(about.table._replace(path=meant.concept.source, lines=lines), meant.concept.row)
    if own is None:
        return _row(uri, meant.concept.row)
    return {"uri": uri, "range": Outward(lines, server.encoding).range(*own)}


def uri_in(server: Server, about: Asked, path: str) -> str:
    """The URI of a file of the catalogue, as the editor names it where it is open."""
    opened = {had: uri for uri, had in server.files.sources_of(about.home.catalogue)}
    return opened.get(path) or uri_of(about.home.catalogue.root / path)


def _row(uri: str, row: int) -> Json:
    start = {"line": row, "character": 0}
    return {"uri": uri, "range": {"start": start, "end": start}}
