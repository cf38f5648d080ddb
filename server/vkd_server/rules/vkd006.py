"""VKD006: E or N in a product description."""

from vkd_catalog.languages import Texts
from vkd_grammar.syntax import Problem
from vkd_server.rules.edits import write
from vkd_server.rules.rule import Context, Example, Fix, Rule
from vkd_server.rules.splitting import SPLIT, WITHOUT_NEGATED, split, without_negated

_MESSAGE = Texts(
    (
        "{operator} hører hjemme i en etterspørsel. En produktbeskrivelse sier hva som finnes, og bruker "
        "bare O og punktum."
    ),
    "{operator} hör hemma i en efterfrågan. En produktbeskrivning säger vad som finns, och använder bara O och punkt.",
    (
        "{operator} hører hjemme i en efterspørgsel. En produktbeskrivelse siger, hvad der findes, og bruger "
        "kun O og punktum."
    ),
    "{operator} belongs in a demand. A product description says what exists, and uses only O and the full stop.",
)


def _message(problem: Problem, context: Context) -> str:
    return context.say(_MESSAGE, operator=problem.fact("operator"))


def _fixes(problem: Problem, context: Context) -> tuple[Fix, ...]:
    """The line is there as well; or the groups are sets of their own; or what is not there is not spoken of."""
    title, way = (SPLIT, split) if problem.fact("operator") == "E" else (WITHOUT_NEGATED, without_negated)
    edits = tuple(way(context))
    return (write("O", problem, context), *([Fix(context.say(title), edits)] if edits else []))


RULE = Rule(
    code="VKD006",
    title=Texts(
        "E eller N i en produktbeskrivelse",
        "E eller N i en produktbeskrivning",
        "E eller N i en produktbeskrivelse",
        "E or N in a product description",
    ),
    reason=Texts(
        "Et produkt som kanskje inneholder noe, eller ikke inneholder noe, kan ingen finne fram til.",
        "En produkt som kanske innehåller något, eller inte innehåller något, kan ingen hitta.",
        "Et produkt, der måske indeholder noget, eller ikke indeholder noget, kan ingen finde frem til.",
        "Nobody can be led to a product that may hold something, or that does not hold it.",
    ),
    example=Example(
        bad=(
            "0 / Produktbeskrivelse / eksempel / data=F:ft70-person.csv; doc=P:ft70.md; form=csv; access=closed\n"
            "1 / Personer / Personreg.nov.70 / Yrke / 19701101 / E\n"
            '2 / " / " / Kjønn / " / .\n'
        ),
        good=(
            "0 / Produktbeskrivelse / eksempel / data=F:ft70-person.csv; doc=P:ft70.md; form=csv; access=closed\n"
            "1 / Personer / Personreg.nov.70 / Yrke / 19701101 / O\n"
            '2 / " / " / Kjønn / " / .\n'
        ),
    ),
    message=_message,
    fixes=_fixes,
)
