"""VKD605: vocabulary: code named in a column does not exist."""

import re

from vkd_catalog.problems import MissingCode, MissingProduct
from vkd_grammar.syntax import Problem
from vkd_server.rules.rule import Context, Example, Fix, Rule
from vkd_server.rules.shared.edits import write

_CODE = re.compile(r"[\w.-]+")


def _message(problem: Problem, context: Context) -> str:
    if isinstance(problem.facts, MissingProduct):
        identification, column = problem.facts
        return context.say("VKD605.product", identification=context.quoted(identification), column=column)
    facts = problem.of(MissingCode)
    return context.say(
        "VKD605.message",
        code=context.quoted(facts.code),
        column=facts.column,
        vocabulary=context.say(f"vocabulary.{facts.vocabulary}"),
    )


def _fixes(problem: Problem, context: Context) -> tuple[Fix, ...]:
    from vkd_catalog.suggest import NEAR_CODE, nearest

    if isinstance(problem.facts, MissingProduct):
        return ()
    facts = problem.of(MissingCode)
    # A cell may name several codes, in quotes or without.
    named = next((one for one in _CODE.finditer(context.text_of(problem)) if one[0] == facts.code), None)
    if named is None:
        return ()
    place = problem._replace(start=problem.start + named.start(), end=problem.start + named.end())
    codes = tuple(context.vocabulary(facts.vocabulary).concepts)
    return tuple(write(near, place, context) for near in nearest(facts.code, codes, 2, NEAR_CODE))


RULE = Rule(
    code="VKD605",
    level="error",
    example=Example(
        bad=("code,prefLabel@nb,from,to,seeAlso\nT1,Folketellingen 1960,19601101,19601101,T9\n"),
        good=(
            "code,prefLabel@nb,from,to,seeAlso\n"
            "T1,Folketellingen 1960,19601101,19601101,T2\n"
            "T2,Folketellingen 1970,19701101,19701101,\n"
        ),
        file="vocabulary/times.csv",
    ),
    message=_message,
    fixes=_fixes,
)
