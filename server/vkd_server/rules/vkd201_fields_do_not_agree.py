"""VKD201: object type, name and characteristic do not agree."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from vkd_catalog.problems import FieldsDisagree
from vkd_grammar.syntax import OBJECT_TYPE, Problem
from vkd_server.rules.rule import Context, Example, Fix, Rule
from vkd_server.rules.shared.edits import spelled
from vkd_server.rules.shared.wording import CHARACTERISTIC_KINDS, NAME_KINDS, any_of

if TYPE_CHECKING:
    from vkd_catalog.vocabulary import Concept


def _message(problem: Problem, context: Context) -> str:
    vocabularies = context.catalogue.vocabularies
    facts = problem.of(FieldsDisagree)
    kinds = [context.say(f"name-kind.{kind}") for kind in facts.kinds if kind in NAME_KINDS]
    defined = [_word(vocabularies.object_types.coded(code), code, context) for code in facts.defined]
    form, had = facts.form, facts.had
    return context.say(
        f"VKD201.{facts.reason}",
        object_type=_word(_object_type(problem, context), "", context),
        name=_word(vocabularies.names.coded(facts.name), facts.name, context),
        characteristic=_word(vocabularies.characteristics.coded(facts.characteristic), "", context),
        form=context.say(f"form.{'-'.join(form)}") if all(form) else "",
        kinds=any_of(kinds, context.language) if kinds else "",
        had=context.say(f"name-kind.{had}") if had in NAME_KINDS else had,
        characteristic_had=context.say(f"characteristic-kind.{had}") if had in CHARACTERISTIC_KINDS else had,
        defined=any_of(defined, context.language) if defined else "",
    )


def _fixes(problem: Problem, context: Context) -> tuple[Fix, ...]:
    return tuple(_other_object_types(problem, context))


def _other_object_types(problem: Problem, context: Context) -> Iterator[Fix]:
    """Forms of the same unit type with which the line would agree."""
    from vkd_catalog.agreement import disagreements
    from vkd_catalog.coding import identification_in
    from vkd_server.rules.shared.edits import write

    object_type = _object_type(problem, context)
    sentence = next((had for had in context.coded.sentences if had.sentence.row == problem.row), None)
    field = sentence.sentence.fields[OBJECT_TYPE] if sentence else None
    if sentence is None or field is None or object_type is None or field.kind == "ditto":
        return
    _, name, characteristic = context.catalogue.coder.concepts(sentence)
    vocabulary = context.vocabulary("object-types")
    place = problem._replace(start=field.start, end=field.end)
    for other in vocabulary.of_unit(object_type.unit):
        if other.code == object_type.code:
            continue
        identification = identification_in(sentence.name)
        if not disagreements(
            other,
            name,
            characteristic,
            beside_classification=True,
            identification=identification,
            object_types=vocabulary,
        ):
            yield write(spelled(other, vocabulary, context.language), place, context)


def _object_type(problem: Problem, context: Context) -> Concept | None:
    return context.catalogue.vocabularies.object_types.coded(problem.of(FieldsDisagree).object_type)


def _word(concept: Concept | None, otherwise: str, context: Context) -> str:
    return context.quoted(concept.label(context.language) if concept else otherwise)


RULE = Rule(
    code="VKD201",
    level="error",
    example=Example(
        bad=("0 / Etterspørselsbeskrivelse / bruker\n1 / Personer / Yrkesklassifikasjon / Alder / 19701101 / .\n"),
        good=("0 / Etterspørselsbeskrivelse / bruker\n1 / Personer / Personreg.nov.70 / Alder / 19701101 / .\n"),
    ),
    message=_message,
    fixes=_fixes,
)
