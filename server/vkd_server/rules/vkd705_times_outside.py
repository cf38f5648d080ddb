"""VKD705: dates or periods in the data outside the stated time."""

from vkd_catalog.languages import counted
from vkd_catalog.problems import TimesOutside
from vkd_grammar.syntax import Problem
from vkd_server.rules.rule import Context, Example, Rule


def _message(problem: Problem, context: Context) -> str:
    facts = problem.of(TimesOutside)
    key = "VKD705.unread" if facts.unread else "VKD705.column" if facts.column else "VKD705.files"
    first, last = context.quoted(facts.first), context.quoted(facts.last)
    column = context.quoted(facts.column)
    return counted(key, facts.rows, context.language, column=column, first=first, last=last)


RULE = Rule(
    code="VKD705",
    level="warning",
    example=Example(
        bad=(
            "0 / Produktbeskrivelse / eksempel / data=archive/eksempel.csv; doc=P:ft70.md; form=csv; access=open\n"
            "1 / Personaggregater / Utdanningsklassifikasjon / Sum / 1970..1971:A / .\n"
        ),
        good=(
            "0 / Produktbeskrivelse / eksempel / data=archive/eksempel.csv; doc=P:ft70.md; form=csv; access=open\n"
            "1 / Personaggregater / Utdanningsklassifikasjon / Sum / 1969..1971:A / .\n"
        ),
        beside=(("archive/eksempel.csv", "Utdanning,År,Sum\n1,1969,19\n1,1970,60\n1,1971,25\n"),),
    ),
    message=_message,
)
