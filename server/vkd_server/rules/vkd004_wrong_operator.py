"""VKD004: operator missing or unknown; stop missing, not last or twice."""

from vkd_grammar.problems import WrongOperator
from vkd_grammar.syntax import Problem
from vkd_grammar.words import fold
from vkd_server.rules.rule import Context, Example, Fix, Rule
from vkd_server.rules.shared.edits import write

_MEANT = {
    **dict.fromkeys(("o", "og", "och", "and", "&", "+"), "O"),
    **dict.fromkeys(("e", "eller", "or", "|"), "E"),
    **dict.fromkeys(("n", "ikke", "ikkje", "inte", "not"), "N"),
    **dict.fromkeys(("punktum", "punkt", "stop", "stopp", "。"), "."),
}
"""What people write for an operator, folded."""


def _message(problem: Problem, context: Context) -> str:
    reason, text = problem.of(WrongOperator)
    return context.say(f"VKD004.{reason}", text=context.quoted(text))


def _fixes(problem: Problem, context: Context) -> tuple[Fix, ...]:
    reason, text = problem.of(WrongOperator)
    product = context.coded.kind == "product"
    last = problem.row == context.coded.description.sentences[-1].row
    if reason == "zero":
        return (write("O", problem, context, safe=True),)
    if reason == "stop-missing" or (reason == "missing" and last):
        return (write(".", problem, context, safe=True),)
    if reason == "unknown":
        meant = _MEANT.get(fold(text))
        return (write(meant, problem, context, safe=True),) if meant else ()
    # Lines of a product can only be joined by O; what a demand's author meant is not certain.
    joined = ("O",) if product else ("O", "E")
    return tuple(write(operator, problem, context, safe=product) for operator in joined)


RULE = Rule(
    code="VKD004",
    level="error",
    safe=True,
    example=Example(
        bad=(
            "0 / Etterspørselsbeskrivelse / bruker\n"
            "1 / Personer / Personreg.nov.70 / Yrke / 19701101 / 0\n"
            '2 / " / " / Alder / " / .\n'
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
