"""The sentences that match a line, by product: as they are found, and as they are asked for."""

from collections.abc import Mapping
from typing import NamedTuple

from vkd_catalog.evaluation.found import GRADES, Grade
from vkd_catalog.evaluation.times import When
from vkd_catalog.register import SentenceRecord

NOBODY: frozenset[int] = frozenset()


class Hit(NamedTuple):
    """A sentence of some product that matches a line.

    `rank` is its own grade, `fields` that of all its fields but the time, both as places in `GRADES`; `whens` are the
    times it counts at. `sense` is the code it has of a word of several. `needs` are other products that must be in the
    cover too. One that is `beside` is cited with what matches and makes no match by itself. `population` are the
    registers of its table that nobody asks for.
    """

    rank: int
    sentence: SentenceRecord
    fields: int
    whens: tuple[When, ...]
    sense: str = ""
    needs: frozenset[int] = NOBODY
    beside: bool = False
    population: tuple[str, ...] = ()

    @property
    def grade(self) -> Grade:
        """The sentence's own grade."""
        return GRADES[self.rank]

    @property
    def line(self) -> int:
        """The sentence's place in its description, from 1."""
        return self.sentence.line


Hits = Mapping[int, tuple[Hit, ...]]
"""What a line finds: for each product's number its matching sentences, the best first, those beside last."""

_Key = tuple[int, frozenset[int], bool]

Finding = dict[int, dict[_Key, Hit]]
"""Hits on their way: for each product's number the best hit of each of its sentences, by what it needs."""


def keep(found: Finding, product: int, hit: Hit) -> None:
    """Adds a hit to those found for a product, unless the same sentence is there with a better grade."""
    by_key = found.get(product)
    if by_key is None:
        by_key = found[product] = {}
    key = hit.sentence.line, hit.needs, hit.beside
    had = by_key.get(key)
    if had is None or (had.fields, had.rank) > (hit.fields, hit.rank):
        by_key[key] = hit


def settled(found: Finding) -> Hits:
    """What was found, as it is asked for."""
    return {product: _ranked(by_key) for product, by_key in found.items()}


def _ranked(by_key: Mapping[_Key, Hit]) -> tuple[Hit, ...]:
    """One product's hits, the best first, and of those as good the first of its lines."""
    if len(by_key) == 1:
        return tuple(by_key.values())
    hits = [hit for hit in by_key.values() if not _is_superfluous(hit, by_key)]
    hits.sort(key=_order)
    return tuple(hits)


def _is_superfluous(hit: Hit, by_key: Mapping[_Key, Hit]) -> bool:
    """Whether the same sentence is there by itself, and as well."""
    if not hit.beside and not hit.needs:
        return False
    plain = by_key.get((hit.sentence.line, NOBODY, False))
    return plain is not None and (hit.beside or plain.fields <= hit.fields)


def _order(hit: Hit) -> tuple[bool, int, int]:
    return hit.beside, hit.rank, hit.sentence.line
