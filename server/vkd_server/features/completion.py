"""Completion: what may stand at the cursor, the likeliest first, and nothing that the other fields rule out."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain
from typing import TYPE_CHECKING

from vkd_grammar.syntax import CHARACTERISTIC, NAME, NUMBER, OBJECT_TYPE, OPERATOR, TIME
from vkd_grammar.text import BLANKS, Position
from vkd_grammar.words import fold
from vkd_server.features.completion_context import Context, context_of
from vkd_server.features.completion_header import header_items, type_items
from vkd_server.features.completion_items import AT_MOST, Completions, Item, concept_item, listed
from vkd_server.features.cursor import FieldAt, field_at
from vkd_server.features.phrases import DITTO, DONT_CARE, OPERATORS, header_type_for, word_language

if TYPE_CHECKING:
    from vkd_catalog.vocabulary import VocabularyName
    from vkd_server.features.lexicon import Found
    from vkd_server.features.snapshot import Piece, Snapshot

_VOCABULARY: dict[int, VocabularyName] = {
    OBJECT_TYPE: "object-types",
    NAME: "names",
    CHARACTERISTIC: "characteristics",
    TIME: "times",
}


def complete(snapshot: Snapshot, position: Position) -> Completions | None:
    """What may stand at a place; None where nothing can be offered, as in a comment."""
    row, column = position
    line = snapshot.line(row)
    piece = snapshot.piece_at(row)
    field = field_at(line, column)
    if field is None or line.lstrip(BLANKS).startswith("#"):
        return None
    if piece is not None and piece.is_header_at(row):
        return header_items(snapshot, piece, row, line, column)
    if field.place == NUMBER:
        return listed(row, field, _line_starts(snapshot, piece, row, field))
    if _opens_description(line, piece) and field.place == 1:
        return listed(row, field, type_items(snapshot, field.typed))
    if piece is None or field.place > OPERATOR:
        return None
    if field.place == OPERATOR:
        return listed(row, field, _operators(snapshot, piece, field))
    return _in_sentence(snapshot, piece, row, field)


def _opens_description(line: str, piece: Piece | None) -> bool:
    return piece is None or piece.description.header is None or line.partition("/")[0].strip(BLANKS) == "0"


def _line_starts(snapshot: Snapshot, piece: Piece | None, row: int, field: FieldAt) -> Iterator[Item]:
    """The next line of the description with its number and dittos, and the headers that open another."""
    if field.text and not field.text.isdigit():
        return
    if piece is not None and piece.description.header is not None:
        above = [sentence for sentence in piece.description.sentences if sentence.row + piece.row < row]
        number = str(len(above) + 1)
        dittos = ' / " / " / ' if above else " / "
        yield Item("line", number + dittos.rstrip(), number + dittos)
    language = snapshot.catalogue.language
    for kind in ("product", "demand"):
        word = header_type_for(kind, language)
        yield Item("line", f"0 / {word}", f"0 / {word} / ")


def _in_sentence(snapshot: Snapshot, piece: Piece, row: int, field: FieldAt) -> Completions:
    """Marks and times, and the concepts of the field's vocabulary that agree with the line's other fields."""
    sentence = piece.sentence_at(row)
    context = context_of(snapshot, piece, sentence)
    as_code = field.typed.startswith("[")
    marks = () if as_code else _marks(snapshot, piece, field, context)
    times = _times_nearby(piece, row, field) if field.place == TIME else ()
    name = _VOCABULARY[field.place]
    found = _found(snapshot, name, field, as_code=as_code)
    agreeing, count = context.agreeing(field.place, found, AT_MOST)
    vocabulary = snapshot.catalogue.vocabularies.called(name)
    language = word_language(piece.description, snapshot.catalogue.language)
    concepts = (concept_item(vocabulary, match, language, as_code=as_code) for match in agreeing)
    return listed(row, field, chain(marks, times, concepts), count - len(agreeing))


def _found(snapshot: Snapshot, name: VocabularyName, field: FieldAt, *, as_code: bool) -> Found:
    """The concepts that what was typed may mean; after a bracket those whose code it begins come first."""
    typed = field.typed.strip("[]" + BLANKS) if as_code else field.typed
    return snapshot.lexicon.index(name).find(typed, codes_first=as_code)


def _operators(snapshot: Snapshot, piece: Piece, field: FieldAt) -> Iterator[Item]:
    for operator in "O." if piece.description.kind == "product" else "OEN.":
        if operator.startswith(field.typed.upper()):
            beside = OPERATORS[operator].in_language(snapshot.catalogue.language)
            yield Item("operator", operator, operator, f" {beside}")


def _marks(snapshot: Snapshot, piece: Piece, field: FieldAt, context: Context) -> Iterator[Item]:
    language = snapshot.catalogue.language
    if field.typed in ("", '"') and context.above is not None:
        yield Item("ditto", '"', '"', f" {DITTO.in_language(language)}", context.said_above(field.place))
    if field.typed in ("", "-") and piece.description.kind != "product":
        yield Item("dont-care", "-", "-", f" {DONT_CARE.in_language(language)}")


def _times_nearby(piece: Piece, row: int, field: FieldAt) -> Iterator[Item]:
    """The times that the description's other lines state, each once."""
    seen: dict[str, None] = {}
    for sentence in piece.description.sentences:
        if sentence.readable and sentence.row + piece.row != row and sentence.fields[TIME].kind == "time":
            seen.setdefault(sentence.fields[TIME].text)
    typed = fold(field.typed)
    for text in seen:
        if text.startswith(typed):
            yield Item("time", text, text)
