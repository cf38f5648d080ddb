"""VKD003: line numbers do not run 0, 1, 2 …"""

from vkd_grammar.problems import WrongNumber
from vkd_grammar.syntax import Problem
from vkd_server.rules.rule import Context, Example, Fix, Rule
from vkd_server.rules.shared.edits import renumbered, write


def _message(problem: Problem, context: Context) -> str:
    expected, text = problem.of(WrongNumber)
    return context.say("VKD003.message", text=context.quoted(text), expected=expected)


def _fixes(problem: Problem, context: Context) -> tuple[Fix, ...]:
    expected, text = problem.of(WrongNumber)
    if not text.isdecimal():
        return (write(str(expected), problem, context),)
    return (Fix(context.say("edit.renumber"), tuple(renumbered(context)), safe=True),)


RULE = Rule(
    code="VKD003",
    level="warning",
    safe=True,
    example=Example(
        bad=(
            "0 / Etterspørselsbeskrivelse / bruker\n"
            "1 / Personer / Personreg.nov.70 / Yrke / 19701101 / O\n"
            '3 / " / " / Alder / " / .\n'
        ),
        good=(
            "0 / Etterspørselsbeskrivelse / bruker\n"
            "1 / Personer / Personreg.nov.70 / Yrke / 19701101 / O\n"
            '2 / " / " / Alder / " / .\n'
        ),
    ),
    message=_message,
    fixes=_fixes,
)
