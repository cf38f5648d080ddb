"""A shared register with files laid over it that nobody else sees: what an editor holds unsaved, and what may be read
but not written.

The register below stays in one state. Products of files that are laid over it, or are gone, are hidden in it; those
laid over it are in a register in memory, and go by numbers below zero. Of one name the first by path and row is found,
wherever it is.
"""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple, TypeVar

from vkd_catalog.engines.embedded import open_register
from vkd_catalog.engines.shared.register import Namesake, PostgresRegister
from vkd_catalog.register import (
    NOTHING_TOUCHED,
    Ask,
    Called,
    Edition,
    FileState,
    Found,
    Linking,
    Missed,
    ProductRecord,
    Register,
    Registered,
    SentenceRecord,
    Shelf,
    Standing,
    Tell,
    Trouble,
    counted_by_finding,
    said_by_finding,
)
from vkd_grammar.words import fold

T = TypeVar("T")

_ABOVE = 0
"""The number of a product that is laid over others, where it does not matter which it has."""


class _Laid(NamedTuple):
    """What is laid over a register: the paths that are no longer asked below, and the states that files are in now."""

    paths: frozenset[str] = frozenset()
    touched: Mapping[str, FileState] = NOTHING_TOUCHED


class OverlaidRegister:
    """A register below, which must be fixed and is closed with this one, and a register in memory above it.

    `tell` is told once, with `why`, when something is laid over it that should have been stored.
    """

    def __init__(self, below: PostgresRegister, above: Register | None = None, laid: _Laid = _Laid()) -> None:
        self._below = below
        self._above = above or open_register(None, "")
        self._laid = laid
        self._tell: Tell | None = None
        self._why = ""
        self._covered: frozenset[int] = frozenset()
        self._hidden_above: frozenset[int] = frozenset()
        self._look()

    def telling(self, tell: Tell, why: str) -> "OverlaidRegister":
        """The same register, which tells that and why it is not stored when it is changed."""
        self._tell, self._why = tell, why
        return self

    def revision(self) -> str:
        return self._below.revision()

    def has_news(self) -> bool:
        return self._below.has_news()

    def size(self) -> tuple[int, int]:
        products, sentences = self._below.size()
        above = [len(self._above.sentences(-number)) for number, _ in self._products_above()]
        return products + len(above), sentences + sum(above)

    def find(self, ask: Ask, within: Collection[int] | None = None) -> list[Found]:
        below, above = _parted(within)
        return [*self._below.find(ask, below), *self._found_above(ask, above)]

    def said(
        self, ask: Ask, within: Collection[int] | None = None, *, characteristics: bool
    ) -> Iterator[tuple[int, SentenceRecord]]:
        below, above = _parted(within)
        yield from self._below.said(ask, below, characteristics=characteristics)
        yield from said_by_finding(self._found_above(ask, above), characteristics=characteristics)

    def counted(self, ask: Ask, groups: Mapping[int, int]) -> Mapping[str, int]:
        return counted_by_finding(self.said(ask, characteristics=True), groups)

    def linking(self, numbers: Collection[int]) -> Mapping[int, Linking]:
        below, above = _parted(numbers)
        return {**self._below.linking(below), **_negated(self._above.linking(above))}

    def identifications(self, numbers: Collection[int]) -> Mapping[int, str]:
        below, above = _parted(numbers)
        return {**self._below.identifications(below), **_negated(self._above.identifications(above))}

    def standing(self, ask: Ask) -> Standing:
        below, above = self._below.standing(ask), list(self._found_above(ask, None))
        latest = max((one.sentence.end for one in above), default=0)
        return Standing(below.products + len({one.product for one in above}), max(below.latest, latest))

    def product(self, number: int) -> ProductRecord:
        return self._above.product(-number) if number < 0 else self._below.product(number)

    def numbered(self, identification: str) -> int | None:
        above = self._above.numbered(identification)
        if above is not None and above not in self._hidden_above:
            return -above
        return self._below.numbered(identification)

    def sentences(self, number: int) -> tuple[SentenceRecord, ...]:
        return self._above.sentences(-number) if number < 0 else self._below.sentences(number)

    def products(self, first: int = 0, most: int | None = None) -> list[tuple[int, ProductRecord]]:
        above = list(self._products_above())
        start = max(0, first - len(above))
        below = self._below.products(start, None if most is None else most + len(above))
        if start and not below:
            return self.products()[first:][:most]
        return _merged(below, above, first, most, start, _name)

    def answering(self, ask: Ask, most: int) -> list[tuple[int, ProductRecord]]:
        numbers = {one.product for one in self._found_above(ask, None)}
        above = ((number, record) for number, record in self._products_above() if number in numbers)
        return sorted([*self._below.answering(ask, most), *above], key=_name)[:most]

    def how_many(self, ask: Ask, most: int) -> int:
        above = {one.product for one in self._found_above(ask, None)}
        return min(most, self._below.how_many(ask, most) + len(above))

    def holding(self, text: str, most: int) -> list[Called]:
        above = (Called(number, record.identification) for number, record in self._products_above())
        return _nearest([*self._below.holding(text, most), *above], text, most)

    def collections_holding(self, text: str, most: int) -> list[Called]:
        above = [one for one in self._shelves_above() if one.editions]
        found = {fold(one.name): one for one in self._below.collections_holding(text, most + len(above))}
        for one in above:
            last = self._on_one(one, self._below.collected(_shelf(one)[0]))
            found[_shelf(one)[0]] = Called(last.number, last.product.values["collection"])
        return _nearest(list(found.values()), text, most)

    def collected(self, name: str) -> list[tuple[int, ProductRecord]]:
        if not fold(name):
            return []
        above = [one for one in self._products_above() if _collection(one[1]) == fold(name)]
        return sorted([*self._below.collected(name), *above], key=_name)

    def shelves(self, first: int, most: int) -> list[Shelf]:
        every = self._shelves_above()
        start = max(0, first - len(every))
        below = self._below.shelves(start, most + len(every))
        if start and not below:
            return self.shelves(0, self.shelved())[first : first + most]
        there = {_shelf(one): one for one in below}
        beside = [one for one in every if not self._is_below(one)]
        for one in every:
            if _shelf(one) in there:
                there[_shelf(one)] = self._on_one(one, self._below.collected(_shelf(one)[0]))
        return _merged(list(there.values()), beside, first, most, start, _shelf)

    def shelved(self) -> int:
        return self._below.shelved() + sum(not self._is_below(one) for one in self._shelves_above())

    def editions(self, numbers: Collection[int]) -> Mapping[int, Edition]:
        below, above = _parted(numbers)
        return {**self._below.editions(below), **_negated(self._above.editions(above))}

    def named(self, name: str) -> int:
        above = (self._above.sentences(-number) for number, _ in self._products_above())
        return self._below.named(name) + sum(any(one.name == name for one in lines) for lines in above)

    def lacking(self, key: str) -> frozenset[int]:
        above = self._above.lacking(key) - self._hidden_above
        return self._below.lacking(key) | {-number for number in above}

    def called(self, identification: str) -> list[ProductRecord]:
        return [one.record for one in self._every_called(identification)]

    def namesakes(self, identification: str, besides: str) -> tuple[int, list[ProductRecord]]:
        others = [record for record in self.called(identification) if record.path != besides]
        return len(others), others[:2]

    def files(self) -> dict[str, FileState]:
        below = {path: state for path, state in self._below.files().items() if path not in self._laid.paths}
        return {**below, **self._laid.touched, **self._above.files()}

    def altered(self) -> list[str]:
        return [path for path in self._below.altered() if path not in self._laid.paths] + self._above.altered()

    def replace(
        self,
        changed: Iterable[tuple[str, FileState, Sequence[Registered]]],
        gone: Collection[str],
        touched: Mapping[str, FileState] = NOTHING_TOUCHED,
        missed: Sequence[Missed] = (),
    ) -> None:
        laid: set[str] = set(gone)
        above = self._above.files()
        touched_above = {path: state for path, state in touched.items() if path in above}
        self._above.replace(_noted(changed, laid), gone, touched_above, missed)
        kept = {**self._laid.touched, **touched}
        paths = self._laid.paths | laid
        self._laid = _Laid(paths, {path: state for path, state in kept.items() if path not in paths})
        self._look()
        if (laid or missed) and self._tell is not None:
            self._tell(Trouble("unwritten", self._below.place.address, self._why))
            self._tell = None

    def missed(self) -> list[Missed]:
        below = [one for one in self._below.missed() if one.path not in self._laid.paths]
        return sorted([*below, *self._above.missed()], key=lambda one: one[:2])

    def copy(self) -> "OverlaidRegister":
        return OverlaidRegister(self._below.fixed(), self._above.copy(), self._laid)

    def interrupt(self, thread: int) -> None:
        self._below.interrupt(thread)

    def close(self) -> None:
        self._below.close()
        self._above.close()

    def _look(self) -> None:
        """Looks which products can be found, of those that are called as some that are laid over others or covered."""
        covered = self._below.standing_in(self._laid.paths) if self._laid.paths else []
        self._covered = frozenset(number for number, _ in covered)
        above = {fold(record.identification): number for number, record in self._above.products()}
        hidden = set(self._below.hidden) | self._covered
        hidden_above: set[int] = set()
        for name in {*(fold(identification) for _, identification in covered), *above}:
            every = [one.number for one in self._every_called(name)]
            hidden.update(number for number in every if number != _ABOVE)
            if every and every[0] != _ABOVE:
                hidden.remove(every[0])
                hidden_above.update({above[name]} if name in above else ())
        self._hidden_above = frozenset(hidden_above)
        self._below.hiding(frozenset(hidden))

    def _shelves_above(self) -> list[Shelf]:
        """The shelves of what is laid over others."""
        shelves: dict[tuple[str, bool], Shelf] = {}
        for number, record in self._products_above():
            name = _collection(record)
            shelf = name or fold(record.identification), bool(name)
            had = shelves.get(shelf)
            shelves[shelf] = Shelf(number, record, (had.editions if had else 0) + bool(name))
        return list(shelves.values())

    def _is_below(self, shelf: Shelf) -> bool:
        """Whether there is a collection below that a shelf above is of."""
        return bool(shelf.editions and self._below.collected(_shelf(shelf)[0]))

    def _on_one(self, above: Shelf, below: Sequence[tuple[int, ProductRecord]]) -> Shelf:
        """A collection above and its editions below as one."""
        last = max([*below, (above.number, above.product)], key=_name)
        return Shelf(*last, above.editions + len(below))

    def _every_called(self, identification: str) -> list[Namesake]:
        """All products of a name, the one that can be found first; those above have no number that is one."""
        below = [one for one in self._below.every_called(identification) if one.number not in self._covered]
        own = self._below.own_place
        above = [Namesake(_ABOVE, own, record) for record in self._above.called(identification)]
        return sorted([*below, *above], key=Namesake.order)

    def _found_above(self, ask: Ask, within: Collection[int] | None) -> Iterator[Found]:
        found = self._above.find(ask, within)
        return (one._replace(product=-one.product) for one in found if one.product not in self._hidden_above)

    def _products_above(self) -> Iterator[tuple[int, ProductRecord]]:
        every = self._above.products()
        return ((-number, record) for number, record in every if number not in self._hidden_above)


