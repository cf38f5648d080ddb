"""What a text says, kept without its tree: where each word and code stands, and what is described there.

A workspace has more texts than trees of them fit into memory. Of a text that is not open this is enough to tell where
a concept is used, and whether it need be read at all for anything else.
"""

from __future__ import annotations

from array import array
from collections.abc import Collection, Generator, Mapping
from typing import TYPE_CHECKING, NamedTuple

from vkd_grammar.sentences import TERMS, said_by_each
from vkd_grammar.syntax import OBJECT_TYPE, Description, Field
from vkd_grammar.words import fold
from vkd_server.features.navigation.word_uses import listed, values_of_words

if TYPE_CHECKING:
    from vkd_catalog.vocabulary import Vocabulary
    from vkd_grammar.document import Document
    from vkd_grammar.kinds import Kind
    from vkd_grammar.text import Encoding

_SAYS_NOTHING = frozenset(("empty", "dont-care"))


class Mentions(NamedTuple):
    """What one text mentions, and where. `fields` has a mapping for each vocabulary, from a field's text to its places:
    a flat list of fours, row, start column, end column, and 1 for a ditto of it or else 0.

    `listed` leads likewise from values made of characteristics to where they start: row and column, one pair after
    the other. `described` is the kind and folded identification of each description; in the encodings of `plain` its
    columns are counted as they are here, in code points.
    """

    fields: tuple[Mapping[Field, array[int]], ...]
    listed: Mapping[Field, array[int]]
    described: frozenset[tuple[Kind, str]]
    plain: frozenset[Encoding]

    @property
    def has_demands(self) -> bool:
        """Whether anything is asked for in the text."""
        return any(kind == "demand" for kind, _ in self.described)

    def says(self, words: Collection[str], vocabulary: Vocabulary, place: int) -> bool:
        """Whether one of some folded words stands in a field where words of a vocabulary stand, whatever it means
        there."""
        if any(fold(field.word) in words for field in self.fields[place]):
            return True
        values = self.listed if vocabulary.name == "characteristics" else ()
        return any(fold(use.word) in words for value in values for use in listed(0, value, vocabulary))


def mentions(document: Document) -> Generator[None, None, Mentions]:
    """The mentions of a document; yields after each description so that other work can come in between."""
    fields: tuple[dict[Field, array[int]], ...] = tuple({} for _ in TERMS)
    values: dict[Field, array[int]] = {}
    described: set[tuple[Kind, str]] = set()
    for row, description in document.pieces():
        _note_fields(fields, row, description)
        for at, field in values_of_words(description):
            values.setdefault(_anywhere(field), array("I")).extend((row + at, field.start))
        if description.kind and description.header:
            described.add((description.kind, fold(description.header.identification)))
        yield
    return Mentions(fields, values, frozenset(described), _plain(document.text))


def _plain(text: str) -> frozenset[Encoding]:
    if text.isascii():
        return frozenset(("utf-8", "utf-16", "utf-32"))
    within = len(text.encode("utf-16-le", "surrogatepass")) == 2 * len(text)
    return frozenset(("utf-16", "utf-32")) if within else frozenset(("utf-32",))


def _note_fields(fields: tuple[dict[Field, array[int]], ...], row: int, description: Description) -> None:
    """Adds the places of the fields of one description; a ditto is added to the places of the field that it repeats."""

    def places_of(place: int, field: Field) -> array[int] | None:
        if field.kind in _SAYS_NOTHING:
            return None
        return fields[place - OBJECT_TYPE].setdefault(_anywhere(field), array("I"))

    for sentence, said in said_by_each(description.sentences, places_of, None):
        for place, noted in zip(TERMS, said, strict=True):
            if noted is not None:
                field = sentence.fields[place]
                noted.extend((row + sentence.row, field.start, field.end, field.kind == "ditto"))


def _anywhere(field: Field) -> Field:
    """The text of a field without its place, as a key to compare by."""
    return Field(field.kind, field.text, 0, len(field.text))
