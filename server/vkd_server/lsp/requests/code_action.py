"""textDocument/codeAction and codeAction/resolve."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from vkd_grammar.text import Span
from vkd_server.features.code_actions import demand_at, diagnostic_key, fix_all, fixes_at
from vkd_server.features.phrases import FIX_ALL, PROFILES_MET, RUN, SHOW_MESSAGE
from vkd_server.features.refactorings import TITLES, Refactoring, refactorings
from vkd_server.features.relaxing import KIND as RELAX
from vkd_server.features.relaxing import relaxations
from vkd_server.lsp import params as read
from vkd_server.lsp.convert import Fragment, Json, span_in
from vkd_server.lsp.requests.standing import PROFILES

if TYPE_CHECKING:
    from vkd_server.lsp.server import Server
    from vkd_server.workspace.documents import OpenDocument

QUICK_FIX = "quickfix"
FIX_ALL_KIND = "source.fixAll.vkd"
REFACTOR = "refactor.rewrite"
SOURCE = "source"

ACTION_KINDS = {
    QUICK_FIX: "Puts right what a diagnostic tells of, in one of the ways its rule knows",
    FIX_ALL_KIND: FIX_ALL.en,
    SOURCE: f"{SHOW_MESSAGE.en}, or {RUN.en.lower()}: a command for the demand at the place; {PROFILES_MET.en.lower()} "
    "for a product",
    **{kind: title.en for kind, title in TITLES.items()},
    RELAX: "Lets a demand without answers be answered by one edit, and says how many answers it would have",
}
"""Every kind of code action that may be offered, and what it does."""


def actions(server: Server, params: object) -> object:
    """What can be done at a place. Edits are left to `resolve` where the client can wait for them."""
    document = server.open_document(params)
    span = span_in(read.mapping(params, "range"), document.document.lines, server.encoding)
    wanted = read.optional(params, "context", "only")
    only = [kind for kind in wanted if isinstance(kind, str)] if isinstance(wanted, list) else None
    found: list[Json] = []
    if is_wanted(QUICK_FIX, only):
        found += _fixes(server, document, span, read.optional(params, "context", "diagnostics"))
    if is_wanted(SOURCE, only):
        found += _demand_actions(document, span)
        found += _product_actions(document, span)
    found += _refactorings(server, document, span, only)
    if is_wanted(FIX_ALL_KIND, only) and only is not None:
        found += _fix_all(server, document)
    return found


def resolve(server: Server, params: object) -> object:
    """An action with its edit."""
    action = dict(read.mapping(params))
    data = action.get("data")
    if not isinstance(data, dict) or "edit" in action:
        return action
    document = server.files.document(read.text(data, "uri"))
    if document is None:
        return action
    lines = document.document.lines
    span = span_in(read.mapping(data, "range"), lines, server.encoding)
    if read.optional(data, "key") is None:
        return _resolved_refactoring(server, document, span, action)
    fixes = fixes_at(document.snapshot, span, (read.text(data, "key"),))
    chosen = next((one.fix for one in fixes if one.fix.title == action.get("title")), None)
    if chosen is not None:
        action["edit"] = server.workspace_edit(document, chosen.edits)
    return action


def is_wanted(kind: str, only: Sequence[str] | None) -> bool:
    """Whether a kind is one of those asked for, or below one (LSP 3.17, "CodeActionKind")."""
    return only is None or any(kind == one or kind.startswith(f"{one}.") or one == "" for one in only)


def _fixes(server: Server, document: OpenDocument[Fragment], span: Span, diagnostics: object) -> Iterator[Json]:
    reported = {_key(one): one for one in diagnostics if _key(one)} if isinstance(diagnostics, list) else {}
    lazily = _resolves(server)
    for one in fixes_at(document.snapshot, span, reported.keys() if reported else None):
        piece = document.snapshot.piece_at(one.diagnostic.start.row)
        key = diagnostic_key(one.diagnostic, piece.row if piece else 0)
        action: Json = {"title": one.fix.title, "kind": QUICK_FIX, "isPreferred": one.preferred}
        if key in reported:
            action["diagnostics"] = [reported[key]]
        if lazily:
            place = server.range_of(document, one.diagnostic.start, one.diagnostic.end)
            action["data"] = {"uri": document.uri, "range": place, "key": key}
        else:
            action["edit"] = server.workspace_edit(document, one.fix.edits)
        yield action


def _refactorings(
    server: Server, document: OpenDocument[Fragment], span: Span, only: Sequence[str] | None
) -> Iterator[Json]:
    for one in _rewritings(server, document, span, only):
        if is_wanted(one.kind, only):
            action: Json = {"title": one.title, "kind": one.kind}
            if _resolves(server):
                action["data"] = {"uri": document.uri, "range": server.range_of(document, span.start, span.end)}
            else:
                action["edit"] = server.workspace_edit(document, one.edits)
            yield action


def _rewritings(
    server: Server, document: OpenDocument[Fragment], span: Span, only: Sequence[str] | None
) -> Iterator[Refactoring]:
    """What can be written anew; a demand is run only where somebody wants to hear what would help it."""
    if is_wanted(RELAX, only):
        yield from relaxations(document.snapshot, span, server.answer_in(document))
    if any(is_wanted(kind, only) for kind in TITLES):
        yield from refactorings(document.snapshot, span)


def _resolved_refactoring(server: Server, document: OpenDocument[Fragment], span: Span, action: Json) -> Json:
    kind, title = action.get("kind"), action.get("title")
    every = _rewritings(server, document, span, [kind] if isinstance(kind, str) else None)
    found = (one for one in every if (one.kind, one.title) == (kind, title))
    chosen = next(found, None)
    return action if chosen is None else {**action, "edit": server.workspace_edit(document, chosen.edits)}


def _resolves(server: Server) -> bool:
    """Whether the client asks for the edit of an action when it is chosen."""
    return server.can("textDocument", "codeAction", "resolveSupport") and server.can(
        "textDocument", "codeAction", "dataSupport"
    )


def _key(diagnostic: object) -> str:
    key = read.optional(diagnostic, "data")
    return key if isinstance(key, str) and read.optional(diagnostic, "source") == "vkd" else ""


def _demand_actions(document: OpenDocument[Fragment], span: Span) -> Iterator[Json]:
    snapshot = document.snapshot
    piece = demand_at(snapshot, span.start)
    if piece is None or piece.description.header is None:
        return
    row = piece.row + piece.description.header.row
    language = snapshot.catalogue.language
    for title, command in ((SHOW_MESSAGE, "vkd.showMessage"), (RUN, "vkd.run")):
        name = title.in_language(language)
        yield {
            "title": name,
            "kind": SOURCE,
            "command": {"title": name, "command": command, "arguments": [document.uri, row]},
        }


def _product_actions(document: OpenDocument[Fragment], span: Span) -> Iterator[Json]:
    piece = document.snapshot.piece_at(span.start.row)
    if piece is not None and piece.description.kind == "product" and piece.description.header is not None:
        name = PROFILES_MET.in_language(document.home.catalogue.language)
        arguments = [document.uri, piece.row + piece.description.header.row]
        command = {"title": name, "command": PROFILES, "arguments": arguments}
        yield {"title": name, "kind": SOURCE, "command": command}


def _fix_all(server: Server, document: OpenDocument[Fragment]) -> Iterator[Json]:
    edits = fix_all(document.snapshot)
    if edits:
        yield {
            "title": FIX_ALL.in_language(document.snapshot.catalogue.language),
            "kind": FIX_ALL_KIND,
            "edit": server.workspace_edit(document, edits),
        }
