"""VKD504: what looks like a personal identity number."""

from collections.abc import Iterator

from vkd_catalog.languages import Texts
from vkd_grammar.syntax import Problem
from vkd_server.rules.personal import may_hold_one, personal_numbers
from vkd_server.rules.rule import Context, Example, Rule

_MESSAGES = {
    "no": Texts(
        "Dette ser ut som et norsk fødselsnummer eller D-nummer. Ta det ut, eller skriv en annen identifikasjon.",
        "Detta ser ut som ett norskt födelsenummer eller D-nummer. Ta bort det, eller skriv en annan identifikation.",
        "Dette ligner et norsk fødselsnummer eller D-nummer. Tag det ud, eller skriv en anden identifikation.",
        "This looks like a Norwegian birth or D-number. Take it out, or write another identification.",
    ),
    "se": Texts(
        "Dette ser ut som et svensk personnummer. Ta det ut, eller skriv en annen identifikasjon.",
        "Detta ser ut som ett svenskt personnummer. Ta bort det, eller skriv en annan identifikation.",
        "Dette ligner et svensk personnummer. Tag det ud, eller skriv en anden identifikation.",
        "This looks like a Swedish personal identity number. Take it out, or write another identification.",
    ),
}

_LONGEST_LINE = 1_000_000
"""Code points; a longer line is not read at all, which VKD009 says."""


def _check(context: Context) -> Iterator[Problem]:
    if not may_hold_one("".join(context.lines)):
        return
    for row, line in enumerate(context.lines):
        if len(line) > _LONGEST_LINE:
            continue
        for number in personal_numbers(line):
            yield Problem("VKD504", row, number.start, number.end, (("country", number.country),))


def _message(problem: Problem, context: Context) -> str:
    return context.say(_MESSAGES[str(problem.fact("country"))])


RULE = Rule(
    code="VKD504",
    title=Texts(
        "Det som ser ut som et fødselsnummer eller personnummer",
        "Det som ser ut som ett födelsenummer eller personnummer",
        "Det, der ligner et fødselsnummer eller personnummer",
        "What looks like a personal identity number",
    ),
    reason=Texts(
        "En beskrivelse leses av alle som søker. Opplysninger om én person hører ikke hjemme i den.",
        "En beskrivning läses av alla som söker. Uppgifter om en enskild person hör inte hemma i den.",
        "En beskrivelse læses af alle, der søger. Oplysninger om én person hører ikke hjemme i den.",
        "A description is read by everybody who searches. What concerns one person has no place in it.",
    ),
    example=Example(
        bad=("0 / Etterspørselsbeskrivelse / bruker\n# Gjelder 01016050012.\n1 / Person / A77 / Yrke / 19701101 / .\n"),
        good=("0 / Etterspørselsbeskrivelse / bruker\n# Gjelder én person.\n1 / Person / A77 / Yrke / 19701101 / .\n"),
    ),
    message=_message,
    check=_check,
)
