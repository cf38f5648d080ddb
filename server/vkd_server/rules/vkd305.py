"""VKD305: don't-care digits that look like a date with hyphens."""

from collections.abc import Iterator

from vkd_catalog.languages import Texts
from vkd_grammar.problems import at_field
from vkd_grammar.syntax import TIME, Problem
from vkd_server.rules.edits import write
from vkd_server.rules.meant_times import dates_with_hyphens
from vkd_server.rules.rule import Context, Example, Fix, Rule

_MESSAGE = Texts(
    "{text} leses som åtte sifre der - står for et hvilket som helst siffer. Mener du datoen, skriv {day}.",
    "{text} läses som åtta siffror där - står för vilken siffra som helst. Om du menar datumet, skriv {day}.",
    "{text} læses som otte cifre, hvor - står for et vilkårligt ciffer. Hvis du mener datoen, så skriv {day}.",
    "{text} is read as eight digits in which - stands for any digit. If you mean the date, write {day}.",
)


def _check(context: Context) -> Iterator[Problem]:
    # In a product no digit may be left open at all, which VKD007 says.
    for sentence in context.coded.sentences if context.coded.kind != "product" else ():
        field = sentence.sentence.fields[TIME]
        if field.kind == "time" and "-" in field.text and dates_with_hyphens(field.text):
            yield at_field(sentence.sentence.row, field, "VKD305")


def _message(problem: Problem, context: Context) -> str:
    text = context.text_of(problem)
    return context.say(_MESSAGE, text=context.quoted(text), day=dates_with_hyphens(text)[0])


def _fixes(problem: Problem, context: Context) -> tuple[Fix, ...]:
    return tuple(write(day, problem, context) for day in dates_with_hyphens(context.text_of(problem)))


RULE = Rule(
    code="VKD305",
    title=Texts(
        "Tid med åpne sifre som ser ut som en dato",
        "Tid med öppna siffror som ser ut som ett datum",
        "Tid med åbne cifre, der ligner en dato",
        "Don't-care digits that look like a date with hyphens",
    ),
    reason=Texts(
        "En bindestrek blant sifrene står for hvilket som helst siffer. 1970-1-1 er åtte dager i januar og november.",
        "Ett bindestreck bland siffror är vilken siffra som helst. 1970-1-1 är åtta dagar i januari och november.",
        "En bindestreg blandt cifrene står for et vilkårligt ciffer. 1970-1-1 er otte dage i januar og november.",
        "A hyphen among the digits stands for any digit. 1970-1-1 is eight days of January and November.",
    ),
    example=Example(
        bad=("0 / Etterspørselsbeskrivelse / bruker\n1 / Personer / Personreg.nov.70 / Yrke / 1970-1-1 / .\n"),
        good=("0 / Etterspørselsbeskrivelse / bruker\n1 / Personer / Personreg.nov.70 / Yrke / 19700101 / .\n"),
        file="demands/eksempel.vkd",
    ),
    message=_message,
    fixes=_fixes,
    check=_check,
)
