"""VKD501: product uses a characteristic without definition."""

from collections.abc import Iterator

from vkd_catalog.languages import Texts
from vkd_grammar.syntax import Problem
from vkd_server.rules.characteristics import first_uses
from vkd_server.rules.rule import Context, Example, Rule

_MESSAGE = Texts(
    "{characteristic} [{code}] har ingen definisjon. Skriv en i ordlisten over kjennemerker.",
    "{characteristic} [{code}] har ingen definition. Skriv en i ordlistan över kännetecken.",
    "{characteristic} [{code}] har ingen definition. Skriv en i ordlisten over kendetegn.",
    "{characteristic} [{code}] has no definition. Write one in the vocabulary of characteristics.",
)


def _check(context: Context) -> Iterator[Problem]:
    return first_uses("VKD501", context, lambda concept: not concept.definitions)


def _message(problem: Problem, context: Context) -> str:
    concept = context.catalogue.vocabularies.characteristics.concepts[str(problem.fact("characteristic"))]
    return context.say(_MESSAGE, characteristic=context.quoted(concept.label(context.language)), code=concept.code)


RULE = Rule(
    code="VKD501",
    title=Texts(
        "Produkt med et kjennemerke uten definisjon",
        "Produkt med ett kännetecken utan definition",
        "Produkt med et kendetegn uden definition",
        "Product uses a characteristic without definition",
    ),
    reason=Texts(
        "Uten definisjon kan ingen vite om dataene svarer på det de spør om.",
        "Utan definition kan ingen veta om data svarar på det de frågar om.",
        "Uden definition kan ingen vide, om dataene svarer på det, de spørger om.",
        "Without a definition nobody can know whether the data answer what they ask.",
    ),
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
