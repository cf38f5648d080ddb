"""VKD003: line numbers do not run 0, 1, 2 …"""

from vkd_catalog.languages import Texts
from vkd_grammar.syntax import Problem
from vkd_server.rules.edits import RENUMBER, renumbered, write
from vkd_server.rules.rule import Context, Example, Fix, Rule

_MESSAGE = Texts(
    "Linjenummeret er {text}, men linjene nummereres fra 0, og denne er nummer {expected}.",
    "Radnumret är {text}, men raderna numreras från 0, och denna är nummer {expected}.",
    "Linjenummeret er {text}, men linjerne nummereres fra 0, og denne er nummer {expected}.",
    "The line number is {text}, but lines are numbered from 0, and this is number {expected}.",
)


def _message(problem: Problem, context: Context) -> str:
    return context.say(_MESSAGE, text=context.quoted(problem.fact("text")), expected=problem.fact("expected"))


def _fixes(problem: Problem, context: Context) -> tuple[Fix, ...]:
    if not str(problem.fact("text")).isdecimal():
        return (write(str(problem.fact("expected")), problem, context),)
    return (Fix(context.say(RENUMBER), tuple(renumbered(context)), safe=True),)


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
