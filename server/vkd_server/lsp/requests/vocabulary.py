"""What is answered about an open vocabulary, by method."""

from __future__ import annotations

from collections.abc import Generator, Iterator
from typing import TYPE_CHECKING

from vkd_grammar.text import content
from vkd_server.features.diagnostics import diagnose_vocabulary
from vkd_server.features.explain.hover import concept_text
from vkd_server.features.refactoring.code_actions import diagnostic_key
from vkd_server.features.refactoring.renaming import Refusal, concerned
from vkd_server.features.vocabulary_rows.completion import complete as complete_at
from vkd_server.features.vocabulary_rows.hover import hover as hover_at
from vkd_server.features.vocabulary_rows.outline import Node, folds, outline
from vkd_server.features.vocabulary_rows.renaming import renameable_at
from vkd_server.lsp import params as read
from vkd_server.lsp.convert import Json, Outward, diagnostics_fragment, span_in
from vkd_server.lsp.edits import edit_of
from vkd_server.lsp.frames import to_json
from vkd_server.lsp.marked_up import documentation, hover_text
from vkd_server.lsp.names import QUICK_FIX
from vkd_server.lsp.reports import report
from vkd_server.lsp.requests import sources, type_hierarchy
from vkd_server.lsp.requests import vocabulary_rows as rows
from vkd_server.lsp.requests.code_action import is_wanted
from vkd_server.lsp.requests.completion import completion_list
from vkd_server.lsp.requests.concept_rows import documents_of
from vkd_server.lsp.requests.rename import edits_of
from vkd_server.lsp.requests.workspace_symbol import KINDS
from vkd_server.lsp.rpc import REQUEST_FAILED, Encoded, RpcError
from vkd_server.workspace.uris import uri_of

if TYPE_CHECKING:
    from vkd_server.lsp.server import Server


def hover(server: Server, params: object) -> object:
    """The concept of a row, or whose code stands at a place: what it is, and how many products have it."""
    about = rows.asked(server, params)
    if about is None:
        return None
    registered = about.home.catalogue.is_registered
    found = hover_at(about.table, rows.place_in(server, params, about.source), registered=registered)
    if found is None:
        return None
    place = Outward(about.source.lines, server.encoding).range(found.start, found.end)
    return {"contents": hover_text(server, found.text), "range": place}


def complete(server: Server, params: object) -> object:
    """Columns in the header, codes where codes are named, and the values of columns that take one of a few."""
    about = rows.asked(server, params)
    found = complete_at(about.table, rows.place_in(server, params, about.source)) if about else None
    if about is None or found is None:
        return {"isIncomplete": False, "items": []}
    return completion_list(server, found, about.source.uri, about.source.lines, about.home.catalogue.language)


def resolve(server: Server, params: object) -> object:
    """An item with the concept's explanation."""
    item = dict(read.mapping(params))
    uri, name, code = [str(one) for one in read.items(params, "data")[:3]]
    source = server.files.sources.get(uri)
    found = server.files.home_with(source.path) if source and source.path else None
    for vocabulary in found[0].catalogue.vocabularies.four if found else ():
        if found and vocabulary.name == name and code in vocabulary.concepts:
            text = concept_text(found[0].catalogue, vocabulary.name, code)
            item["documentation"] = documentation(server, text)
    return item


def diagnostics(server: Server, params: object) -> object:
    """What is wrong with the vocabulary, as it stands."""
    about = rows.asked(server, params)
    items = ""
    if about is not None:
        catalogue, uri = about.home.catalogue, about.source.uri
        # What is wrong in one vocabulary depends on the others too.
        items = server.files.sources.made_once(uri, "diagnostics", catalogue, lambda: _found(server, about))
    kind, rest = report(f"[{items}]", read.optional(params, "previousResultId"))
    return Encoded(f'{{"kind":"{kind}",{rest}}}')


