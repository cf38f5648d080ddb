"""The sentences that match a line, by product: as they are found, and as they are asked for."""

from collections.abc import Mapping
from typing import NamedTuple

from vkd_catalog.evaluation.found import RANKS, Grade
from vkd_catalog.register import SentenceRecord


class Hit(NamedTuple):
    """A sentence of some product that matches a line, and how well; `sense` is the code it has of a word of several."""

    grade: Grade
    sentence: SentenceRecord
    sense: str = ""

    @property
    def line(self) -> int:
        """The sentence's place in its description, from 1."""
        return self.sentence.line


Hits = Mapping[int, tuple[Hit, ...]]
"""What a line finds: for each product's number its matching sentences, the best first."""

Finding = dict[int, dict[int, Hit]]
"""Hits on their way: for each product's number the best hit of each of its sentences, by line."""


def keep(found: Finding, product: int, hit: Hit) -> None:
    """Adds a hit to those found for a product, unless the same sentence is there with a better grade."""
    by_line = found.get(product)
    if by_line is None:
        by_line = found[product] = {}
    line = hit.sentence.line
    had = by_line.get(line)
    if had is None or RANKS[had.grade] > RANKS[hit.grade]:
        by_line[line] = hit


def ranked(by_line: Mapping[int, Hit]) -> tuple[Hit, ...]:
    """One product's hits, the best first, and of those as good the first of its lines."""
    if len(by_line) == 1:
        return tuple(by_line.values())
    hits = [by_line[line] for line in sorted(by_line)]
    if len({hit.grade for hit in hits}) > 1:
        hits.sort(key=lambda hit: RANKS[hit.grade])
    return tuple(hits)
