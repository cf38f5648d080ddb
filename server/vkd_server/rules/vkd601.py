"""VKD601: vocabulary: code used twice."""

from vkd_grammar.syntax import Problem
from vkd_server.rules.rule import Context, Example, Related, Rule


def _message(problem: Problem, context: Context) -> str:
    place = f"{problem.fact('path')}:{_row(problem) + 1}"
    return context.say("VKD601.message", code=context.quoted(problem.fact("value")), place=place)


def _related(problem: Problem, context: Context) -> tuple[Related, ...]:
    said = context.say("VKD601.first", code=context.quoted(problem.fact("value")))
    return (Related(str(problem.fact("path")), _row(problem), said),)


def _row(problem: Problem) -> int:
    row = problem.fact("row")
    return row if isinstance(row, int) else 0


RULE = Rule(
    code="VKD601",
    example=Example(
        bad=(
            "code,prefLabel@nb,from,to\n"
            "T1,Folketellingen 1960,19601101,19601101\n"
            "T1,Folketellingen 1970,19701101,19701101\n"
        ),
        good=(
            "code,prefLabel@nb,from,to\n"
            "T1,Folketellingen 1960,19601101,19601101\n"
            "T2,Folketellingen 1970,19701101,19701101\n"
        ),
        file="vocabulary/times.csv",
    ),
    message=_message,
    related=_related,
)
