"""textDocument/codeAction and codeAction/resolve."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING

from vkd_catalog.languages import say
from vkd_grammar.text import Span
from vkd_server.features.refactoring.code_actions import demand_at, diagnostic_key, fix_all, fixes_at
from vkd_server.features.refactoring.formatting import organizing
from vkd_server.features.refactoring.refactorings import TITLES, Refactoring, refactorings
from vkd_server.features.refactoring.relaxing import KIND as RELAX
from vkd_server.features.refactoring.relaxing import relaxations
from vkd_server.lsp import params as read
from vkd_server.lsp.convert import Fragment, Json, span_in
from vkd_server.lsp.edits import workspace_edit
from vkd_server.lsp.names import FIX_ALL, ORGANIZE, PROFILES, QUICK_FIX, SOURCE
from vkd_server.lsp.requests.demand_commands import demand_commands, why_commands
from vkd_server.lsp.waiting import answer_in

if TYPE_CHECKING:
    from vkd_server.features.snapshot import Snapshot
    from vkd_server.lsp.server import Server
    from vkd_server.rules.rule import TextEdit
    from vkd_server.workspace.documents import OpenDocument

    Document = OpenDocument[Fragment]

_WHOLE: dict[str, tuple[str, Callable[[Snapshot], Iterator[TextEdit]]]] = {
    FIX_ALL: ("editor.fix-all", fix_all),
    ORGANIZE: ("editor.organize", organizing),
}
"""What is done with a whole document: only where it is asked for, as when a file is saved."""

_AUTOMATIC = 2
"""CodeActionTriggerKind: the editor asks at each move of the cursor, to see whether there is anything."""

_LONG = 300
"""Sentences."""


def action_kinds() -> dict[str, str]:
    """Every kind of code action that may be offered, and what it does, in English."""
    return {
        QUICK_FIX: "Puts right what a diagnostic tells of, in one of the ways its rule knows",
        **{kind: say(title, "en") for kind, (title, _) in _WHOLE.items()},
        SOURCE: f"{say('editor.show-message', 'en')}, {say('editor.run', 'en').lower()}, {say('editor.copy', 'en')}, "
        "or why a product is not among the answers: commands for the demand at the place; "
        f"{say('editor.profiles-met', 'en').lower()} for a product",
        **{kind: say(title, "en") for kind, title in TITLES.items()},
        RELAX: "Lets a demand without answers be answered by one edit, and says how many answers it would have",
    }


def actions(server: Server, params: object) -> object:
    """What can be done at a place, or with the whole document.

    Edits are left to `resolve` where the client can wait for them.
    """
    document = server.open_document(params)
    span = span_in(read.mapping(params, "range"), document.document.lines, server.encoding)
    wanted = read.optional(params, "context", "only")
    only = [kind for kind in wanted if isinstance(kind, str)] if isinstance(wanted, list) else None
    found: list[Json] = []
    if is_wanted(QUICK_FIX, only):
        found += _fixes(server, document, span, read.optional(params, "context", "diagnostics"))
    if is_wanted(SOURCE, only):
        found += _demand_actions(server, document, span)
        found += _product_actions(document, span)
    if read.optional(params, "context", "triggerKind") != _AUTOMATIC or not _is_long(document, span):
        found += _refactorings(server, document, span, only)
    if only is not None:
        found += _of_the_whole(server, document, only)
    return found


def resolve(server: Server, params: object) -> object:
    """An action with its edit, as the document stands now; without one where it can no longer be done."""
    action = dict(read.mapping(params))
    data = action.get("data")
    if not isinstance(data, dict) or "edit" in action:
        return action
    document = server.files.document(read.text(data, "uri"))
    edits = _resolved(server, document, action, data) if document is not None else ()
    if document is None or not edits:
        return action
    return {**action, "edit": workspace_edit(server, document, edits)}


def _is_long(document: Document, span: Span) -> bool:
    """Whether the description at a place is so long that writing it anew takes longer than a cursor may wait."""
    piece = document.snapshot.piece_at(span.start.row)
    return piece is not None and len(piece.description.sentences) > _LONG


def is_wanted(kind: str, only: Sequence[str] | None) -> bool:
    """Whether a kind is one of those asked for, or below one (LSP 3.17, "CodeActionKind")."""
    return only is None or any(kind == one or kind.startswith(f"{one}.") or one == "" for one in only)


def _fixes(server: Server, document: Document, span: Span, diagnostics: object) -> Iterator[Json]:
    reported = {_key(one): one for one in diagnostics if _key(one)} if isinstance(diagnostics, list) else {}
    for one in fixes_at(document.snapshot, span, reported.keys() if reported else None):
        piece = document.snapshot.piece_at(one.diagnostic.start.row)
        key = diagnostic_key(one.diagnostic, piece.row if piece else 0)
        action: Json = {"title": one.fix.title, "kind": QUICK_FIX, "isPreferred": one.preferred}
        if key in reported:
            action["diagnostics"] = [reported[key]]
        place = server.range_of(document, one.diagnostic.start, one.diagnostic.end)
        yield _later(server, document, action, {"range": place, "key": key}, one.fix.edits)


def _refactorings(server: Server, document: Document, span: Span, only: Sequence[str] | None) -> Iterator[Json]:
    place = server.range_of(document, span.start, span.end)
    for one in _rewritings(server, document, span, only):
        yield _later(server, document, {"title": one.title, "kind": one.kind}, {"range": place}, one.edits)


def _rewritings(server: Server, document: Document, span: Span, only: Sequence[str] | None) -> Iterator[Refactoring]:
    """What can be written anew; a demand is run only where somebody wants to hear what would help it."""
    if is_wanted(RELAX, only):
        yield from relaxations(document.snapshot, span, answer_in(server, document))
    yield from refactorings(document.snapshot, span, lambda kind: is_wanted(kind, only))


def _of_the_whole(server: Server, document: Document, only: Sequence[str]) -> Iterator[Json]:
    """What is done with a whole document; what there is to do is looked for when it is chosen, where the client can."""
    for kind, (title, edits) in _WHOLE.items():
        if is_wanted(kind, only):
            action: Json = {"title": say(title, document.snapshot.catalogue.language), "kind": kind}
            found = () if _resolves(server) else tuple(edits(document.snapshot))
            if found or _resolves(server):
                yield _later(server, document, action, {}, found)


def _later(server: Server, document: Document, action: Json, data: Json, edits: Sequence[TextEdit]) -> Json:
    """An action with what it takes to find its edits again, or with the edits where the client wants them at once."""
    if _resolves(server):
        return {**action, "data": {"uri": document.uri, **data}}
    return {**action, "edit": workspace_edit(server, document, edits)}


def _resolved(server: Server, document: Document, action: Json, data: Json) -> Sequence[TextEdit]:
    kind, title = action.get("kind"), action.get("title")
    if kind in _WHOLE:
        return tuple(_WHOLE[str(kind)][1](document.snapshot))
    span = span_in(read.mapping(data, "range"), document.document.lines, server.encoding)
    if read.optional(data, "key") is not None:
        fixes = fixes_at(document.snapshot, span, (read.text(data, "key"),))
        return next((one.fix.edits for one in fixes if one.fix.title == title), ())
    every = _rewritings(server, document, span, [kind] if isinstance(kind, str) else None)
    return next((one.edits for one in every if (one.kind, one.title) == (kind, title)), ())


def _resolves(server: Server) -> bool:
    """Whether the client asks for the edit of an action when it is chosen."""
    return server.can("textDocument", "codeAction", "resolveSupport") and server.can(
        "textDocument", "codeAction", "dataSupport"
    )


def _key(diagnostic: object) -> str:
    key = read.optional(diagnostic, "data")
    return key if isinstance(key, str) and read.optional(diagnostic, "source") == "vkd" else ""


def _demand_actions(server: Server, document: Document, span: Span) -> Iterator[Json]:
    snapshot = document.snapshot
    piece = demand_at(snapshot, span.start)
    if piece is None or piece.description.header is None:
        return
    row = piece.row + piece.description.header.row
    language = snapshot.catalogue.language
    answer = answer_in(server, document)(piece)
    for command in (
        *demand_commands(server, document.uri, row, language),
        *why_commands(answer, document.uri, row, language),
    ):
        yield {"title": command["title"], "kind": SOURCE, "command": command}


def _product_actions(document: Document, span: Span) -> Iterator[Json]:
    piece = document.snapshot.piece_at(span.start.row)
    if piece is not None and piece.description.kind == "product" and piece.description.header is not None:
        name = say("editor.profiles-met", document.home.catalogue.language)
        arguments = [document.uri, piece.row + piece.description.header.row]
        command = {"title": name, "command": PROFILES, "arguments": arguments}
        yield {"title": name, "kind": SOURCE, "command": command}
