"""VKD103: word names several concepts."""

from vkd_catalog.languages import Texts
from vkd_grammar.syntax import Problem
from vkd_server.rules.edits import vocabulary_of
from vkd_server.rules.rule import Context, Example, Fix, Rule
from vkd_server.rules.wording import VOCABULARIES, all_of, shortened

_MESSAGE = Texts(
    "{word} betyr flere ting i ordlisten over {vocabulary}: {concepts}. Skriv koden etter ordet.",
    "{word} betyder flera saker i ordlistan över {vocabulary}: {concepts}. Skriv koden efter ordet.",
    "{word} betyder flere ting i ordlisten over {vocabulary}: {concepts}. Skriv koden efter ordet.",
    "{word} means several things in the vocabulary of {vocabulary}: {concepts}. Write the code after the word.",
)
_NAMED = 6
"""One more concept than a message names; a word may have thousands."""

_WRITE = Texts("Skriv {text} ({label})", "Skriv {text} ({label})", "Skriv {text} ({label})", "Write {text} ({label})")


def _message(problem: Problem, context: Context) -> str:
    vocabulary = vocabulary_of(problem, context)
    concepts = [
        f"{shortened(vocabulary.concepts[code].label(context.language))} [{code}]" for code in _codes(problem)[:_NAMED]
    ]
    return context.say(
        _MESSAGE,
        word=context.quoted(problem.fact("word")),
        vocabulary=context.say(VOCABULARIES[vocabulary.name]),
        concepts=all_of(concepts, context.language),
    )


def _fixes(problem: Problem, context: Context) -> tuple[Fix, ...]:
    vocabulary = vocabulary_of(problem, context)
    return tuple(
        _settled(code, vocabulary.concepts[code].label(context.language), problem, context) for code in _codes(problem)
    )


def _settled(code: str, label: str, problem: Problem, context: Context) -> Fix:
    text = context.quoted(f"{problem.fact('word')} [{code}]")
    edit = context.edit(problem.row, problem.end, problem.end, f" [{code}]")
    return Fix(context.say(_WRITE, text=text, label=shortened(label)), (edit,))


def _codes(problem: Problem) -> tuple[str, ...]:
    codes = problem.fact("codes")
    return codes if isinstance(codes, tuple) else ()


_NAMES = """\
code,prefLabel@nb,kind,objectTypes
P,Personregisteret,register,A
N,Næringsklassifikasjon,classification,
N.2,Industri,class,A
M,Hovedgrupper,classification,
M.5,Industri,class,A
Y,Yrkesklassifikasjon,classification,A
U,Utdanningsklassifikasjon,classification,A
L,Aldersklassifikasjon,classification,A
"""

RULE = Rule(
    code="VKD103",
    title=Texts(
        "Ord som betyr flere ting",
        "Ord som betyder flera saker",
        "Ord, der betyder flere ting",
        "Word names several concepts",
    ),
    reason=Texts(
        "Uten koden kan ingen vite hvilket av begrepene et produkt mener. En etterspørsel besvares for hvert av dem.",
        "Utan koden kan ingen veta vilket av begreppen en produkt avser. En efterfrågan besvaras för vart och ett.",
        "Uden koden kan ingen vide, hvilket af begreberne et produkt mener. En efterspørgsel besvares for dem alle.",
        "Without the code nobody can know which concept a product means. A demand is answered for each of them.",
    ),
    example=Example(
        bad=(
            "0 / Produktbeskrivelse / eksempel / data=F:ft70-person.csv; doc=P:ft70.md; form=csv; access=closed\n"
            "1 / Personer / Industri / Yrke / 19701101 / .\n"
        ),
        good=(
            "0 / Produktbeskrivelse / eksempel / data=F:ft70-person.csv; doc=P:ft70.md; form=csv; access=closed\n"
            "1 / Personer / Industri [N.2] / Yrke / 19701101 / .\n"
        ),
        beside=(("vocabulary/names.csv", _NAMES),),
    ),
    message=_message,
    fixes=_fixes,
)
