"""VKD302: interval ends before it starts."""

from vkd_catalog.languages import Texts
from vkd_grammar.syntax import Problem
from vkd_server.rules.edits import write
from vkd_server.rules.rule import Context, Example, Fix, Rule

_MESSAGE = Texts(
    "Tidsrommet {word} slutter før det begynner.",
    "Tidsperioden {word} slutar innan den börjar.",
    "Tidsrummet {word} slutter, før det begynder.",
    "The interval {word} ends before it starts.",
)


def _message(problem: Problem, context: Context) -> str:
    return context.say(_MESSAGE, word=context.quoted(problem.fact("word")))


def _fixes(problem: Problem, context: Context) -> tuple[Fix, ...]:
    start, _, end = str(problem.fact("word")).partition("..")
    return (write(f"{end.strip()}..{start.strip()}", problem, context),)


RULE = Rule(
    code="VKD302",
    title=Texts(
        "Tidsrom som slutter før det begynner",
        "Tidsperiod som slutar innan den börjar",
        "Tidsrum, der slutter, før det begynder",
        "Interval ends before it starts",
    ),
    reason=Texts(
        "Ingen dag ligger i et slikt tidsrom, så linjen ville ikke beskrive noe.",
        "Ingen dag ligger i en sådan tidsperiod, så raden skulle inte beskriva något.",
        "Ingen dag ligger i et sådant tidsrum, så linjen ville ikke beskrive noget.",
        "No day lies in such an interval, so the line would describe nothing.",
    ),
    example=Example(
        bad=("0 / Etterspørselsbeskrivelse / bruker\n1 / Personer / Personreg.nov.70 / Yrke / 1970..1960 / .\n"),
        good=("0 / Etterspørselsbeskrivelse / bruker\n1 / Personer / Personreg.nov.70 / Yrke / 1960..1970 / .\n"),
    ),
    message=_message,
    fixes=_fixes,
)
