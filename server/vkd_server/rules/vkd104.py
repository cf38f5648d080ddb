"""VKD104: no such code."""

from collections.abc import Iterator

from vkd_catalog.languages import Texts
from vkd_grammar.syntax import Problem
from vkd_server.rules.edits import field_at, vocabulary_of
from vkd_server.rules.rule import Context, Example, Fix, Rule
from vkd_server.rules.wording import VOCABULARIES

_MESSAGE = Texts(
    "Koden {code} finnes ikke i ordlisten over {vocabulary}.",
    "Koden {code} finns inte i ordlistan över {vocabulary}.",
    "Koden {code} findes ikke i ordlisten over {vocabulary}.",
    "There is no code {code} in the vocabulary of {vocabulary}.",
)
_WRITE = Texts("Skriv {text}", "Skriv {text}", "Skriv {text}", "Write {text}")
_WITHOUT = Texts(
    "Skriv ordet uten kode", "Skriv ordet utan kod", "Skriv ordet uden kode", "Write the word without a code"
)
_NEAREST = 3


def _message(problem: Problem, context: Context) -> str:
    vocabulary = context.say(VOCABULARIES[vocabulary_of(problem, context).name])
    return context.say(_MESSAGE, code=context.quoted(f"[{problem.fact('code')}]"), vocabulary=vocabulary)


def _fixes(problem: Problem, context: Context) -> tuple[Fix, ...]:
    return tuple(_each_fix(problem, context))


def _each_fix(problem: Problem, context: Context) -> Iterator[Fix]:
    from vkd_catalog.suggest import NEAR_CODE, nearest

    vocabulary = vocabulary_of(problem, context)
    bracket = problem.start + context.text_of(problem).rindex("[")
    field = field_at(problem, context)
    if field is not None and len(vocabulary.named(field.word)) == 1:
        word_end = problem.start + len(context.text_of(problem)[: bracket - problem.start].rstrip())
        yield Fix(context.say(_WITHOUT), (context.edit(problem.row, word_end, problem.end, ""),))
    for code in nearest(str(problem.fact("code")), tuple(vocabulary.concepts), _NEAREST, NEAR_CODE):
        text = f"[{code}] {vocabulary.concepts[code].label(context.language)}"
        edit = context.edit(problem.row, bracket, problem.end, f"[{code}]")
        yield Fix(context.say(_WRITE, text=context.quoted(text)), (edit,))


RULE = Rule(
    code="VKD104",
    title=Texts("Kode som ikke finnes", "Kod som inte finns", "Kode, der ikke findes", "No such code"),
    reason=Texts(
        "En kode står for ett begrep i ordlisten. En kode uten begrep finner ingenting.",
        "En kod står för ett begrepp i ordlistan. En kod utan begrepp hittar ingenting.",
        "En kode står for ét begreb i ordlisten. En kode uden begreb finder ingenting.",
        "A code stands for one concept of the vocabulary. A code without a concept finds nothing.",
    ),
    example=Example(
        bad=("0 / Etterspørselsbeskrivelse / bruker\n1 / Personer / Personreg.nov.70 / [K55] / 19701101 / .\n"),
        good=("0 / Etterspørselsbeskrivelse / bruker\n1 / Personer / Personreg.nov.70 / [K5] / 19701101 / .\n"),
    ),
    message=_message,
    fixes=_fixes,
)
