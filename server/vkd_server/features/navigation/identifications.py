"""Identifications of products, where the cursor is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from vkd_grammar.text import Position

if TYPE_CHECKING:
    from vkd_server.features.snapshot import Snapshot


def product_at(snapshot: Snapshot, position: Position) -> str:
    """The identification of the product that is named at a place; empty where none is."""
    piece = snapshot.piece_at(position.row)
    header = piece.description.header if piece else None
    if piece is None or header is None or piece.description.kind != "product" or len(header.fields) < 3:
        return ""
    field = header.fields[2]
    here = piece.row + header.row == position.row and field.start <= position.column <= field.end
    return header.identification if here else ""
