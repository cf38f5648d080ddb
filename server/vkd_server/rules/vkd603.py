"""VKD603: vocabulary: the concept above is missing."""

from vkd_catalog.languages import Texts
from vkd_grammar.syntax import Problem
from vkd_server.rules.rule import Context, Example, Fix, Rule
from vkd_server.rules.vocabulary_edits import add_row

_MESSAGE = Texts(
    "Over {code} mangler begrepet {above}. Legg til en rad med koden {above}.",
    "Ovanför {code} saknas begreppet {above}. Lägg till en rad med koden {above}.",
    "Over {code} mangler begrebet {above}. Tilføj en række med koden {above}.",
    "The concept {above} above {code} is missing. Add a row with the code {above}.",
)

_ADD = Texts(
    "Legg til en rad med koden {above}",
    "Lägg till en rad med koden {above}",
    "Tilføj en række med koden {above}",
    "Add a row with the code {above}",
)


def _message(problem: Problem, context: Context) -> str:
    above = context.quoted(problem.fact("above"))
    return context.say(_MESSAGE, code=context.quoted(problem.fact("value")), above=above)


def _fixes(problem: Problem, context: Context) -> tuple[Fix, ...]:
    above = str(problem.fact("above"))
    edit = add_row(problem.row, {"code": above}, context)
    return (Fix(context.say(_ADD, above=context.quoted(above)), (edit,)),) if edit else ()


RULE = Rule(
    code="VKD603",
    title=Texts(
        "Ordliste: begrepet over mangler",
        "Ordlista: begreppet ovanför saknas",
        "Ordliste: begrebet over mangler",
        "Vocabulary: the concept above is missing",
    ),
    reason=Texts(
        "Et begrep arver fra dem over seg, og en etterspørsel etter det over skal finne det under.",
        "Ett begrepp ärver från dem ovanför, och en efterfrågan på det ovanför ska hitta det under.",
        "Et begreb arver fra dem over sig, og en efterspørgsel efter det over skal finde det under.",
        "A concept inherits from those above it, and a demand for the one above is to find the one below.",
    ),
    example=Example(
        bad=("code,prefLabel@nb,from,to\nT1.2,November 1960,19601101,19601130\n"),
        good=("code,prefLabel@nb,from,to\nT1,Året 1960,19600101,19601231\nT1.2,November 1960,19601101,19601130\n"),
        file="vocabulary/times.csv",
    ),
    message=_message,
    fixes=_fixes,
)
