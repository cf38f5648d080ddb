"""The coded form of descriptions, and back: codes for words, words for codes (1972 p.14-16, fig. 5).

Both are edits of the text, so dittos, comments, times and whatever has no code stay as they are written.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from typing import TYPE_CHECKING

from vkd_grammar.escapes import unescape
from vkd_grammar.sentences import TERMS
from vkd_grammar.syntax import OBJECT_TYPE, Description, Field
from vkd_grammar.technical import key_named
from vkd_grammar.text import Position
from vkd_server.features.navigation.naming import concept_of, named_in_unit_id
from vkd_server.rules.rule import TextEdit
from vkd_server.rules.shared.edits import spelled

if TYPE_CHECKING:
    from vkd_catalog.catalogue import Catalogue
    from vkd_catalog.coding import CodedDescription
    from vkd_catalog.vocabulary import Concept, Vocabularies, Vocabulary
    from vkd_grammar.document import Document

    Write = Callable[[Concept, Vocabulary], str]

_SPECIAL_IN_VALUES = re.compile(r"[;=/\\]")


def to_codes(document: Document, path: str, catalogue: Catalogue) -> Iterator[TextEdit]:
    """An edit for each word that has a code; where a word stands with its code only the code is left."""
    return _edits(document, path, catalogue, lambda concept, _: f"[{concept.code}]")


def to_words(document: Document, path: str, catalogue: Catalogue, language: str) -> Iterator[TextEdit]:
    """An edit for each code that has a word: the preferred word in a language, with the code where the word is
    ambiguous."""
    return _edits(document, path, catalogue, lambda concept, vocabulary: spelled(concept, vocabulary, language))


def _edits(document: Document, path: str, catalogue: Catalogue, write: Write) -> Iterator[TextEdit]:
    for start, description in document.pieces():
        for row, field, text in _changes(description, catalogue, write):
            if text != field.text:
                yield TextEdit(path, Position(start + row, field.start), Position(start + row, field.end), text)


def _changes(description: Description, catalogue: Catalogue, write: Write) -> Iterator[tuple[int, Field, str]]:
    """Each field that names a concept, with the row it stands in and what to write there."""
    vocabularies = catalogue.vocabularies if description.kind == "demand" else catalogue.own_vocabularies
    settled = _settled(description, vocabularies, catalogue)
    for sentence in description.sentences:
        if sentence.readable:
            for place, vocabulary in zip(TERMS, vocabularies.four, strict=True):
                field = sentence.fields[place]
                concept = concept_of(field, vocabulary) or settled.get((sentence.row, place))
                if isinstance(concept, str):
                    yield sentence.row, field, concept
                elif concept is not None:
                    yield sentence.row, field, write(concept, vocabulary)
    for entry in description.header.entries if description.header else ():
        key = key_named(entry.key.text)
        if key and key.value == "words" and entry.value:
            text = _unit_id(entry.value, vocabularies.characteristics, write)
            if text is not None:
                yield entry.row, entry.value, text


def _settled(
    description: Description, vocabularies: Vocabularies, catalogue: Catalogue
) -> Mapping[tuple[int, int], Concept | str]:
    """What to write, by row and place, for words of several senses that their lines settle, and for dittos of them."""
    found: dict[tuple[int, int], Concept | str] = {}
    for place, vocabulary in zip(TERMS[:-1], vocabularies.four, strict=False):
        fields = (sentence.fields[place] for sentence in description.sentences if sentence.readable)
        if any(_is_doubtful(field, vocabulary) for field in fields):
            found |= _settled_in(place, vocabulary, catalogue.coder.code(description))
    return found


def _settled_in(
    place: int, vocabulary: Vocabulary, coded: CodedDescription
) -> Iterator[tuple[tuple[int, int], Concept | str]]:
    """The same for one place. A ditto repeats what is written above it, and so stands no longer where its own line
    settles the word otherwise: the concept is written there, or, where it is not settled, the word."""
    word, written, above = "", None, 0
    for line in coded.sentences:
        field, concept = line.sentence.fields[place], vocabulary.coded(line.terms[place - OBJECT_TYPE] or "")
        key = (line.sentence.row, place)
        if field.kind != "ditto" or line.line != above + 1:
            word, written = (field.text, concept) if _is_doubtful(field, vocabulary) else ("", None)
            if word and concept:
                yield key, concept
        elif word and written is not None and concept is not written:
            yield key, concept or word
            written = concept
        above = line.line


def _is_doubtful(field: Field, vocabulary: Vocabulary) -> bool:
    return field.kind == "word" and len(vocabulary.named(field.word)) > 1


def _unit_id(value: Field, characteristics: Vocabulary, write: Write) -> str | None:
    """The words or codes of a unit-id written anew; None where one of them names no concept."""
    from vkd_catalog.technical import alternatives_listed, unescape_value

    written = []
    for words in alternatives_listed(value, characteristics):
        concepts = [named_in_unit_id(unescape_value(word.text), characteristics) for word in words]
        if not all(concepts):
            return None
        written.append("+".join(_in_unit_id(write(one, characteristics), one) for one in concepts if one))
    return ", ".join(written)


def _in_unit_id(text: str, concept: Concept) -> str:
    """A word as it is written in a unit-id: as its code where a comma or plus in it would be read as a separator."""
    return f"[{concept.code}]" if {",", "+"} & set(text) else _SPECIAL_IN_VALUES.sub(r"\\\g<0>", unescape(text))
