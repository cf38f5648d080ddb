"""VKD503: sensitive characteristic in a product with access=open."""

from collections.abc import Iterator

from vkd_grammar.syntax import Problem
from vkd_server.rules.rule import Context, Example, Rule
from vkd_server.rules.shared.characteristics import UsedCharacteristic, first_uses


def _check(context: Context) -> Iterator[Problem]:
    if context.coded.technical.access == "open":
        yield from first_uses("VKD503", context, lambda concept: concept.sensitive == "yes")


def _message(problem: Problem, context: Context) -> str:
    concept = context.catalogue.vocabularies.characteristics.concepts[problem.of(UsedCharacteristic).code]
    return context.say("VKD503.message", characteristic=context.quoted(concept.label(context.language)))


RULE = Rule(
    code="VKD503",
    level="error",
    example=Example(
        bad=(
            "0 / Produktbeskrivelse / eksempel / data=F:ft70-person.csv; doc=P:ft70.md; form=csv; access=open\n"
            "1 / Personer / Personreg.nov.70 / Fødselsnummer / 19701101 / .\n"
        ),
        good=(
            "0 / Produktbeskrivelse / eksempel / data=F:ft70-person.csv; doc=P:ft70.md; form=csv; access=closed\n"
            "1 / Personer / Personreg.nov.70 / Fødselsnummer / 19701101 / .\n"
        ),
    ),
    message=_message,
    check=_check,
)
