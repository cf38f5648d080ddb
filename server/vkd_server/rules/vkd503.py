"""VKD503: sensitive characteristic in a product with access=open."""

from collections.abc import Iterator

from vkd_catalog.languages import Texts
from vkd_grammar.syntax import Problem
from vkd_server.rules.characteristics import first_uses
from vkd_server.rules.rule import Context, Example, Rule

_MESSAGE = Texts(
    "{characteristic} er følsomt, men produktet har access=open. Skriv andre vilkår, eller ta kjennemerket ut.",
    "{characteristic} är känsligt, men produkten har access=open. Skriv andra villkor, eller ta bort kännetecknet.",
    "{characteristic} er følsomt, men produktet har access=open. Skriv andre vilkår, eller tag kendetegnet ud.",
    "{characteristic} is sensitive, but the product has access=open. State other conditions, or leave it out.",
)


def _check(context: Context) -> Iterator[Problem]:
    if context.coded.technical.access == "open":
        yield from first_uses("VKD503", context, lambda concept: concept.sensitive == "yes")


def _message(problem: Problem, context: Context) -> str:
    concept = context.catalogue.vocabularies.characteristics.concepts[str(problem.fact("characteristic"))]
    return context.say(_MESSAGE, characteristic=context.quoted(concept.label(context.language)))


RULE = Rule(
    code="VKD503",
    title=Texts(
        "Følsomt kjennemerke i et åpent produkt",
        "Känsligt kännetecken i en öppen produkt",
        "Følsomt kendetegn i et åbent produkt",
        "Sensitive characteristic in an open product",
    ),
    reason=Texts(
        "Det som er åpent, kan alle hente. Følsomme opplysninger skal ha vilkår.",
        "Det som är öppet kan alla hämta. Känsliga uppgifter ska ha villkor.",
        "Det, der er åbent, kan alle hente. Følsomme oplysninger skal have vilkår.",
        "What is open, anybody can fetch. Sensitive information must have conditions.",
    ),
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
