"""Where the words of one vocabulary stand in a document: in the fields of sentences, and in `unit-id`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple

from vkd_catalog.vocabulary import VOCABULARY_NAMES
from vkd_grammar.escapes import without_blanks_after
from vkd_grammar.syntax import OBJECT_TYPE, TIME, Field
from vkd_grammar.technical import key_named
from vkd_grammar.text import Position
from vkd_grammar.times import Time, read_time

if TYPE_CHECKING:
    from vkd_catalog.vocabulary import Concept, Vocabulary, VocabularyName
    from vkd_grammar.syntax import Description
    from vkd_server.features.snapshot import Piece, Snapshot

_CODED = re.compile(r"(.*?)\s*\[([^\[\]]*)\]", re.DOTALL)
_SPECIAL_IN_VALUES = re.compile(r"[;=/\\]")


class Use(NamedTuple):
    """A word where it is written: its place without the code that may settle it, what it says, and that code.

    `concepts` are what it may mean, one where it means something; `listed` says that it stands in a `unit-id`.
    """

    start: Position
    end: Position
    word: str
    code: str
    concepts: tuple[Concept, ...]
    listed: bool


def uses(snapshot: Snapshot, piece: Piece, name: VocabularyName) -> Iterator[Use]:
    """The words of a description that are looked up in a vocabulary, whether they are found there or not."""
    vocabulary = snapshot.catalogue.vocabularies.called(name)
    place = OBJECT_TYPE + VOCABULARY_NAMES.index(vocabulary.name)
    for sentence in piece.description.sentences:
        if sentence.readable and _is_word(sentence.fields[place], place):
            yield _field(piece.row + sentence.row, sentence.fields[place], vocabulary)
    if name == "characteristics":
        for row, value in values_of_words(piece.description):
            yield from listed(piece.row + row, value, vocabulary)


def values_of_words(description: Description) -> Iterator[tuple[int, Field]]:
    """The values of a header that are made of characteristics, each with its row in the description.

    Of `columns` each word is one, for what a column is called stands before it.
    """
    from vkd_catalog.technical import words_in_columns

    for entry in description.header.entries if description.header else ():
        key = key_named(entry.key.text)
        if key and key.value == "words" and entry.value:
            yield entry.row, entry.value
        elif key and key.value == "columns" and entry.value:
            for word in words_in_columns(entry.value):
                yield entry.row, word


def listed(row: int, value: Field, vocabulary: Vocabulary) -> Iterator[Use]:
    """The words of a `unit-id` or of a column, whose value stands on a row of the document."""
    from vkd_catalog.technical import unescape_value, words_listed

    for part in words_listed(value, vocabulary):
        text, code = part.text, ""
        match = _CODED.fullmatch(text)
        if match and vocabulary.coded(match[2].strip()):
            text, code = match[1], match[2].strip()
        if text:
            word = unescape_value(text)
            place = Position(row, part.start), Position(row, part.start + len(text))
            yield Use(*place, word, code, _meant(word, code, vocabulary), True)


def in_a_list(word: str, code: str) -> str:
    """A word as it must be written in a `unit-id`: as its code where a comma or plus in it would be read as a
    separator."""
    return f"[{code}]" if {",", "+"} & set(word) or word.endswith("]") else _SPECIAL_IN_VALUES.sub(r"\\\g<0>", word)


def _is_word(field: Field, place: int) -> bool:
    if field.kind in ("empty", "ditto", "dont-care", "code"):
        return False
    return place != TIME or field.kind == "coded-word" or not isinstance(read_time(field.text), Time)


def _field(row: int, field: Field, vocabulary: Vocabulary) -> Use:
    text = field.text
    if field.kind == "coded-word":
        text = without_blanks_after(text[: text.rindex("[")])
    start, end = Position(row, field.start), Position(row, field.start + len(text))
    return Use(start, end, field.word, field.code, _meant(field.word, field.code, vocabulary), False)


def _meant(word: str, code: str, vocabulary: Vocabulary) -> tuple[Concept, ...]:
    if not code:
        return vocabulary.named(word)
    concept = vocabulary.coded(code)
    return (concept,) if concept else ()
