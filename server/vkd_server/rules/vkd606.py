"""VKD606: vocabulary: concepts above each other in a circle of derivedFrom."""

from vkd_catalog.languages import Texts
from vkd_grammar.syntax import Problem
from vkd_server.rules.rule import Context, Example, Rule

_MESSAGE = Texts(
    "{code} er avledet av seg selv: {way}.",
    "{code} är härlett ur sig självt: {way}.",
    "{code} er afledt af sig selv: {way}.",
    "{code} is derived from itself: {way}.",
)


def _message(problem: Problem, context: Context) -> str:
    way = problem.fact("way")
    codes = way if isinstance(way, tuple) else ()
    return context.say(_MESSAGE, code=context.quoted(problem.fact("value")), way=" ← ".join(codes))


RULE = Rule(
    code="VKD606",
    title=Texts(
        "Ordliste: kjennemerke avledet av seg selv",
        "Ordlista: kännetecken härlett ur sig självt",
        "Ordliste: kendetegn afledt af sig selv",
        "Vocabulary: characteristic derived from itself",
    ),
    reason=Texts(
        "Det som bare kan regnes ut av seg selv, kan ikke regnes ut.",
        "Det som bara kan räknas ut ur sig självt kan inte räknas ut.",
        "Det, der kun kan regnes ud af sig selv, kan ikke regnes ud.",
        "What can be computed only from itself cannot be computed.",
    ),
    example=Example(
        bad=(
            "code,prefLabel@nb,derivedFrom,definition@nb\n"
            "K2,Fødselsdato,K3,Dagen personen ble født\n"
            "K3,Alder,K2,Fylte år\n"
        ),
        good=(
            "code,prefLabel@nb,derivedFrom,definition@nb\n"
            "K2,Fødselsdato,,Dagen personen ble født\n"
            "K3,Alder,K2,Fylte år\n"
        ),
        file="vocabulary/characteristics.csv",
    ),
    message=_message,
)
