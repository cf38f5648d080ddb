"""What becomes known of groups of units from all that was given of them, as far as adding and subtracting goes
(docs/language.md section 12).

A rounded count lies between two numbers. Sums and means are exact, and their digits tell of how many units they are: a
group whose sum or mean is told counts as one whose number is known. What is known of a cell, of the others of its line
and of their total narrows each of them, and so on, until nothing more follows.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from math import inf
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from vkd_catalog.data.crosstab import Place
    from vkd_catalog.disclosure.log import Answer, Told

_MOST_ROUNDS = 30
"""So often is everything looked through again; what follows mostly does so in two or three rounds."""

Group = tuple[int, int]
"""What a group of units is known again by: their number, and the fingerprint of their sketch."""

_Range = tuple[float, float]
_Line = tuple[Group, tuple[Group, ...]]
"""A total and what it is the total of."""


def known_from(answers: Sequence[Answer], smallest: int) -> set[Group]:
    """The groups below a number of units whose number follows from tables of the same units."""
    ranges: dict[Group, _Range] = {}
    for answer in answers:
        for told in answer.cells.values():
            _narrow(ranges, group_of(told), _range_of(told, answer))
    lines = list(dict.fromkeys(line for answer in answers for line in _lines(answer)))
    for _ in range(_MOST_ROUNDS):
        followed = [_follow(ranges, line) for line in lines]
        if not any(followed):
            break
    return {group for group, (least, most) in ranges.items() if 0 < group[0] < smallest and least == most}


def group_of(told: Told) -> Group:
    """What the units of a cell are known again by."""
    return told.number, told.sketch.fingerprint


def _range_of(told: Told, answer: Answer) -> _Range:
    """Between which numbers the units of a cell are, for who knows the rules and sees the value."""
    rules = answer.rules
    if told.value is None:
        # One without units has no sum and no mean either; and a larger one may be withheld beside a small one.
        return (0, rules.smallest_group - 1) if told.number < rules.smallest_group else (0, inf)
    if answer.function != "count":
        return told.number, told.number
    base, zero_below = rules.round_to or 1, rules.zero_below or 0
    least, most = -(-(2 * told.value - base) // 2), (2 * told.value + base - 1) // 2
    if told.value == 0 and zero_below:
        return 0, max(most, zero_below - 1)
    return max(least, zero_below, 0), most


def _lines(answer: Answer) -> Iterator[_Line]:
    """Every total of a table, with the cells along each axis that it is the total of."""
    for place, total in answer.cells.items():
        for number, axis in enumerate(answer.axes):
            if place[number] is None:
                parts = (_at(answer.cells, place, number, category) for category in axis.categories)
                yield group_of(total), tuple(group_of(part) for part in parts)


def _at(cells: Mapping[Place, Told], place: Place, number: int, category: str) -> Told:
    return cells[(*place[:number], category, *place[number + 1 :])]


def _follow(ranges: dict[Group, _Range], line: _Line) -> bool:
    """Narrows a total and its parts by each other. Returns whether anything new followed."""
    total, parts = line
    least = sum(ranges[part][0] for part in parts)
    most = sum(ranges[part][1] for part in parts)
    # Of one part without a largest number the others still say how many it can be at most.
    bounded = sum(ranges[part][1] for part in parts if ranges[part][1] < inf)
    endless = sum(ranges[part][1] == inf for part in parts)
    changed = _narrow(ranges, total, (least, most))
    for part in parts:
        low, high = ranges[part]
        others_most = (bounded if endless == (high == inf) else inf) - (high if high < inf else 0)
        changed |= _narrow(ranges, part, (ranges[total][0] - others_most, ranges[total][1] - (least - low)))
    return changed


def _narrow(ranges: dict[Group, _Range], group: Group, by: _Range) -> bool:
    before = ranges.get(group, (0, inf))
    after = max(before[0], by[0]), min(before[1], by[1])
    ranges[group] = after
    return after != before
