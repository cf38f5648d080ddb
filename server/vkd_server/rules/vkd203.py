"""VKD203: characteristic not defined for this object type."""

from vkd_grammar.syntax import Problem
from vkd_server.rules.rule import Context, Example, Rule
from vkd_server.rules.wording import all_of


def _message(problem: Problem, context: Context) -> str:
    vocabularies = context.catalogue.vocabularies
    codes = problem.fact("defined")
    defined = [vocabularies.object_types.coded(code) or code for code in codes] if isinstance(codes, tuple) else []
    words = [had if isinstance(had, str) else had.label(context.language) for had in defined]
    characteristic = vocabularies.characteristics.concepts[str(problem.fact("characteristic"))]
    object_type = vocabularies.object_types.concepts[str(problem.fact("object-type"))]
    return context.say(
        "VKD203.message",
        characteristic=context.quoted(characteristic.label(context.language)),
        object_type=context.quoted(object_type.label(context.language)),
        defined=all_of([context.quoted(word) for word in words], context.language),
    )


RULE = Rule(
    code="VKD203",
    example=Example(
        bad=("0 / Etterspørselsbeskrivelse / bruker\n1 / Bedrifter / Industri / Alder / 19701101 / .\n"),
        good=("0 / Etterspørselsbeskrivelse / bruker\n1 / Bedrifter / Industri / Næring / 19701101 / .\n"),
    ),
    message=_message,
)
