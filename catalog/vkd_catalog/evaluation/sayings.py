"""Asking a register what its products say in answer to a line."""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from functools import cache, partial

from vkd_catalog.coding import ANY
from vkd_catalog.evaluation.concepts import kinds_of
from vkd_catalog.evaluation.demand import DemandLine
from vkd_catalog.evaluation.saying import Depends, Kinds, Known, Marks, Said
from vkd_catalog.evaluation.seeking import days_of
from vkd_catalog.evaluation.times import When
from vkd_catalog.register import Ask, Finder, SentenceRecord
from vkd_catalog.vocabulary import Vocabularies

_FEW = 2000
"""Of so many products what they say is asked product by product; of more, all is asked and some is taken."""

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
        self._kinds: Kinds = Known(lambda said: kinds_of(said[0], said[1], vocabularies))

    def to(self, line: DemandLine, asks: Asks, *, is_derived: bool) -> Said:
        """What is said in answer to a line by whatever answers some questions; `is_derived` tells whether they ask also
        for what its characteristic is derived from."""
        picks = any(beside is not None for _, beside in asks)
        characteristics = line.time is not None or picks or line.characteristic != ANY
        sentences = self._sentences(asks, characteristics=characteristics)
        if not characteristics and any(
            not self._kinds[one.object_type, one.characteristic] for some in sentences.values() for one in some
        ):
            characteristics = True
            sentences = self._sentences(asks, characteristics=True)
        depends = Depends(characteristics, is_derived, picks)
        mark = Marks(line, depends, self._vocabularies, self._kinds, self._when)
        like = _like(sentences, mark, self._times_of_sets(line, sentences))
        in_full = cache(lambda: self._in_full(asks, sentences, has_all=characteristics))
        counted = partial(self._register.counted, asks[0][0]) if not characteristics and len(asks) == 1 else None
        return Said(sentences, like, mark, in_full, counted)

    def _in_full(self, asks: Asks, sentences: _Said, *, has_all: bool) -> _Said:
        return sentences if has_all else self._sentences(asks, characteristics=True)

    def _sentences(self, asks: Asks, *, characteristics: bool) -> _Said:
        found: _Said = {}
        for ask, beside in asks:
            within: Collection[int] | None = None
            if beside is not None:
                pickers = self._by_product(beside, None, characteristics=True)
                within = pickers.keys()
                _add(found, pickers)
            if within is None or within:
                _add(found, self._by_product(ask, within, characteristics=characteristics))
        return found

    def _by_product(self, ask: Ask, within: Collection[int] | None, *, characteristics: bool) -> _Said:
        found: _Said = {}
        asked = within if within is not None and len(within) <= _FEW else None
        for number, sentence in self._register.said(ask, asked, characteristics=characteristics):
            some = found.get(number)
            if some is None:
                found[number] = [sentence]
            else:
                some.append(sentence)
        return found if within is None or asked is not None else {one: found[one] for one in within if one in found}

    def _times_of_sets(self, line: DemandLine, sentences: _Said) -> Mapping[int, Times]:
        """The times of their sets, where what is fixed answers at these alone."""
        if line.time is None or line.characteristic != ANY:
            return {}
        fixed = [number for number, some in sentences.items() if any(one.fixed for one in some)]
        every = Ask(None, None, None, days_of(line.time))
        found = self._by_product(every, fixed, characteristics=False) if fixed else {}
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
