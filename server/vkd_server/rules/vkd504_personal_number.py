"""VKD504: what looks like a personal identity number."""

from collections.abc import Iterator
from typing import Literal, NamedTuple

from vkd_grammar.syntax import Problem
from vkd_server.rules.rule import Context, Example, Rule
from vkd_server.rules.shared.personal import may_hold_one, personal_numbers

_LONGEST_LINE = 1_000_000
"""Code points; a longer line is not read at all, which VKD009 says."""


class Resembled(NamedTuple):
    """The country whose numbers it looks like."""

    country: Literal["no", "se"]


def _check(context: Context) -> Iterator[Problem]:
    if not may_hold_one("".join(context.lines)):
        return
    for row, line in enumerate(context.lines):
        if len(line) > _LONGEST_LINE:
            continue
        for number in personal_numbers(line):
            yield Problem("VKD504", row, number.start, number.end, Resembled(number.country))


def _message(problem: Problem, context: Context) -> str:
    return context.say(f"VKD504.{problem.of(Resembled).country}")


RULE = Rule(
    code="VKD504",
    level="error",
    example=Example(
        bad=("0 / Etterspørselsbeskrivelse / bruker\n# Gjelder 01016050012.\n1 / Person / A77 / Yrke / 19701101 / .\n"),
        good=("0 / Etterspørselsbeskrivelse / bruker\n# Gjelder én person.\n1 / Person / A77 / Yrke / 19701101 / .\n"),
    ),
    message=_message,
    check=_check,
)
