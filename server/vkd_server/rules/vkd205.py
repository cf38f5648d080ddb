"""VKD205: line says the same as another of its group."""

from __future__ import annotations

from collections.abc import Iterator

from vkd_catalog.languages import Texts
from vkd_grammar.sentences import groups
from vkd_grammar.syntax import OBJECT_TYPE, TIME, Problem
from vkd_server.rules.rule import Context, Example, Related, Rule

_MESSAGE = Texts(
    "Linje {line} sier det samme som linje {first}. I en tabell må det da finnes to setninger, én for hver.",
    "Rad {line} säger detsamma som rad {first}. I en tabell måste det då finnas två meningar, en för varje.",
    "Linje {line} siger det samme som linje {first}. I en tabel skal der da være to sætninger, én til hver.",
    "Line {line} says the same as line {first}. A table must then have two sentences, one for each.",
)
_FIRST = Texts(
    "Den første linjen som sier det",
    "Den första raden som säger det",
    "Den første linje, der siger det",
    "The first line that says it",
)


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
                facts = (("line", one.line), ("first", line), ("row", row))
                yield Problem("VKD205", one.sentence.row, fields[OBJECT_TYPE].start, fields[TIME].end, facts)


def _message(problem: Problem, context: Context) -> str:
    return context.say(_MESSAGE, line=problem.fact("line"), first=problem.fact("first"))


def _related(problem: Problem, context: Context) -> tuple[Related, ...]:
    row = problem.fact("row")
    return (Related(context.path, context.row + row, context.say(_FIRST)),) if isinstance(row, int) else ()


RULE = Rule(
    code="VKD205",
    title=Texts(
        "Linje som sier det samme som en annen i gruppen",
        "Rad som säger detsamma som en annan i gruppen",
        "Linje, der siger det samme som en anden i gruppen",
        "Line says the same as another of its group",
    ),
    reason=Texts(
        "Sagt to ganger er en linje oftest en glipp. Der den er ment, som fra og til yrke, må tabellen ha begge.",
        "Sagd två gånger är en rad oftast en miss. Där den är avsedd, som från och till yrke, måste tabellen ha båda.",
        "Sagt to gange er en linje oftest en fejl. Hvor den er ment, som fra og til erhverv, skal tabellen have begge.",
        "Said twice, a line is mostly a slip. Where it is meant, as from and to occupation, a table must have both.",
    ),
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
