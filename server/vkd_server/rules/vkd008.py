"""VKD008: empty field."""

from vkd_catalog.languages import Texts
from vkd_grammar.syntax import NUMBER, Problem
from vkd_server.rules.edits import write
from vkd_server.rules.rule import Context, Example, Fix, Rule
from vkd_server.rules.wording import FIELDS

_MESSAGE = Texts(
    "Feltet for {field} er tomt.",
    "Fältet för {field} är tomt.",
    "Feltet for {field} er tomt.",
    "The field for {field} is empty.",
)
_DEMAND = Texts(
    "Feltet for {field} er tomt. Skriv - for «hva som helst».",
    "Fältet för {field} är tomt. Skriv - för ”vad som helst”.",
    "Feltet for {field} er tomt. Skriv - for »hvad som helst«.",
    "The field for {field} is empty. Write - for “anything”.",
)
_HEADER_FIELDS = {
    "type": Texts("type", "typ", "type", "type"),
    "identification": Texts("identifikasjon", "identifikation", "identifikation", "identification"),
}


def _message(problem: Problem, context: Context) -> str:
    place = problem.fact("field")
    if isinstance(place, int):
        open_to_all = context.coded.kind == "demand" and place != NUMBER
        return context.say(_DEMAND if open_to_all else _MESSAGE, field=context.say(FIELDS[place]))
    return context.say(_MESSAGE, field=context.say(_HEADER_FIELDS[str(place)]))


def _fixes(problem: Problem, context: Context) -> tuple[Fix, ...]:
    place = problem.fact("field")
    if not isinstance(place, int):
        return ()
    rows = [sentence.row for sentence in context.coded.description.sentences]
    if place == NUMBER:
        return (_filled(str(rows.index(problem.row) + 1), problem, context, safe=True),)
    marks = (['"'] if problem.row != rows[0] else []) + (["-"] if context.coded.kind == "demand" else [])
    return tuple(_filled(mark, problem, context) for mark in marks)


def _filled(text: str, problem: Problem, context: Context, *, safe: bool = False) -> Fix:
    """A fix that fills the field, with a blank on each side where a slash stands there."""
    line = context.lines[problem.row]
    before = " " if line[: problem.start].endswith("/") else ""
    after = " " if line[problem.end :].startswith("/") else ""
    fix = write(text, problem, context, safe=safe)
    return fix._replace(edits=(context.replacing(problem, f"{before}{text}{after}"),))


RULE = Rule(
    code="VKD008",
    title=Texts("Tomt felt", "Tomt fält", "Tomt felt", "Empty field"),
    reason=Texts(
        (
            "Hvert felt sier noe. Et tomt felt kan bety at noe er glemt, eller at hva som helst skal gjelde; det "
            "må skrives."
        ),
        (
            "Varje fält säger något. Ett tomt fält kan betyda att något är glömt eller att vad som helst ska "
            "gälla; det måste skrivas."
        ),
        (
            "Hvert felt siger noget. Et tomt felt kan betyde, at noget er glemt, eller at hvad som helst skal "
            "gælde; det skal skrives."
        ),
        (
            "Every field says something. An empty one may mean that something was forgotten or that anything "
            "will do; say which."
        ),
    ),
    example=Example(
        bad=("0 / Etterspørselsbeskrivelse / bruker\n1 / Personer / / Yrke / 19701101 / .\n"),
        good=("0 / Etterspørselsbeskrivelse / bruker\n1 / Personer / - / Yrke / 19701101 / .\n"),
    ),
    message=_message,
    fixes=_fixes,
)
