"""VKD009: not UTF-8, a control character, or a bad escape."""

from vkd_grammar.problems import Unreadable
from vkd_grammar.syntax import Problem
from vkd_server.rules.rule import Context, Example, Fix, Rule


def _message(problem: Problem, context: Context) -> str:
    facts = problem.of(Unreadable)
    return context.say(f"VKD009.{facts.reason}", **facts._asdict())


def _fixes(problem: Problem, context: Context) -> tuple[Fix, ...]:
    facts = problem.of(Unreadable)
    if facts.reason == "escape":
        return (Fix(context.say("VKD009.double"), (context.replacing(problem, "\\\\"),)),)
    if facts.reason == "character":
        title = context.say("VKD009.remove", character=facts.character)
        return (Fix(title, (context.replacing(problem, ""),)),)
    return ()


RULE = Rule(
    code="VKD009",
    level="error",
    example=Example(
        bad=("0 / Etterspørselsbeskrivelse / en annen \\\n1 / Personer / - / Yrke / - / .\n"),
        good=("0 / Etterspørselsbeskrivelse / en annen \\\\\n1 / Personer / - / Yrke / - / .\n"),
    ),
    message=_message,
    fixes=_fixes,
)
