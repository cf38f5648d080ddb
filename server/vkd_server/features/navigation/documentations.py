"""The documentation that a product's `doc` names, at a place in its header."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from vkd_grammar.technical import key_named
from vkd_grammar.text import Position

if TYPE_CHECKING:
    from vkd_catalog.documents import Documentation
    from vkd_server.features.snapshot import Snapshot


class DocumentedAt(NamedTuple):
    """A documentation, and the place of the `doc` that names it."""

    documentation: Documentation
    start: Position
    end: Position


def documentation_at(snapshot: Snapshot, position: Position) -> DocumentedAt | None:
    """The documentation that the `doc` at a position leads to, by id or by address; None where there is none."""
    piece = snapshot.piece_at(position.row)
    header = piece.description.header if piece else None
    for entry in header.entries if header and piece and piece.description.kind == "product" else ():
        key = key_named(entry.key.text)
        value = entry.value
        if piece is None or value is None or key is None or key.name != "doc" or piece.row + entry.row != position.row:
            continue
        if value.start <= position.column <= value.end:
            from vkd_catalog.documents import documents_of
            from vkd_catalog.technical import unescape_value

            found = documents_of({"doc": unescape_value(value.text)}, snapshot.catalogue).documentation
            row = position.row
            return DocumentedAt(found, Position(row, value.start), Position(row, value.end)) if found else None
    return None
