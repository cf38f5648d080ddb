"""VKD203: characteristic not defined for this object type."""

from vkd_catalog.problems import NotDefinedFor
from vkd_grammar.syntax import Problem
from vkd_server.rules.rule import Context, Example, Rule
from vkd_server.rules.shared.wording import all_of


def _message(problem: Problem, context: Context) -> str:
    vocabularies = context.catalogue.vocabularies
    facts = problem.of(NotDefinedFor)
    defined = [vocabularies.object_types.coded(code) or code for code in facts.defined]
    words = [had if isinstance(had, str) else had.label(context.language) for had in defined]
    characteristic = vocabularies.characteristics.concepts[facts.characteristic]
    object_type = vocabularies.object_types.concepts[facts.object_type]
    return context.say(
        "VKD203.message",
        characteristic=context.quoted(characteristic.label(context.language)),
        object_type=context.quoted(object_type.label(context.language)),
        defined=all_of([context.quoted(word) for word in words], context.language),
    )


RULE = Rule(
    code="VKD203",
    level="error",
    example=Example(
        bad=("0 / Etterspørselsbeskrivelse / bruker\n1 / Bedrifter / Industri / Alder / 19701101 / .\n"),
        good=("0 / Etterspørselsbeskrivelse / bruker\n1 / Bedrifter / Industri / Næring / 19701101 / .\n"),
    ),
    message=_message,
)
