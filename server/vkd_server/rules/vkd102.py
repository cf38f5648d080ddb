"""VKD102: word of another vocabulary."""

from vkd_catalog.vocabulary_names import VOCABULARY_NAMES
from vkd_grammar.syntax import Problem
from vkd_server.rules.edits import nearest_words, vocabulary_of, write
from vkd_server.rules.rule import Context, Example, Fix, Rule
from vkd_server.rules.wording import all_of


def _message(problem: Problem, context: Context) -> str:
    elsewhere = [context.say(f"vocabulary.{name}") for name in VOCABULARY_NAMES if name in _names(problem)]
    return context.say(
        "VKD102.message",
        word=context.quoted(problem.fact("word")),
        elsewhere=all_of(elsewhere, context.language),
        vocabulary=context.say(f"vocabulary.{vocabulary_of(problem, context).name}"),
    )


def _names(problem: Problem) -> tuple[str, ...]:
    names = problem.fact("elsewhere")
    return names if isinstance(names, tuple) else ()


def _fixes(problem: Problem, context: Context) -> tuple[Fix, ...]:
    return tuple(write(word, problem, context) for word, *_ in nearest_words(problem, context))


RULE = Rule(
    code="VKD102",
    example=Example(
        bad=("0 / Etterspørselsbeskrivelse / bruker\n1 / Personer / Personreg.nov.70 / Industri / 19701101 / .\n"),
        good=("0 / Etterspørselsbeskrivelse / bruker\n1 / Personer / Industri / Yrke / 19701101 / .\n"),
    ),
    message=_message,
    fixes=_fixes,
)
