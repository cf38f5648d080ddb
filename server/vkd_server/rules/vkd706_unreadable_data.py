"""VKD706: data file that cannot be read as its form says."""

from typing import get_args

from vkd_catalog.files import Reason
from vkd_catalog.problems import UnreadableData
from vkd_grammar.syntax import Problem
from vkd_server.rules.rule import Context, Example, Rule

_FORMS = {"csv": "CSV", "parquet": "Parquet", "px": "PX"}


def _message(problem: Problem, context: Context) -> str:
    facts = problem.of(UnreadableData)
    line = context.say("VKD706.line", row=facts.row) if facts.row else ""
    if facts.reason in get_args(Reason):
        why = context.say(f"unread.{facts.reason}")
    else:
        why = context.say(f"VKD706.why.{facts.reason}", line=line, expected=facts.expected, found=facts.found)
    return context.say("VKD706.message", file=context.quoted(facts.file), form=_FORMS[facts.form], why=why)


RULE = Rule(
    code="VKD706",
    level="error",
    example=Example(
        bad=(
            "0 / Produktbeskrivelse / eksempel / data=archive/eksempel.csv; doc=P:ft70.md; form=csv; access=closed\n"
            "1 / Personer / Personreg.nov.70 / Inntekt / 19701101 / O\n"
            '2 / "        / "                / Kjønn   / "        / .\n'
        ),
        good=(
            "0 / Produktbeskrivelse / eksempel / data=archive/whole.csv; doc=P:ft70.md; form=csv; access=closed\n"
            "1 / Personer / Personreg.nov.70 / Inntekt / 19701101 / O\n"
            '2 / "        / "                / Kjønn   / "        / .\n'
        ),
        beside=(
            ("archive/eksempel.csv", "Inntekt,Kjønn\n52000,1\n63000\n"),
            ("archive/whole.csv", "Inntekt,Kjønn\n52000,1\n63000,2\n"),
        ),
    ),
    message=_message,
)
