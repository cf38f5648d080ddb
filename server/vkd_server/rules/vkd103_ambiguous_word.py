"""VKD103: word names several concepts."""

from vkd_catalog.problems import AmbiguousWord
from vkd_grammar.syntax import Problem
from vkd_server.rules.rule import Context, Example, Fix, Rule
from vkd_server.rules.shared.wording import all_of, shortened

_NAMED = 6
"""One more concept than a message names; a word may have thousands."""


def _message(problem: Problem, context: Context) -> str:
    facts = problem.of(AmbiguousWord)
    vocabulary = context.vocabulary(facts.vocabulary)
    concepts = [
        f"{shortened(vocabulary.concepts[code].label(context.language))} [{code}]" for code in facts.codes[:_NAMED]
    ]
    return context.say(
        "VKD103.demand" if _warns(problem, context) else "VKD103.message",
        word=context.quoted(facts.word),
        vocabulary=context.say(f"vocabulary.{vocabulary.name}"),
        concepts=all_of(concepts, context.language),
    )


def _fixes(problem: Problem, context: Context) -> tuple[Fix, ...]:
    facts = problem.of(AmbiguousWord)
    concepts = context.vocabulary(facts.vocabulary).concepts
    return tuple(
        _settled(facts.word, code, concepts[code].label(context.language), problem, context) for code in facts.codes
    )


def _warns(problem: Problem, context: Context) -> bool:
    """Whether it is a warning only: in a demand, which is answered in each sense of a word. A time must have one
    sense."""
    return context.coded.kind == "demand" and problem.of(AmbiguousWord).vocabulary != "times"


def _settled(word: str, code: str, label: str, problem: Problem, context: Context) -> Fix:
    text = context.quoted(f"{word} [{code}]")
    edit = context.edit(problem.row, problem.end, problem.end, f" [{code}]")
    return Fix(context.say("VKD103.write", text=text, label=shortened(label)), (edit,))


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
    level="error",
    warns=_warns,
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
