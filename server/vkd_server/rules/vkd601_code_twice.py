"""VKD601: vocabulary: code used twice."""

from vkd_catalog.problems import CodeTwice
from vkd_grammar.syntax import Problem
from vkd_server.rules.rule import Context, Example, Related, Rule


def _message(problem: Problem, context: Context) -> str:
    code, path, row = problem.of(CodeTwice)
    return context.say("VKD601.message", code=context.quoted(code), place=f"{path}:{row + 1}")


def _related(problem: Problem, context: Context) -> tuple[Related, ...]:
    code, path, row = problem.of(CodeTwice)
    return (Related(path, row, context.say("VKD601.first", code=context.quoted(code))),)


RULE = Rule(
    code="VKD601",
    level="error",
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