def _found(server: Server, about: rows.Asked) -> str:
    file, catalogue = about.file, about.home.catalogue
    found = diagnose_vocabulary(file, catalogue)
    return diagnostics_fragment(found, file.lines, 0, about.source.uri, uri_of(catalogue.root), server.encoding).at(0)


def code_actions(server: Server, params: object) -> object:
    """The fixes of what is wrong at a place."""
    about = rows.asked(server, params)
    wanted = read.optional(params, "context", "only")
    only = [kind for kind in wanted if isinstance(kind, str)] if isinstance(wanted, list) else None
    if about is None or not is_wanted(QUICK_FIX, only):
        return []
    span = span_in(read.mapping(params, "range"), about.source.lines, server.encoding)
    given = read.optional(params, "context", "diagnostics")
    reported = {read.optional(one, "data"): one for one in given} if isinstance(given, list) else {}
    actions: list[Json] = []
    rows_touched = range(span.start.row, span.end.row + 1)
    for diagnostic in diagnose_vocabulary(about.file, about.home.catalogue, rows_touched):
        if diagnostic.start <= span.end and span.start <= diagnostic.end:
            fixes = diagnostic.fixes()
            told = reported.get(diagnostic_key(diagnostic, 0))
            for fix in fixes:
                edit = edit_of(server, about.home.catalogue, fix.edits)
                action: Json = {"title": fix.title, "kind": QUICK_FIX, "isPreferred": len(fixes) == 1, "edit": edit}
                actions.append({**action, "diagnostics": [told]} if told else action)
    return actions


def prepare_rename(server: Server, params: object) -> object:
    """The word at a place, and what it says; an error says why a code is not renamed."""
    about = rows.asked(server, params)
    found = renameable_at(about.table, rows.place_in(server, params, about.source)) if about else None
    if isinstance(found, Refusal):
        raise RpcError(REQUEST_FAILED, found.message)
    if about is None or found is None:
        return None
    place = Outward(about.source.lines, server.encoding).range(found.start, found.end)
    return {"range": place, "placeholder": found.text}


def rename(server: Server, params: object) -> Generator[str | None, None, object]:
    """The edits of a new word: in its cell, and in every document of the catalogue, a document a step."""
    about = rows.asked(server, params)
    new = read.text(params, "newName")
    found = renameable_at(about.table, rows.place_in(server, params, about.source)) if about else None
    if isinstance(found, Refusal):
        raise RpcError(REQUEST_FAILED, found.message)
    if about is None or found is None:
        return None
    documents = yield from documents_of(server, about.home, concerned(found, new, about.home.catalogue))
    return (yield from edits_of(server, found, new, about.home, documents))


def symbols(server: Server, params: object) -> object:
    """The concepts as a tree; without it for clients that know none."""
    about = rows.asked(server, params)
    if about is None:
        return []
    file, tree = about.file, server.can("textDocument", "documentSymbol", "hierarchicalDocumentSymbolSupport")
    saying = _Saying(about, server, tree=tree)
    made = server.files.sources.made_once(
        about.source.uri, "symbols", file, lambda: ",".join(saying.all(outline(file)))
    )
    return Encoded(f"[{made}]")


def folding_ranges(server: Server, params: object) -> object:
    """Each concept that has others below it, by whole lines."""
    about = rows.asked(server, params)
    return [{"startLine": first, "endLine": last} for first, last in folds(about.file)] if about else []


class _Saying:
    """Writes concepts as symbols; there may be very many."""

    def __init__(self, about: rows.Asked, server: Server, *, tree: bool) -> None:
        self._lines = about.file.lines
        self._uri = to_json(about.source.uri)
        self._outward = Outward(about.file.lines, server.encoding)
        self._kind = KINDS[about.file.vocabulary]
        self._language = about.home.catalogue.language
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
    "textDocument/didChange": sources.did_change,
    "textDocument/didSave": sources.did_save,
    "textDocument/didClose": sources.did_close,
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
