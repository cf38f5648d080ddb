"""What is shown in grey behind the cursor: the beginning of the next line, with its number and dittos."""

from __future__ import annotations

from typing import TYPE_CHECKING

from vkd_grammar.text import BLANKS, Position
from vkd_server.features.completion.next_line import begun
from vkd_server.rules.rule import TextEdit

if TYPE_CHECKING:
    from vkd_server.features.snapshot import Snapshot


def inline_completion(snapshot: Snapshot, position: Position) -> TextEdit | None:
    """The next line, offered on an empty line or at the end of one that goes on, where nothing follows it.

    Lines below would have to be numbered anew, which what is shown in grey cannot do; Enter can (`next_line`).
    """
    piece, line = snapshot.piece_at(position.row), snapshot.line(position.row)
    if piece is None or position.column < len(line.rstrip(BLANKS)):
        return None
    if any(piece.row + one.row > position.row for one in piece.description.sentences):
        return None
    end = Position(position.row, len(line))
    if not line.strip(BLANKS):
        text = begun(snapshot, piece, position.row)
        return TextEdit(snapshot.path, Position(position.row, 0), end, text) if text else None
    text = begun(snapshot, piece, position.row + 1)
    if not text or snapshot.line(position.row + 1).strip(BLANKS):
        return None
    return TextEdit(snapshot.path, end, end, f"{_line_end(snapshot, position.row)}{text}")


def _line_end(snapshot: Snapshot, row: int) -> str:
    """The line break to write after a row: its own, else that of the row above."""
    lines = snapshot.document.lines
    for line in lines[max(0, row - 1) : row + 1][::-1]:
        if line.endswith(("\n", "\r")):
            return "\r\n" if line.endswith("\r\n") else line[-1]
    return "\n"
