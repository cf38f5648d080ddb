"""Refactorings: other ways to write a description that mean the same, other descriptions made from one, and a demand's
time as a series and back."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, NamedTuple

from vkd_catalog.languages import say
from vkd_grammar.text import Span
from vkd_server.features.refactoring.conversions import demand, product
from vkd_server.features.refactoring.dittos import fold, unfold, unfold_line
from vkd_server.features.refactoring.line_order import move_down, move_up, sort
from vkd_server.features.refactoring.panel import series, stretch
from vkd_server.rules.rule import Context, TextEdit
from vkd_server.rules.shared.edits import renumbered
from vkd_server.rules.shared.splitting import split, without_negated

if TYPE_CHECKING:
    from vkd_catalog.coding import CodedDescription
    from vkd_server.features.snapshot import Piece, Snapshot

    Edits = Callable[[Snapshot, Piece, CodedDescription, Span], Iterator[TextEdit]]


class Refactoring(NamedTuple):
    """Edits that change how a description is written, with a title; `kind` is LSP's kind of code action."""

    kind: str
    title: str
    edits: tuple[TextEdit, ...]


class _Way(NamedTuple):
    kind: str
    title: str
    edits: Edits


def _any_kind(_kind: str) -> bool:
    return True


def refactorings(snapshot: Snapshot, span: Span, wanted: Callable[[str], bool] = _any_kind) -> Iterator[Refactoring]:
    """The refactorings of the description that a span starts in, of the kinds `wanted`, that would change something."""
    piece = snapshot.piece_at(span.start.row)
    if piece is None or piece.description.header is None:
        return
    coded = snapshot.code(piece)
    for way in filter(lambda way: wanted(way.kind), _WAYS):
        edits = tuple(way.edits(snapshot, piece, coded, span))
        if edits:
            yield Refactoring(way.kind, say(way.title, snapshot.catalogue.language), edits)


def rule_context(snapshot: Snapshot, piece: Piece, coded: CodedDescription) -> Context:
    """The context that the fixes of rules are made in; none of the refactorings asks whether a file exists."""
    lines, namesakes = piece.lines, snapshot.namesakes
    return Context(snapshot.catalogue, snapshot.path, piece.row, lines, coded, namesakes, lambda _: False)


def _in_context(edits: Callable[[Context], Iterator[TextEdit]]) -> Edits:
    """A function that makes edits for a snapshot from one that a rule has for its context."""

    def way(snapshot: Snapshot, piece: Piece, coded: CodedDescription, _span: Span) -> Iterator[TextEdit]:
        return edits(rule_context(snapshot, piece, coded))

    return way


_WAYS = (
    _Way(
        "refactor.rewrite.vkd.unfoldLine",
        "refactor.rewrite.unfoldLine",
        unfold_line,
    ),
    _Way(
        "refactor.rewrite.vkd.unfold",
        "refactor.rewrite.unfold",
        unfold,
    ),
    _Way(
        "refactor.rewrite.vkd.fold",
        "refactor.rewrite.fold",
        fold,
    ),
    _Way(
        "refactor.move.vkd.up",
        "refactor.move.up",
        move_up,
    ),
    _Way(
        "refactor.move.vkd.down",
        "refactor.move.down",
        move_down,
    ),
    _Way(
        "refactor.rewrite.vkd.sort",
        "refactor.rewrite.sort",
        sort,
    ),
    _Way("refactor.rewrite.vkd.renumber", "edit.renumber", _in_context(renumbered)),
    _Way("refactor.rewrite.vkd.split", "edit.split", _in_context(split)),
    _Way("refactor.rewrite.vkd.withoutNegated", "edit.without-negated", _in_context(without_negated)),
    _Way(
        "refactor.rewrite.vkd.demand",
        "refactor.rewrite.demand",
        demand,
    ),
    _Way(
        "refactor.rewrite.vkd.product",
        "refactor.rewrite.product",
        product,
    ),
    _Way("refactor.rewrite.vkd.series", "refactor.rewrite.series", series),
    _Way("refactor.rewrite.vkd.stretch", "refactor.rewrite.stretch", stretch),
)
TITLES = {way.kind: way.title for way in _WAYS}
"""The kinds of code action that refactorings are, in the order they are offered, and what each is called."""
