"""textDocument/codeAction and codeAction/resolve."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import chain
from typing import TYPE_CHECKING

from vkd_catalog.languages import say
from vkd_grammar.text import Span
from vkd_server.features.refactoring import columns
from vkd_server.features.refactoring.code_actions import demand_at, fix_all, fixes_at
from vkd_server.features.refactoring.formatting import organizing
from vkd_server.features.refactoring.refactorings import TITLES, Refactoring, refactorings
from vkd_server.features.refactoring.relaxing import KIND as RELAX
from vkd_server.features.refactoring.relaxing import relaxations
from vkd_server.lsp import fields
from vkd_server.lsp.answering import UnpreparedError, answers_in, in_lots
from vkd_server.lsp.convert import Json
from vkd_server.lsp.edits import workspace_edit
from vkd_server.lsp.names import FIX_ALL, ORGANIZE, PROFILES, QUICK_FIX, SOURCE
from vkd_server.lsp.params import stretch_in
from vkd_server.lsp.requests.answers.data import data_commands
from vkd_server.lsp.requests.answers.demand_commands import demand_commands, why_commands
from vkd_server.lsp.requests.answers.numbers_offered import numbers_actions

if TYPE_CHECKING:
    from vkd_server.features.lexicon import WordIndex
    from vkd_server.features.snapshot import Snapshot
    from vkd_server.lsp.context import Context
    from vkd_server.lsp.params import ActionsIn, Item
    from vkd_server.rules.rule import TextEdit
    from vkd_server.workspace.documents import OpenDocument


_WHOLE: dict[str, tuple[str, Callable[[Snapshot], Iterator[TextEdit]]]] = {
    FIX_ALL: ("editor.fix-all", fix_all),
    ORGANIZE: ("editor.organize", organizing),
}
"""What is done with a whole document: only where it is asked for, as when a file is saved."""

_OF_WORDS = frozenset(("VKD101", "VKD102", "VKD105"))
"""What is put right with a word that is near, which is found once those of its vocabulary are taken in."""

_AT_ONCE = 5
"""Steps of that before other work may come in between."""

_LONG = 300
"""Sentences."""


def action_kinds() -> dict[str, str]:
    """Every kind of code action that may be offered, and what it does, in English."""
    return {
        QUICK_FIX: "Puts right what a diagnostic tells of, in one of the ways its rule knows",
        **{kind: say(title, "en") for kind, (title, _) in _WHOLE.items()},
        SOURCE: f"{say('editor.show-message', 'en')}, {say('editor.run', 'en').lower()}, {say('editor.copy', 'en')}, "
        f"{say('editor.show-data', 'en').lower()}, or why a product is not among the answers: commands for the demand "
        "at the place; "
        f"{say('editor.profiles-met', 'en').lower()}, or {say('editor.check-data', 'en').lower()}, for a product",
        **{kind: say(title, "en") for kind, title in TITLES.items()},
        columns.WORD_KIND: "Makes the line of a column that no word is known for a sentence, with a word that is near",
        columns.COLUMNS_KIND: "Says the columns of the file that an address of data leads to: a sentence for each that "
        "is known, a line for each that is not",
        RELAX: "Lets a demand without answers be answered by one edit, and says how many answers it would have",
    }


def actions(context: Context, params: ActionsIn) -> object:
    """What can be done at a place, or with the whole document.

    Edits are left to `resolve` where the client can wait for them.
    """
    document = context.open_document(params.uri)
    span = context.client.span(params.stretch, document.document.lines)
    only = params.only
    found: list[Json] = []
    if is_wanted(QUICK_FIX, only):
        _look_for_words(context, document, params.diagnostics)
        found += _fixes(context, document, span, params.diagnostics)
    if is_wanted(SOURCE, only):
        found += _demand_actions(context, document, span)
        found += _product_actions(document, span)
    if not params.is_automatic or not _is_long(document, span):
        found += _refactorings(context, document, span, only)
    if is_wanted(columns.COLUMNS_KIND, only):
        found += _columns(context, document, span, is_automatic=params.is_automatic)
    if only is not None:
        found += _of_the_whole(context, document, only)
    return found


def resolve(context: Context, params: Item) -> object:
    """An action with its edit, as the document stands now; without one where it can no longer be done."""
    action = dict(params.item)
    data = params.data
    if not isinstance(data, dict) or "edit" in action:
        return action
    document = context.files.document(fields.text(data, "uri"))
    edits = _resolved(context, document, action, data) if document is not None else ()
    if document is None or not edits:
        return action
    return {**action, "edit": workspace_edit(context, document, edits)}


def _is_long(document: OpenDocument, span: Span) -> bool:
    """Whether the description at a place is so long that refactoring it takes longer than moving the cursor may."""
    piece = document.snapshot.piece_at(span.start.row)
    return piece is not None and len(piece.description.sentences) > _LONG


def is_wanted(kind: str, only: Sequence[str] | None) -> bool:
    """Whether a kind is one of those asked for, or below one (LSP 3.17, "CodeActionKind")."""
    return only is None or any(kind == one or kind.startswith(f"{one}.") or one == "" for one in only)


def _look_for_words(context: Context, document: OpenDocument, diagnostics: Sequence[object]) -> None:
    """Sees to it that near words are found without taking time, where diagnostics are put right with some. Raises
    UnpreparedError where they are not yet."""
    if _OF_WORDS.isdisjoint(str(fields.optional(one, "code")) for one in diagnostics):
        return
    names = (vocabulary.name for vocabulary in document.project.catalogue.vocabularies.four)
    waiting = [one for one in map(document.project.lexicon.index, names) if not one.knows_misspelled]
    if waiting:
        raise UnpreparedError(document, _misspelled_prepared(context, document, waiting))


def _misspelled_prepared(
    context: Context, document: OpenDocument, waiting: Sequence[WordIndex]
) -> Iterator[str | None]:
    yield from context.files.until_words(document.project)
    yield from in_lots(chain.from_iterable(one.prepare_misspelled() for one in waiting), _AT_ONCE)


def _fixes(context: Context, document: OpenDocument, span: Span, diagnostics: Sequence[object]) -> Iterator[Json]:
    reported = {_key(one): one for one in diagnostics if _key(one)}
    for one in fixes_at(document.snapshot, span, reported.keys() if reported else None):
        piece = document.snapshot.piece_at(one.diagnostic.start.row)
        key = one.diagnostic.key(piece.row if piece else 0)
        action: Json = {"title": one.fix.title, "kind": QUICK_FIX, "isPreferred": one.preferred}
        if key in reported:
            action["diagnostics"] = [reported[key]]
        place = context.range_of(document, one.diagnostic.start, one.diagnostic.end)
        yield _later(context, document, action, {"range": place, "key": key}, one.fix.edits)


def _refactorings(context: Context, document: OpenDocument, span: Span, only: Sequence[str] | None) -> Iterator[Json]:
    place = context.range_of(document, span.start, span.end)
    for one in _rewritings(context, document, span, only):
        yield _later(context, document, {"title": one.title, "kind": one.kind}, {"range": place}, one.edits)


def _rewritings(
    context: Context, document: OpenDocument, span: Span, only: Sequence[str] | None
) -> Iterator[Refactoring]:
    """The refactorings at a place. A demand is run for them only where the client asks for what would give it
    answers."""
    if is_wanted(RELAX, only):
        yield from relaxations(document.snapshot, span, answers_in(context.files, document))
    if is_wanted(columns.WORD_KIND, only):
        yield from columns.chosen_words(document.snapshot, span)
    yield from refactorings(document.snapshot, span, lambda kind: is_wanted(kind, only))


def _columns(context: Context, document: OpenDocument, span: Span, *, is_automatic: bool) -> Iterator[Json]:
    """The action on an address of data. The file is read when it is chosen, or, where the client cannot wait for that,
    when somebody asks for actions; not because a cursor moves."""
    if (is_automatic and not _resolves(context)) or columns.data_at(document.snapshot, span) is None:
        return
    title = say(columns.TITLES[columns.COLUMNS_KIND], document.snapshot.catalogue.language)
    edits = () if _resolves(context) else columns.described_columns(document.snapshot, span)
    if edits or _resolves(context):
        place = context.range_of(document, span.start, span.end)
        yield _later(context, document, {"title": title, "kind": columns.COLUMNS_KIND}, {"range": place}, edits)


def _of_the_whole(context: Context, document: OpenDocument, only: Sequence[str]) -> Iterator[Json]:
    """The actions on a whole document. Their edits are made when one is chosen, where the client can wait for that."""
    for kind, (title, edits) in _WHOLE.items():
        if is_wanted(kind, only):
            action: Json = {"title": say(title, document.snapshot.catalogue.language), "kind": kind}
            found = () if _resolves(context) else tuple(edits(document.snapshot))
            if found or _resolves(context):
                yield _later(context, document, action, {}, found)


def _later(context: Context, document: OpenDocument, action: Json, data: Json, edits: Sequence[TextEdit]) -> Json:
    """An action with the data to make its edits later, or with the edits where the client wants them at once."""
    if _resolves(context):
        return {**action, "data": {"uri": document.uri, **data}}
    return {**action, "edit": workspace_edit(context, document, edits)}


def _resolved(context: Context, document: OpenDocument, action: Json, data: Json) -> Sequence[TextEdit]:
    kind, title = action.get("kind"), action.get("title")
    if kind in _WHOLE:
        return tuple(_WHOLE[str(kind)][1](document.snapshot))
    span = context.client.span(stretch_in(data.get("range")), document.document.lines)
    if fields.optional(data, "key") is not None:
        fixes = fixes_at(document.snapshot, span, (fields.text(data, "key"),))
        return next((one.fix.edits for one in fixes if one.fix.title == title), ())
    if kind == columns.COLUMNS_KIND:
        return columns.described_columns(document.snapshot, span)
    every = _rewritings(context, document, span, [kind] if isinstance(kind, str) else None)
    return next((one.edits for one in every if (one.kind, one.title) == (kind, title)), ())


def _resolves(context: Context) -> bool:
    """Whether the client asks for the edit of an action when it is chosen."""
    return context.client.can("textDocument", "codeAction", "resolveSupport") and context.client.can(
        "textDocument", "codeAction", "dataSupport"
    )


def _key(diagnostic: object) -> str:
    key = fields.optional(diagnostic, "data")
    return key if isinstance(key, str) and fields.optional(diagnostic, "source") == "vkd" else ""


def _demand_actions(context: Context, document: OpenDocument, span: Span) -> Iterator[Json]:
    snapshot = document.snapshot
    piece = demand_at(snapshot, span.start)
    if piece is None or piece.description.header is None:
        return
    row = piece.row + piece.description.header.row
    language = snapshot.catalogue.language
    answer = answers_in(context.files, document)(piece)
    for command in (
        *demand_commands(context, document.uri, row, language),
        *numbers_actions(document, piece, row, answer),
        *why_commands(answer, document.uri, row, language),
    ):
        yield {"title": command["title"], "kind": SOURCE, "command": command}


def _product_actions(document: OpenDocument, span: Span) -> Iterator[Json]:
    piece = document.snapshot.piece_at(span.start.row)
    if piece is not None and piece.description.kind == "product" and piece.description.header is not None:
        name = say("editor.profiles-met", document.project.catalogue.language)
        arguments = [document.uri, piece.row + piece.description.header.row]
        command: Json = {"title": name, "command": PROFILES, "arguments": arguments}
        for one in (command, *data_commands(document, piece)):
            yield {"title": one["title"], "kind": SOURCE, "command": one}
