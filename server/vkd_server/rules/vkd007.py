"""VKD007: don't-care in a product description."""

from vkd_catalog.languages import Texts
from vkd_grammar.syntax import Problem
from vkd_server.rules.edits import write
from vkd_server.rules.meant_times import dates_with_hyphens, stretch_of
from vkd_server.rules.rule import Context, Example, Fix, Rule

_MESSAGE = Texts(
    "{text} betyr «hva som helst» og kan bare stå i en etterspørsel. Skriv hva produktet inneholder.",
    "{text} betyder ”vad som helst” och kan bara stå i en efterfrågan. Skriv vad produkten innehåller.",
    "{text} betyder »hvad som helst« og kan kun stå i en efterspørgsel. Skriv, hvad produktet indeholder.",
    "{text} means “anything” and may stand in a demand only. Write what the product holds.",
)


def _message(problem: Problem, context: Context) -> str:
    return context.say(_MESSAGE, text=context.quoted(problem.fact("text")))


def _fixes(problem: Problem, context: Context) -> tuple[Fix, ...]:
    """Of a time: the date that it looks like, or the interval that digits left open at the end name."""
    digits = context.text_of(problem)
    stretch = stretch_of(digits)
    times = dates_with_hyphens(digits) or ([stretch] if stretch else [])
    return tuple(write(time, problem, context) for time in times)


RULE = Rule(
    code="VKD007",
    title=Texts(
        "«Hva som helst» i en produktbeskrivelse",
        "”Vad som helst” i en produktbeskrivning",
        "»Hvad som helst« i en produktbeskrivelse",
        "Don't-care in a product description",
    ),
    reason=Texts(
        "Et produkt inneholder noe bestemt. Den som spør, kan la et felt stå åpent, men ikke den som beskriver.",
        "En produkt innehåller något bestämt. Den som frågar kan lämna ett fält öppet, men inte den som beskriver.",
        (
            "Et produkt indeholder noget bestemt. Den, der spørger, kan lade et felt stå åbent, men ikke den, "
            "der beskriver."
        ),
        "A product holds something definite. Those who ask may leave a field open, those who describe may not.",
    ),
    example=Example(
        bad=(
            "0 / Produktbeskrivelse / eksempel / data=F:ft70-person.csv; doc=P:ft70.md; form=csv; access=closed\n"
            "1 / Personer / - / Yrke / 19701101 / .\n"
        ),
        good=(
            "0 / Produktbeskrivelse / eksempel / data=F:ft70-person.csv; doc=P:ft70.md; form=csv; access=closed\n"
            "1 / Personer / Personreg.nov.70 / Yrke / 19701101 / .\n"
        ),
    ),
    message=_message,
    fixes=_fixes,
)
