"""VKD404: identification used by another product."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple

from vkd_grammar.problems import at_field
from vkd_grammar.syntax import Problem
from vkd_server.rules.rule import Context, Example, Related, Rule

if TYPE_CHECKING:
    from vkd_catalog.catalogue import ProductPlace


class SharedIdentification(NamedTuple):
    """An identification, how many products have it, and one that is not this one."""

    identification: str
    total: int
    other: ProductPlace


def _check(context: Context) -> Iterator[Problem]:
    header = context.coded.description.header
    if header is None or context.coded.kind != "product" or not context.coded.identification:
        return
    here = (context.path, context.row + header.row)
    total, first = context.namesakes(context.coded.identification)
    other = next((place for place in first if (place.path, place.row) != here), None)
    if other is not None:
        facts = SharedIdentification(context.coded.identification, total, other)
        yield at_field(header.row, header.fields[2], "VKD404", facts)


def _message(problem: Problem, context: Context) -> str:
    identification, total, other = problem.of(SharedIdentification)
    return context.say(
        "VKD404.message" if total == 2 else "VKD404.more",
        word=context.quoted(identification),
        count=total,
        here=f"{context.path}:{context.row + problem.row + 1}",
        there=f"{other.path}:{other.row + 1}",
    )


def _related(problem: Problem, context: Context) -> tuple[Related, ...]:
    identification, _, other = problem.of(SharedIdentification)
    said = context.say("VKD404.the-other", word=context.quoted(identification))
    return (Related(other.path, other.row, said),)


RULE = Rule(
    code="VKD404",
    level="error",
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
