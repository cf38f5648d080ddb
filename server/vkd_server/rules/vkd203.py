"""VKD203: characteristic not defined for this object type."""

from vkd_catalog.languages import Texts
from vkd_grammar.syntax import Problem
from vkd_server.rules.rule import Context, Example, Rule
from vkd_server.rules.wording import all_of

_MESSAGE = Texts(
    "{characteristic} er ikke definert for {object_type}. Det er definert for {defined}.",
    "{characteristic} är inte definierat för {object_type}. Det är definierat för {defined}.",
    "{characteristic} er ikke defineret for {object_type}. Det er defineret for {defined}.",
    "{characteristic} is not defined for {object_type}. It is defined for {defined}.",
)


def _message(problem: Problem, context: Context) -> str:
    vocabularies = context.catalogue.vocabularies
    codes = problem.fact("defined")
    defined = [vocabularies.object_types.coded(code) or code for code in codes] if isinstance(codes, tuple) else []
    words = [had if isinstance(had, str) else had.label(context.language) for had in defined]
    characteristic = vocabularies.characteristics.concepts[str(problem.fact("characteristic"))]
    object_type = vocabularies.object_types.concepts[str(problem.fact("object-type"))]
    return context.say(
        _MESSAGE,
        characteristic=context.quoted(characteristic.label(context.language)),
        object_type=context.quoted(object_type.label(context.language)),
        defined=all_of([context.quoted(word) for word in words], context.language),
    )


RULE = Rule(
    code="VKD203",
    title=Texts(
        "Kjennemerke som ikke er definert for objekttypen",
        "Kännetecken som inte är definierat för objekttypen",
        "Kendetegn, der ikke er defineret for objekttypen",
        "Characteristic not defined for this object type",
    ),
    reason=Texts(
        "Et kjennemerke er definert for bestemte enheter. For andre enheter betyr det ingenting.",
        "Ett kännetecken är definierat för vissa enheter. För andra enheter betyder det ingenting.",
        "Et kendetegn er defineret for bestemte enheder. For andre enheder betyder det ingenting.",
        "A characteristic is defined for certain units. For others it means nothing.",
    ),
    example=Example(
        bad=("0 / Etterspørselsbeskrivelse / bruker\n1 / Bedrifter / Industri / Alder / 19701101 / .\n"),
        good=("0 / Etterspørselsbeskrivelse / bruker\n1 / Bedrifter / Industri / Næring / 19701101 / .\n"),
    ),
    message=_message,
)
