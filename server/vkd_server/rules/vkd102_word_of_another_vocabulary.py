"""VKD102: word of another vocabulary."""

from vkd_catalog.problems import WordElsewhere
from vkd_grammar.syntax import Problem
from vkd_server.rules.rule import Context, Example, Fix, Rule
from vkd_server.rules.shared.edits import nearest_words, write
from vkd_server.rules.shared.wording import all_of


def _message(problem: Problem, context: Context) -> str:
    facts = problem.of(WordElsewhere)
    elsewhere = [context.say(f"vocabulary.{name}") for name in facts.elsewhere]
    return context.say(
        "VKD102.message",
        word=context.quoted(facts.word),
        elsewhere=all_of(elsewhere, context.language),
        vocabulary=context.say(f"vocabulary.{facts.vocabulary}"),
    )


def _fixes(problem: Problem, context: Context) -> tuple[Fix, ...]:
    facts = problem.of(WordElsewhere)
    near = nearest_words(facts.word, context.vocabulary(facts.vocabulary), problem, context)
    return tuple(write(word, problem, context) for word, *_ in near)


RULE = Rule(
    code="VKD102",
    level="error",
    example=Example(
        bad=("0 / Etterspørselsbeskrivelse / bruker\n1 / Personer / Personreg.nov.70 / Industri / 19701101 / .\n"),
        good=("0 / Etterspørselsbeskrivelse / bruker\n1 / Personer / Industri / Yrke / 19701101 / .\n"),
    ),
    message=_message,
    fixes=_fixes,
)
