"""VKD303: point time for an accumulated characteristic in a product."""

from collections.abc import Iterator
from typing import NamedTuple

from vkd_grammar.problems import at_field
from vkd_grammar.syntax import CHARACTERISTIC, TIME, Problem
from vkd_grammar.times import Span
from vkd_server.rules.rule import Context, Example, Rule


class PointTime(NamedTuple):
    """The code of an accumulated characteristic, and the day that it is stated for, as YYYYMMDD."""

    characteristic: str
    day: int


def _check(context: Context) -> Iterator[Problem]:
    if context.coded.kind != "product":
        return
    concepts = context.catalogue.vocabularies.characteristics.concepts
    for sentence in context.coded.sentences:
        characteristic = concepts.get(sentence.characteristic or "")
        if characteristic is None or characteristic.temporality != "accumulated":
            continue
        fields = sentence.sentence.fields
        repeated = fields[CHARACTERISTIC].kind == fields[TIME].kind == "ditto"
        if isinstance(sentence.time, Span) and sentence.time.is_point and not repeated:
            facts = PointTime(characteristic.code, sentence.time.start)
            yield at_field(sentence.sentence.row, fields[TIME], "VKD303", facts)


def _message(problem: Problem, context: Context) -> str:
    facts = problem.of(PointTime)
    concept = context.catalogue.vocabularies.characteristics.concepts[facts.characteristic]
    characteristic = context.quoted(concept.label(context.language))
    return context.say("VKD303.message", characteristic=characteristic, time=facts.day)


RULE = Rule(
    code="VKD303",
    level="warning",
    example=Example(
        bad=(
            "0 / Produktbeskrivelse / eksempel / data=F:ft70-tabell.csv; doc=P:ft70.md; form=csv; access=restricted\n"
            "1 / Bedrifter / Industri / Omsetning / 19701231 / .\n"
        ),
        good=(
            "0 / Produktbeskrivelse / eksempel / data=F:ft70-tabell.csv; doc=P:ft70.md; form=csv; access=restricted\n"
            "1 / Bedrifter / Industri / Omsetning / 1970 / .\n"
        ),
    ),
    message=_message,
    check=_check,
)
