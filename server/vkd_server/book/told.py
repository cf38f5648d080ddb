"""What a book tells of concepts and sets, in words and in no format: the site and the printed book say the same."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from vkd_catalog.coding import UNIT
from vkd_catalog.languages import say
from vkd_catalog.message.public import WITHHELD
from vkd_catalog.vocabulary.concept import code_above
from vkd_grammar.technical import ADDRESS_KEYS, KEYS
from vkd_server.book.content import Content, Holding, Line
from vkd_server.features.explain.concept_facts import Facts

if TYPE_CHECKING:
    from vkd_catalog.register import ProductRecord, StatedTime
    from vkd_catalog.vocabulary import Concept, Vocabulary

TOLD_APART = ("title", "collection")
"""Keys that are told at the head of a set."""


def other_words(concept: Concept, called: str, language: str) -> list[str]:
    """What else a concept goes by in a language: the words that somebody may look for."""
    words = [label.text for label in concept.synonyms if label.language in (language, "")]
    words += [concept.notation] if concept.notation else []
    return [word for word in dict.fromkeys(words) if word and word != called]


def children_of(vocabulary: Vocabulary) -> dict[str, list[str]]:
    """The codes right below each code that has any."""
    found: dict[str, list[str]] = {}
    for code in vocabulary.concepts:
        if above := code_above(code):
            found.setdefault(above, []).append(code)
    return found


def sensitivity(concept: Concept, language: str) -> str:
    return say(f"concept.sensitive.{concept.sensitive or 'not-assessed'}", language)


def concept_facts(content: Content, concept: Concept, vocabulary: Vocabulary) -> Iterator[tuple[str, str]]:
    said = Facts(content.catalogue.vocabularies, content.language, content.language)
    return ((one.label, one.text) for one in said.of(concept, vocabulary))


def common_values(editions: Sequence[ProductRecord]) -> dict[str, str]:
    """What all editions state alike, in the order of the keys."""
    first = editions[0].values
    keys = [key.name for key in KEYS if key.name in first and key.name not in TOLD_APART]
    return {key: first[key] for key in keys if all(one.values.get(key) == first[key] for one in editions)}


def see_also(concept: Concept, vocabulary: Vocabulary) -> list[str]:
    """The codes that a concept refers to, and those it is mapped to."""
    return list(dict.fromkeys([*concept.see_also, *vocabulary.links.beside(concept.code)]))


def sensitivity_of(holding: Holding, language: str) -> str:
    """Whether a set is sensitive: yes where an edition is, no only where every one is assessed and none is."""
    stated = {product.sensitive for product in holding.editions}
    worst = "yes" if "yes" in stated else "no" if stated == {"no"} else "not-assessed"
    return say(f"concept.sensitive.{worst}", language)


def differing_keys(holding: Holding, common: dict[str, str]) -> list[str]:
    """The keys that the editions of a collection do not state alike, in their order."""
    stated = {key for product in holding.editions for key in product.values}
    return [key.name for key in KEYS if key.name in stated - common.keys() and key.name not in TOLD_APART]


def is_withheld(key: str, value: str) -> bool:
    """Whether an address is stated that the public is not told."""
    return key in ADDRESS_KEYS and value == WITHHELD


def times_of_name(holding: Holding, code: str) -> tuple[StatedTime, ...]:
    """The times that a set states of a name."""
    return tuple(dict.fromkeys(time for line, some in holding.lines.items() if line.name == code for time in some))


def line_group(line: Line, content: Content) -> tuple[str, str]:
    """What a line is told of, in words: its object type, and its name or a unit's own identification."""
    vocabularies, language = content.catalogue.vocabularies, content.language
    concept, named = vocabularies.object_types.coded(line.object_type), vocabularies.names.coded(line.name)
    said = concept.label(language) if concept else line.object_type
    return said, named.label(language) if named else line.name.removeprefix(UNIT)
