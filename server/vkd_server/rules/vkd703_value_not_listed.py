"""VKD703: value in the data that neither the code list nor the classification has."""

from vkd_catalog.languages import counted
from vkd_catalog.problems import StrangeValues
from vkd_grammar.syntax import Problem
from vkd_server.rules.rule import Context, Example, Rule
from vkd_server.rules.shared.wording import all_of


def _message(problem: Problem, context: Context) -> str:
    facts = problem.of(StrangeValues)
    first = all_of([context.quoted(value) for value in facts.first], context.language)
    column = context.quoted(facts.column)
    return counted("VKD703.message", facts.rows, context.language, column=column, first=first, values=facts.values)


RULE = Rule(
    code="VKD703",
    level="error",
    example=Example(
        bad=(
            "0 / Produktbeskrivelse / eksempel / data=archive/eksempel.csv; doc=P:ft70.md; form=csv; access=closed\n"
            "1 / Personer / Personreg.nov.70 / Kjønn / 19701101 / .\n"
        ),
        good=(
            "0 / Produktbeskrivelse / eksempel / data=archive/whole.csv; doc=P:ft70.md; form=csv; access=closed\n"
            "1 / Personer / Personreg.nov.70 / Kjønn / 19701101 / .\n"
        ),
        beside=(("archive/eksempel.csv", "Kjønn\n1\n3\nM\n"), ("archive/whole.csv", "Kjønn\n1\n2\nMann\n")),
    ),
    message=_message,
)
