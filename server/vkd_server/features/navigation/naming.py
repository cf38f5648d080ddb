"""Which concept a field names, and where a concept is named."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple

from vkd_catalog.coding import senses_of
from vkd_grammar.sentences import said_by_each
from vkd_grammar.syntax import OBJECT_TYPE, OPERATOR, TIME, Description, Field
from vkd_grammar.text import Position
from vkd_grammar.times import Time, read_time
from vkd_server.features.navigation.word_uses import values_of_words
from vkd_server.features.snapshot import coded_at

if TYPE_CHECKING:
    from vkd_catalog.catalogue import Catalogue
    from vkd_catalog.vocabulary import Concept, Vocabularies, Vocabulary
    from vkd_server.features.navigation.mentions import Mentions
    from vkd_server.features.snapshot import Piece, Snapshot

_CODE_ALONE = re.compile(r"\[([^\[\]]*)\]$")

MOST_HIGHLIGHTS = 1000
"""How many uses are lit up at a time; they are asked for whenever the cursor moves. The last description is whole."""


class Meant(NamedTuple):
    """A concept and the vocabulary it stands in."""

    vocabulary: Vocabulary
    concept: Concept


class Use(NamedTuple):
    """A place where a concept is named: a row of the document and columns. A `ditto` repeats the name above it."""

    row: int
    start: int
    end: int
    ditto: bool


def concept_of(field: Field, vocabulary: Vocabulary) -> Concept | None:
    """The one concept that a field's word or code names; a code counts more than the word beside it."""
    if field.kind in ("empty", "ditto", "dont-care"):
        return None
    if field.code:
        return vocabulary.coded(field.code)
    if vocabulary.name == "times" and isinstance(read_time(field.text), Time):
        return None
    named = vocabulary.named(field.word)
    return named[0] if len(named) == 1 else None


def named_in_unit_id(word: str, characteristics: Vocabulary) -> Concept | None:
    """The one characteristic that a word of a unit-id names, by a code in brackets behind it where there is one."""
    match = _CODE_ALONE.search(word)
    named = characteristics.named(word)
    coded = characteristics.coded(match[1].strip()) if match else None
    if coded:
        return coded
    return named[0] if len(named) == 1 else None


def concept_at(snapshot: Snapshot, position: Position) -> Meant | None:
    """The concept named at a place, by a word, a code, a ditto or a word of a unit-id."""
    piece = snapshot.piece_at(position.row)
    if piece is None:
        return None
    vocabularies = snapshot.catalogue.vocabularies
    if piece.is_header_at(position.row):
        return _in_unit_id_at(piece, position, vocabularies)
    sentence = piece.sentence_at(position.row)
    if sentence is None or not sentence.readable:
        return None
    place = next((at for at, one in enumerate(sentence.fields) if one.start <= position.column <= one.end), OPERATOR)
    if not OBJECT_TYPE <= place < OPERATOR:
        return None
    vocabulary = vocabularies.four[place - OBJECT_TYPE]
    upto = [one for one in piece.description.sentences if one.row <= sentence.row]
    *_, (_, fields) = said_by_each(upto, _itself, None)
    field = fields[place - OBJECT_TYPE]
    concept = concept_of(field, vocabulary) if field else None
    if concept is None and place < TIME and (line := coded_at(snapshot.code(piece), sentence)):
        # A word of several senses means what the rest of its line settles.
        concept = vocabulary.coded(line.terms[place - OBJECT_TYPE] or "")
    return Meant(vocabulary, concept) if concept else None


def _itself(_place: int, field: Field) -> Field | None:
    return field


def highlights(snapshot: Snapshot, position: Position) -> list[Use]:
    """The uses, in one document, of the concept at a place. In a document too long to be searched whole, the nearest
    ones."""
    meant = concept_at(snapshot, position)
    if meant is None:
        return []
    document, uses = snapshot.document, Uses(meant, snapshot.catalogue)
    here = document.index_at(position.row)
    found: list[Use] = []
    for index in _outwards(here, len(document.rows)):
        found += uses.within(document.rows[index], document.descriptions[index])
        if len(found) >= MOST_HIGHLIGHTS:
            break
    return sorted(found)


