"""VKD101: word not in this vocabulary."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from vkd_catalog.problems import UnknownWord
from vkd_grammar.problems import UNREADABLE
from vkd_grammar.syntax import Problem
from vkd_server.rules.rule import Context, Example, Fix, Related, Rule
from vkd_server.rules.shared.edits import nearest_words, write
from vkd_server.rules.shared.listed_words import listed_in
from vkd_server.rules.shared.meant_times import meant_times
from vkd_server.rules.shared.personal import masked
from vkd_server.rules.shared.vocabulary_edits import add_concept, add_synonym
from vkd_server.rules.shared.wording import shortened

if TYPE_CHECKING:
    from vkd_catalog.vocabulary import Vocabulary
    from vkd_server.rules.shared.edits import NearWord

    Near = tuple[NearWord, ...]


def _message(problem: Problem, context: Context) -> str:
    facts = problem.of(UnknownWord)
    vocabulary = context.vocabulary(facts.vocabulary)
    texts = (
        "VKD101.unread"
        if facts.unread
        else "VKD101.time"
        if vocabulary.name == "times"
        else "VKD101.message"
        if vocabulary.concepts
        else "VKD101.empty"
    )
    named = context.say(f"vocabulary.{vocabulary.name}")
    return context.say(texts, word=context.quoted(facts.word), vocabulary=named, path=facts.unread)


def _related(problem: Problem, context: Context) -> tuple[Related, ...]:
    facts = problem.of(UnknownWord)
    return (Related(facts.unread, facts.row, context.say("VKD101.cause")),) if facts.unread else ()


def _fixes(problem: Problem, context: Context) -> tuple[Fix, ...]:
    facts = problem.of(UnknownWord)
    if facts.unread:
        # Nothing is known of the word: that nothing like it was found tells nothing.
        return ()
    vocabulary = context.vocabulary(facts.vocabulary)
    listed = listed_in(vocabulary, problem, context)
    if listed:
        # Whatever names one of the words would lose the others.
        return (listed.fix,) if listed.fix else ()
    near = nearest_words(facts.word, vocabulary, problem, context)
    return (
        *_replacements(near, facts.word, vocabulary, problem, context),
        *_additions(near, facts.word, vocabulary, problem, context),
    )


def _replacements(near: Near, said: str, vocabulary: Vocabulary, problem: Problem, context: Context) -> Iterator[Fix]:
    coded = vocabulary.coded(said)
    if coded is not None:
        # A code without its brackets.
        yield write(f"[{coded.code}]", problem, context)
    if vocabulary.name == "times":
        yield from (write(time, problem, context) for time in meant_times(said))
    for word, concept, _ in near:
        fix = write(word, problem, context)
        label = concept.label(context.language)
        yield fix if word.startswith(label) else fix._replace(title=f"{fix.title} ({shortened(label)})")


def _additions(near: Near, word: str, vocabulary: Vocabulary, problem: Problem, context: Context) -> Iterator[Fix]:
    """The fixes that add the word to the vocabulary (1972 p.16): as a synonym of a near concept, or as a new
    concept."""
    if vocabulary.name == "times" or masked(word) != word or UNREADABLE.search(word):
        # A time is not known by its word alone, a personal identity number belongs in no vocabulary, and a control
        # character in no word.
        return
    for _, concept, part in near:
        # A word that is only a part of another hardly means the same.
        if not part and (synonym := add_synonym(word, concept, context)):
            label = context.quoted(concept.label(context.language))
            yield Fix(context.say("VKD101.new-synonym", word=context.quoted(word), concept=label), (synonym,))
    if new := add_concept(word, vocabulary, context, _known(problem, vocabulary, context)):
        yield Fix(context.say("VKD101.new-concept", word=context.quoted(word), code=new[0]), (new[1],))


def _known(problem: Problem, vocabulary: Vocabulary, context: Context) -> dict[str, str]:
    """The values of a new concept's columns that follow from the line: a characteristic is of the kind of its object
    type."""
    line = next((line for line in context.coded.sentences if line.sentence.row == problem.row), None)
    object_type = context.catalogue.coder.concepts(line)[0] if line else None
    return {"kind": object_type.kind} if object_type and vocabulary.name == "characteristics" else {}


RULE = Rule(
    code="VKD101",
    level="error",
    example=Example(
        bad=("0 / Etterspørselsbeskrivelse / bruker\n1 / Personer / Personreg.nov.70 / Yrkke / 19701101 / .\n"),
        good=("0 / Etterspørselsbeskrivelse / bruker\n1 / Personer / Personreg.nov.70 / Yrke / 19701101 / .\n"),
    ),
    message=_message,
    fixes=_fixes,
    related=_related,
)
