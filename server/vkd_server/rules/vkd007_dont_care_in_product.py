"""VKD007: don't-care in a product description."""

from vkd_grammar.problems import DontCareInProduct
from vkd_grammar.syntax import Problem
from vkd_server.rules.rule import Context, Example, Fix, Rule
from vkd_server.rules.shared.edits import write
from vkd_server.rules.shared.meant_times import dates_with_hyphens, stretch_of


def _message(problem: Problem, context: Context) -> str:
    return context.say("VKD007.message", text=context.quoted(problem.of(DontCareInProduct).text))


def _fixes(problem: Problem, context: Context) -> tuple[Fix, ...]:
    """For a time: the date that it looks like, or the interval that digits left open at its end name."""
    digits = context.text_of(problem)
    stretch = stretch_of(digits)
    times = dates_with_hyphens(digits) or ([stretch] if stretch else [])
    return tuple(write(time, problem, context) for time in times)


RULE = Rule(
    code="VKD007",
    level="error",
    example=Example(
        bad=(
            "0 / Produktbeskrivelse / eksempel / data=F:ft70-person.csv; doc=P:ft70.md; form=csv; access=closed\n"
            "1 / Personer / - / Yrke / 19701101 / .\n"
        ),
        good=(
            "0 / Produktbeskrivelse / eksempel / data=F:ft70-person.csv; doc=P:ft70.md; form=csv; access=closed\n"
            "1 / Personer / Personreg.nov.70 / Yrke / 19701101 / .\n"
        ),
    ),
    message=_message,
    fixes=_fixes,
)