def _parted(numbers: Collection[int] | None) -> Any:
    """Which of some products are below and which above, by the numbers that they have there; None twice where all may
    be."""
    if numbers is None:
        return None, None
    return [number for number in numbers if number > 0], [-number for number in numbers if number < 0]


def _negated(above: Mapping[int, T]) -> Mapping[int, T]:
    return {-number: one for number, one in above.items()}


def _name(product: tuple[int, ProductRecord]) -> str:
    return fold(product[1].identification)


def _collection(product: ProductRecord) -> str:
    return fold(product.values.get("collection", ""))


def _shelf(shelf: Shelf) -> tuple[str, bool]:
    """What a shelf is ordered by."""
    name = _collection(shelf.product)
    return name or fold(shelf.product.identification), bool(name)


def _merged(
    below: Sequence[T], above: Sequence[T], first: int, most: int | None, start: int, key: Callable[[T], Any]
) -> list[T]:
    """From a place on so many of what is below and above, in the order of a key, of all that is above and that part of
    what is below which begins at `start`."""
    before = sum(key(one) < key(below[0]) for one in above) if start else 0
    whole = sorted([*below, *sorted(above, key=key)[before:]], key=key)
    return whole[first - start - before :][:most]


def _nearest(called: Sequence[Called], text: str, most: int) -> list[Called]:
    """Those whose name holds a text: those that begin with it first, of these the shorter ones."""
    wanted = fold(text)
    found = [(fold(one.name), one) for one in called if wanted in fold(one.name)]
    found.sort(key=lambda one: (not one[0].startswith(wanted), len(one[0]), one[0]))
    return [one for _, one in found[:most]]


def _noted(
    changed: Iterable[tuple[str, FileState, Sequence[Registered]]], paths: set[str]
) -> Iterator[tuple[str, FileState, Sequence[Registered]]]:
    """The same files, the paths of which are added to some."""
    for one in changed:
        paths.add(one[0])
        yield one
