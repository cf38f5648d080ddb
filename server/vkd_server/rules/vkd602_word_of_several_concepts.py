"""VKD602: vocabulary: one word for several concepts."""

from vkd_catalog.problems import SharedWord
from vkd_grammar.syntax import Problem
from vkd_server.rules.rule import Context, Example, Rule
from vkd_server.rules.shared.wording import all_of


def _message(problem: Problem, context: Context) -> str:
    word, codes = problem.of(SharedWord)
    listed = [f"[{code}]" for code in codes]
    return context.say("VKD602.message", word=context.quoted(word), codes=all_of(listed, context.language))


RULE = Rule(
    code="VKD602",
    level="warning",
    example=Example(
        bad=(
            "code,prefLabel@nb,altLabel@nb,from,to\n"
            "T1,Folketellingen 1960,Tellingen,19601101,19601101\n"
            "T2,Folketellingen 1970,Tellingen,19701101,19701101\n"
        ),
        good=(
            "code,prefLabel@nb,altLabel@nb,from,to\n"
            "T1,Folketellingen 1960,FT60,19601101,19601101\n"
            "T2,Folketellingen 1970,FT70,19701101,19701101\n"
        ),
        file="vocabulary/times.csv",
    ),
    message=_message,
)
