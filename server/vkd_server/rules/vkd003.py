"""VKD003: line numbers do not run 0, 1, 2 …"""

from collections.abc import Iterator

from vkd_catalog.languages import Texts
from vkd_grammar.syntax import NUMBER, Field, Problem
from vkd_server.rules.rule import Context, Example, Fix, Rule, TextEdit

_MESSAGE = Texts(
    "Linjenummeret er {text}, men linjene nummereres fra 0, og denne er nummer {expected}.",
    "Radnumret är {text}, men raderna numreras från 0, och denna är nummer {expected}.",
    "Linjenummeret er {text}, men linjerne nummereres fra 0, og denne er nummer {expected}.",
    "The line number is {text}, but lines are numbered from 0, and this is number {expected}.",
)
_RENUMBER = Texts("Nummerer linjene på nytt", "Numrera om raderna", "Nummerer linjerne på ny", "Renumber the lines")


def _message(problem: Problem, context: Context) -> str:
    return context.say(_MESSAGE, text=context.quoted(problem.fact("text")), expected=problem.fact("expected"))


def _fixes(_problem: Problem, context: Context) -> tuple[Fix, ...]:
    edits = tuple(_renumbered(context))
    return (Fix(context.say(_RENUMBER), edits, safe=True),) if edits else ()


def _renumbered(context: Context) -> Iterator[TextEdit]:
    """An edit for each number that is off. What stands in a number's place and is none is left for its author."""
    description = context.coded.description
    if description.header:
        yield from _number(description.header.row, description.header.fields[NUMBER], 0, context)
    for expected, sentence in enumerate(description.sentences, start=1):
        yield from _number(sentence.row, sentence.fields[NUMBER], expected, context)


def _number(row: int, field: Field, expected: int, context: Context) -> Iterator[TextEdit]:
    if field.text.isdecimal() and field.text != str(expected):
        yield context.edit(row, field.start, field.end, str(expected))


RULE = Rule(
    code="VKD003",
    title=Texts(
        "Linjenumrene løper ikke 0, 1, 2 …",
        "Radnumren löper inte 0, 1, 2 …",
        "Linjenumrene løber ikke 0, 1, 2 …",
        "Line numbers do not run 0, 1, 2 …",
    ),
    reason=Texts(
        "Svar og feilmeldinger viser til linjer ved nummer. Et hopp kan også bety at en linje er falt ut.",
        "Svar och felmeddelanden hänvisar till rader med nummer. Ett hopp kan också betyda att en rad har fallit bort.",
        "Svar og fejlmeddelelser henviser til linjer ved nummer. Et spring kan også betyde, at en linje er faldet ud.",
        "Answers and messages refer to lines by number. A gap may also mean that a line was lost.",
    ),
    example=Example(
        bad=(
            "0 / Etterspørselsbeskrivelse / bruker\n"
            "1 / Personer / Personreg.nov.70 / Yrke / 19701101 / O\n"
            '3 / " / " / Alder / " / .\n'
        ),
        good=(
            "0 / Etterspørselsbeskrivelse / bruker\n"
            "1 / Personer / Personreg.nov.70 / Yrke / 19701101 / O\n"
            '2 / " / " / Alder / " / .\n'
        ),
    ),
    message=_message,
    fixes=_fixes,
)
