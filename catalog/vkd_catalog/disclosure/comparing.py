"""A table held against those that were given before: does it tell, together with them, of a group that is too small?
(docs/language.md section 12).

Who has two tables subtracts one from the other. What is left is told of as if it had been asked for: the units of a set
that another lacks, those of a class that none of its parts has, a cell that one of the tables withholds. None of these
may be a group below the threshold. Which groups of units lie in each other is found by their sketches, whatever sets
and classes are called, and also where a file has changed since.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from math import isclose
from typing import TYPE_CHECKING

from vkd_catalog.disclosure.knowing import Group, group_of, known_from
from vkd_catalog.disclosure.treating import Refusal

if TYPE_CHECKING:
    from vkd_catalog.data.crosstab import Axis, Place, Sketch
    from vkd_catalog.disclosure.log import Answer, Told

_SURELY_APART = 50
"""Groups of fewer units may have nearly the same sketch and nothing to do with each other: those are compared only
where both tables say the same of them."""

_MOST_PARTS = 200
"""So many populations are tried as parts of another."""

_Description = frozenset[tuple[str, int, str]]
"""What a cell says of its units: of each axis, by its code and its place among those of that code, the category."""


def compared(new: Answer, answers: Sequence[Answer], smallest: int) -> Refusal | None:
    """Why a table that would be given as `new` says is not given after others; None where it may be.

    `smallest` is how many units a group has at least that may be told of.
    """
    near = [one for one in answers if _are_subtracted(new, one) and one.units == new.units]
    for old in near:
        if key := _between(new, old, smallest):
            return _refusal(key, [old], smallest)
    if rest := _rest(new, near, smallest):
        return _refusal("rest", rest, smallest)
    if _becomes_known(new, [], smallest):
        return _refusal("alone", [], smallest)
    same = _same_units(new, answers)
    if same and _becomes_known(new, same, smallest):
        return _refusal("together", same, smallest)
    others = [one for one in answers if _are_subtracted(new, one) and one.units != new.units]
    alike = [one for one in others if _may_be_the_same(new, one, smallest)]
    return _refusal("identified", alike[:1], smallest) if alike else None


def _refusal(key: str, answers: Sequence[Answer], smallest: int) -> Refusal:
    return Refusal(key, {"answers": tuple(answers), "threshold": smallest})


def _are_subtracted(new: Answer, old: Answer) -> bool:
    """Whether figures of two tables are of a kind: counts, or sums and means of the same values."""
    return new.of == old.of and (new.function == "count") == (old.function == "count")


def _between(new: Answer, old: Answer, smallest: int) -> str:
    """The key of the reason why two tables may not both be given; empty where there is none."""
    groups, before = _groups(new), _groups(old)
    in_both = groups.keys() & before.keys()
    if any(_is_told_otherwise(new, groups[one], old, before[one]) for one in in_both):
        return "otherwise"
    if group_of(new.population) == group_of(old.population):
        return "divided" if _may_divide(new, old) else ""
    if _are_nearly_the_same(new.population.sketch, old.population.sketch, smallest):
        return "difference"
    pairs = (*_said_alike(new, old), *_of_one_size(new, old, smallest))
    apart = (pair for pair in pairs if not in_both & set(map(group_of, pair)))
    return "cells" if any(_differ_by_few(*pair, smallest) for pair in apart) else ""


def _groups(answer: Answer) -> dict[Group, Told]:
    return {group_of(told): told for told in answer.cells.values() if told.number}


def _is_told_otherwise(new: Answer, told: Told, old: Answer, before: Told) -> bool:
    """Whether one table tells of a group that the other hides, or tells another figure, as by other rules: the two
    together then say more than either may."""
    if told.is_hidden != before.is_hidden:
        return True
    if new.function != old.function or told.value is None or before.value is None:
        return False
    return not isclose(told.value, before.value, rel_tol=1e-9, abs_tol=1e-9)


def _may_divide(new: Answer, old: Answer) -> bool:
    """Whether exact figures of the same units stand by other categories of one classification, some of them hidden: a
    class of one table may be divided in the other, and what is left of it is what was hidden."""
    if not (new.is_exact and old.is_exact and any(one.is_hidden for table in (new, old) for one in _cells(table))):
        return False
    before = {axis.code: set(axis.categories) for axis in old.axes}
    return any(before.get(axis.code, set(axis.categories)) != set(axis.categories) for axis in new.axes)


def _cells(answer: Answer) -> Iterator[Told]:
    return iter(answer.cells.values())


def _are_nearly_the_same(one: Sketch, other: Sketch, smallest: int) -> bool:
    """Whether two populations, each of many units, have all but a few in common."""
    return sum(abs(a - b) for a, b in zip(one.buckets, other.buckets, strict=True)) < smallest


def _differ_by_few(one: Told, other: Told, smallest: int) -> bool:
    """Whether one of two groups lies in the other, which has a few more, and one of them is told of."""
    if not one.number or not other.number or (one.is_hidden and other.is_hidden):
        return False
    differences = [a - b for a, b in zip(one.sketch.buckets, other.sketch.buckets, strict=True)]
    return min(differences) * max(differences) >= 0 and 0 < abs(sum(differences)) < smallest


def _said_alike(new: Answer, old: Answer) -> Iterator[tuple[Told, Told]]:
    """The cells of which two tables say the same."""
    before = {_description(place, old.axes): told for place, told in old.cells.items()}
    for place, told in new.cells.items():
        if other := before.get(_description(place, new.axes)):
            yield told, other


def _of_one_size(new: Answer, old: Answer, smallest: int) -> Iterator[tuple[Told, Told]]:
    """The larger groups of two tables that have nearly the same number of units."""
    sizes = sorted(((one.number, one) for one in _cells(old) if one.number >= _SURELY_APART), key=lambda pair: pair[0])
    counts = [count for count, _ in sizes]
    for told in _cells(new):
        if told.number >= _SURELY_APART:
            first = bisect_left(counts, told.number - smallest + 1)
            for _, other in sizes[first : bisect_right(counts, told.number + smallest - 1)]:
                yield told, other


def _description(place: Place, axes: Sequence[Axis]) -> _Description:
    seen: Counter[str] = Counter()
    said = []
    for axis, category in zip(axes, place, strict=True):
        seen[axis.code] += 1
        if category is not None:
            said.append((axis.code, seen[axis.code], category))
    return frozenset(said)


def _rest(new: Answer, answers: Sequence[Answer], smallest: int) -> list[Answer]:
    """Tables given before that leave, together with the new one, few units of a population: what a whole has more than
    its parts. Empty where there are none."""
    populations = {group_of(one.population): one for one in reversed(answers)}
    populations[group_of(new.population)] = new
    largest = sorted(populations.values(), key=lambda one: -one.population.number)[:_MOST_PARTS]
    for place, whole in enumerate(largest):
        parts = _parts(whole, largest[place + 1 :], smallest)
        if new in (whole, *parts):
            return [one for one in (whole, *parts) if one is not new]
    return []


def _parts(whole: Answer, smaller: Sequence[Answer], smallest: int) -> list[Answer]:
    """The populations that, taken from another one after the other, leave few of its units; empty where none do."""
    left, parts = whole.population.sketch.buckets, []
    for part in smaller:
        rest = tuple(a - b for a, b in zip(left, part.population.sketch.buckets, strict=True))
        if min(rest) >= 0:
            left = rest
            parts.append(part)
            if 0 < sum(left) < smallest:
                return parts
    return []


def _may_be_the_same(new: Answer, old: Answer, smallest: int) -> bool:
    """Whether units of one type that are identified in different ways, so that nobody sees which are the same, are so
    nearly as many that they may be the same but for a few."""
    is_one_type = new.units.split("|")[0] == old.units.split("|")[0]
    return is_one_type and 0 < abs(new.population.number - old.population.number) < smallest


def _same_units(new: Answer, answers: Sequence[Answer]) -> list[Answer]:
    """The tables that are of the same units."""
    return [one for one in answers if one.units == new.units and group_of(one.population) == group_of(new.population)]


def _becomes_known(new: Answer, same: Sequence[Answer], smallest: int) -> bool:
    """Whether it follows from tables of the same units how many a small group is, and did not before the new one."""
    return bool(_known(smallest, new, *same) - _known(smallest, *same))


def _known(smallest: int, *answers: Answer) -> set[Group]:
    """The small groups of which it follows how many they are. Where no counts are told, nobody is sure of how many
    units a sum is."""
    return known_from(answers, smallest) if any(one.function == "count" for one in answers) else set()
