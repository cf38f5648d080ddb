"""VKD008: empty field."""

from vkd_grammar.problems import EmptyField
from vkd_grammar.syntax import FIELD_NAMES, NUMBER, Problem
from vkd_server.rules.rule import Context, Example, Fix, Rule
from vkd_server.rules.shared.edits import write


def _message(problem: Problem, context: Context) -> str:
    place = problem.of(EmptyField).field
    if isinstance(place, int):
        open_to_all = context.coded.kind == "demand" and place != NUMBER
        return context.say(
            "VKD008.demand" if open_to_all else "VKD008.message", field=context.say(f"field.{FIELD_NAMES[place]}")
        )
    return context.say("VKD008.message", field=context.say(f"VKD008.header-fields.{place}"))


def _fixes(problem: Problem, context: Context) -> tuple[Fix, ...]:
    place = problem.of(EmptyField).field
    if not isinstance(place, int):
        return ()
    rows = [sentence.row for sentence in context.coded.description.sentences]
    if place == NUMBER:
        return (_filled(str(rows.index(problem.row) + 1), problem, context, safe=True),)
    marks = (['"'] if problem.row != rows[0] else []) + (["-"] if context.coded.kind == "demand" else [])
    return tuple(_filled(mark, problem, context) for mark in marks)


def _filled(text: str, problem: Problem, context: Context, *, safe: bool = False) -> Fix:
    """A fix that fills the field, with a blank on each side where a slash stands there."""
    line = context.lines[problem.row]
    before = " " if line[: problem.start].endswith("/") else ""
    after = " " if line[problem.end :].startswith("/") else ""
    fix = write(text, problem, context, safe=safe)
    return fix._replace(edits=(context.replacing(problem, f"{before}{text}{after}"),))


RULE = Rule(
    code="VKD008",
    level="error",
    safe=True,
    example=Example(
        bad=("0 / Etterspørselsbeskrivelse / bruker\n1 / Personer / / Yrke / 19701101 / .\n"),
        good=("0 / Etterspørselsbeskrivelse / bruker\n1 / Personer / - / Yrke / 19701101 / .\n"),
    ),
    message=_message,
    fixes=_fixes,
)
