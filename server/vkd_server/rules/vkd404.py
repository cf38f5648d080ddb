"""VKD404: identification used by another product."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, cast

from vkd_catalog.languages import Texts
from vkd_grammar.problems import at_field
from vkd_grammar.syntax import Problem
from vkd_server.rules.rule import Context, Example, Related, Rule

if TYPE_CHECKING:
    from vkd_catalog.catalogue import ProductPlace

_MESSAGE = Texts(
    "Identifikasjonen {word} er brukt av to produkter: {here} og {there}.",
    "Identifikationen {word} används av två produkter: {here} och {there}.",
    "Identifikationen {word} bruges af to produkter: {here} og {there}.",
    "The identification {word} is used by two products: {here} and {there}.",
)
_MORE = Texts(
    "Identifikasjonen {word} er brukt av {count} produkter, blant dem {here} og {there}.",
    "Identifikationen {word} används av {count} produkter, bland dem {here} och {there}.",
    "Identifikationen {word} bruges af {count} produkter, blandt dem {here} og {there}.",
    "The identification {word} is used by {count} products, among them {here} and {there}.",
)
"""Of many, each names the first, and the first the second: if each named all, their number would be squared."""

_THE_OTHER = Texts(
    "Det andre produktet {word}", "Den andra produkten {word}", "Det andet produkt {word}", "The other product {word}"
)


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
        _MESSAGE if count == 2 else _MORE,
        word=context.quoted(problem.fact("word")),
        count=count,
        here=f"{context.path}:{context.row + problem.row + 1}",
        there=f"{other.path}:{other.row + 1}",
    )


def _related(problem: Problem, context: Context) -> tuple[Related, ...]:
    said = context.say(_THE_OTHER, word=context.quoted(problem.fact("word")))
    other = _other(problem)
    return (Related(other.path, other.row, said),)


def _other(problem: Problem) -> ProductPlace:
    return cast("ProductPlace", problem.fact("other"))


RULE = Rule(
    code="VKD404",
    title=Texts(
        "Identifikasjon som et annet produkt har",
        "Identifikation som en annan produkt har",
        "Identifikation, som et andet produkt har",
        "Identification used by another product",
    ),
    reason=Texts(
        "Et svar nevner produkter ved identifikasjonen. Har to den samme, vet ingen hvilket som er ment.",
        "Ett svar nämner produkter vid identifikationen. Har två samma vet ingen vilken som avses.",
        "Et svar nævner produkter ved identifikationen. Har to den samme, ved ingen, hvilket der menes.",
        "Answers name products by their identification. Where two share it, nobody knows which is meant.",
    ),
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
