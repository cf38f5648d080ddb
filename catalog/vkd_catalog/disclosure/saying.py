"""What is said of disclosure control: the rules and what they changed, why a table is refused, what ails the log
(docs/language.md section 12)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from vkd_catalog.disclosure.log import Answer, LogUnusable
from vkd_catalog.disclosure.rules import KINDS, Rules, lacking
from vkd_catalog.disclosure.treating import MARGINS, Refusal, Treated
from vkd_catalog.languages import counted, say

_MOST_NAMED = 5
"""So many tables that were given before are named."""


class Applied(NamedTuple):
    """A rule that a table stands under, by its key and with its value as it is written in a `vkd.toml`, and how many
    cells it changed, values where it is `winsorise`; None for one that changes nothing, but refuses tables."""

    key: str
    value: str
    changed: int | None


def applied(table: Treated, rules: Rules) -> list[Applied]:
    """All rules that are stated, in the order of docs/language.md, and what else withheld cells."""
    changed = {one.key: one.number for one in table.changed}
    own = {key: value for key, value in stated(rules).items() if key != "log"}
    found = [Applied(key, value, changed.get(key)) for key, value in own.items()]
    return [*found, *(Applied(key, "", number) for key, number in changed.items() if key not in own)]


def listing(table: Treated, rules: Rules, language: str) -> list[str]:
    """The rules that a table stands under and what they changed, a line each, and that a person must check it."""
    lines = [_line(one, language) for one in applied(table, rules)]
    return [say("disclosure.under", language), *(f"  {line}" for line in lines), say("disclosure.check", language)]


def stated(rules: Rules) -> dict[str, str]:
    """What is stated of each key, the log too, as it is written in a `vkd.toml`."""
    return {key: _written(value) for key in KINDS if (value := _value(rules, key)) is not None}


def refusal(refused: Refusal, language: str) -> str:
    """Why a table is not given, in a sentence; where others were given before, which."""
    facts = {key: _fact(value, language) for key, value in refused.facts.items()}
    return say(f"disclosure.refused.{refused.key}", language, **facts)


def lacks(rules: Rules, language: str) -> str:
    """What must be stated before anything can be given, and is not; empty where all is there."""
    keys = lacking([key for key in KINDS if _value(rules, key) is not None])
    return say("disclosure.lacking", language, keys=", ".join(keys)) if keys else ""


def unusable(error: LogUnusable, language: str) -> str:
    """Why nothing is given where the log cannot be used."""
    why = say(f"disclosure.log.{error.key}", language, **error.facts)
    return say("disclosure.log", language, path=error.path, why=why)


def _line(one: Applied, language: str) -> str:
    name = say("disclosure.margins", language) if one.key == MARGINS else " = ".join(filter(None, (one.key, one.value)))
    if one.changed is None:
        return name
    kind = "values" if one.key == "winsorise" else "cells"
    return f"{name}: {counted(f'disclosure.changed.{kind}', one.changed, language)}"


def _value(rules: Rules, key: str) -> object:
    return getattr(rules, key.replace("-", "_"))


def _written(value: object) -> str:
    """A value as TOML writes it. Shares at both ends are said in per cent, as they are recommended."""
    if not isinstance(value, tuple):
        return f"{value:g}" if isinstance(value, float) else str(value)
    numbers = value if hasattr(value, "_fields") else [100 * one for one in value]
    return f"[{', '.join(f'{number:g}' for number in numbers)}]"


def _fact(value: object, language: str) -> object:
    if not isinstance(value, tuple):
        return value
    return "; ".join(_which(answer, language) for answer in value[:_MOST_NAMED]) + (" …" * (len(value) > _MOST_NAMED))


def _which(answer: Answer, language: str) -> str:
    """Which table was given before: who asked for it, by what it is divided, when, and its line in the log."""
    about: Mapping[str, object] = answer.about
    named = about.get("label") or " x ".join(axis.code for axis in answer.axes) or "-"
    demand = about.get("demand", "?")
    return say("disclosure.which", language, demand=demand, table=named, at=answer.at, line=answer.number)
