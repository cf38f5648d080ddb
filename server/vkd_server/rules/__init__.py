"""The rules, one module each: an explicit list, and none of them imported before it is needed.

All that a rule is stands in its `RULE`. The list is in parts because a check begins by importing the rules that
find problems themselves, and no others: all of them would take a fifth of the time that a small check takes.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from vkd_server.rules.rule import Rule

FOUND_BELOW = (
    "vkd001_wrong_number_of_fields",
    "vkd002_wrong_header",
    "vkd003_wrong_line_number",
    "vkd004_wrong_operator",
    "vkd005_misplaced_ditto",
    "vkd006_operator_in_product",
    "vkd007_dont_care_in_product",
    "vkd008_empty_field",
    "vkd009_unreadable_text",
    "vkd101_unknown_word",
    "vkd102_word_of_another_vocabulary",
    "vkd103_ambiguous_word",
    "vkd104_unknown_code",
    "vkd105_word_and_code_differ",
    "vkd201_fields_do_not_agree",
    "vkd202_singular_with_classification",
    "vkd203_characteristic_not_defined",
    "vkd301_not_a_time",
    "vkd302_interval_backwards",
    "vkd402_wrong_technical_data",
    "vkd601_code_twice",
    "vkd602_word_of_several_concepts",
    "vkd603_concept_above_missing",
    "vkd604_unreadable_table",
    "vkd605_unknown_code_in_column",
    "vkd606_derived_from_itself",
    "vkd607_unknown_column",
    "vkd608_unreadable_mapping",
    "vkd802_parts_missing",
)
"""The rules whose problems are found where a text is read and coded."""

FOUND_HERE = (
    "vkd205_repeated_line",
    "vkd303_point_time_of_accumulated",
    "vkd304_name_not_valid",
    "vkd305_dont_care_like_a_date",
    "vkd401_technical_data_missing",
    "vkd403_address_not_found",
    "vkd404_identification_in_use",
    "vkd405_file_not_included",
    "vkd501_no_definition",
    "vkd503_sensitive_but_open",
    "vkd504_personal_number",
    "vkd801_documentation_not_found",
)
"""The rules that find their problems themselves, by their `check`."""

FOUND_IF_ASKED = (
    "vkd106_synonym_used",
    "vkd204_population_not_stated",
    "vkd502_sensitivity_not_assessed",
)
"""The rules that do so too, and are off until somebody gives them another level."""

FOUND_IN_DATA = (
    "vkd701_column_missing",
    "vkd702_column_not_described",
    "vkd703_value_not_listed",
    "vkd704_unit_id_not_unique",
    "vkd705_times_outside",
    "vkd706_unreadable_data",
)
"""The rules whose problems are found where a description is held to its data, which is done only when asked for."""


def _code(name: str) -> str:
    """A module's code: the first six letters of its name."""
    return name[:6].upper()


_MODULES = {_code(name): name for name in sorted((*FOUND_BELOW, *FOUND_HERE, *FOUND_IF_ASKED, *FOUND_IN_DATA))}

CODES = tuple(_MODULES)
"""The codes of all diagnostics, in the order of docs/language.md section 8."""


@cache
def rule_of(code: str) -> Rule:
    """One rule by its code. Raises KeyError where there is no such code."""
    from importlib import import_module

    rule: Rule = import_module(f"vkd_server.rules.{_MODULES[code]}").RULE
    return rule


def rules_that_check(levels: Mapping[str, str]) -> tuple[Rule, ...]:
    """The rules that find their problems themselves and are not off, in order; `levels` are those of a `vkd.toml`."""
    asked = tuple(name for name in FOUND_IF_ASKED if levels.get(_code(name), "off") != "off")
    on = tuple(name for name in FOUND_HERE if levels.get(_code(name)) != "off")
    return tuple(rule_of(_code(name)) for name in sorted((*on, *asked)))
