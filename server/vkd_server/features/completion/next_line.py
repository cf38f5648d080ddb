"""What Enter begins: the next line of a description with its number, and dittos up to the field that changes."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from vkd_grammar.sentences import JOINING
from vkd_grammar.syntax import CHARACTERISTIC, NAME, NUMBER, OBJECT_TYPE, OPERATOR, TIME, Sentence
from vkd_grammar.text import BLANKS, Position
from vkd_server.rules.rule import TextEdit

if TYPE_CHECKING:
    from vkd_server.features.snapshot import Piece, Snapshot


def next_line(snapshot: Snapshot, row: int) -> Iterator[TextEdit]:
    """The edits of a row that has just been opened below a line that goes on; none after a stop, or where text stands.

    The lines below, whose numbers were right, stay right.
    """
    piece = snapshot.piece_at(row)
    line = snapshot.line(row)
    if piece is None or row == 0 or row > len(snapshot.document.lines) or line.strip(BLANKS):
        return
    text = begun(snapshot, piece, row)
    if text is None:
        return
    yield TextEdit(snapshot.path, Position(row, 0), Position(row, len(line)), text)
    sentences = piece.description.sentences
    for number, sentence in enumerate(sentences, start=1):
        field, below = sentence.fields[NUMBER], piece.row + sentence.row
        if below > row and field.text == str(number):
            start, end = Position(below, field.start), Position(below, field.end)
            yield TextEdit(snapshot.path, start, end, str(number + 1))


def begun(snapshot: Snapshot, piece: Piece, row: int) -> str | None:
    """The text that a new line at a row begins with, to go on from the line above; None where no line is expected."""
    above = piece.sentence_at(row - 1)
    if above is None:
        opens = piece.is_header_at(row - 1) and piece.description.kind is not None
        return "1 / " if opens and not snapshot.line(row - 1).rstrip(BLANKS).endswith(";") else None
    if not above.readable or above.fields[OPERATOR].text not in JOINING:
        return None
    number = piece.description.sentences.index(above) + 2
    dittos = '" / ' * (_changing(above, number - 1) - OBJECT_TYPE)
    return f"{number} / {dittos}"


def _changing(above: Sentence, number: int) -> int:
    """The field in which the next line is likely to differ: the one in which the line above does, or the characteristic
    after a first line. The fields before it get dittos; none where the line above writes out what it could repeat."""
    places = (OBJECT_TYPE, NAME, CHARACTERISTIC, TIME)
    if number == 1:
        return CHARACTERISTIC
    if not any(above.fields[place].kind == "ditto" for place in places):
        return OBJECT_TYPE
    return next((place for place in places if above.fields[place].kind != "ditto"), CHARACTERISTIC)
