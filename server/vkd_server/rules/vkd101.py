"""VKD101: word not in this vocabulary."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from vkd_catalog.languages import Texts
from vkd_grammar.problems import UNREADABLE
from vkd_grammar.syntax import Problem
from vkd_server.rules.edits import nearest_words, vocabulary_of, write
from vkd_server.rules.listed_words import listed_in
from vkd_server.rules.meant_times import meant_times
from vkd_server.rules.personal import masked
from vkd_server.rules.rule import Context, Example, Fix, Related, Rule
from vkd_server.rules.vocabulary_edits import add_concept, add_synonym
from vkd_server.rules.wording import VOCABULARIES, shortened

if TYPE_CHECKING:
    from vkd_catalog.vocabulary import Vocabulary
    from vkd_server.rules.edits import NearWord

    Near = tuple[NearWord, ...]

_MESSAGE = Texts(
    "{word} er ikke et ord i ordlisten over {vocabulary}.",
    "{word} är inget ord i ordlistan över {vocabulary}.",
    "{word} er ikke et ord i ordlisten over {vocabulary}.",
    "{word} is not a word in the vocabulary of {vocabulary}.",
)
_TIME = Texts(
    "{word} er verken en tid, som 19701101, 1970 eller 1960..1969, eller et ord i ordlisten over tider.",
    "{word} är varken en tid, som 19701101, 1970 eller 1960..1969, eller ett ord i ordlistan över tider.",
    "{word} er hverken en tid, som 19701101, 1970 eller 1960..1969, eller et ord i ordlisten over tider.",
    "{word} is neither a time, such as 19701101, 1970 or 1960..1969, nor a word in the vocabulary of times.",
)
_EMPTY = Texts(
    "{word} kan ikke slås opp: ordlisten over {vocabulary} er tom.",
    "{word} kan inte slås upp: ordlistan över {vocabulary} är tom.",
    "{word} kan ikke slås op: ordlisten over {vocabulary} er tom.",
    "{word} cannot be looked up: the vocabulary of {vocabulary} is empty.",
)
_UNREAD = Texts(
    "{word} og det som ellers er ord i ordlisten over {vocabulary}, kan ikke slås opp: {path} kunne ikke leses.",
    "{word} och annat som är ord i ordlistan över {vocabulary} kan inte slås upp: {path} kunde inte läsas.",
    "{word} og det, der ellers er ord i ordlisten over {vocabulary}, kan ikke slås op: {path} kunne ikke læses.",
    "{word} and other words of the vocabulary of {vocabulary} cannot be looked up: {path} could not be read.",
)
_CAUSE = Texts("Grunnen står her", "Orsaken står här", "Grunden står her", "The reason stands here")
_NEW_SYNONYM = Texts(
    "Nytt synonym: {word} for {concept}",
    "Ny synonym: {word} för {concept}",
    "Nyt synonym: {word} for {concept}",
    "New synonym: {word} for {concept}",
)
_NEW_CONCEPT = Texts(
    "Nytt begrep: {word} med koden {code}",
    "Nytt begrepp: {word} med koden {code}",
    "Nyt begreb: {word} med koden {code}",
    "New concept: {word} with the code {code}",
)


def _message(problem: Problem, context: Context) -> str:
    vocabulary = vocabulary_of(problem, context)
    unread = problem.fact("unread")
    texts = _UNREAD if unread else _TIME if vocabulary.name == "times" else _MESSAGE if vocabulary.concepts else _EMPTY
    word = context.quoted(problem.fact("word"))
    return context.say(texts, word=word, vocabulary=context.say(VOCABULARIES[vocabulary.name]), path=unread)


def _related(problem: Problem, context: Context) -> tuple[Related, ...]:
    unread, row = problem.fact("unread"), problem.fact("row")
    return (Related(str(unread), row if isinstance(row, int) else 0, context.say(_CAUSE)),) if unread else ()


def _fixes(problem: Problem, context: Context) -> tuple[Fix, ...]:
    if problem.fact("unread"):
        # Nothing is known of the word: that nothing like it was found tells nothing.
        return ()
    listed = listed_in(problem, context)
    if listed:
        # Whatever names one of the words would lose the others.
        return (listed.fix,) if listed.fix else ()
    near = nearest_words(problem, context)
    return (*_replacements(near, problem, context), *_additions(near, problem, context))


def _replacements(near: Near, problem: Problem, context: Context) -> Iterator[Fix]:
    vocabulary = vocabulary_of(problem, context)
    coded = vocabulary.coded(str(problem.fact("word")))
    if coded is not None:
        # A code without its brackets.
        yield write(f"[{coded.code}]", problem, context)
    if vocabulary.name == "times":
        yield from (write(time, problem, context) for time in meant_times(str(problem.fact("word"))))
    for word, concept, _ in near:
        fix = write(word, problem, context)
        label = concept.label(context.language)
        yield fix if word.startswith(label) else fix._replace(title=f"{fix.title} ({shortened(label)})")


def _additions(near: Near, problem: Problem, context: Context) -> Iterator[Fix]:
    """The word into the vocabulary, in one of two ways (1972 p.16): as a synonym of a near concept, or as a new one."""
    word = str(problem.fact("word"))
    vocabulary = vocabulary_of(problem, context)
    if vocabulary.name == "times" or masked(word) != word or UNREADABLE.search(word):
        # A time is not known by its word alone, a personal identity number belongs in no vocabulary, and a control
        # character in no word.
        return
    for _, concept, part in near:
        # A word that is only a part of another hardly means the same.
        if not part and (synonym := add_synonym(word, concept, context)):
            label = context.quoted(concept.label(context.language))
            yield Fix(context.say(_NEW_SYNONYM, word=context.quoted(word), concept=label), (synonym,))
    if new := add_concept(word, vocabulary, context, _known(problem, vocabulary, context)):
        yield Fix(context.say(_NEW_CONCEPT, word=context.quoted(word), code=new[0]), (new[1],))


def _known(problem: Problem, vocabulary: Vocabulary, context: Context) -> dict[str, str]:
    """What the line says of a new concept: a characteristic is of the kind that its object type is."""
    line = next((line for line in context.coded.sentences if line.sentence.row == problem.row), None)
    object_type = context.catalogue.coder.concepts(line)[0] if line else None
    return {"kind": object_type.kind} if object_type and vocabulary.name == "characteristics" else {}


RULE = Rule(
    code="VKD101",
    title=Texts(
        "Ord som ikke står i ordlisten",
        "Ord som inte står i ordlistan",
        "Ord, der ikke står i ordlisten",
        "Word not in this vocabulary",
    ),
    reason=Texts(
        "Bare ord fra en felles ordliste finner igjen det andre har beskrevet.",
        "Bara ord ur en gemensam ordlista hittar det som andra har beskrivit.",
        "Kun ord fra en fælles ordliste finder det, andre har beskrevet.",
        "Only words from a shared vocabulary find what others have described.",
    ),
    example=Example(
        bad=("0 / Etterspørselsbeskrivelse / bruker\n1 / Personer / Personreg.nov.70 / Yrkke / 19701101 / .\n"),
        good=("0 / Etterspørselsbeskrivelse / bruker\n1 / Personer / Personreg.nov.70 / Yrke / 19701101 / .\n"),
    ),
    message=_message,
    fixes=_fixes,
    related=_related,
)
