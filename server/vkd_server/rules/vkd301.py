"""VKD301: not a time specification, or no such date."""

from vkd_catalog.languages import Texts
from vkd_grammar.syntax import Problem
from vkd_server.rules.edits import settled, write
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
}


def _message(problem: Problem, context: Context) -> str:
    return context.say(_MESSAGES[str(problem.fact("reason"))], word=context.quoted(problem.fact("word")))


def _fixes(problem: Problem, context: Context) -> tuple[Fix, ...]:
    word = str(problem.fact("word"))
    times = meant_times(word)
    if not times and context.catalogue.vocabularies.times.concepts:
        vocabulary = context.catalogue.vocabularies.times
        near = context.catalogue.suggester("times").nearest(word)
        times = [settled(had, concept, vocabulary) for had, concept in near]
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
