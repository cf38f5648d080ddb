"""VKD301: not a time specification, or no such date."""

import re
from collections.abc import Iterator

from vkd_grammar.syntax import Problem
from vkd_grammar.times import Period, read_time
from vkd_server.rules.edits import settled, write
from vkd_server.rules.rule import Context, Example, Fix, Rule
from vkd_server.rules.wording import Texts

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
_LIKE_DIGITS = str.maketrans("OoIl", "0011")
_DAY_FIRST = re.compile(r"(\d{1,2})\D?(\d{1,2})\D?(\d{4})")
_YEAR_FIRST = re.compile(r"(\d{4})\D?(\d{1,2})\D?(\d{1,2})")
_YEARS = re.compile(r"(\d\d)(\d\d)\s*[-–—]\s*(?:\1)?(\d\d)")
_DECADE = re.compile(r"(\d{3})0\W*(?:tallet|talet|årene|erne|s)", re.IGNORECASE)
_ADVERSE = re.compile(r"([KQUWHM]\d{1,2})\W*(\d{4})", re.IGNORECASE)


def _message(problem: Problem, context: Context) -> str:
    return context.say(_MESSAGES[str(problem.fact("reason"))], word=context.quoted(problem.fact("word")))


def _fixes(problem: Problem, context: Context) -> tuple[Fix, ...]:
    word = str(problem.fact("word"))
    times = [*dict.fromkeys(time for time in _meant(word) if isinstance(read_time(time), Period))]
    if not times and context.catalogue.vocabularies.times.concepts:
        vocabulary = context.catalogue.vocabularies.times
        near = context.catalogue.suggester("times").nearest(word)
        times = [settled(had, concept, vocabulary) for had, concept in near]
    return tuple(write(time, problem, context) for time in times)


def _meant(text: str) -> Iterator[str]:
    """What a text may have been meant as, right or wrong, the likeliest first."""
    if ".." in text:
        left, right = text.split("..", 1)
        yield from (f"{a}..{b}" for a in (left, *_meant_by_side(left)) for b in (right, *_meant_by_side(right)))
    elif match := _YEARS.fullmatch(text):
        yield f"{match[1]}{match[2]}..{match[1]}{match[3]}"
    elif match := _DECADE.fullmatch(text):
        yield f"{match[1]}0..{match[1]}9"
    yield from _meant_by_side(text)


def _meant_by_side(text: str) -> Iterator[str]:
    text = text.strip()
    if 0 < len(text) <= 40:
        yield text.translate(_LIKE_DIGITS)
        yield re.sub(r"[\s.:-]+", "", text)
        if match := _ADVERSE.fullmatch(text):
            yield match[2] + match[1]
        if match := _DAY_FIRST.fullmatch(text):
            yield f"{match[3]}{match[2]:>02}{match[1]:>02}"
        if match := _YEAR_FIRST.fullmatch(text):
            yield f"{match[1]}{match[2]:>02}{match[3]:>02}"
            yield f"{match[1]}{match[3]:>02}{match[2]:>02}"
            yield from (f"{match[1]}{match[2]:>02}{day}" for day in (30, 29, 28) if int(match[3]) > day)


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
