"""The places in the vocabularies where concepts have their rows and where other rows name them, as LSP locations."""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterator
from typing import TYPE_CHECKING

from vkd_grammar.text import Position
from vkd_server.features.vocabulary_rows.references import code_of_row, rows_naming
from vkd_server.features.vocabulary_rows.table import Table
from vkd_server.lsp.convert import Json, Outward
from vkd_server.workspace.every_document import documents_where
from vkd_server.workspace.texts import vkd_files
from vkd_server.workspace.uris import uri_of

if TYPE_CHECKING:
    from vkd_server.features.navigation.mentions import Mentions
    from vkd_server.features.navigation.naming import Meant
    from vkd_server.lsp.context import Context
    from vkd_server.workspace.documents import OpenDocument
    from vkd_server.workspace.project import Project


def code_location(context: Context, project: Project, meant: Meant) -> Json:
    """The location of the code in a concept's row."""
    uri = uri_in(context, project, meant.concept.source)
    lines = context.files.lines_of(uri)
    table = Table(meant.concept.source, meant.vocabulary.name, lines, project.catalogue, project.lexicon)
    return {"uri": uri, "range": Outward(lines, context.client.encoding).range(*code_of_row(table, meant.concept.row))}


def naming_rows(context: Context, project: Project, meant: Meant) -> Iterator[Json]:
    """The locations at which rows of the vocabularies name a concept by its code."""
    uses = list(rows_naming(meant, project.catalogue, project.lexicon))
    uris = {path: uri_in(context, project, path) for path in {use.path for use in uses}}
    outward = {path: Outward(context.files.lines_of(uri), context.client.encoding) for path, uri in uris.items()}
    for use in uses:
        place = outward[use.path].range(Position(use.row, use.start), Position(use.row, use.end))
        yield {"uri": uris[use.path], "range": place}


def uri_in(context: Context, project: Project, path: str) -> str:
    """The URI of a file of a catalogue, spelled as the editor does where it is open."""
    opened = {had: uri for uri, had in context.files.sources_of(project.catalogue)}
    return opened.get(path) or uri_of(project.catalogue.root / path)


def first_document(context: Context, project: Project) -> OpenDocument | None:
    """Some document of a catalogue, an open one if there is one; None where nothing is described."""
    files = context.files
    for document in files.documents:
        if document.project.catalogue is project.catalogue:
            return document
    read = (files.read(uri_of(project.catalogue.root / path)) for path in vkd_files(project))
    return next((one for one in read if one is not None and one.project.catalogue is project.catalogue), None)


def documents_of(
    context: Context, project: Project, wanted: Callable[[Mentions], bool] = lambda _: True
) -> Generator[str | None, None, Iterator[OpenDocument]]:
    """The documents of a catalogue as they stand: the open ones, then the closed ones whose mentions `wanted`
    accepts."""
    first = first_document(context, project)
    if first is None:
        return iter(())
    return (yield from documents_where(context.files, first, wanted))
