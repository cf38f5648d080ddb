"""VKD702: column of the data that no sentence describes."""

from vkd_catalog.languages import counted
from vkd_catalog.problems import UndescribedColumns
from vkd_grammar.syntax import Problem
from vkd_server.rules.rule import Context, Example, Rule
from vkd_server.rules.shared.wording import all_of


def _message(problem: Problem, context: Context) -> str:
    facts = problem.of(UndescribedColumns)
    named = [context.quoted(column) if column else context.say("VKD702.nameless") for column in facts.columns]
    columns = all_of(named, context.language)
    return counted("VKD702.message", len(named), context.language, columns=columns, file=context.quoted(facts.file))


RULE = Rule(
    code="VKD702",
    level="warning",
    example=Example(
        bad=(
            "0 / Produktbeskrivelse / eksempel / data=archive/eksempel.csv; doc=P:ft70.md; form=csv; access=closed\n"
            "1 / Personer / Personreg.nov.70 / Inntekt / 19701101 / .\n"
        ),
        good=(
            "0 / Produktbeskrivelse / eksempel / data=archive/eksempel.csv; doc=P:ft70.md; form=csv; access=closed\n"
            "1 / Personer / Personreg.nov.70 / Inntekt / 19701101 / O\n"
            '2 / "        / "                / Kjønn   / "        / .\n'
        ),
        beside=(("archive/eksempel.csv", "Inntekt,Kjønn\n52000,1\n63000,2\n"),),
    ),
    message=_message,
)
