"""The funnel: how many information sets survive up to each line of a demand, and which line lets none through."""

from collections.abc import Iterator
from typing import NamedTuple

from vkd_catalog.coding import CodedDescription
from vkd_catalog.evaluation.answer import ADDRESSES
from vkd_catalog.evaluation.candidates import Candidates, excluded
from vkd_catalog.evaluation.covers import Coverer
from vkd_catalog.evaluation.demand import DemandLine, groups_of
from vkd_catalog.evaluation.matching import Matcher
from vkd_catalog.evaluation.names import Names
from vkd_catalog.register import Register
from vkd_catalog.vocabulary import Vocabularies


class Survivors(NamedTuple):
    """How many information sets are still in some answer when only a group's lines up to `line` (from 1) are asked.

    `kills` marks the line of a group from which the count is 0 down to the group's last line. Before that line a count
    may rise again: a population alone makes no table, but together with a classification it does.
    """

    line: int
    sets: int
    kills: bool


def funnel(
    demand: CodedDescription, register: Register, vocabularies: Vocabularies, *, archive: str, max_sets: int
) -> tuple[Survivors, ...]:
    """The survivors of every line, in order, each group by itself. Every line must have a meaning.

    `archive` is data, document or both: sets without an address in it take no part.
    """
    matcher, names = Matcher(register, vocabularies), Names(register.identifications)
    key = ADDRESSES.get(archive)
    barred = register.lacking(key) if key else frozenset()

    def surviving(lines: tuple[DemandLine, ...]) -> int:
        asked = [line for line in lines if not line.negated]
        candidates = Candidates(asked, register, vocabularies, matcher, barred | excluded(lines, matcher))
        coverer = Coverer(candidates, names, max_sets)
        keys = {key for pattern in coverer.patterns for part in pattern.parts for key in part}
        return sum(len(candidates.editions[key]) for key in keys)

    return tuple(
        survivors
        for group in groups_of(demand, vocabularies)
        for survivors in _of_group(
            [line.line for line in group.lines],
            [surviving(group.lines[:end]) for end in range(1, len(group.lines) + 1)],
        )
    )


def _of_group(lines: list[int], sets: list[int]) -> Iterator[Survivors]:
    last = max((place for place, count in enumerate(sets) if count), default=-1)
    for place, (line, count) in enumerate(zip(lines, sets, strict=True)):
        yield Survivors(line, count, place == last + 1)
