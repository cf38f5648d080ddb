"""VKD502: product uses a characteristic whose sensitivity is not assessed."""

from collections.abc import Iterator

from vkd_grammar.syntax import Problem
from vkd_server.rules.rule import Context, Example, Fix, Rule
from vkd_server.rules.shared.characteristics import UsedCharacteristic, first_uses
from vkd_server.rules.shared.vocabulary_edits import set_cell


def _check(context: Context) -> Iterator[Problem]:
    return first_uses("VKD502", context, lambda concept: not concept.sensitive)


def _message(problem: Problem, context: Context) -> str:
    concept = context.catalogue.vocabularies.characteristics.concepts[problem.of(UsedCharacteristic).code]
    return context.say(
        "VKD502.message", characteristic=context.quoted(concept.label(context.language)), code=concept.code
    )


def _fixes(problem: Problem, context: Context) -> tuple[Fix, ...]:
    vocabularies = context.catalogue.vocabularies
    concept = vocabularies.characteristics.concepts[problem.of(UsedCharacteristic).code]
    file = next((file for file in vocabularies.files if file.path == concept.source), None)
    if file is None or "sensitive" not in file.columns:
        return ()
    edits = {value: set_cell(file, concept.row, "sensitive", value) for value in ("yes", "no")}
    return tuple(Fix(context.say("VKD502.assess", value=value), (edit,)) for value, edit in edits.items() if edit)


RULE = Rule(
    code="VKD502",
    level="off",
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
