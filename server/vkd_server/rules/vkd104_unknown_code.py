"""VKD104: no such code."""

from collections.abc import Iterator

from vkd_catalog.problems import UnknownCode
from vkd_grammar.syntax import Problem
from vkd_server.rules.rule import Context, Example, Fix, Rule
from vkd_server.rules.shared.edits import field_at

_NEAREST = 3


def _message(problem: Problem, context: Context) -> str:
    facts = problem.of(UnknownCode)
    vocabulary = context.say(f"vocabulary.{facts.vocabulary}")
    return context.say("VKD104.message", code=context.quoted(f"[{facts.code}]"), vocabulary=vocabulary)


def _fixes(problem: Problem, context: Context) -> tuple[Fix, ...]:
    return tuple(_each_fix(problem, context))


def _each_fix(problem: Problem, context: Context) -> Iterator[Fix]:
    from vkd_catalog.suggest import NEAR_CODE, nearest

    facts = problem.of(UnknownCode)
    vocabulary = context.vocabulary(facts.vocabulary)
    bracket = problem.start + context.text_of(problem).rindex("[")
    field = field_at(problem, context)
    if field is not None and len(vocabulary.named(field.word)) == 1:
        word_end = problem.start + len(context.text_of(problem)[: bracket - problem.start].rstrip())
        yield Fix(context.say("VKD104.without"), (context.edit(problem.row, word_end, problem.end, ""),))
    for code in nearest(facts.code, tuple(vocabulary.concepts), _NEAREST, NEAR_CODE):
        text = f"[{code}] {vocabulary.concepts[code].label(context.language)}"
        edit = context.edit(problem.row, bracket, problem.end, f"[{code}]")
        yield Fix(context.say("VKD104.write", text=context.quoted(text)), (edit,))


RULE = Rule(
    code="VKD104",
    level="error",
    example=Example(
        bad=("0 / Etterspørselsbeskrivelse / bruker\n1 / Personer / Personreg.nov.70 / [K55] / 19701101 / .\n"),
        good=("0 / Etterspørselsbeskrivelse / bruker\n1 / Personer / Personreg.nov.70 / [K5] / 19701101 / .\n"),
    ),
    message=_message,
    fixes=_fixes,
)
