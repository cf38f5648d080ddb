"""VKD204: aggregate without a stated population."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from vkd_catalog.languages import Texts
from vkd_grammar.problems import at_field
from vkd_grammar.sentences import groups
from vkd_grammar.syntax import NAME, Problem
from vkd_server.rules.rule import Context, Example, Rule

if TYPE_CHECKING:
    from vkd_catalog.coding import CodedSentence

_MESSAGE = Texts(
    "Tabellen sier ikke hvem tallene gjelder. Legg til en linje med et register.",
    "Tabellen säger inte vilka talen gäller. Lägg till en rad med ett register.",
    "Tabellen siger ikke, hvem tallene gælder. Tilføj en linje med et register.",
    "The table does not say whom its figures are about. Add a line with a register.",
)


def _check(context: Context) -> Iterator[Problem]:
    for group in groups(context.coded.sentences, lambda sentence: sentence.operator):
        aggregates = [sentence for sentence, _ in group if _is_aggregate(sentence, context)]
        classified = [sentence for sentence in aggregates if _kind(sentence, context) in ("classification", "class")]
        if classified and not any(_kind(sentence, context) in ("register", "any") for sentence in aggregates):
            first = classified[0].sentence
            yield at_field(first.row, first.fields[NAME], "VKD204")


def _is_aggregate(sentence: CodedSentence, context: Context) -> bool:
    object_type = context.catalogue.coder.concepts(sentence)[0]
    return object_type is not None and object_type.kind == "aggregate"


def _kind(sentence: CodedSentence, context: Context) -> str:
    """What a line's name is; `any` where it is left open or not known, which is no reason to object."""
    name = context.catalogue.coder.concepts(sentence)[1]
    return (name.kind if name else "") or "any"


def _message(_problem: Problem, context: Context) -> str:
    return context.say(_MESSAGE)


RULE = Rule(
    code="VKD204",
    title=Texts(
        "Aggregat uten oppgitt populasjon",
        "Aggregat utan angiven population",
        "Aggregat uden oplyst population",
        "Aggregate without a stated population",
    ),
    reason=Texts(
        "Et antall etter yrke er ikke det samme for de levende som for de døde.",
        "Ett antal efter yrke är inte detsamma för de levande som för de döda.",
        "Et antal efter erhverv er ikke det samme for de levende som for de døde.",
        "A count by occupation is not the same for the living as for the dead.",
    ),
    example=Example(
        bad=("0 / Etterspørselsbeskrivelse / bruker\n1 / Personaggregater / Yrke / Sum / 1965 / .\n"),
        good=(
            "0 / Etterspørselsbeskrivelse / bruker\n"
            "1 / Personaggregater / Yrke / Sum / 1965 / O\n"
            '2 / " / Døde / " / " / .\n'
        ),
    ),
    message=_message,
    check=_check,
)
