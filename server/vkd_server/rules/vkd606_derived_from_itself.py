"""VKD606: vocabulary: concepts above each other in a circle of derivedFrom."""

from vkd_catalog.problems import DerivedFromItself
from vkd_grammar.syntax import Problem
from vkd_server.rules.rule import Context, Example, Rule


def _message(problem: Problem, context: Context) -> str:
    code, way = problem.of(DerivedFromItself)
    return context.say("VKD606.message", code=context.quoted(code), way=" ← ".join(way))


RULE = Rule(
    code="VKD606",
    level="warning",
    example=Example(
        bad=(
            "code,prefLabel@nb,derivedFrom,definition@nb\n"
            "K2,Fødselsdato,K3,Dagen personen ble født\n"
            "K3,Alder,K2,Fylte år\n"
        ),
        good=(
            "code,prefLabel@nb,derivedFrom,definition@nb\n"
            "K2,Fødselsdato,,Dagen personen ble født\n"
            "K3,Alder,K2,Fylte år\n"
        ),
        file="vocabulary/characteristics.csv",
    ),
    message=_message,
)
