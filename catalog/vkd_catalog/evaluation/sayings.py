"""Asking a register what its products say in answer to a line."""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from functools import cache, cached_property, partial
from typing import TYPE_CHECKING

from vkd_catalog.coding import ANY
from vkd_catalog.evaluation.demand import DemandLine
from vkd_catalog.evaluation.saying import Depends, Marks, Said, Words
from vkd_catalog.evaluation.seeking import days_of, is_of_set
from vkd_catalog.evaluation.times import When
from vkd_catalog.register import Ask, Codes, Finder, SentenceRecord
from vkd_catalog.vocabulary import Vocabularies

if TYPE_CHECKING:
    from vkd_catalog.columns import Columns

_FEW = 2000
"""Of so many products what they say is asked product by product; of more, all is asked and some is taken."""

_MUCH = 500
"""What more products than these say is looked at in columns, where the register has any."""

Asks = Sequence[tuple[Ask, Ask | None]]
"""Questions, some with another that the same product must have an answer to."""

Times = frozenset[tuple[object, ...]]
"""Times as sentences state them."""

_Said = dict[int, list[SentenceRecord]]


class Sayings:
    """Knows what the products of one register say. `when` tells when a sentence holds."""

    def __init__(self, register: Finder, vocabularies: Vocabularies, when: Callable[[SentenceRecord], When]) -> None:
        self._register = register
        self._vocabularies = vocabularies
        self._when = when
        self._words = Words(vocabularies)

    def to(self, line: DemandLine, asks: Asks, *, is_derived: bool) -> Said:
        """What is said in answer to a line by whatever answers some questions; `is_derived` tells whether they ask also
        for what its characteristic is derived from."""
        picks = any(beside is not None for _, beside in asks)
        characteristics = line.time is not None or picks or line.characteristic != ANY
        sentences = self._sentences(asks, _MUCH, characteristics=characteristics)
        if sentences is None:
            return self._in_columns(line, asks, Depends(characteristics, is_derived, picks))
        if not characteristics and any(
            not self._words.kinds[one.object_type, one.characteristic] for some in sentences.values() for one in some
        ):
            characteristics = True
            sentences = self._sentences(asks, characteristics=True) or {}
        mark = self._marks(line, Depends(characteristics, is_derived, picks))
        like = _like(sentences, mark, self._times_of_sets(line, sentences))
        in_full = cache(lambda: self._in_full(asks, sentences, has_all=characteristics))
        counted = partial(self._register.counted, asks[0][0]) if not characteristics and len(asks) == 1 else None
        return Said(sentences, like, mark, in_full, counted)

    def _in_columns(self, line: DemandLine, asks: Asks, depends: Depends) -> Said:
        """The same where it is much: none of it is looked at by itself."""
        from vkd_catalog.evaluation.in_columns import Sentences, are_kinds_stated, like_by_number, spoken

        marks = self._marks(line, depends)
        said = self._columns(asks, characteristics=depends.characteristics)
        if not depends.characteristics and not are_kinds_stated(said, marks):
            depends = depends._replace(characteristics=True)
            marks, said = self._marks(line, depends), self._columns(asks, characteristics=True)
        full = None if depends.characteristics else cache(lambda: self._columns(asks, characteristics=True))
        found = spoken(said, marks, self._times_of_fixed(line, said), full)
        in_full = cache(lambda: self._in_full(asks, {}, has_all=False))
        counted = (
            partial(self._register.counted, asks[0][0]) if not depends.characteristics and len(asks) == 1 else None
        )
        return Said(Sentences(found), like_by_number(found), marks, in_full, counted, found)

    def _columns(self, asks: Asks, *, characteristics: bool) -> "Columns":
        """What answers some questions, in columns."""
        found: Columns | None = None
        for ask, beside in asks:
            some = self._register.columns(ask, characteristics=characteristics)
            assert some is not None
            if beside is not None:
                pickers = self._register.columns(beside, characteristics=True)
                assert pickers is not None
                some = pickers.joined(some.of(pickers.products))
            found = some if found is None else found.joined(some)
        assert found is not None
        return found

    @cached_property
    def _has_columns(self) -> bool:
        nothing = Ask(Codes(()), None, None, None)
        return self._register.columns(nothing, characteristics=False) is not None

    def _marks(self, line: DemandLine, depends: Depends) -> Marks:
        return Marks(line, depends, self._vocabularies, self._words, self._when)

    def _in_full(self, asks: Asks, sentences: _Said, *, has_all: bool) -> _Said:
        return sentences if has_all else self._sentences(asks, characteristics=True) or {}

    def _sentences(self, asks: Asks, most: int | None = None, *, characteristics: bool) -> _Said | None:
        """What answers some questions; None where that is more than so much, and is better had in columns."""
        found: _Said = {}
        for ask, beside in asks:
            within: Collection[int] | None = None
            if beside is not None:
                pickers = self._by_product(beside, None, most, characteristics=True)
                if pickers is None:
                    return None
                within = pickers.keys()
                _add(found, pickers)
            if within is None or within:
                some = self._by_product(ask, within, most, characteristics=characteristics)
                if some is None:
                    return None
                _add(found, some)
        return found

    def _by_product(
        self, ask: Ask, within: Collection[int] | None, most: int | None = None, *, characteristics: bool
    ) -> _Said | None:
        found: _Said = {}
        asked = within if within is not None and len(within) <= _FEW else None
        for number, sentence in self._register.said(ask, asked, characteristics=characteristics):
            some = found.get(number)
            if some is None:
                if most is not None and len(found) >= most and self._has_columns:
                    return None
                found[number] = [sentence]
            else:
                some.append(sentence)
        return found if within is None or asked is not None else {one: found[one] for one in within if one in found}

    def _times_of_sets(self, line: DemandLine, sentences: _Said) -> Mapping[int, Times]:
        """The times of their sets, where what is fixed answers at these alone."""
        if not is_of_set(line):
            return {}
        return self._times_of(line, [number for number, some in sentences.items() if any(one.fixed for one in some)])

    def _times_of_fixed(self, line: DemandLine, said: "Columns") -> Mapping[int, Times]:
        """The same of what is said in columns."""
        return self._times_of(line, said.fixed.tolist()) if is_of_set(line) else {}

    def _times_of(self, line: DemandLine, fixed: Sequence[int]) -> Mapping[int, Times]:
        every = Ask(None, None, None, days_of(line.time))
        found = self._by_product(every, fixed, characteristics=False) or {} if fixed else {}
        return {number: frozenset(one[4:] for one in found.get(number, ()) if not one.fixed) for number in fixed}


def _like(sentences: _Said, marks: Marks, times: Mapping[int, Times]) -> dict[int, int]:
    """For each product the first that says the same."""
    if len(sentences) == 1:
        return {number: number for number in sentences}
    first: dict[object, int] = {}
    like: dict[int, int] = {}
    of_tables = marks.of_tables
    for number, some in sentences.items():
        said = marks.of(some)
        if number in times:
            said = said, times[number]
        # Of tables it matters besides which lines are answered by one sentence, and what else they hold.
        if of_tables and not of_tables.isdisjoint(map(marks, some)):
            said = "table", number
        like[number] = first.setdefault(said, number)
    return like


def _add(found: _Said, more: Mapping[int, Iterable[SentenceRecord]]) -> None:
    if not found:
        found.update((number, list(some)) for number, some in more.items())
        return
    for number, some in more.items():
        found[number] = list(dict.fromkeys((*found.get(number, ()), *some)))
