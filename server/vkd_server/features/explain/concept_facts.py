"""What a concept's row states besides its words and its place: its values, what it is of, when it is valid."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice
from typing import TYPE_CHECKING, NamedTuple

from vkd_catalog.languages import say
from vkd_grammar.times import BEGINNING, END, span
from vkd_server.features.explain.time_words import time_in_words

if TYPE_CHECKING:
    from vkd_catalog.vocabulary import Concept, Source, Vocabularies, Vocabulary

_MOST_VALUES = 10
"""So many values of a code list are named, and how many more there are."""


class Fact(NamedTuple):
    """One thing that is stated, and what it is called."""

    label: str
    text: str


class Facts:
    """Tells what concepts state. `said` is the language of what is told, `language` that of the concepts' words."""

    def __init__(self, vocabularies: Vocabularies, language: str, said: str) -> None:
        self._vocabularies = vocabularies
        self._language = language
        self._said = said

    def of(self, concept: Concept, vocabulary: Vocabulary) -> Iterator[Fact]:
        """What a concept states, in the order of the columns; what it does not state is left out."""
        texts = {
            "temporality": self._temporality(concept),
            "classification": ", ".join(map(self._classification, concept.classifications)),
            "values": self._values(concept),
            "missing": ", ".join(_value(concept, value, self._language) for value in concept.missing),
            "derived_from": " | ".join(map(self._sources, concept.derived_from)),
            "measure": concept.measure,
            "identifies": self._say(f"concept.identifies.{concept.identifies}") if concept.identifies else "",
            "function": self._function(concept),
            "time" if vocabulary.name == "times" else "valid": self._stretch(concept),
        }
        return (Fact(self._say(f"concept.{name}"), text) for name, text in texts.items() if text)

    def codes(self, codes: Sequence[str], vocabulary: Vocabulary) -> str:
        """The concepts of some codes, each with its word."""
        return ", ".join(self._coded(code, vocabulary) for code in codes)

    def _temporality(self, concept: Concept) -> str:
        """How the values go with time, where that is not as most do."""
        usual = concept.temporality in ("", "status")
        return "" if usual else self._say(f"temporality.{concept.temporality}")

    def _coded(self, code: str, vocabulary: Vocabulary) -> str:
        concept = vocabulary.coded(code)
        return f"[{code}] {concept.label(self._language)}" if concept else f"[{code}]"

    def _classification(self, code: str) -> str:
        names = self._vocabularies.names
        concept = names.coded(code)
        when = self._stretch(concept) if concept else ""
        return self._coded(code, names) + (f" ({when})" if when else "")

    def _values(self, concept: Concept) -> str:
        values = [_value(concept, one.value, self._language) for one in islice(concept.values, _MOST_VALUES)]
        rest = len(concept.values) - len(values)
        words = ", ".join(values)
        return self._say("message.words-and-more", words=words, count=rest) if rest else words

    def _sources(self, parts: Sequence[Source]) -> str:
        """What is needed together, each with the information set that it must stand in."""
        characteristics = self._vocabularies.characteristics
        return " + ".join(
            self._coded(one.code, characteristics) + (f" @ {one.product}" if one.product else "") for one in parts
        )

    def _function(self, concept: Concept) -> str:
        """What an aggregate is, and what it is taken over."""
        of = self._coded(concept.of, self._vocabularies.characteristics) if concept.of else ""
        function = self._say(f"function.{concept.function}") if concept.function else ""
        return self._say("concept.function-of", function=function or "?", of=of) if of else function

    def _stretch(self, concept: Concept) -> str:
        return time_in_words(span(*concept.valid), self._said) if concept.valid != (BEGINNING, END) else ""

    def _say(self, key: str, /, **facts: object) -> str:
        return say(key, self._said, **facts)


def _value(concept: Concept, value: str, language: str) -> str:
    """A value of a concept's code list with its label, on one line."""
    label = next((one.label(language) for one in concept.values if one.value == value), "")
    return " ".join(f"{value} = {label}".split()) if label else value
