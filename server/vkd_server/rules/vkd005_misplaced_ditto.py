"""VKD005: ditto where none may stand."""

from vkd_grammar.problems import WrongDitto
from vkd_grammar.sentences import JOINING
from vkd_grammar.syntax import OPERATOR, Problem
from vkd_server.rules.rule import Context, Example, Fix, Rule
from vkd_server.rules.shared.edits import write


def _message(problem: Problem, context: Context) -> str:
    return context.say(f"VKD005.{problem.of(WrongDitto).reason}")


def _fixes(problem: Problem, context: Context) -> tuple[Fix, ...]:
    sentences = context.coded.description.sentences
    place = next(place for place, sentence in enumerate(sentences) if sentence.row == problem.row)
    reason = problem.of(WrongDitto).reason
    if reason == "number":
        return (write(str(place + 1), problem, context, safe=True),)
    if reason != "operator":
        return ()
    if place == len(sentences) - 1:
        return (write(".", problem, context, safe=True),)
    above = sentences[place - 1] if place else None
    if above is not None and above.readable and above.fields[OPERATOR].text in JOINING:
        return (write(above.fields[OPERATOR].text, problem, context, safe=True),)
    return ()


RULE = Rule(
    code="VKD005",
    level="error",
    safe=True,
    example=Example(
        bad=('0 / Etterspørselsbeskrivelse / bruker\n1 / " / Personreg.nov.70 / Yrke / 19701101 / .\n'),
        good=(
            "0 / Etterspørselsbeskrivelse / bruker\n"
            "1 / Personer / Personreg.nov.70 / Yrke / 19701101 / O\n"
            '2 / " / " / Alder / " / .\n'
        ),
    ),
    message=_message,
    fixes=_fixes,
)
