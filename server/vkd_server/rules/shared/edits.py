"""Fixes that several rules make: writing a word, looking for near ones, finding the sentence a problem stands in."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, NamedTuple

from vkd_catalog.vocabulary_names import VOCABULARY_NAMES
from vkd_grammar.escapes import escape
from vkd_grammar.syntax import NUMBER, Field, Problem, Sentence
from vkd_grammar.times import Time, read_time
from vkd_server.rules.rule import Context, Fix, TextEdit

if TYPE_CHECKING:
    from vkd_catalog.vocabulary import Concept, Vocabulary


_NEAREST = 3
_DIGITS = re.compile(r"\d+")
_SPECIAL_IN_VALUES = re.compile(r"[;=/\\]")


class NearWord(NamedTuple):
    """A word that may have been meant, as it must be written, with its concept; `part` says that it is near by a part
    only."""

    text: str
    concept: Concept
    part: bool


def write(text: str, problem: Problem, context: Context, *, safe: bool = False) -> Fix:
    """A fix that replaces the text at the problem's place with another, which must be escaped as the place needs it."""
    title = context.say("edit.write", text=context.quoted(text))
    return Fix(title, (context.replacing(problem, text),), safe)


def remove(problem: Problem, context: Context) -> Fix:
    """A fix that removes the text at the problem's place."""
    title = context.say("edit.remove", text=context.quoted(context.text_of(problem)))
    return Fix(title, (context.replacing(problem, ""),))


def sentence_at(row: int, context: Context) -> Sentence | None:
    """The sentence on a row of the piece; None where no sentence stands there."""
    return next((sentence for sentence in context.coded.description.sentences if sentence.row == row), None)


def field_at(problem: Problem, context: Context) -> Field | None:
    """The sentence's field that a problem stands at."""
    sentence = sentence_at(problem.row, context)
    fields = sentence.fields if sentence else ()
    return next((field for field in fields if (field.start, field.end) == (problem.start, problem.end)), None)


def spelled(concept: Concept, vocabulary: Vocabulary, language: str) -> str:
    """A concept as it is written in a field: its word, with its code where other concepts have the word too."""
    label = concept.label(language)
    a_time = vocabulary.name == "times" and isinstance(read_time(label), Time)
    return (
        settled(label, concept, vocabulary)
        if vocabulary.spelling(label, concept.code) and not a_time
        else f"[{concept.code}]"
    )


def settled(word: str, concept: Concept, vocabulary: Vocabulary) -> str:
    """A word of a concept as it is written in a field, with the concept's code where other concepts have the word
    too."""
    said = vocabulary.spelling(word, concept.code) or word
    return escape(said) if len(vocabulary.named(said)) == 1 else f"{escape(said)} [{concept.code}]"


def settled_in_list(word: str, concept: Concept, vocabulary: Vocabulary) -> str:
    """A word of a concept as it is written in a unit-id: as its code where a comma or plus in it would be read as a
    separator."""
    if {",", "+"} & set(word) or word.endswith("]"):
        return f"[{concept.code}]"
    code = "" if len(vocabulary.named(word)) == 1 else f" [{concept.code}]"
    return _SPECIAL_IN_VALUES.sub(r"\\\g<0>", word) + code


def nearest_words(said: str, vocabulary: Vocabulary, problem: Problem, context: Context) -> tuple[NearWord, ...]:
    """The words of a vocabulary nearest to one, as they must be written at a problem's place; at most three.

    Words that agree with the rest of the line come before those that do not, and both before words that are near by a
    part only.
    """
    if not vocabulary.concepts:
        return ()
    near = list(context.suggester(vocabulary.name).near(said))
    if vocabulary.name == "times":
        # Another year is another time, however like it is written, and the same year is not yet the same time.
        near = [one for one in near if not one.part and _DIGITS.findall(one.word) == _DIGITS.findall(said)]
    agrees = _agreeing(problem, vocabulary, context)
    near.sort(key=lambda one: (one.part, not agrees(one.concept)))
    in_sentence = sentence_at(problem.row, context) is not None
    return tuple(
        NearWord(
            (settled if in_sentence else settled_in_list)(one.word, one.concept, vocabulary), one.concept, one.part
        )
        for one in near[:_NEAREST]
    )


def _agreeing(problem: Problem, vocabulary: Vocabulary, context: Context) -> Callable[[Concept], bool]:
    """A predicate that says whether a concept agrees with the other fields of a problem's line; in a unit-id, whether
    units can have it."""
    from vkd_catalog.agreement import disagreements

    line = next((line for line in context.coded.sentences if line.sentence.row == problem.row), None)
    if line is None:
        return lambda concept: concept.kind != "aggregate"
    concepts = list(context.catalogue.coder.concepts(line))
    place = VOCABULARY_NAMES.index(vocabulary.name)
    object_types = context.vocabulary("object-types")

    def agrees(concept: Concept) -> bool:
        if place >= len(concepts):
            return True
        with_it = [concept if at == place else had for at, had in enumerate(concepts)]
        return not disagreements(
            with_it[0], with_it[1], with_it[2], beside_classification=True, object_types=object_types
        )

    return agrees


def renumbered(context: Context) -> Iterator[TextEdit]:
    """An edit for each line number that is wrong. A text in a number's place that is no number is not changed."""
    description = context.coded.description
    if description.header:
        yield from _number(description.header.row, description.header.fields[NUMBER], 0, context)
    for expected, sentence in enumerate(description.sentences, start=1):
        yield from _number(sentence.row, sentence.fields[NUMBER], expected, context)


def _number(row: int, field: Field, expected: int, context: Context) -> Iterator[TextEdit]:
    if field.text.isdecimal() and field.text != str(expected):
        yield context.edit(row, field.start, field.end, str(expected))
