"""VKD205: line says the same as another of its group."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from vkd_grammar.sentences import groups
from vkd_grammar.syntax import OBJECT_TYPE, TIME, Problem
from vkd_server.rules.rule import Context, Example, Related, Rule


class RepeatedLine(NamedTuple):
    """A line and the first that says the same, by their places among the lines; `row` is where the first stands.

    `is_table` says that they ask for a table, which aggregates do.
    """

    line: int
    first: int
    row: int
    is_table: bool


def _check(context: Context) -> Iterator[Problem]:
    if context.coded.kind != "demand":
        return
    for group in groups(context.coded.sentences, lambda sentence: sentence.operator):
        first: dict[object, tuple[int, int]] = {}
        for one, _ in group:
            if not one.complete:
                continue
            said = (one.object_type, one.name, one.characteristic, one.time)
            line, row = first.setdefault(said, (one.line, one.sentence.row))
            if line != one.line:
                fields = one.sentence.fields
                object_type, _, characteristic = context.catalogue.coder.concepts(one)
                is_table = any(had and had.kind == "aggregate" for had in (object_type, characteristic))
                facts = RepeatedLine(one.line, line, row, is_table)
                yield Problem("VKD205", one.sentence.row, fields[OBJECT_TYPE].start, fields[TIME].end, facts)


def _message(problem: Problem, context: Context) -> str:
    facts = problem.of(RepeatedLine)
    return context.say("VKD205.table" if facts.is_table else "VKD205.message", line=facts.line, first=facts.first)


def _related(problem: Problem, context: Context) -> tuple[Related, ...]:
    row = context.row + problem.of(RepeatedLine).row
    return (Related(context.path, row, context.say("VKD205.first")),)


RULE = Rule(
    code="VKD205",
    level="warning",
    example=Example(
        bad=(
            "0 / Etterspørselsbeskrivelse / bruker\n"
            "1 / Personer / Personreg.nov.70 / Yrke / 19701101 / O\n"
            "2 / Personer / Personreg.nov.70 / Yrke / 19701101 / .\n"
        ),
        good=(
            "0 / Etterspørselsbeskrivelse / bruker\n"
            "1 / Personer / Personreg.nov.70 / Yrke    / 19701101 / O\n"
            "2 / Personer / Personreg.nov.70 / Inntekt / 19701101 / .\n"
        ),
        file="demands/eksempel.vkd",
    ),
    message=_message,
    check=_check,
    related=_related,
)
