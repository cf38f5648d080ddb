"""VKD305: don't-care digits that look like a date with hyphens."""

from collections.abc import Iterator

from vkd_grammar.problems import at_field
from vkd_grammar.syntax import TIME, Problem
from vkd_server.rules.rule import Context, Example, Fix, Rule
from vkd_server.rules.shared.edits import write
from vkd_server.rules.shared.meant_times import dates_with_hyphens


def _check(context: Context) -> Iterator[Problem]:
    # In a product no digit may be left open at all, which VKD007 says.
    for sentence in context.coded.sentences if context.coded.kind != "product" else ():
        field = sentence.sentence.fields[TIME]
        if field.kind == "time" and "-" in field.text and dates_with_hyphens(field.text):
            yield at_field(sentence.sentence.row, field, "VKD305")


def _message(problem: Problem, context: Context) -> str:
    text = context.text_of(problem)
    return context.say("VKD305.message", text=context.quoted(text), day=dates_with_hyphens(text)[0])


def _fixes(problem: Problem, context: Context) -> tuple[Fix, ...]:
    return tuple(write(day, problem, context) for day in dates_with_hyphens(context.text_of(problem)))


RULE = Rule(
    code="VKD305",
    level="warning",
    example=Example(
        bad=("0 / Etterspørselsbeskrivelse / bruker\n1 / Personer / Personreg.nov.70 / Yrke / 1970-1-1 / .\n"),
        good=("0 / Etterspørselsbeskrivelse / bruker\n1 / Personer / Personreg.nov.70 / Yrke / 19700101 / .\n"),
        file="demands/eksempel.vkd",
    ),
    message=_message,
    fixes=_fixes,
    check=_check,
)
