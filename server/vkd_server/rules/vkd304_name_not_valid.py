"""VKD304: name not valid at that time."""

from collections.abc import Iterator
from typing import NamedTuple

from vkd_grammar.problems import at_field
from vkd_grammar.syntax import NAME, TIME, Problem
from vkd_grammar.times import Time, span, time_as_written
from vkd_server.rules.rule import Context, Example, Rule


class NameNotValid(NamedTuple):
    """The code of a name, when it is valid (first and last day as YYYYMMDD), and the time that the line states."""

    name: str
    valid: tuple[int, int]
    time: Time


def _check(context: Context) -> Iterator[Problem]:
    names = context.catalogue.vocabularies.names.concepts
    for sentence in context.coded.sentences:
        name = names.get(sentence.name or "")
        if name is None or sentence.time is None or name.is_valid_at(sentence.time):
            continue
        fields = sentence.sentence.fields
        repeated = fields[NAME].kind == fields[TIME].kind == "ditto"
        if not repeated:
            facts = NameNotValid(name.code, name.valid, sentence.time)
            yield at_field(sentence.sentence.row, fields[NAME], "VKD304", facts)


def _message(problem: Problem, context: Context) -> str:
    facts = problem.of(NameNotValid)
    name = context.catalogue.vocabularies.names.concepts[facts.name]
    return context.say(
        "VKD304.message",
        name=context.quoted(name.label(context.language)),
        valid=time_as_written(span(*facts.valid)),
        time=time_as_written(facts.time),
    )


RULE = Rule(
    code="VKD304",
    level="warning",
    tags=("deprecated",),
    example=Example(
        bad=("0 / Etterspørselsbeskrivelse / bruker\n1 / Personer / Personreg.nov.70 / Yrke / 19601101 / .\n"),
        good=("0 / Etterspørselsbeskrivelse / bruker\n1 / Personer / Personreg.nov.70 / Yrke / 19701101 / .\n"),
        file="demands/eksempel.vkd",
        beside=(
            (
                "vocabulary/names.csv",
                "code,prefLabel@nb,kind,objectTypes,validFrom,validTo\nP,Personreg.nov.70,register,A,19701101,\n"
                "Y,Yrkesklassifikasjon,classification,A,,\nN,Næringsklassifikasjon,classification,,,\n"
                "U,Utdanningsklassifikasjon,classification,A,,\nL,Aldersklassifikasjon,classification,A,,\n",
            ),
        ),
    ),
    message=_message,
    check=_check,
)
