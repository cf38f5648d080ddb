"""The sentences that match a line, by product: as they are found, and as they are asked for."""

from __future__ import annotations

from collections.abc import Callable, Collection, ItemsView, Iterable, Iterator, Mapping, Sequence
from copy import copy
from functools import partial
from typing import NamedTuple

from vkd_catalog.evaluation.found import GRADES, Grade
from vkd_catalog.evaluation.saying import Mark, Said, Spoken, all_different
from vkd_catalog.evaluation.times import When
from vkd_catalog.register import SentenceRecord, counted_by_finding

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


HitsByProduct = Mapping[int, tuple[Hit, ...]]
"""Hits by product: for each product's number its matching sentences, the best first, those beside last."""


_NONE: frozenset[Mark] = frozenset()


class Hits(Mapping[int, tuple[Hit, ...]]):
    """What a line finds, by product.

    Of many products that say the same one is looked at, and it lends the others its hits: they are as good and as
    linkable, but stand in other lines, and speak of another register or time where nothing depends on it. A product's
    own hits are looked up when they are asked for.
    """

    def __init__(self, lent: HitsByProduct, said: Said, look_up: Callable[[Collection[int]], HitsByProduct]) -> None:
        self._lent = lent
        self._said = said
        self._look_up = look_up
        self._like = {number: one for number, one in said.like.items() if one in lent}
        self._own = dict(lent)
        self._marks: dict[tuple[int, int | None], frozenset[Mark] | None] = {}

    def __getitem__(self, number: int) -> tuple[Hit, ...]:
        if number not in self._like:
            raise KeyError(number)
        self.look_up((number,))
        return self._own[number]

    def __iter__(self) -> Iterator[int]:
        return iter(self._like)

    def __len__(self) -> int:
        return len(self._like)

    def __contains__(self, number: object) -> bool:
        return number in self._like

    def items(self) -> ItemsView[int, tuple[Hit, ...]]:
        """The own hits of all products, which are looked up together."""
        self.look_up(self._like)
        return super().items()

    def look_up(self, numbers: Iterable[int]) -> set[int]:
        """Looks up the own hits of some products together, of those that match. Returns those that were not known."""
        wanted = {number for number in numbers if number not in self._own and number in self._like}
        if wanted:
            self._own.update(self._look_up(wanted))
        return wanted

    def forget(self, numbers: Iterable[int]) -> None:
        """Forgets the own hits of some products, which were looked up for what is told of them now."""
        for number in numbers:
            self._own.pop(number, None)

    def lent(self, number: int) -> tuple[Hit, ...]:
        """The hits of the product that stands for one; none where it does not match."""
        like = self._like.get(number)
        return () if like is None else self._lent[like]

    def lent_by(self, number: int) -> tuple[Hit, ...]:
        """The hits that a product lends all that say the same, also where it is left out itself."""
        return self._lent.get(number, ())

    def like(self, number: int) -> int | None:
        """The product that stands for one; None where it does not match."""
        return self._like.get(number)

    @property
    def by_likeness(self) -> Mapping[int, int]:
        """For each product the one that stands for it."""
        return self._like

    @property
    def every_lent(self) -> Iterator[tuple[Hit, ...]]:
        """The hits of each product that stands for some."""
        return (self._lent[one] for one in dict.fromkeys(self._like.values()))

    def said(self, number: int, rank: int | None = None) -> Iterable[SentenceRecord]:
        """What a product says in its hits, of a rank where one is given, wherever it says so; characteristics only
        where something depends on them."""
        return self._said_in(self._said.sentences, number, rank)

    def teller(self, rank: int | None = None) -> Callable[[int], Iterable[SentenceRecord]]:
        """What tells what `said` tells: where all that products say is among their hits without any further look."""
        like, said = self._like, self._said.sentences
        if all(map(partial(self._is_all, rank=rank), dict.fromkeys(like.values()))):
            return lambda number: said[number] if number in like else ()
        return partial(self.said, rank=rank)

    def said_in_full(self, number: int) -> Iterable[SentenceRecord]:
        """What a product says in its hits, with characteristics."""
        return self._said_in(self._said.in_full(), number, None)

    def counted(self, groups: Mapping[int, int]) -> Mapping[str, int]:
        """In how many groups of products that match each characteristic of their hits stands."""
        counted = self._said.counted
        if counted is not None and all(map(self._is_all, dict.fromkeys(self._like.values()))):
            return counted({number: group for number, group in groups.items() if number in self._like})
        return counted_by_finding(((one, said) for one in groups for said in self.said_in_full(one)), groups)

    @property
    def spoken(self) -> Spoken | None:
        """What all products say in answer to the line, in columns; None where it is not much."""
        return self._said.spoken

    @property
    def mark(self) -> Callable[[SentenceRecord], Mark]:
        """Tells what matters of what a sentence says."""
        return self._said.mark

    def _is_all(self, like: int, rank: int | None = None) -> bool:
        """Whether all that a product says in answer to the line is among its hits, of a rank where one is given."""
        said, mark = self._said.sentences.get(like), self._said.mark
        marks = {mark(hit.sentence) for hit in self._lent[like] if rank in (None, hit.rank)}
        return said is not None and marks.issuperset(map(mark, said))

    def _said_in(
        self, said: Mapping[int, Sequence[SentenceRecord]], number: int, rank: int | None
    ) -> Iterable[SentenceRecord]:
        like = self._like.get(number)
        if like is None:
            return ()
        if like != number and self._marks.get((like, rank), _NONE) is None:
            return said[number]
        lent = [hit.sentence for hit in self._lent[like] if rank in (None, hit.rank)]
        if like == number:
            return lent
        mark = self._said.mark
        if (like, rank) not in self._marks:
            marks = frozenset(map(mark, lent))
            self._marks[like, rank] = None if marks.issuperset(map(mark, self._said.sentences[like])) else marks
        answering = self._marks[like, rank]
        return said[number] if answering is None else [one for one in said[number] if mark(one) in answering]

    def without(self, numbers: Collection[int]) -> Hits:
        """The same without some products."""
        if not any(number in self._like for number in numbers):
            return self
        rest = copy(self)
        rest._like = {number: one for number, one in self._like.items() if number not in numbers}
        return rest


