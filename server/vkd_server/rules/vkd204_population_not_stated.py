"""VKD204: aggregate without a stated population."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from vkd_grammar.problems import at_field
from vkd_grammar.sentences import groups
from vkd_grammar.syntax import NAME, Problem
from vkd_server.rules.rule import Context, Example, Rule

if TYPE_CHECKING:
    from vkd_catalog.coding import CodedSentence


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
    """The kind of a line's name; `any` where the name is a don't-care or not known, which must not be reported."""
    name = context.catalogue.coder.concepts(sentence)[1]
    return (name.kind if name else "") or "any"


def _message(_problem: Problem, context: Context) -> str:
    return context.say("VKD204.message")


RULE = Rule(
    code="VKD204",
    level="off",
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
