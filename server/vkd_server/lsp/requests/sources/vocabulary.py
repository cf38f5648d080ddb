"""The answers to requests about an open vocabulary, by method."""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterator
from functools import partial
from typing import TYPE_CHECKING

from vkd_catalog.vocabulary import VocabularyFile
from vkd_grammar.text import content
from vkd_grammar.words import fold
from vkd_server.features.diagnostics import diagnose_vocabulary
from vkd_server.features.explain.hover import concept_text
from vkd_server.features.refactoring.renaming import Refusal, concerned
from vkd_server.features.vocabulary_rows.completion import complete as complete_at
from vkd_server.features.vocabulary_rows.hover import hover as hover_at
from vkd_server.features.vocabulary_rows.mapping_completion import complete as complete_mapping
from vkd_server.features.vocabulary_rows.outline import Node, folds, outline
from vkd_server.features.vocabulary_rows.renaming import renameable_at
from vkd_server.lsp import fields
from vkd_server.lsp.convert import Json, Outward, diagnostics_fragment
from vkd_server.lsp.edits import edit_of
from vkd_server.lsp.frames import to_json
from vkd_server.lsp.marked_up import documentation, hover_text
from vkd_server.lsp.names import QUICK_FIX
from vkd_server.lsp.reports import report
from vkd_server.lsp.requests.completion.completion import completion_list
from vkd_server.lsp.requests.navigation import type_hierarchy
from vkd_server.lsp.requests.navigation.concept_rows import documents_of
from vkd_server.lsp.requests.navigation.workspace_symbol import KINDS
from vkd_server.lsp.requests.refactoring.code_action import is_wanted
from vkd_server.lsp.requests.refactoring.rename import edits_of
from vkd_server.lsp.requests.sources import source_synchronization
from vkd_server.lsp.requests.sources import vocabulary_rows as rows
from vkd_server.lsp.rpc import REQUEST_FAILED, Encoded, RpcError, Steps
from vkd_server.workspace.cached_diagnostics import cached
from vkd_server.workspace.uris import uri_of

if TYPE_CHECKING:
    from vkd_catalog.catalogue import Namesakes
    from vkd_server.lsp.context import Context
    from vkd_server.lsp.params import ActionsIn, AtPlace, Item, OfDocument, Renamed, SinceResult
    from vkd_server.workspace.project import Project


_IDENTIFICATIONS = 10_000
"""So many are looked at: a hundred are listed, and the others counted."""


def hover(context: Context, params: AtPlace) -> object:
    """The concept of a row, or whose code stands at a place: what it is, and how many products have it."""
    about = rows.asked(context, params.uri)
    if about is None:
        return None
    registered = about.project.catalogue.is_registered
    found = hover_at(about.table, context.client.position(params.place, about.source.lines), registered=registered)
    if found is None:
        return None
    place = Outward(about.source.lines, context.client.encoding).range(found.start, found.end)
    return {"contents": hover_text(context.client, found.text), "range": place}


def complete(context: Context, params: AtPlace) -> object:
    """Columns in the header, codes where codes are named, and the values of columns that take one of a few."""
    about = rows.opened(context, params.uri)
    if about is None:
        return {"isIncomplete": False, "items": []}
    place = context.client.position(params.place, about.source.lines)
    table = rows.asked(context, params.uri)
    found = (
        complete_at(table.table, place, partial(_identifications, about.project))
        if table
        else complete_mapping(about.source.lines, place, about.project.catalogue)
    )
    if found is None:
        return {"isIncomplete": False, "items": []}
    return completion_list(context, found, about.source.uri, about.source.lines, about.project.catalogue.language)


def resolve(context: Context, params: Item) -> object:
    """Adds the explanation of the concept to an item."""
    item = dict(params.item)
    uri, name, code = [str(one) for one in fields.items(params.item, "data")[:3]]
    source = context.files.sources.get(uri)
    found = context.files.project_with(source.path) if source and source.path else None
    for vocabulary in found[0].catalogue.vocabularies.four if found else ():
        if found and vocabulary.name == name and code in vocabulary.concepts:
            text = concept_text(found[0].catalogue, vocabulary.name, code)
            item["documentation"] = documentation(context.client, text)
    return item


def diagnostics(context: Context, params: SinceResult) -> Steps:
    """What is wrong with the vocabulary, as it stands."""
    about = rows.opened(context, params.uri)
    items = ""
    if about is not None:
        namesakes = yield from context.files.products_named(about.project)
        about = rows.opened(context, params.uri) or about
        catalogue, uri = about.project.catalogue, about.source.uri
        # What is wrong in one vocabulary depends on the others too, and where it names products on these.
        items = (
            _found(context, about, namesakes)
            if isinstance(about.file, VocabularyFile) and catalogue.vocabularies.products_named
            else context.files.sources.made_once(
                uri, "diagnostics", catalogue, lambda: _found(context, about, namesakes)
            )
        )
    kind, rest = report(f"[{items}]", params.previous)
    return Encoded(f'{{"kind":"{kind}",{rest}}}')


def _identifications(project: Project, typed: str) -> Iterator[str]:
    """The identifications of a catalogue's products that begin with a text, once they are read; the shortest first."""
    if project.catalogue.is_registered:
        found = project.catalogue.register.holding(typed, _IDENTIFICATIONS)
        yield from (one.name for one in found if fold(one.name).startswith(fold(typed)))


def _found(context: Context, about: rows.Opened, namesakes: Callable[[str], Namesakes]) -> str:
    file, catalogue = about.file, about.project.catalogue
    found = diagnose_vocabulary(file, catalogue, None, namesakes)
    return diagnostics_fragment(
        cached(found, 0), file.lines, about.source.uri, uri_of(catalogue.root), context.client.encoding
    ).at(0)


