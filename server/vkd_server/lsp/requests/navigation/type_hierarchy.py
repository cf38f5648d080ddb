"""textDocument/prepareTypeHierarchy, typeHierarchy/supertypes and subtypes: the concepts above and below one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from vkd_catalog.languages import say
from vkd_catalog.vocabulary_names import VOCABULARY_NAMES
from vkd_server.features.navigation.naming import Meant, concept_at
from vkd_server.lsp import fields
from vkd_server.lsp.convert import Json
from vkd_server.lsp.requests.navigation.workspace_symbol import KINDS
from vkd_server.workspace.uris import path_of, uri_of

if TYPE_CHECKING:
    from vkd_server.lsp.context import Context
    from vkd_server.lsp.params import AtPlace, HierarchyItem
    from vkd_server.workspace.project import Project


def prepare(context: Context, params: AtPlace) -> object:
    """The concept at a place."""
    document = context.open_document(params.uri)
    meant = concept_at(document.snapshot, context.position(document, params.place))
    return [item_of(meant, document.project, document.uri)] if meant else None


def supertypes(context: Context, params: HierarchyItem) -> object:
    """The concept directly above; a top concept has none."""
    meant, project, uri = _asked(context, params)
    above = next(meant.vocabulary.above(meant.concept.code), None)
    return [item_of(Meant(meant.vocabulary, above), project, uri)] if above else []


def subtypes(context: Context, params: HierarchyItem) -> object:
    """The concepts directly below."""
    meant, project, uri = _asked(context, params)
    below = meant.vocabulary.below(meant.concept.code)
    return [item_of(Meant(meant.vocabulary, concept), project, uri) for concept in below]


def item_of(meant: Meant, project: Project, uri: str) -> Json:
    """A concept as an item of the hierarchy. The document it was reached from is kept in it, for that decides the
    catalogue."""
    language = project.catalogue.language
    vocabulary, concept = meant
    start = {"line": concept.row, "character": 0}
    place = {"start": start, "end": start}
    return {
        "name": concept.label(language),
        "kind": KINDS[vocabulary.name],
        "detail": f"{concept.code} · {say(f'vocabulary.{vocabulary.name}', language)}",
        "uri": uri_of(project.catalogue.root / concept.source),
        "range": place,
        "selectionRange": place,
        "data": [uri, vocabulary.name, concept.code],
    }


def _asked(context: Context, params: HierarchyItem) -> tuple[Meant, Project, str]:
    """The concept of an item, as the vocabularies stand now."""
    data = params.data
    if len(data) == 3 and data[1] in VOCABULARY_NAMES:
        uri, code = str(data[0]), str(data[2])
        document = context.files.document(uri)
        project = document.project if document else context.files.project_of(path_of(uri))
        vocabulary = project.catalogue.vocabularies.four[VOCABULARY_NAMES.index(data[1])]
        concept = vocabulary.coded(code)
        if concept is not None:
            return Meant(vocabulary, concept), project, uri
    raise fields.invalid("no such concept")
