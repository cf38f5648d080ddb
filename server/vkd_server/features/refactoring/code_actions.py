"""Code actions: the fixes of what is wrong, and what can be done with a demand."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from vkd_grammar.text import Position, Span
from vkd_server.features.diagnostics import Diagnostic, diagnose, diagnose_beside, silenced_in
from vkd_server.features.refactoring.fixes import safe_edits
from vkd_server.rules.rule import Fix, TextEdit

if TYPE_CHECKING:
    from vkd_catalog.catalogue import Namesakes
    from vkd_server.features.snapshot import Piece, Snapshot


class FixAction(NamedTuple):
    """One fix of one diagnostic; `preferred` where it is the only one, or safe."""

    diagnostic: Diagnostic
    fix: Fix
    preferred: bool


def fixes_at(snapshot: Snapshot, span: Span, keys: Collection[str] | None) -> Iterator[FixAction]:
    """The fixes of the diagnostics in a stretch of text.

    Of those with given keys (`Diagnostic.key`) where they are given.
    """
    for piece in pieces_in(snapshot, span):
        held = snapshot.held(piece.number)
        for diagnostic in (*diagnostics_of(snapshot, piece), *(held.moved(piece.row).diagnostics if held else ())):
            wanted = _touches(diagnostic, span) if keys is None else diagnostic.key(piece.row) in keys
            if wanted:
                fixes = diagnostic.fixes()
                for fix in fixes:
                    yield FixAction(diagnostic, fix, fix.safe or len(fixes) == 1)


def fix_all(snapshot: Snapshot) -> Iterator[TextEdit]:
    """The edits of all fixes that are safe, over the whole document."""
    every = (snapshot.piece(index) for index in range(len(snapshot.document.rows)))
    namesakes = cache(snapshot.namesakes)
    yield from safe_edits(diagnostic for piece in every for diagnostic in diagnostics_of(snapshot, piece, namesakes))


def diagnostics_of(
    snapshot: Snapshot, piece: Piece, namesakes: Callable[[str], Namesakes] | None = None
) -> tuple[Diagnostic, ...]:
    """Everything found in one description, with its places in the document.

    `namesakes` may be given by callers that look at many descriptions, so that the products of a name are looked up
    once.
    """
    catalogue, path = snapshot.catalogue, snapshot.path
    coded = snapshot.code(piece)
    silenced = silenced_in(snapshot.document.lines[:1])
    own = diagnose(coded, piece.lines, path, catalogue, row=piece.row, silenced=silenced)
    if piece.description.kind != "product":
        return own
    known = namesakes or snapshot.namesakes
    return own + diagnose_beside(coded, piece.lines, path, catalogue, known, row=piece.row, silenced=silenced)


def pieces_in(snapshot: Snapshot, span: Span) -> Iterator[Piece]:
    """The descriptions that a stretch of text touches."""
    document = snapshot.document
    if document.descriptions:
        for index in range(document.index_at(span.start.row), document.index_at(span.end.row) + 1):
            yield snapshot.piece(index)


def demand_at(snapshot: Snapshot, position: Position) -> Piece | None:
    """The demand that a place is in; None where it is in none."""
    piece = snapshot.piece_at(position.row)
    return piece if piece is not None and piece.description.kind == "demand" else None


def _touches(diagnostic: Diagnostic, span: Span) -> bool:
    return diagnostic.start <= span.end and span.start <= diagnostic.end
