"""textDocument/prepareTypeHierarchy, typeHierarchy/supertypes and subtypes: the concepts above and below one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from vkd_catalog.languages import say
from vkd_catalog.vocabulary_names import VOCABULARY_NAMES
from vkd_server.features.navigation.naming import Meant, concept_at
from vkd_server.lsp import params as read
from vkd_server.lsp.convert import Json
from vkd_server.lsp.requests.workspace_symbol import KINDS
from vkd_server.workspace.uris import path_of, uri_of

if TYPE_CHECKING:
    from vkd_server.lsp.server import Server
    from vkd_server.workspace.home import Home


def prepare(server: Server, params: object) -> object:
    """The concept at a place."""
    document = server.open_document(params)
    meant = concept_at(document.snapshot, server.position(params, document))
    return [item_of(meant, document.home, document.uri)] if meant else None


def supertypes(server: Server, params: object) -> object:
    """The concept directly above; a top concept has none."""
    meant, home, uri = _asked(server, params)
    above = next(meant.vocabulary.above(meant.concept.code), None)
    return [item_of(Meant(meant.vocabulary, above), home, uri)] if above else []


def subtypes(server: Server, params: object) -> object:
    """The concepts directly below."""
    meant, home, uri = _asked(server, params)
    below = meant.vocabulary.below(meant.concept.code)
    return [item_of(Meant(meant.vocabulary, concept), home, uri) for concept in below]


def item_of(meant: Meant, home: Home, uri: str) -> Json:
    """A concept as an item. It remembers the document it was reached from, for that decides the catalogue."""
    language = home.catalogue.language
    vocabulary, concept = meant
    start = {"line": concept.row, "character": 0}
    place = {"start": start, "end": start}
    return {
        "name": concept.label(language),
        "kind": KINDS[vocabulary.name],
        "detail": f"{concept.code} · {say(f'vocabulary.{vocabulary.name}', language)}",
        "uri": uri_of(home.catalogue.root / concept.source),
        "range": place,
        "selectionRange": place,
        "data": [uri, vocabulary.name, concept.code],
    }


def _asked(server: Server, params: object) -> tuple[Meant, Home, str]:
    """The concept of an item, as the vocabularies stand now."""
    data = read.items(params, "item", "data")
    if len(data) == 3 and data[1] in VOCABULARY_NAMES:
        uri, code = str(data[0]), str(data[2])
        document = server.files.document(uri)
        home = document.home if document else server.files.home_of(path_of(uri))
        vocabulary = home.catalogue.vocabularies.four[VOCABULARY_NAMES.index(data[1])]
        concept = vocabulary.coded(code)
        if concept is not None:
            return Meant(vocabulary, concept), home, uri
    raise read.invalid("no such concept")
