"""VKD102: word of another vocabulary."""

from vkd_catalog.languages import Texts
from vkd_grammar.syntax import Problem
from vkd_server.rules.edits import nearest_words, vocabulary_of, write
from vkd_server.rules.rule import Context, Example, Fix, Rule
from vkd_server.rules.wording import VOCABULARIES, all_of

_MESSAGE = Texts(
    "{word} hører til ordlisten over {elsewhere}. Her skal det stå et ord fra ordlisten over {vocabulary}.",
    "{word} hör till ordlistan över {elsewhere}. Här ska det stå ett ord ur ordlistan över {vocabulary}.",
    "{word} hører til ordlisten over {elsewhere}. Her skal der stå et ord fra ordlisten over {vocabulary}.",
    "{word} belongs to the vocabulary of {elsewhere}. Here a word of the vocabulary of {vocabulary} should stand.",
)


def _message(problem: Problem, context: Context) -> str:
    elsewhere = [context.say(texts) for name, texts in VOCABULARIES.items() if name in _names(problem)]
    return context.say(
        _MESSAGE,
        word=context.quoted(problem.fact("word")),
        elsewhere=all_of(elsewhere, context.language),
        vocabulary=context.say(VOCABULARIES[vocabulary_of(problem, context).name]),
    )


def _names(problem: Problem) -> tuple[str, ...]:
    names = problem.fact("elsewhere")
    return names if isinstance(names, tuple) else ()


def _fixes(problem: Problem, context: Context) -> tuple[Fix, ...]:
    return tuple(write(word, problem, context) for word, *_ in nearest_words(problem, context))


RULE = Rule(
    code="VKD102",
    title=Texts(
        "Ord fra en annen ordliste",
        "Ord ur en annan ordlista",
        "Ord fra en anden ordliste",
        "Word of another vocabulary",
    ),
    reason=Texts(
        "Et felt som holder et ord av feil slag, er som regel et felt som er flyttet eller glemt.",
        "Ett fält som håller ett ord av fel slag är oftast ett fält som har flyttats eller glömts.",
        "Et felt, der holder et ord af forkert slags, er som regel et felt, der er flyttet eller glemt.",
        "A field that holds a word of the wrong sort is most often one that was moved or left out.",
    ),
    example=Example(
        bad=("0 / Etterspørselsbeskrivelse / bruker\n1 / Personer / Personreg.nov.70 / Industri / 19701101 / .\n"),
        good=("0 / Etterspørselsbeskrivelse / bruker\n1 / Personer / Industri / Yrke / 19701101 / .\n"),
    ),
    message=_message,
    fixes=_fixes,
)
