"""Linked editing: text that stands at several places and must be changed at all of them at once.

Words from vocabularies are not linked: each line may change its own. A unit's identification is: it stands in no
vocabulary, and all lines of a description that name the same unit must go on doing so.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from vkd_catalog.coding import identification_in
from vkd_grammar.syntax import NAME
from vkd_grammar.text import Position, Span

if TYPE_CHECKING:
    from vkd_server.features.snapshot import Snapshot

CHARACTERS = r"[^\s/\\\[\]]+"
"""What an identification may become while it is typed, as a pattern of JavaScript."""


def linked(snapshot: Snapshot, position: Position) -> list[Span]:
    """The places in a description that name the same unit as the place that is asked about; empty where there is only
    one."""
    piece = snapshot.piece_at(position.row)
    if piece is None:
        return []
    named: dict[str, list[tuple[str, Span]]] = {}
    for line in snapshot.code(piece).sentences:
        field, row = line.sentence.fields[NAME], piece.row + line.sentence.row
        unit = identification_in(line.name)
        if unit and field.kind != "ditto":
            named.setdefault(unit, []).append((field.text, Span(Position(row, field.start), Position(row, field.end))))
    for places in named.values():
        spans = [span for _, span in places]
        if any(span.start <= position <= span.end for span in spans):
            # An editor gives all places the same text, so that nothing is linked where they are written differently.
            return spans if len(spans) > 1 and len({text for text, _ in places}) == 1 else []
    return []
