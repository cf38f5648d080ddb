"""VKD704: unit-id that is missing in the data, or not unique where the object type is its unit."""

from vkd_catalog.languages import counted
from vkd_catalog.problems import FaultyUnitIds
from vkd_grammar.syntax import Problem
from vkd_server.rules.rule import Context, Example, Rule


def _message(problem: Problem, context: Context) -> str:
    facts = problem.of(FaultyUnitIds)
    words = " + ".join(map(context.quoted, facts.words))
    if facts.reason == "column":
        return context.say("VKD704.column", words=words, file=context.quoted(facts.file))
    if facts.reason == "absent":
        return counted("VKD704.absent", facts.rows, context.language, words=words)
    return context.say("VKD704.repeated", words=words, count=facts.rows)


RULE = Rule(
    code="VKD704",
    level="error",
    example=Example(
        bad=(
            "0 / Produktbeskrivelse / eksempel / data=archive/eksempel.csv; doc=P:ft70.md; form=csv; access=closed\n"
            "    ; unit-id=Fødselsnummer\n"
            "1 / Personer / Personreg.nov.70 / Inntekt / 19701101 / .\n"
        ),
        good=(
            "0 / Produktbeskrivelse / eksempel / data=archive/whole.csv; doc=P:ft70.md; form=csv; access=closed\n"
            "    ; unit-id=Fødselsnummer\n"
            "1 / Personer / Personreg.nov.70 / Inntekt / 19701101 / .\n"
        ),
        beside=(
            ("archive/eksempel.csv", "Fødselsnummer,Inntekt\nP1,52000\nP1,63000\n"),
            ("archive/whole.csv", "Fødselsnummer,Inntekt\nP1,52000\nP2,63000\n"),
        ),
    ),
    message=_message,
)
