"""VKD006: E or N in a product description."""

from vkd_grammar.problems import OperatorInProduct
from vkd_grammar.syntax import Problem
from vkd_server.rules.rule import Context, Example, Fix, Rule
from vkd_server.rules.shared.edits import write
from vkd_server.rules.shared.splitting import split, without_negated


def _message(problem: Problem, context: Context) -> str:
    return context.say("VKD006.message", operator=problem.of(OperatorInProduct).operator)


def _fixes(problem: Problem, context: Context) -> tuple[Fix, ...]:
    """The fixes: an `O` instead of the operator; for `E` also a product for each group, for `N` no negated lines."""
    is_split = problem.of(OperatorInProduct).operator == "E"
    title, way = ("edit.split", split) if is_split else ("edit.without-negated", without_negated)
    edits = tuple(way(context))
    return (write("O", problem, context), *([Fix(context.say(title), edits)] if edits else []))


RULE = Rule(
    code="VKD006",
    level="error",
    example=Example(
        bad=(
            "0 / Produktbeskrivelse / eksempel / data=F:ft70-person.csv; doc=P:ft70.md; form=csv; access=closed\n"
            "1 / Personer / Personreg.nov.70 / Yrke / 19701101 / E\n"
            '2 / " / " / Kjønn / " / .\n'
        ),
        good=(
            "0 / Produktbeskrivelse / eksempel / data=F:ft70-person.csv; doc=P:ft70.md; form=csv; access=closed\n"
            "1 / Personer / Personreg.nov.70 / Yrke / 19701101 / O\n"
            '2 / " / " / Kjønn / " / .\n'
        ),
    ),
    message=_message,
    fixes=_fixes,
)
