"""Completion: what may stand at the cursor, the likeliest first, and nothing that the other fields rule out."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache, partial
from itertools import chain
from typing import TYPE_CHECKING

from vkd_catalog.languages import say
from vkd_catalog.suggest import loose
from vkd_grammar.syntax import CHARACTERISTIC, NAME, NUMBER, OBJECT_TYPE, OPERATOR, TIME
from vkd_grammar.text import BLANKS, Position
from vkd_server.features.completion.context import Context, context_of
from vkd_server.features.completion.header import header_items, type_items
from vkd_server.features.completion.items import AT_MOST, Completions, Item, concept_item, listed, with_sets
from vkd_server.features.completion.times import time_items
from vkd_server.features.cursor import FieldAt, field_at
from vkd_server.features.lexicon import Match, Sought
from vkd_server.features.phrases import header_type_for, word_language

if TYPE_CHECKING:
    from vkd_catalog.lookup import Kind
    from vkd_catalog.register import Register
    from vkd_catalog.vocabulary import VocabularyName
    from vkd_server.features.lexicon import Look, Words
    from vkd_server.features.occurrences import Beside
    from vkd_server.features.snapshot import Piece, Snapshot

_VOCABULARY: dict[int, VocabularyName] = {
    OBJECT_TYPE: "object-types",
    NAME: "names",
    CHARACTERISTIC: "characteristics",
    TIME: "times",
}

KIND_OF: dict[VocabularyName, Kind] = {
    "object-types": "object-type",
    "names": "name",
    "characteristics": "characteristic",
    "times": "time",
}


def complete(
    snapshot: Snapshot, position: Position, register: Register | None = None, look: Look | None = None
) -> Completions | None:
    """What may stand at a place; None where nothing can be offered, as in a comment.

    Where there is a `register`, what leaves the most information sets comes first. What no word begins with is given to
    `look`, which tells what else may be meant; without it that is looked for here, which takes long among many words.
    """
    look = look or partial(_meant, snapshot)
    row, column = position
    line = snapshot.line(row)
    piece = snapshot.piece_at(row)
    field = field_at(line, column)
    if field is None or line.lstrip(BLANKS).startswith("#"):
        return None
    if piece is not None and piece.is_header_at(row):
        return header_items(snapshot, piece, row, line, column, register, look)
    if field.place == NUMBER:
        return listed(row, field, _line_starts(snapshot, piece, row, field))
    if _opens_description(line, piece) and field.place == 1:
        return listed(row, field, type_items(snapshot, field.typed))
    if piece is None or field.place > OPERATOR:
        return None
    if field.place == OPERATOR:
        return listed(row, field, _operators(snapshot, piece, field))
    return _in_sentence(snapshot, piece, row, field, register, look)


def _meant(snapshot: Snapshot, sought: Sought) -> Words:
    """What somebody may mean by a text that no word begins with: what free words find, where their index is at hand,
    else misspelled words."""
    lookup = None if sought.misspelled_only else snapshot.catalogue.lookup_at_hand
    meant = lookup.meant(sought.text, KIND_OF[sought.vocabulary], AT_MOST) if lookup else []
    return meant or snapshot.lexicon.index(sought.vocabulary).nearest(sought.text)


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


def _in_sentence(
    snapshot: Snapshot, piece: Piece, row: int, field: FieldAt, register: Register | None, look: Look
) -> Completions:
    """What may stand in a field of a sentence: marks such as dittos, times, and the concepts of the field's vocabulary
    that agree with the line's other fields."""
    context = context_of(snapshot, piece, piece.sentence_at(row))
    as_code = field.typed.startswith("[")
    typed = field.typed.strip("[]" + BLANKS) if as_code else field.typed
    marks = () if as_code else _marks(snapshot, piece, field, context)
    beside = _beside(snapshot, context, field.place, register)
    times = time_items(snapshot, piece, row, field, beside) if field.place == TIME else ()
    name = _VOCABULARY[field.place]
    vocabulary = snapshot.catalogue.vocabularies.called(name)
    found = snapshot.lexicon.index(name).found(typed, look, as_code=as_code)
    form = loose(typed)
    first = (Match(concept, word if form else "") for concept, word in (beside.begun(form) if beside else ()))
    agreeing, count = context.agreeing(field.place, found, AT_MOST, first)
    language = word_language(piece.description, snapshot.catalogue.language)
    time = context.line.time if context.line and field.place == NAME else None

    def item(match: Match) -> Item:
        made = concept_item(vocabulary, match, language, as_code=as_code)
        return made if match.concept.is_valid_at(time) else made._replace(past=True)

    if beside is None or field.place == TIME:
        return listed(row, field, chain(marks, times, map(item, agreeing)), count - len(agreeing))
    sets = [(beside.counted(match.concept, vocabulary), match) for match in agreeing]
    sets.sort(key=lambda one: (_rank(one[1], form, as_code=as_code), -one[0].about))
    language_said = snapshot.catalogue.language
    counted = (with_sets(item(match), left.number, language_said, is_all=left.is_all) for left, match in sets)
    return listed(row, field, chain(marks, times, counted), count - len(agreeing))


def _rank(match: Match, form: str, *, as_code: bool) -> int:
    """How well a match fits what was typed, in its loose form; lower is better. Matches of one rank are ordered by
    information sets."""
    if not form:
        return 0
    if as_code or match.word == match.concept.code:
        return 2 if _loose(match.concept.code).startswith(form) else 4
    word = _loose(match.word)
    return 0 if word == form else 1 if word.startswith(form) else 3


_loose = lru_cache(maxsize=10_000)(loose)
"""The same words are ranked again at each keystroke."""


def _beside(snapshot: Snapshot, context: Context, place: int, register: Register | None) -> Beside | None:
    if register is None or context.line is None:
        return None
    return snapshot.lexicon.occurrences.beside(register, snapshot.catalogue.vocabularies, place, context.line)


def _operators(snapshot: Snapshot, piece: Piece, field: FieldAt) -> Iterator[Item]:
    for operator in "O." if piece.description.kind == "product" else "OEN.":
        if operator.startswith(field.typed.upper()):
            beside = say(f"operator.{operator}", snapshot.catalogue.language)
            yield Item("operator", operator, operator, f" {beside}")


def _marks(snapshot: Snapshot, piece: Piece, field: FieldAt, context: Context) -> Iterator[Item]:
    language = snapshot.catalogue.language
    if field.typed in ("", '"') and context.above is not None:
        yield Item("ditto", '"', '"', f" {say('editor.ditto', language)}", context.said_above(field.place))
    if field.typed in ("", "-") and piece.description.kind != "product":
        yield Item("dont-care", "-", "-", f" {say('editor.dont-care', language)}")
