"""VKD501: product uses a characteristic without definition."""

from collections.abc import Iterator

from vkd_grammar.syntax import Problem
from vkd_server.rules.rule import Context, Example, Rule
from vkd_server.rules.shared.characteristics import UsedCharacteristic, first_uses


def _check(context: Context) -> Iterator[Problem]:
    return first_uses("VKD501", context, lambda concept: not concept.definitions)


def _message(problem: Problem, context: Context) -> str:
    concept = context.catalogue.vocabularies.characteristics.concepts[problem.of(UsedCharacteristic).code]
    return context.say(
        "VKD501.message", characteristic=context.quoted(concept.label(context.language)), code=concept.code
    )


RULE = Rule(
    code="VKD501",
    level="warning",
    example=Example(
        bad=(
            "0 / Produktbeskrivelse / eksempel / data=F:ft70-person.csv; doc=P:ft70.md; form=csv; access=closed\n"
            "1 / Personer / Personreg.nov.70 / Alder / 19701101 / .\n"
        ),
        good=(
            "0 / Produktbeskrivelse / eksempel / data=F:ft70-person.csv; doc=P:ft70.md; form=csv; access=closed\n"
            "1 / Personer / Personreg.nov.70 / Yrke / 19701101 / .\n"
        ),
        beside=(
            (
                "vocabulary/characteristics.csv",
                "code,prefLabel@nb,kind,objectTypes,definition@nb\n"
                "K3,Alder,individual,A,\nK5,Yrke,individual,A,Hovedyrke på tellingsdagen\n",
            ),
        ),
    ),
    message=_message,
    check=_check,
)