class Uses:
    """Finds where one concept is named; how a field's text is read is looked up once."""

    def __init__(self, meant: Meant, catalogue: Catalogue) -> None:
        self._vocabulary = meant.vocabulary
        self._code = meant.concept.code
        self._coder = catalogue.coder
        self._place = OBJECT_TYPE + [one.name for one in catalogue.vocabularies.four].index(meant.vocabulary.name)
        self._known: dict[str, bool] = {}
        self._senses: dict[str, bool] = {}

    def within(self, row: int, description: Description) -> Iterator[Use]:
        """The uses in one description, which starts at a row of its document."""
        yield from self._in_header(row, description)
        place = self._place
        settled = self._settled(description)
        for sentence, named in said_by_each(description.sentences, self._names_at, nothing=False):
            if named[place - OBJECT_TYPE] or sentence.row in settled:
                field = sentence.fields[place]
                yield Use(row + sentence.row, field.start, field.end, field.kind == "ditto")

    def is_doubtful(self, mentions: Mentions) -> bool:
        """Whether a text must be read because a word of several senses in it may name the concept."""
        return any(map(self._may_be_named_by, mentions.fields[self._place - OBJECT_TYPE]))

    def among(self, mentions: Mentions) -> list[Use]:
        """The uses in a text that is not doubtful, in their order, found from its `mentions` alone."""
        found: list[Use] = []
        for field, places in mentions.fields[self._place - OBJECT_TYPE].items():
            if self._is_named_by(field):
                each = iter(places)
                by_four = zip(each, each, each, each, strict=True)
                found += [Use(row, start, end, ditto == 1) for row, start, end, ditto in by_four]
        for value, places in mentions.listed.items() if self._vocabulary.name == "characteristics" else ():
            within = list(self._in_unit_id(0, value))
            each = iter(places)
            found += [
                Use(row, column + use.start, column + use.end, ditto=False)
                for row, column in zip(each, each, strict=True)
                for use in within
            ]
        found.sort()
        return found

    def _names_at(self, place: int, field: Field) -> bool:
        return place == self._place and self._is_named_by(field)

    def _is_named_by(self, field: Field) -> bool:
        # A large text holds the same few words again and again, and all of them are looked at.
        known = self._known.get(field.text)
        if known is None:
            concept = concept_of(field, self._vocabulary)
            known = self._known[field.text] = concept is not None and concept.code == self._code
        return known

    def _settled(self, description: Description) -> frozenset[int]:
        """The rows on which a word of several senses, or a ditto of one, names the concept, as the rest of the line
        has it."""
        fields = (sentence.fields[self._place] for sentence in description.sentences if sentence.readable)
        if not any(map(self._may_be_named_by, fields)):
            return frozenset()
        coded = self._coder.code(description).sentences
        terms = ((line.sentence.row, line.terms[self._place - OBJECT_TYPE]) for line in coded)
        return frozenset(row for row, term in terms if self._code in (senses_of(term) or (term,)))

    def _may_be_named_by(self, field: Field) -> bool:
        """Whether a field has a word that names the concept and others. What a time is, no other field settles."""
        if field.kind != "word" or self._place == TIME:
            return False
        known = self._senses.get(field.text)
        if known is None:
            codes = [concept.code for concept in self._vocabulary.named(field.word)]
            known = self._senses[field.text] = len(codes) > 1 and self._code in codes
        return known

    def _in_header(self, row: int, description: Description) -> Iterator[Use]:
        if self._vocabulary.name == "characteristics":
            for entry_row, field in values_of_words(description):
                yield from self._in_unit_id(row + entry_row, field)

    def _in_unit_id(self, row: int, field: Field) -> Iterator[Use]:
        for start, end, concept in _words(field, self._vocabulary):
            if concept is not None and concept.code == self._code:
                yield Use(row, start, end, ditto=False)


def _outwards(here: int, count: int) -> Iterator[int]:
    """The numbers from 0 up to a count, ordered by their distance from one of them."""
    yield here
    for distance in range(1, max(here, count - 1 - here) + 1):
        if here - distance >= 0:
            yield here - distance
        if here + distance < count:
            yield here + distance


def _in_unit_id_at(piece: Piece, position: Position, vocabularies: Vocabularies) -> Meant | None:
    for row, field in values_of_words(piece.description):
        if piece.row + row == position.row:
            for start, end, concept in _words(field, vocabularies.characteristics):
                if start <= position.column <= end and concept is not None:
                    return Meant(vocabularies.characteristics, concept)
    return None


def _words(field: Field, characteristics: Vocabulary) -> Iterator[tuple[int, int, Concept | None]]:
    """The words of a unit-id, each with its columns and the concept it names. A comma separates words, unless the whole
    value is one word."""
    from vkd_catalog.technical import unescape_value, words_listed

    for word in words_listed(field, characteristics):
        if word.text:
            yield word.start, word.end, named_in_unit_id(unescape_value(word.text), characteristics)
