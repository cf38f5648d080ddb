"""A line that asks for what is shown: for what a product says in a sentence, or for a concept whatever else is said."""

from __future__ import annotations

from typing import TYPE_CHECKING

from vkd_catalog.languages import say
from vkd_grammar.times import NotStated, Series, span, time_as_written
from vkd_server.features.completion.items import word_in_field
from vkd_server.features.phrases import header_type_for

if TYPE_CHECKING:
    from vkd_catalog.register import SentenceRecord, StatedTime
    from vkd_catalog.vocabulary import Concept, Vocabularies, Vocabulary

ANYTHING = "-"
"""Don't-care, as it is written."""


def demand_header(language: str) -> str:
    """The header of a demand of nobody yet, without the end of its line."""
    return f"0 / {header_type_for('demand', language)} / {say('example.nobody', language)}"


def fields_for_sentence(vocabularies: Vocabularies, sentence: SentenceRecord, language: str) -> list[str]:
    """What a line says that asks for the same as a product's sentence: object type, name, characteristic, time."""
    codes = (sentence.object_type, sentence.name, sentence.characteristic)
    words = [_word(vocabulary, code, language) for vocabulary, code in zip(vocabularies.four, codes, strict=False)]
    return [*words, _time(sentence.time)]


def fields_for_concept(
    vocabularies: Vocabularies, vocabulary: Vocabulary, concept: Concept, language: str
) -> list[str]:
    """What a line says that asks for a concept of a vocabulary, whatever else is said of it."""
    word = word_in_field(vocabulary, concept.label(language), concept.code)
    return [word if one is vocabulary else ANYTHING for one in vocabularies.four]


def _word(vocabulary: Vocabulary, code: str, language: str) -> str:
    concept = vocabulary.coded(code)
    return word_in_field(vocabulary, concept.label(language), code) if concept else ANYTHING


def _time(time: StatedTime) -> str:
    """A product's time as a demand may ask for it: any where none is stated, an open series as its interval."""
    if isinstance(time, NotStated):
        return ANYTHING
    is_open_series = isinstance(time, Series) and time.is_open
    return time_as_written(span(time.start, time.end) if is_open_series else time)