class UnitedHits(Hits):
    """What a line finds in several ways, of each what some test is true of."""

    def __init__(self, ways: Sequence[tuple[Hits, Callable[[Hit], bool]]]) -> None:
        self._ways = ways
        first: dict[tuple[int | None, ...], int] = {}
        like = {}
        lent = {}
        for number in dict.fromkeys(number for hits, _ in ways for number in hits):
            one = first.setdefault(tuple(hits.like(number) for hits, _ in ways), number)
            if one == number:
                lent[one] = tuple(hit for hits, is_so in ways for hit in hits.lent(one) if is_so(hit))
            if lent[one]:
                like[number] = one
        super().__init__(lent, all_different(like)._replace(like=like), self._united)
        self._own.clear()

    def said(self, number: int, rank: int | None = None) -> Iterable[SentenceRecord]:
        """What a product says in any of the ways."""
        lent = [hit for hit in self.lent(number) if rank in (None, hit.rank)]
        return [
            sentence
            for hits, is_so in self._ways
            if any(is_so(hit) for hit in hits.lent(number) if hit in lent)
            for sentence in hits.said(number, rank)
        ]

    def teller(self, rank: int | None = None) -> Callable[[int], Iterable[SentenceRecord]]:
        """What tells what `said` tells."""
        return partial(self.said, rank=rank)

    def said_in_full(self, number: int) -> Iterable[SentenceRecord]:
        """What a product says in any of the ways, with characteristics."""
        return [
            sentence
            for hits, is_so in self._ways
            if any(map(is_so, hits.lent(number)))
            for sentence in hits.said_in_full(number)
        ]

    def _united(self, numbers: Collection[int]) -> HitsByProduct:
        for hits, _ in self._ways:
            hits.look_up(numbers)
        return {
            number: tuple(hit for hits, is_so in self._ways for hit in hits.get(number, ()) if is_so(hit))
            for number in numbers
        }


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


def settled(found: Finding) -> HitsByProduct:
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
