"""VKD401: product without data, doc, form or access."""

from collections.abc import Iterator
from typing import NamedTuple

from vkd_grammar.problems import at_field
from vkd_grammar.syntax import Problem
from vkd_grammar.technical import key_named
from vkd_server.rules.rule import Context, Example, Rule
from vkd_server.rules.shared.wording import all_of

_EXPECTED = ("data", "doc", "form", "access")

_EXAMPLES = {"data": "data=arkiv/person.csv", "doc": "doc=dok/person.md", "form": "form=csv", "access": "access=open"}


class MissingKeys(NamedTuple):
    """The keys that a product does not state, by their names."""

    keys: tuple[str, ...]


def _check(context: Context) -> Iterator[Problem]:
    values = context.coded.technical.values
    if all(key in values for key in _EXPECTED):
        return
    header = context.coded.description.header
    if header is None or context.coded.kind != "product":
        return
    # A key that is there with a value it does not take has its own diagnostic.
    stated = {key.name for entry in header.entries if (key := key_named(entry.key.text))}
    missing = tuple(key for key in _EXPECTED if key not in stated)
    if missing:
        place = header.fields[2] if len(header.fields) > 2 else header.fields[-1]
        yield at_field(header.row, place, "VKD401", MissingKeys(missing))


def _message(problem: Problem, context: Context) -> str:
    keys = problem.of(MissingKeys).keys
    return context.say("VKD401.message", missing=all_of(keys, context.language), example=_EXAMPLES[keys[0]])


RULE = Rule(
    code="VKD401",
    level="warning",
    example=Example(
        bad=(
            "0 / Produktbeskrivelse / eksempel / data=F:ft70-person.csv; form=csv\n"
            "1 / Personer / Personreg.nov.70 / Yrke / 19701101 / .\n"
        ),
        good=(
            "0 / Produktbeskrivelse / eksempel / data=F:ft70-person.csv; doc=P:ft70.md; form=csv; access=closed\n"
            "1 / Personer / Personreg.nov.70 / Yrke / 19701101 / .\n"
        ),
    ),
    message=_message,
    check=_check,
)
