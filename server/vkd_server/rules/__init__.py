"""The rules, one module each: an explicit list, and none of them imported before it is needed."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from vkd_server.rules.rule import Level, Rule

LEVELS: dict[str, Level] = {
    "VKD001": "error",
    "VKD002": "error",
    "VKD003": "warning",
    "VKD004": "error",
    "VKD005": "error",
    "VKD006": "error",
    "VKD007": "error",
    "VKD008": "error",
    "VKD009": "error",
    "VKD101": "error",
    "VKD102": "error",
    "VKD103": "error",
    "VKD104": "error",
    "VKD105": "warning",
    "VKD106": "off",
    "VKD201": "error",
    "VKD202": "hint",
    "VKD203": "error",
    "VKD204": "off",
    "VKD205": "warning",
    "VKD301": "error",
    "VKD302": "error",
    "VKD303": "warning",
    "VKD304": "warning",
    "VKD305": "warning",
    "VKD401": "warning",
    "VKD402": "error",
    "VKD403": "error",
    "VKD404": "error",
    "VKD405": "warning",
    "VKD501": "warning",
    "VKD502": "off",
    "VKD503": "error",
    "VKD504": "error",
    "VKD601": "error",
    "VKD602": "warning",
    "VKD603": "error",
    "VKD604": "error",
    "VKD605": "error",
    "VKD606": "warning",
    "VKD607": "warning",
}
"""Every diagnostic's level where `vkd.toml` does not change it, in the order of docs/language.md section 8."""

CHECKED_HERE = (
    "VKD106",
    "VKD204",
    "VKD205",
    "VKD303",
    "VKD304",
    "VKD305",
    "VKD401",
    "VKD403",
    "VKD404",
    "VKD405",
    "VKD501",
    "VKD502",
    "VKD503",
    "VKD504",
)
"""The diagnostics that the rules find themselves; all others are found where the text is read and coded."""


WARNED_OF_IN_DEMANDS = ("VKD103",)
"""The errors that are warnings in a demand, which is answered all the same: in each of the senses of a word."""

SAFELY_FIXED = ("VKD003", "VKD004", "VKD005", "VKD008", "VKD106", "VKD202", "VKD402")
"""The diagnostics that have safe fixes, which may be applied without asking."""


def rule_of(code: str) -> Rule:
    """One rule by its code. Raises KeyError where there is no such code."""
    from importlib import import_module

    if code not in LEVELS:
        raise KeyError(code)
    found: Rule = import_module(f"vkd_server.rules.{code.lower()}").RULE
    return found
