"""VKD202: singular aggregate with a classification."""

from vkd_catalog.problems import SingularClassified
from vkd_grammar.syntax import OBJECT_TYPE, Problem
from vkd_server.rules.rule import Context, Example, Fix, Rule
from vkd_server.rules.shared.edits import spelled, write


def _message(problem: Problem, context: Context) -> str:
    facts = problem.of(SingularClassified)
    object_type = context.catalogue.vocabularies.object_types.concepts[facts.object_type]
    name = context.catalogue.vocabularies.names.concepts[facts.name]
    return context.say(
        "VKD202.message",
        object_type=context.quoted(object_type.label(context.language)),
        name=context.quoted(name.label(context.language)),
    )


def _fixes(problem: Problem, context: Context) -> tuple[Fix, ...]:
    from vkd_catalog.agreement import plural_of

    vocabulary = context.vocabulary("object-types")
    plural = plural_of(vocabulary.concepts[problem.of(SingularClassified).object_type], vocabulary)
    if plural is None:
        return ()
    return (write(spelled(plural, vocabulary, context.language), _where_written(problem, context), context, safe=True),)


def _where_written(problem: Problem, context: Context) -> Problem:
    """The problem moved to where its object type is written, for a ditto says what the field above it does."""
    for sentence in reversed(context.coded.description.sentences):
        if sentence.row <= problem.row and sentence.readable and sentence.fields[OBJECT_TYPE].kind != "ditto":
            field = sentence.fields[OBJECT_TYPE]
            return problem._replace(row=sentence.row, start=field.start, end=field.end)
    return problem


RULE = Rule(
    code="VKD202",
    level="hint",
    safe=True,
    example=Example(
        bad=("0 / Etterspørselsbeskrivelse / bruker\n1 / Personaggregat / Yrke / Sum / 1965 / .\n"),
        good=("0 / Etterspørselsbeskrivelse / bruker\n1 / Personaggregater / Yrke / Sum / 1965 / .\n"),
    ),
    message=_message,
    fixes=_fixes,
)
