"""Dittos written out, and written where something is repeated (1972 p.13).

A field is changed only where it will mean what it did.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from vkd_catalog.coding import ANY, UNIT
from vkd_grammar import words
from vkd_grammar.syntax import CHARACTERISTIC, NAME, OBJECT_TYPE, TIME, Field
from vkd_grammar.text import Position, Span, content
from vkd_server.rules.rule import TextEdit
from vkd_server.rules.shared.laid_lines import in_place

if TYPE_CHECKING:
    from vkd_catalog.coding import CodedDescription, CodedSentence
    from vkd_catalog.vocabulary import Vocabularies
    from vkd_server.features.snapshot import Piece, Snapshot

_PLACES = (OBJECT_TYPE, NAME, CHARACTERISTIC, TIME)
_DITTO = '"'


def unfold_line(snapshot: Snapshot, piece: Piece, coded: CodedDescription, span: Span) -> Iterator[TextEdit]:
    """The edits that replace the dittos of the lines at a span by what they stand for."""
    for edit in unfold(snapshot, piece, coded, span):
        if span.start.row <= edit.start.row <= span.end.row:
            yield edit


def unfold(snapshot: Snapshot, piece: Piece, coded: CodedDescription, _span: Span) -> Iterator[TextEdit]:
    """The edits that replace every ditto of a description by what it stands for."""
    said: dict[int, CodedSentence] = {}
    for line in coded.sentences:
        for place in _PLACES:
            field = line.sentence.fields[place]
            if field.kind != "ditto":
                said[place] = line
            elif _meaning(line, place) is not None and (above := said.get(place)) and _reads_alike(line, above, place):
                yield rewritten(snapshot, piece, line, place, above.sentence.fields[place].text)


def fold(snapshot: Snapshot, piece: Piece, coded: CodedDescription, _span: Span) -> Iterator[TextEdit]:
    """The edits that put a ditto in every field that means the same as the field above it."""
    said: dict[int, Field] = {}
    above: CodedSentence | None = None
    for line in coded.sentences:
        for place in _PLACES:
            field = line.sentence.fields[place]
            if field.kind == "ditto":
                continue
            repeated = said.get(place)
            said[place] = field
            if above and repeated and _is_repeated_by(line, above, repeated, place, snapshot.catalogue.vocabularies):
                yield rewritten(snapshot, piece, line, place, _DITTO)
        above = line


def rewritten(snapshot: Snapshot, piece: Piece, line: CodedSentence, place: int, text: str) -> TextEdit:
    """An edit of one field; columns stay aligned where they can."""
    field, row = line.sentence.fields[place], piece.row + line.sentence.row
    end, padded = in_place(content(piece.lines[line.sentence.row]), field, text)
    return TextEdit(snapshot.path, Position(row, field.start), Position(row, end), padded)


def _is_repeated_by(
    line: CodedSentence, above: CodedSentence, repeated: Field, place: int, vocabularies: Vocabularies
) -> bool:
    """Whether a ditto of the line above would mean what a field does; `repeated` is where it says what the ditto would
    repeat. Of a word of several senses that is all of them, as it is of the same word alone: a ditto further down may
    have another of them."""
    field, meaning = line.sentence.fields[place], _meaning(line, place)
    if field.kind == "dont-care" or meaning is None or above.line + 1 != line.line or meaning != _meaning(above, place):
        return False
    vocabulary = vocabularies.four[place - OBJECT_TYPE]
    said = [one.word if one.kind == "word" else "" for one in (field, repeated)]
    is_doubtful = any(word and len(vocabulary.named(word)) > 1 for word in said)
    return not is_doubtful or words.fold(said[0]) == words.fold(said[1])


def _meaning(line: CodedSentence, place: int) -> object:
    """What a field means; None where it means nothing that is known."""
    if place != TIME:
        return line.terms[place - OBJECT_TYPE]
    return ANY if line.timeless else line.time


def _reads_alike(line: CodedSentence, above: CodedSentence, place: int) -> bool:
    """Whether a field's text means the same in another line: a unit's identification depends on the object type."""
    own = place == NAME and (line.name or "").startswith(UNIT)
    return not own or line.object_type == above.object_type
