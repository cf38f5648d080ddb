"""VKD301: not a time specification, or no such date."""

from collections.abc import Callable
from datetime import MAXYEAR, MINYEAR, date

from vkd_catalog.problems import WrongTime
from vkd_grammar.escapes import unescape
from vkd_grammar.syntax import Problem
from vkd_grammar.times import lacking
from vkd_server.rules.rule import Context, Example, Fix, Rule
from vkd_server.rules.shared.edits import nearest_words, write
from vkd_server.rules.shared.meant_times import meant_times


def _message(problem: Problem, context: Context) -> str:
    reason, written = problem.of(WrongTime)
    word = unescape(written)
    part, number, year = (reason == "date" and lacking(word)) or (reason, 0, 0)
    return context.say(
        f"VKD301.{part}", word=context.quoted(word), number=number, year=f"{year:04}", last=_weeks_in(year)
    )


def _weeks_in(year: int) -> int:
    """How many weeks a year has; the 28th of December always lies in the last (ISO 8601)."""
    return date(year, 12, 28).isocalendar().week if MINYEAR <= year < MAXYEAR else 52


def _fixes(problem: Problem, context: Context) -> tuple[Fix, ...]:
    reason, word = problem.of(WrongTime)
    if reason in _INSTEAD:
        return (write(_INSTEAD[reason](word), problem, context),)
    times = meant_times(unescape(word))
    if not times:
        # The text may be a misspelt word that opens with digits, as some times do.
        times = [near.text for near in nearest_words(word, context.vocabulary("times"), problem, context)]
    return tuple(write(time, problem, context) for time in times)


def _without_step(word: str) -> str:
    """The interval of a series, without the step in which it runs."""
    return word.rpartition(":")[0].rstrip()


_INSTEAD: dict[str, Callable[[str], str]] = {
    "open": _without_step,
    "no-period": _without_step,
    "not-stated": lambda _: "-",
}
"""What is written instead of a time that a demand may not ask for, or a series without a period."""

RULE = Rule(
    code="VKD301",
    level="error",
    example=Example(
        bad=("0 / Etterspørselsbeskrivelse / bruker\n1 / Personer / Personreg.nov.70 / Yrke / 19701131 / .\n"),
        good=("0 / Etterspørselsbeskrivelse / bruker\n1 / Personer / Personreg.nov.70 / Yrke / 19701130 / .\n"),
    ),
    message=_message,
    fixes=_fixes,
)
