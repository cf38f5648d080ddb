"""Refactorings: other ways to write a description that mean the same, and other descriptions made from one."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, NamedTuple

from vkd_catalog.languages import Texts
from vkd_grammar.text import Span
from vkd_server.features.refactoring.conversions import demand, product
from vkd_server.features.refactoring.dittos import fold, unfold, unfold_line
from vkd_server.features.refactoring.line_order import move_down, move_up, sort
from vkd_server.rules.edits import RENUMBER, renumbered
from vkd_server.rules.rule import Context, TextEdit
from vkd_server.rules.splitting import SPLIT, WITHOUT_NEGATED, split, without_negated

if TYPE_CHECKING:
    from vkd_catalog.coding import CodedDescription
    from vkd_server.features.snapshot import Piece, Snapshot

    Edits = Callable[[Snapshot, Piece, CodedDescription, Span], Iterator[TextEdit]]


class Refactoring(NamedTuple):
    """One way to write something anew; `kind` tells it from the others, as LSP's code action kinds do."""

    kind: str
    title: str
    edits: tuple[TextEdit, ...]


class _Way(NamedTuple):
    kind: str
    title: Texts
    edits: Edits


def _any_kind(_kind: str) -> bool:
    return True


def refactorings(snapshot: Snapshot, span: Span, wanted: Callable[[str], bool] = _any_kind) -> Iterator[Refactoring]:
    """What can be done at a stretch of text with the description it starts in; only what would change something."""
    piece = snapshot.piece_at(span.start.row)
    if piece is None or piece.description.header is None:
        return
    coded = snapshot.code(piece)
    for way in filter(lambda way: wanted(way.kind), _WAYS):
        edits = tuple(way.edits(snapshot, piece, coded, span))
        if edits:
            yield Refactoring(way.kind, way.title.in_language(snapshot.catalogue.language), edits)


def rule_context(snapshot: Snapshot, piece: Piece, coded: CodedDescription) -> Context:
    """What the rules' ways of writing anew need to know; none of them asks what exists on the disk."""
    lines, namesakes = piece.lines, snapshot.namesakes
    return Context(snapshot.catalogue, snapshot.path, piece.row, lines, coded, namesakes, lambda _: False)


def _in_context(edits: Callable[[Context], Iterator[TextEdit]]) -> Edits:
    """A way that the rules know too."""

    def way(snapshot: Snapshot, piece: Piece, coded: CodedDescription, _span: Span) -> Iterator[TextEdit]:
        return edits(rule_context(snapshot, piece, coded))

    return way


_WAYS = (
    _Way(
        "refactor.rewrite.vkd.unfoldLine",
        Texts(
            "Skriv ut gjentakelsestegnene i linjen",
            "Skriv ut upprepningstecknen på raden",
            "Skriv gentagelsestegnene i linjen ud",
            "Write out the dittos of the line",
        ),
        unfold_line,
    ),
    _Way(
        "refactor.rewrite.vkd.unfold",
        Texts(
            "Skriv ut gjentakelsestegnene i beskrivelsen",
            "Skriv ut upprepningstecknen i beskrivningen",
            "Skriv gentagelsestegnene i beskrivelsen ud",
            "Write out the dittos of the description",
        ),
        unfold,
    ),
    _Way(
        "refactor.rewrite.vkd.fold",
        Texts(
            "Sett gjentakelsestegn for det som gjentas",
            "Sätt upprepningstecken för det som upprepas",
            "Sæt gentagelsestegn for det, der gentages",
            "Write dittos for what is repeated",
        ),
        fold,
    ),
    _Way(
        "refactor.move.vkd.up",
        Texts("Flytt linjen opp", "Flytta upp raden", "Flyt linjen op", "Move the line up"),
        move_up,
    ),
    _Way(
        "refactor.move.vkd.down",
        Texts("Flytt linjen ned", "Flytta ned raden", "Flyt linjen ned", "Move the line down"),
        move_down,
    ),
    _Way(
        "refactor.rewrite.vkd.sort",
        Texts(
            "Sorter linjene etter koder",
            "Sortera raderna efter koder",
            "Sorter linjerne efter koder",
            "Sort the lines by codes",
        ),
        sort,
    ),
    _Way("refactor.rewrite.vkd.renumber", RENUMBER, _in_context(renumbered)),
    _Way("refactor.rewrite.vkd.split", SPLIT, _in_context(split)),
    _Way("refactor.rewrite.vkd.withoutNegated", WITHOUT_NEGATED, _in_context(without_negated)),
    _Way(
        "refactor.rewrite.vkd.demand",
        Texts(
            "Lag en etterspørsel av dette produktet",
            "Gör en efterfrågan av denna produkt",
            "Lav en efterspørgsel af dette produkt",
            "Make a demand from this product",
        ),
        demand,
    ),
    _Way(
        "refactor.rewrite.vkd.product",
        Texts(
            "Lag et produkt av denne etterspørselen",
            "Gör en produkt av denna efterfrågan",
            "Lav et produkt af denne efterspørgsel",
            "Make a product from this demand",
        ),
        product,
    ),
)
TITLES = {way.kind: way.title for way in _WAYS}
"""The kinds of code action that refactorings are, in the order they are offered, and what each is called."""
