"""The answers to requests about an open documentation, by method. For products it counts as it was saved."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

from vkd_catalog.documents.documentation import headings, read_documentation_lines
from vkd_catalog.folders import leading_to
from vkd_grammar.text import Position, content
from vkd_server.features.diagnostics import Diagnostic, diagnose_documentation
from vkd_server.features.documentation.completion import complete as complete_at
from vkd_server.features.documentation.hover import hover as hover_at
from vkd_server.lsp.convert import Json, Outward, diagnostics_fragment
from vkd_server.lsp.edits import edit_of
from vkd_server.lsp.marked_up import hover_text
from vkd_server.lsp.names import QUICK_FIX
from vkd_server.lsp.reports import report
from vkd_server.lsp.requests.completion.completion import completion_list
from vkd_server.lsp.requests.refactoring.code_action import is_wanted
from vkd_server.lsp.requests.sources import source_synchronization
from vkd_server.lsp.rpc import Encoded
from vkd_server.workspace.cached_diagnostics import cached
from vkd_server.workspace.uris import uri_of

if TYPE_CHECKING:
    from vkd_server.lsp.context import Context
    from vkd_server.lsp.params import ActionsIn, AtPlace, Changed, OfDocument, SinceResult
    from vkd_server.lsp.session import Session
    from vkd_server.workspace.open_sources import Source
    from vkd_server.workspace.project import Project

_STRING = 15
"""SymbolKind of a heading, as other servers have it for Markdown."""


class Asked(NamedTuple):
    """An open Markdown file, its path relative to its workspace's root, and its catalogue; `is_named` says whether
    `[documents] include` names it: any other is nobody's documentation."""

    source: Source
    path: str
    project: Project
    is_named: bool


def asked(context: Context, uri: str) -> Asked:
    """The open Markdown file that a request is about."""
    source = source_synchronization.source_of(context.files, uri)
    project = context.files.project_of(source.path)
    path = project.path_in(source.path, uri)
    is_named = bool(leading_to(project.catalogue.configuration.documents, [path]))
    return Asked(source, path, project, is_named)


def publish(session: Session, uri: str) -> None:
    """Sends the diagnostics of an open documentation to clients that do not ask for them."""
    source = session.files.sources.get(uri)
    if source is not None and session.publisher.active:
        session.publisher.source(uri, source.version, f"[{_items(session.context, asked(session.context, uri))}]")


def did_change(session: Session, params: Changed) -> None:
    """Applies the changes, and sends the new diagnostics."""
    source_synchronization.did_change(session, params)
    publish(session, params.uri)


def did_save(session: Session, params: OfDocument) -> None:
    """Notes that the file changed: products are read against what was saved."""
    source_synchronization.did_save(session, params)
    publish(session, params.uri)


def diagnostics(context: Context, params: SinceResult) -> object:
    """What is wrong with the documentation, as it stands."""
    kind, rest = report(f"[{_items(context, asked(context, params.uri))}]", params.previous)
    return Encoded(f'{{"kind":"{kind}",{rest}}}')


def code_actions(context: Context, params: ActionsIn) -> object:
    """The fixes of what is wrong at a place, among them the template: what stands at the top, and the headings."""
    about = asked(context, params.uri)
    if not is_wanted(QUICK_FIX, params.only):
        return []
    span = context.client.span(params.stretch, about.source.lines)
    actions: list[Json] = []
    for diagnostic in _found(about):
        if diagnostic.start.row <= span.end.row and span.start.row <= diagnostic.end.row:
            for fix in diagnostic.fixes():
                edit = edit_of(context, about.project.catalogue, fix.edits)
                actions.append({"title": fix.title, "kind": QUICK_FIX, "edit": edit})
    return actions


def complete(context: Context, params: AtPlace) -> object:
    """Keys at the top, and the headings of parts that are not there."""
    about = asked(context, params.uri)
    place = context.client.position(params.place, about.source.lines)
    language = about.project.catalogue.language
    found = complete_at(about.source.lines, place, language) if about.is_named else None
    if found is None:
        return {"isIncomplete": False, "items": []}
    return completion_list(context, found, about.source.uri, about.source.lines, language)


def hover(context: Context, params: AtPlace) -> object:
    """The part that a heading stands for, or the information sets that name the documentation."""
    about = asked(context, params.uri)
    catalogue = about.project.catalogue
    if not about.is_named or not catalogue.is_registered:
        return None
    found = hover_at(
        about.source.lines, context.client.position(params.place, about.source.lines), about.path, catalogue
    )
    if found is None:
        return None
    place = Outward(about.source.lines, context.client.encoding).range(found.start, found.end)
    return {"contents": hover_text(context.client, found.text), "range": place}


def symbols(context: Context, params: OfDocument) -> object:
    """The headings."""
    about = asked(context, params.uri)
    place = Outward(about.source.lines, context.client.encoding)
    if not about.is_named:
        return []
    lines, uri = about.source.lines, about.source.uri
    found = ((one.text or "?", place.range(*_whole(one.row, lines))) for one in headings(lines))
    return [{"name": name, "kind": _STRING, "location": {"uri": uri, "range": where}} for name, where in found]


def _whole(row: int, lines: Sequence[str]) -> tuple[Position, Position]:
    return Position(row, 0), Position(row, len(content(lines[row])))


def _found(about: Asked) -> tuple[Diagnostic, ...]:
    if not about.is_named:
        return ()
    documentation = read_documentation_lines(about.path, about.source.lines)
    catalogue = about.project.catalogue.with_documentation(documentation)
    return diagnose_documentation(documentation, about.source.lines, catalogue)


def _items(context: Context, about: Asked) -> str:
    root = uri_of(about.project.catalogue.root)
    made = diagnostics_fragment(
        cached(_found(about), 0), about.source.lines, about.source.uri, root, context.client.encoding
    )
    return made.at(0)


ANSWERS = {
    "textDocument/didChange": did_change,
    "textDocument/didSave": did_save,
    "textDocument/didClose": source_synchronization.did_close,
    "textDocument/diagnostic": diagnostics,
    "textDocument/completion": complete,
    "textDocument/hover": hover,
    "textDocument/codeAction": code_actions,
    "textDocument/documentSymbol": symbols,
}
"""In the order of `FEATURES`."""
