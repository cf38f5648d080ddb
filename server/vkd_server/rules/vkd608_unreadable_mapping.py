"""VKD608: mapping: id that does not exist, predicate that is not known."""

from vkd_catalog.problems import UnreadableMapping
from vkd_catalog.vocabulary.links import PREDICATES
from vkd_grammar.syntax import Problem
from vkd_server.rules.rule import Context, Example, Fix, Rule
from vkd_server.rules.shared.edits import write


def _message(problem: Problem, context: Context) -> str:
    reason, value, why = problem.of(UnreadableMapping)
    if reason in ("workbook", "not-text"):
        # What is said of a vocabulary that is no text holds of any table.
        return context.say(f"VKD604.{reason}")
    return context.say(f"VKD608.{reason}", value=context.quoted(value), why=context.say(f"unread.{why}") if why else "")


def _fixes(problem: Problem, context: Context) -> tuple[Fix, ...]:
    reason, value, _ = problem.of(UnreadableMapping)
    if reason not in ("predicate", "id"):
        return ()
    from vkd_catalog.suggest import nearest

    codes = [code for vocabulary in context.catalogue.vocabularies.four for code in vocabulary.concepts]
    known = [f"skos:{one}" for one in PREDICATES] if reason == "predicate" else codes
    return tuple(write(near, problem, context) for near in nearest(value, known, 2))


_HEADER = "subject_id\tpredicate_id\tobject_id\n"

RULE = Rule(
    code="VKD608",
    level="error",
    example=Example(
        bad=f"{_HEADER}Y.2\tskos:sameMatch\tY.3\n",
        good=f"{_HEADER}Y.2\tskos:closeMatch\tY.3\n",
        file="vocabulary/mappings.tsv",
    ),
    message=_message,
    fixes=_fixes,
)
