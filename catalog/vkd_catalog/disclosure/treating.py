"""What the rules make of a table: which cells are given, which are withheld, and whether the table is given at all
(docs/language.md section 12).

Every cell is treated alike, margins included. Where values are given as they are (sums, means, counts that no rule
rounds), a margin beside a cell that is not given would give that cell away: it is withheld too.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import product
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from vkd_catalog.data.crosstab import Cell, Crosstab, Place
    from vkd_catalog.disclosure.rules import Rules

MARGINS = "margins"
"""What withholds a margin beside a cell that is not given; it is no key, and holds wherever values are exact."""


class Changed(NamedTuple):
    """A rule, by its key, and how many cells it changed; of `winsorise`, how many values."""

    key: str
    number: int


class Treated(NamedTuple):
    """A table as it may be given: None is a cell that is withheld. `hidden` are the cells with units whose value is not
    told: withheld, or told as 0. `is_exact` says whether the others are as they are in the data."""

    values: Mapping[Place, int | float | None]
    hidden: frozenset[Place]
    changed: tuple[Changed, ...]
    is_exact: bool


class Refusal(NamedTuple):
    """Why a table is not given: the key of the text `disclosure.refused.…`, and its facts."""

    key: str
    facts: Mapping[str, object]


def treated(crosstab: Crosstab, rules: Rules) -> Treated | Refusal:
    """A table under the rules, or why there is none."""
    least = rules.minimum_population or 0
    if crosstab.population < least:
        return Refusal("minimum-population", {"minimum": least})
    by_rule = {place: _rule_for(cell, crosstab, rules) for place, cell in crosstab.cells.items()}
    is_exact = crosstab.function != "count" or (rules.round_to or 1) == 1
    if is_exact:
        for place in _margins_above(_hidden(by_rule, crosstab), crosstab.cells):
            by_rule[place] = by_rule[place] or MARGINS
    values = {place: _value(cell, by_rule[place], crosstab, rules) for place, cell in crosstab.cells.items()}
    withheld = sum(value is None for value in values.values())
    if rules.refuse_above is not None and withheld > rules.refuse_above * len(values):
        return Refusal("refuse-above", {"withheld": withheld, "cells": len(values), "most": rules.refuse_above})
    hidden = frozenset(_hidden(by_rule, crosstab))
    return Treated(values, hidden, tuple(_changed(values, by_rule, crosstab, rules)), is_exact)


def _rule_for(cell: Cell, crosstab: Crosstab, rules: Rules) -> str:
    """The key of the rule by which a cell is not told as it is, the first that there is; empty where none does."""
    if crosstab.function == "count":
        if cell.number < (rules.zero_below or 0):
            return "zero-below"
        return "threshold" if 0 < cell.number < rules.smallest_group else ""
    if cell.number < rules.smallest_group or not cell.number:
        return "threshold"
    if _is_dominated(cell, rules):
        return "dominance"
    return "p-percent" if _is_estimated(cell, rules) else ""


def _is_dominated(cell: Cell, rules: Rules) -> bool:
    rule = rules.dominance
    return rule is not None and 100 * sum(cell.largest[: rule.n]) > rule.k * cell.magnitude


def _is_estimated(cell: Cell, rules: Rules) -> bool:
    """Whether the unit with the second largest contribution can work out the largest too closely: by taking its own
    from the total, it is left with the largest and what all others have."""
    if rules.p_percent is None or not cell.largest:
        return False
    others = cell.magnitude - sum(cell.largest[:2])
    return 100 * others < rules.p_percent * cell.largest[0]


def _hidden(by_rule: Mapping[Place, str], crosstab: Crosstab) -> Iterator[Place]:
    """The cells with units that are not told. One without any hides nothing: 0 is what it is."""
    return (place for place, rule in by_rule.items() if rule and crosstab.cells[place].number)


def _margins_above(places: Iterable[Place], cells: Mapping[Place, Cell]) -> set[Place]:
    """All margins that some cells are part of."""
    return {above for place in places for above in product(*({category, None} for category in place)) if above in cells}


def _value(cell: Cell, rule: str, crosstab: Crosstab, rules: Rules) -> int | float | None:
    if rule:
        return 0 if rule == "zero-below" else None
    if crosstab.function == "count":
        return _rounded(cell.number, rules.round_to or 1)
    return cell.total if crosstab.function == "sum" else cell.total / cell.number


def _rounded(count: int, base: int) -> int:
    """The nearest multiple of a base, halves up."""
    return (2 * count + base) // (2 * base) * base


def _changed(
    values: Mapping[Place, int | float | None], by_rule: Mapping[Place, str], crosstab: Crosstab, rules: Rules
) -> Iterator[Changed]:
    """Each rule that is stated and can change this table, with what it changed."""
    is_count = crosstab.function == "count"
    hidden = [by_rule[place] for place in _hidden(by_rule, crosstab)]
    rounded = sum(not by_rule[place] and values[place] != cell.number for place, cell in crosstab.cells.items())
    for key, is_stated, number in (
        ("zero-below", is_count and rules.zero_below is not None, hidden.count("zero-below")),
        ("threshold", rules.threshold is not None or "threshold" in hidden, hidden.count("threshold")),
        ("round-to", is_count and rules.round_to is not None, rounded),
        ("winsorise", not is_count and rules.winsorise is not None, crosstab.winsorised),
        ("dominance", not is_count and rules.dominance is not None, hidden.count("dominance")),
        ("p-percent", not is_count and rules.p_percent is not None, hidden.count("p-percent")),
        (MARGINS, MARGINS in hidden, hidden.count(MARGINS)),
    ):
        if is_stated:
            yield Changed(key, number)
