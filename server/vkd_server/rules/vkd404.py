"""VKD404: identification used by another product."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, cast

from vkd_grammar.problems import at_field
from vkd_grammar.syntax import Problem
from vkd_server.rules.rule import Context, Example, Related, Rule

if TYPE_CHECKING:
    from vkd_catalog.catalogue import ProductPlace


def _check(context: Context) -> Iterator[Problem]:
    header = context.coded.description.header
    if header is None or context.coded.kind != "product" or not context.coded.identification:
        return
    here = (context.path, context.row + header.row)
    count, first = context.namesakes(context.coded.identification)
    other = next((place for place in first if (place.path, place.row) != here), None)
    if other is not None:
        facts = (("word", context.coded.identification), ("count", count), ("other", other))
        yield at_field(header.row, header.fields[2], "VKD404", *facts)


def _message(problem: Problem, context: Context) -> str:
    count, other = problem.fact("count"), _other(problem)
    return context.say(
        "VKD404.message" if count == 2 else "VKD404.more",
        word=context.quoted(problem.fact("word")),
        count=count,
        here=f"{context.path}:{context.row + problem.row + 1}",
        there=f"{other.path}:{other.row + 1}",
    )


def _related(problem: Problem, context: Context) -> tuple[Related, ...]:
    said = context.say("VKD404.the-other", word=context.quoted(problem.fact("word")))
    other = _other(problem)
    return (Related(other.path, other.row, said),)


def _other(problem: Problem) -> ProductPlace:
    return cast("ProductPlace", problem.fact("other"))


RULE = Rule(
    code="VKD404",
    example=Example(
        bad=(
            "0 / Produktbeskrivelse / ft70-person / data=F:ft70-person.csv; doc=P:ft70.md; form=csv; access=closed\n"
            "1 / Personer / Personreg.nov.70 / Yrke / 19701101 / .\n"
        ),
        good=(
            "0 / Produktbeskrivelse / ft70-kopi / data=F:ft70-person.csv; doc=P:ft70.md; form=csv; access=closed\n"
            "1 / Personer / Personreg.nov.70 / Yrke / 19701101 / .\n"
        ),
    ),
    message=_message,
    check=_check,
    beside=True,
    related=_related,
)
