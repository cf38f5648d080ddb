"""VKD603: vocabulary: the concept above is missing."""

from vkd_catalog.problems import NoneAbove
from vkd_grammar.syntax import Problem
from vkd_server.rules.rule import Context, Example, Fix, Rule
from vkd_server.rules.shared.vocabulary_edits import add_row


def _message(problem: Problem, context: Context) -> str:
    code, above = problem.of(NoneAbove)
    return context.say("VKD603.message", code=context.quoted(code), above=context.quoted(above))


def _fixes(problem: Problem, context: Context) -> tuple[Fix, ...]:
    above = problem.of(NoneAbove).above
    edit = add_row(problem.row, {"code": above}, context)
    return (Fix(context.say("VKD603.add", above=context.quoted(above)), (edit,)),) if edit else ()


RULE = Rule(
    code="VKD603",
    level="error",
    example=Example(
        bad=("code,prefLabel@nb,from,to\nT1.2,November 1960,19601101,19601130\n"),
        good=("code,prefLabel@nb,from,to\nT1,Året 1960,19600101,19601231\nT1.2,November 1960,19601101,19601130\n"),
        file="vocabulary/times.csv",
    ),
    message=_message,
    fixes=_fixes,
)
