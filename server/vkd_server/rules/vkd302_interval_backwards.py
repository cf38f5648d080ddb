"""VKD302: interval ends before it starts."""

from vkd_catalog.problems import WrongTime
from vkd_grammar.syntax import Problem
from vkd_server.rules.rule import Context, Example, Fix, Rule
from vkd_server.rules.shared.edits import write


def _message(problem: Problem, context: Context) -> str:
    return context.say("VKD302.message", word=context.quoted(problem.of(WrongTime).word))


def _fixes(problem: Problem, context: Context) -> tuple[Fix, ...]:
    start, _, rest = problem.of(WrongTime).word.partition("..")
    end, colon, step = rest.partition(":")
    return (write(f"{end.strip()}..{start.strip()}{colon}{step.strip()}", problem, context),)


RULE = Rule(
    code="VKD302",
    level="error",
    example=Example(
        bad=("0 / Etterspørselsbeskrivelse / bruker\n1 / Personer / Personreg.nov.70 / Yrke / 1970..1960 / .\n"),
        good=("0 / Etterspørselsbeskrivelse / bruker\n1 / Personer / Personreg.nov.70 / Yrke / 1960..1970 / .\n"),
    ),
    message=_message,
    fixes=_fixes,
)
