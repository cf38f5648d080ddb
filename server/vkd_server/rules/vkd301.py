"""VKD301: not a time specification, or no such date."""

from datetime import MAXYEAR, MINYEAR, date

from vkd_catalog.languages import Texts
from vkd_grammar.escapes import unescape
from vkd_grammar.syntax import Problem
from vkd_grammar.times import lacking
from vkd_server.rules.edits import nearest_words, write
from vkd_server.rules.meant_times import meant_times
from vkd_server.rules.rule import Context, Example, Fix, Rule

_MESSAGES = {
    "shape": Texts(
        "{word} er ingen tid. Skriv den som 19701101, 197011, 1970, 1970K4, 1970U05 eller 1960..1969.",
        "{word} är ingen tid. Skriv den som 19701101, 197011, 1970, 1970K4, 1970U05 eller 1960..1969.",
        "{word} er ingen tid. Skriv den som 19701101, 197011, 1970, 1970K4, 1970U05 eller 1960..1969.",
        "{word} is no time. Write it as 19701101, 197011, 1970, 1970Q4, 1970W05 or 1960..1969.",
    ),
    "date": Texts(
        "{word} finnes ikke i kalenderen. En dag skrives år, måned, dag: 19701101.",
        "{word} finns inte i kalendern. En dag skrivs år, månad, dag: 19701101.",
        "{word} findes ikke i kalenderen. En dag skrives år, måned, dag: 19701101.",
        "{word} is not in the calendar. A day is written year, month, day: 19701101.",
    ),
    "half": Texts(
        "{word} finnes ikke: et år har to halvår.",
        "{word} finns inte: ett år har två halvår.",
        "{word} findes ikke: et år har to halvår.",
        "{word} does not exist: a year has two halves.",
    ),
    "quarter": Texts(
        "{word} finnes ikke: et år har fire kvartaler.",
        "{word} finns inte: ett år har fyra kvartal.",
        "{word} findes ikke: et år har fire kvartaler.",
        "{word} does not exist: a year has four quarters.",
    ),
    "month": Texts(
        "{word} finnes ikke: et år har tolv måneder.",
        "{word} finns inte: ett år har tolv månader.",
        "{word} findes ikke: et år har tolv måneder.",
        "{word} does not exist: a year has twelve months.",
    ),
    "week": Texts(
        "{word} finnes ikke: {year} har ingen uke {number}, bare 1 til {last}.",
        "{word} finns inte: {year} har ingen vecka {number}, bara 1 till {last}.",
        "{word} findes ikke: {year} har ingen uge {number}, kun 1 til {last}.",
        "{word} does not exist: {year} has no week {number}, only 1 to {last}.",
    ),
}


def _message(problem: Problem, context: Context) -> str:
    word = unescape(str(problem.fact("word")))
    reason = str(problem.fact("reason"))
    part, number, year = (reason == "date" and lacking(word)) or (reason, 0, 0)
    return context.say(
        _MESSAGES[part], word=context.quoted(word), number=number, year=f"{year:04}", last=_weeks_in(year)
    )


def _weeks_in(year: int) -> int:
    """How many weeks a year has; the 28th of December always lies in the last (ISO 8601)."""
    return date(year, 12, 28).isocalendar().week if MINYEAR <= year < MAXYEAR else 52


def _fixes(problem: Problem, context: Context) -> tuple[Fix, ...]:
    times = meant_times(unescape(str(problem.fact("word"))))
    if not times:
        # The text may be a misspelt word that opens with digits, as some times do.
        problem = problem._replace(facts=(*problem.facts, ("vocabulary", "times")))
        times = [near.text for near in nearest_words(problem, context)]
    return tuple(write(time, problem, context) for time in times)


RULE = Rule(
    code="VKD301",
    title=Texts(
        "Ingen tid, eller en dato som ikke finnes",
        "Ingen tid, eller ett datum som inte finns",
        "Ingen tid, eller en dato, der ikke findes",
        "Not a time specification, or no such date",
    ),
    reason=Texts(
        "Tider sammenlignes dag for dag. En dato som ikke finnes, kan ikke sammenlignes med noe.",
        "Tider jämförs dag för dag. Ett datum som inte finns kan inte jämföras med något.",
        "Tider sammenlignes dag for dag. En dato, der ikke findes, kan ikke sammenlignes med noget.",
        "Times are compared day by day. A date that does not exist cannot be compared with anything.",
    ),
    example=Example(
        bad=("0 / Etterspørselsbeskrivelse / bruker\n1 / Personer / Personreg.nov.70 / Yrke / 19701131 / .\n"),
        good=("0 / Etterspørselsbeskrivelse / bruker\n1 / Personer / Personreg.nov.70 / Yrke / 19701130 / .\n"),
    ),
    message=_message,
    fixes=_fixes,
)