def code_actions(context: Context, params: ActionsIn) -> object:
    """The fixes of what is wrong at a place."""
    about = rows.opened(context, params.uri)
    if about is None or not is_wanted(QUICK_FIX, params.only):
        return []
    span = context.client.span(params.stretch, about.source.lines)
    reported = {fields.optional(one, "data"): one for one in params.diagnostics}
    actions: list[Json] = []
    rows_touched = range(span.start.row, span.end.row + 1)
    for diagnostic in diagnose_vocabulary(about.file, about.project.catalogue, rows_touched):
        if diagnostic.start <= span.end and span.start <= diagnostic.end:
            fixes = diagnostic.fixes()
            matching = reported.get(diagnostic.key(0))
            for fix in fixes:
                edit = edit_of(context, about.project.catalogue, fix.edits)
                action: Json = {"title": fix.title, "kind": QUICK_FIX, "isPreferred": len(fixes) == 1, "edit": edit}
                actions.append({**action, "diagnostics": [matching]} if matching else action)
    return actions


def prepare_rename(context: Context, params: AtPlace) -> object:
    """The word at a place, and what it says; an error says why a code is not renamed."""
    about = rows.asked(context, params.uri)
    found = renameable_at(about.table, context.client.position(params.place, about.source.lines)) if about else None
    if isinstance(found, Refusal):
        raise RpcError(REQUEST_FAILED, found.message)
    if about is None or found is None:
        return None
    place = Outward(about.source.lines, context.client.encoding).range(found.start, found.end)
    return {"range": place, "placeholder": found.text}


def rename(context: Context, params: Renamed) -> Generator[str | None, None, object]:
    """The edits of a new word: in its cell, and in every document of the catalogue, one document at a time."""
    about = rows.asked(context, params.uri)
    new = params.name
    found = renameable_at(about.table, context.client.position(params.place, about.source.lines)) if about else None
    if isinstance(found, Refusal):
        raise RpcError(REQUEST_FAILED, found.message)
    if about is None or found is None:
        return None
    documents = yield from documents_of(context, about.project, concerned(found, new, about.project.catalogue))
    return (yield from edits_of(context, found, new, about.project, documents))


def symbols(context: Context, params: OfDocument) -> object:
    """The concepts as a tree, or as a flat list for clients that show no tree."""
    about = rows.asked(context, params.uri)
    if about is None:
        return []
    file, tree = about.file, context.client.can("textDocument", "documentSymbol", "hierarchicalDocumentSymbolSupport")
    saying = _Saying(about, context, tree=tree)
    made = context.files.sources.made_once(
        about.source.uri, "symbols", file, lambda: ",".join(saying.all(outline(file)))
    )
    return Encoded(f"[{made}]")


def folding_ranges(context: Context, params: OfDocument) -> object:
    """The ranges of each concept that has others below it, as whole lines."""
    about = rows.asked(context, params.uri)
    return [{"startLine": first, "endLine": last} for first, last in folds(about.file)] if about else []


class _Saying:
    """Writes concepts as symbols; there may be very many."""

    def __init__(self, about: rows.Asked, context: Context, *, tree: bool) -> None:
        self._lines = about.file.lines
        self._uri = to_json(about.source.uri)
        self._outward = Outward(about.file.lines, context.client.encoding)
        self._kind = KINDS[about.file.vocabulary]
        self._language = about.project.catalogue.language
        self._tree = tree

    def all(self, nodes: tuple[Node, ...]) -> Iterator[str]:
        """The symbols of some concepts, in their order; as a tree, or one after the other."""
        for node in nodes:
            concept = node.concept
            named = f'{{"name":{to_json(concept.label(self._language))},"kind":{self._kind}'
            own = self._rows(concept.row, concept.row)
            whole = self._rows(concept.row, node.last) if node.last > concept.row else own
            if self._tree:
                below = ",".join(self.all(node.below))
                detail = f'"detail":{to_json(concept.code)},"range":{whole},"selectionRange":{own}'
                yield f'{named},{detail},"children":[{below}]}}'
            else:
                yield f'{named},"location":{{"uri":{self._uri},"range":{whole}}}}}'
                yield from self.all(node.below)

    def _rows(self, first: int, last: int) -> str:
        end = self._outward.character(last, len(content(self._lines[last])))
        return f'{{"start":{{"line":{first},"character":0}},"end":{{"line":{last},"character":{end}}}}}'


ANSWERS = {
    "textDocument/didChange": source_synchronization.did_change,
    "textDocument/didSave": source_synchronization.did_save,
    "textDocument/didClose": source_synchronization.did_close,
    "textDocument/diagnostic": diagnostics,
    "textDocument/completion": complete,
    "completionItem/resolve": resolve,
    "textDocument/hover": hover,
    "textDocument/definition": rows.location,
    "textDocument/declaration": rows.location,
    "textDocument/typeDefinition": rows.type_location,
    "textDocument/implementation": rows.implementations,
    "textDocument/references": rows.references,
    "textDocument/documentHighlight": rows.highlights,
    "textDocument/codeAction": code_actions,
    "textDocument/documentSymbol": symbols,
    "textDocument/prepareTypeHierarchy": rows.prepare_hierarchy,
    "typeHierarchy/supertypes": type_hierarchy.supertypes,
    "typeHierarchy/subtypes": type_hierarchy.subtypes,
    "textDocument/foldingRange": folding_ranges,
    "textDocument/prepareRename": prepare_rename,
    "textDocument/rename": rename,
}
"""In the order of `FEATURES`."""
