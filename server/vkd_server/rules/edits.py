"""Fixes that several rules make: writing a word, looking for near ones, finding the sentence a problem stands in."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from vkd_catalog.languages import Texts
from vkd_grammar.escapes import escape
from vkd_grammar.syntax import NUMBER, Field, Problem, Sentence
from vkd_grammar.times import Mask, Period, read_time
from vkd_server.rules.rule import Context, Fix, TextEdit

if TYPE_CHECKING:
    from vkd_catalog.vocabulary import Concept, Vocabulary, VocabularyName

_WRITE = Texts("Skriv {text}", "Skriv {text}", "Skriv {text}", "Write {text}")
_REMOVE = Texts("Fjern {text}", "Ta bort {text}", "Fjern {text}", "Remove {text}")
RENUMBER = Texts("Nummerer linjene på nytt", "Numrera om raderna", "Nummerer linjerne på ny", "Renumber the lines")
_SPECIAL_IN_VALUES = re.compile(r"[;=/\\]")


def write(text: str, problem: Problem, context: Context, *, safe: bool = False) -> Fix:
    """A fix that puts a text, written as it must stand, in the problem's place."""
    title = context.say(_WRITE, text=context.quoted(text))
    return Fix(title, (context.replacing(problem, text),), safe)


def remove(problem: Problem, context: Context) -> Fix:
    """A fix that takes away what stands at the problem's place."""
    title = context.say(_REMOVE, text=context.quoted(context.text_of(problem)))
    return Fix(title, (context.replacing(problem, ""),))


def sentence_at(row: int, context: Context) -> Sentence | None:
    """The sentence on a row of the piece; None where no sentence stands there."""
    return next((sentence for sentence in context.coded.description.sentences if sentence.row == row), None)


def field_at(problem: Problem, context: Context) -> Field | None:
    """The sentence's field that a problem stands at."""
    sentence = sentence_at(problem.row, context)
    fields = sentence.fields if sentence else ()
    return next((field for field in fields if (field.start, field.end) == (problem.start, problem.end)), None)


def vocabulary_of(problem: Problem, context: Context) -> Vocabulary:
    """The vocabulary that a problem's facts name."""
    name: VocabularyName = problem.fact("vocabulary")  # type: ignore[assignment]
    return context.catalogue.vocabularies.called(name)


def spelled(concept: Concept, vocabulary: Vocabulary, language: str) -> str:
    """How a concept is written in a field: its word, with its code where the word alone would not settle it."""
    label = concept.label(language)
    a_time = vocabulary.name == "times" and isinstance(read_time(label), Period | Mask)
    return settled(label, concept, vocabulary) if vocabulary.named(label) and not a_time else f"[{concept.code}]"


def settled(word: str, concept: Concept, vocabulary: Vocabulary) -> str:
    """A word of a concept as a field must hold it, with the concept's code where the word names others too."""
    return escape(word) if len(vocabulary.named(word)) == 1 else f"{escape(word)} [{concept.code}]"


def nearest_words(problem: Problem, context: Context) -> Iterator[tuple[str, Concept]]:
    """The words nearest to the one a problem names, as they must be written at its place, with their concepts."""
    vocabulary = vocabulary_of(problem, context)
    if not vocabulary.concepts:
        return
    in_sentence = sentence_at(problem.row, context) is not None
    for word, concept in context.catalogue.suggester(vocabulary.name).nearest(str(problem.fact("word"))):
        if in_sentence:
            yield settled(word, concept, vocabulary), concept
        else:
            yield _SPECIAL_IN_VALUES.sub(r"\\\g<0>", word), concept


def renumbered(context: Context) -> Iterator[TextEdit]:
    """An edit for each number that is off. What stands in a number's place and is none is left for its author."""
    description = context.coded.description
    if description.header:
        yield from _number(description.header.row, description.header.fields[NUMBER], 0, context)
    for expected, sentence in enumerate(description.sentences, start=1):
        yield from _number(sentence.row, sentence.fields[NUMBER], expected, context)


def _number(row: int, field: Field, expected: int, context: Context) -> Iterator[TextEdit]:
    if field.text.isdecimal() and field.text != str(expected):
        yield context.edit(row, field.start, field.end, str(expected))
