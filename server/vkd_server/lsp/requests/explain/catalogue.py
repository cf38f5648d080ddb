"""The command `vkd.catalogue`: the catalogues there are, and lists of what one holds, for a tree beside the texts.

Without an argument, or with `folders` (URIs that hold a `vkd.toml`), it answers what the catalogues are called and how
much they hold. With `catalogue` (a root's URI) and `list` it answers `entries` and their `count`, from number `first`
on: concepts (of a `vocabulary`, `below` a code), registers, collections (with the products that are of none; or `below`
the name of one its editions), products, lines (`below` the identification of a product), demands, or what is found by a
`text`.
"""

from __future__ import annotations

from collections.abc import Generator
from typing import TYPE_CHECKING

from vkd_server.features.navigation.sentence_rows import row_of_sentence
from vkd_server.lsp import fields
from vkd_server.lsp.convert import Json
from vkd_server.lsp.requests.explain.status import projects_in_use
from vkd_server.workspace.demands import demands_of
from vkd_server.workspace.uris import path_of, uri_of

if TYPE_CHECKING:
    from vkd_catalog.catalogue import Catalogue
    from vkd_server.features.explain.browsing import Entry, Listed
    from vkd_server.lsp.context import Context
    from vkd_server.workspace.project import Project

"""The command."""

Telling = Generator[str | None, None, Json]


def catalogue(context: Context, arguments: list[object]) -> Telling:
    """What catalogues there are; of one, its concepts, registers, collections, products or demands, or what is called
    something."""
    asked = arguments[0] if arguments else {}
    if fields.optional(asked, "catalogue") is None:
        return (yield from _overview(context, asked))
    project = _project(context, fields.text(asked, "catalogue"))
    first = fields.number(asked, "first") if fields.optional(asked, "first") is not None else 0
    if fields.text(asked, "list") == "demands":
        listed = yield from _demands(context, project, first)
    else:
        listed = yield from context.files.search(project, lambda view: _listed(view, asked, first))
        if fields.text(asked, "list") == "lines":
            listed = _at_their_rows(context, project, listed)
    return {"entries": [_entry(entry, project.catalogue) for entry in listed.entries], "count": listed.total}


def _overview(context: Context, asked: object) -> Telling:
    folders = fields.items(asked, "folders") if fields.optional(asked, "folders") is not None else []
    paths = [path for folder in folders if isinstance(folder, str) and (path := path_of(folder))]
    projects = {
        project.catalogue.root: project
        for project in (*map(context.files.project_in, paths), *projects_in_use(context))
    }
    described = []
    for project in projects.values():
        described.append((yield from context.files.search(project, _described)))
    return {"catalogues": described}


def _described(catalogue: Catalogue) -> Json:
    from vkd_server.features.answers.asking import demand_header

    return {
        "name": catalogue.configuration.name,
        "catalogue": uri_of(catalogue.root),
        "configured": catalogue.configuration.file is not None,
        "language": catalogue.language,
        "revision": catalogue.revision,
        "products": catalogue.register.size()[0],
        "demandHeader": demand_header(catalogue.language),
        "vocabularies": {vocabulary.name: len(vocabulary.concepts) for vocabulary in catalogue.vocabularies.four},
    }


def _listed(catalogue: Catalogue, asked: object, first: int) -> Listed:
    from vkd_server.features.explain.browsing import (
        collections,
        concepts_below,
        editions,
        found,
        lines,
        products,
        registers,
    )

    below = str(fields.optional(asked, "below") or "")
    match fields.text(asked, "list"):
        case "concepts":
            name = fields.text(asked, "vocabulary")
            vocabulary = next((one for one in catalogue.vocabularies.four if one.name == name), None)
            if vocabulary is None:
                raise fields.invalid(f"no such vocabulary: {name[:100]}")
            return concepts_below(catalogue, vocabulary, below, first)
        case "registers":
            return registers(catalogue, first)
        case "collections":
            return editions(catalogue, below, first) if below else collections(catalogue, first)
        case "products":
            return products(catalogue, first)
        case "lines":
            return lines(catalogue, below, first)
        case "found":
            return found(catalogue, fields.text(asked, "text"))
        case other:
            raise fields.invalid(f"no such list: {other[:100]}")


def _at_their_rows(context: Context, project: Project, listed: Listed) -> Listed:
    """The sentences of a product, each at its own row instead of at its product's header."""
    paths = {entry.path for entry in listed.entries}
    read = {path: context.files.read(uri_of(project.catalogue.root / path)) for path in paths}
    rows = [
        row_of_sentence(document.document, entry.row, int(entry.id)) if (document := read[entry.path]) else entry.row
        for entry in listed.entries
    ]
    return listed._replace(entries=[entry._replace(row=row) for entry, row in zip(listed.entries, rows, strict=True)])


def _demands(context: Context, project: Project, first: int) -> Generator[str | None, None, Listed]:
    from vkd_server.features.explain.browsing import MOST, Entry, Listed

    found = yield from demands_of(context.files, project)
    entries = [
        Entry("profile" if one.is_profile else "demand", one.id, one.id, "", one.path, one.row)
        for one in found[first : first + MOST]
    ]
    return Listed(entries, len(found))


def _project(context: Context, uri: str) -> Project:
    path = path_of(uri)
    if path is None:
        raise fields.invalid("a catalogue is told by its folder's URI")
    return context.files.project_in(path)


def _entry(entry: Entry, catalogue: Catalogue) -> Json:
    return {
        "kind": entry.kind,
        "id": entry.id,
        "label": entry.label,
        "detail": entry.detail,
        "uri": uri_of(catalogue.root / entry.path),
        "line": entry.row,
        "below": entry.below,
        "above": list(entry.above),
        "insert": entry.insert or entry.id,
        "asks": list(entry.asks),
    }
