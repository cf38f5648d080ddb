"""VKD106: synonym where a preferred word exists."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple

from vkd_grammar.problems import at_field
from vkd_grammar.syntax import OBJECT_TYPE, Problem
from vkd_grammar.words import fold
from vkd_server.rules.rule import Context, Example, Fix, Rule
from vkd_server.rules.shared.edits import settled, write

if TYPE_CHECKING:
    from vkd_catalog.vocabulary import Concept, VocabularyName


class SynonymUsed(NamedTuple):
    """A synonym, its vocabulary, and the word that is preferred."""

    word: str
    vocabulary: VocabularyName
    preferred: str


def _check(context: Context) -> Iterator[Problem]:
    for sentence in context.coded.sentences:
        for place, vocabulary in enumerate(context.vocabularies.four, start=OBJECT_TYPE):
            field = sentence.sentence.fields[place]
            named = vocabulary.named(field.word) if field.kind in ("word", "time") else ()
            preferred = _preferred(named[0], field.word, context.language) if len(named) == 1 else ""
            if preferred:
                facts = SynonymUsed(field.word, vocabulary.name, preferred)
                yield at_field(sentence.sentence.row, field, "VKD106", facts)


def _preferred(concept: Concept, word: str, language: str) -> str:
    """The preferred word in the language of a synonym; empty where the word is no synonym or none is preferred."""
    folded = fold(word)
    if any(fold(label.text) == folded for label in concept.preferred):
        return ""
    languages = [label.language for label in concept.synonyms if fold(label.text) == folded]
    labels = {label.language: label.text for label in concept.preferred}
    return next((labels[had] for had in (*languages, language) if languages and had in labels), "")


def _message(problem: Problem, context: Context) -> str:
    facts = problem.of(SynonymUsed)
    return context.say("VKD106.message", word=context.quoted(facts.word), preferred=context.quoted(facts.preferred))


def _fixes(problem: Problem, context: Context) -> tuple[Fix, ...]:
    facts = problem.of(SynonymUsed)
    vocabulary = context.vocabulary(facts.vocabulary)
    concept = vocabulary.named(facts.word)[0]
    return (write(settled(facts.preferred, concept, vocabulary), problem, context, safe=True),)


RULE = Rule(
    code="VKD106",
    level="off",
    tags=("deprecated",),
    safe=True,
    example=Example(
        bad=("0 / Etterspørselsbeskrivelse / bruker\n1 / Personer / Døde personer / Yrke / 1965 / .\n"),
        good=("0 / Etterspørselsbeskrivelse / bruker\n1 / Personer / Døde / Yrke / 1965 / .\n"),
    ),
    message=_message,
    fixes=_fixes,
    check=_check,
)
