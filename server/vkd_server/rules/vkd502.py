"""VKD502: product uses a characteristic whose sensitivity is not assessed."""

from collections.abc import Iterator

from vkd_catalog.languages import Texts
from vkd_grammar.syntax import Problem
from vkd_server.rules.characteristics import first_uses
from vkd_server.rules.rule import Context, Example, Fix, Rule
from vkd_server.rules.vocabulary_edits import set_cell

_MESSAGE = Texts(
    "Det er ikke vurdert om {characteristic} [{code}] er følsomt. Skriv yes eller no i kolonnen sensitive.",
    "Det är inte bedömt om {characteristic} [{code}] är känsligt. Skriv yes eller no i kolumnen sensitive.",
    "Det er ikke vurderet, om {characteristic} [{code}] er følsomt. Skriv yes eller no i kolonnen sensitive.",
    "Nobody has assessed whether {characteristic} [{code}] is sensitive. Write yes or no in the column sensitive.",
)
_ASSESS = Texts(
    "Skriv sensitive={value} i ordlisten",
    "Skriv sensitive={value} i ordlistan",
    "Skriv sensitive={value} i ordlisten",
    "Write sensitive={value} in the vocabulary",
)


def _check(context: Context) -> Iterator[Problem]:
    return first_uses("VKD502", context, lambda concept: not concept.sensitive)


def _message(problem: Problem, context: Context) -> str:
    concept = context.catalogue.vocabularies.characteristics.concepts[str(problem.fact("characteristic"))]
    return context.say(_MESSAGE, characteristic=context.quoted(concept.label(context.language)), code=concept.code)


def _fixes(problem: Problem, context: Context) -> tuple[Fix, ...]:
    vocabularies = context.catalogue.vocabularies
    concept = vocabularies.characteristics.concepts[str(problem.fact("characteristic"))]
    file = next((file for file in vocabularies.files if file.path == concept.source), None)
    if file is None or "sensitive" not in file.columns:
        return ()
    edits = {value: set_cell(file, concept.row, "sensitive", value) for value in ("yes", "no")}
    return tuple(Fix(context.say(_ASSESS, value=value), (edit,)) for value, edit in edits.items() if edit)


RULE = Rule(
    code="VKD502",
    title=Texts(
        "Produkt med et kjennemerke der følsomheten ikke er vurdert",
        "Produkt med ett kännetecken vars känslighet inte är bedömd",
        "Produkt med et kendetegn, hvis følsomhed ikke er vurderet",
        "Product uses a characteristic whose sensitivity is not assessed",
    ),
    reason=Texts(
        "Den som deler data, må vite hva som er følsomt. Det ingen har vurdert, kan være det.",
        "Den som delar data måste veta vad som är känsligt. Det ingen har bedömt kan vara det.",
        "Den, der deler data, skal vide, hvad der er følsomt. Det, ingen har vurderet, kan være det.",
        "Those who share data must know what is sensitive. What nobody assessed may be.",
    ),
    example=Example(
        bad=(
            "0 / Produktbeskrivelse / eksempel / data=F:ft70-person.csv; doc=P:ft70.md; form=csv; access=closed\n"
            "1 / Personer / Personreg.nov.70 / Inntekt / 19701101 / .\n"
        ),
        good=(
            "0 / Produktbeskrivelse / eksempel / data=F:ft70-person.csv; doc=P:ft70.md; form=csv; access=closed\n"
            "1 / Personer / Personreg.nov.70 / Yrke / 19701101 / .\n"
        ),
    ),
    message=_message,
    fixes=_fixes,
    check=_check,
)
