"""A register in two layers: one below that stays as it is, and files laid over it, in a small register in memory.

What an editor holds unsaved is laid over what is registered, and so is what has changed since a large register was
stored. Products of files that are laid over it, or are gone, are hidden below; those above have numbers that come after
all below. Of one name the first by path and row is found, whichever layer it is in.

Each question goes to both layers, and the answers are put together here. A view in SQL over the tables of both would be
read as a whole for each question that SQLite cannot take apart, and which those are differs between its versions.
"""

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from itertools import groupby
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol, Self, TypeVar

from vkd_catalog.engines.embedded import EmbeddedRegister
from vkd_catalog.register import (
    NOTHING_TOUCHED,
    Ask,
    Called,
    Edition,
    FileState,
    Found,
    Linking,
    LookedFor,
    Missed,
    Namesake,
    ProductRecord,
    Register,
    Registered,
    SentenceRecord,
    Shelf,
    Standing,
    contents_of,
    counted_by_finding,
)
from vkd_grammar.words import fold

if TYPE_CHECKING:
    from vkd_catalog.columns import Columns

T = TypeVar("T")


class Below(Register, Protocol):
    """What a register must do beside that to have files laid over it."""

    def fixed(self) -> Self:
        """The same state of the register, in which other products can be hidden; it is closed by itself."""
        ...

    def shadowed(self) -> frozenset[int]:
        """The products that cannot be found since others of their name come before them."""
        ...

    def hiding(self, hidden: frozenset[int]) -> None:
        """Has some products not be found, and all others be."""
        ...

    def standing_in(self, paths: Collection[str]) -> list[tuple[int, str]]:
        """The numbers and folded identifications of the products that some files describe."""
        ...

    def namesakes_among(self, names: Collection[str]) -> list[Namesake]:
        """All products of some folded identifications."""
        ...


class Laid(NamedTuple):
    """What is laid over a register: the paths that are no longer asked below, the states that files are in now of which
    nothing else is new, and the products that cannot be found in either layer."""

    paths: frozenset[str] = frozenset()
    touched: Mapping[str, FileState] = NOTHING_TOUCHED
    hidden_below: frozenset[int] | None = None
    hidden_above: frozenset[int] = frozenset()


class LayeredRegister:
    """A register below, which must not be changed and is closed with this one, and the files `above` it.

    `own_place` is what products of files that are laid over others are ordered by, before their path, among those of
    their name.
    """

    def __init__(self, below: Below, above: EmbeddedRegister, laid: Laid = Laid(), own_place: int = 0) -> None:
        self._own_place = own_place
        self._below = below
        self._above = above
        self._laid = laid
        self._first = above.first_number()
        self._shelves: list[Shelf] | None = None
        self._beside: list[Shelf] | None = None
        self._contents: str | None = None
        self._hide()

    def revision(self) -> str:
        return self._below.revision()

    def has_news(self) -> bool:
        return self._below.has_news()

    def size(self) -> tuple[int, int]:
        (products, sentences), above = self._below.size(), self._above.size()
        return products + above[0], sentences + above[1]

    def find(self, ask: Ask, within: Collection[int] | None = None) -> list[Found]:
        below, above = self._parted(within)
        return [*self._below.find(ask, below), *self._above.find(ask, above)]

    def said(
        self, ask: Ask, within: Collection[int] | None = None, *, characteristics: bool
    ) -> Iterator[tuple[int, SentenceRecord]]:
        below, above = self._parted(within)
        yield from self._below.said(ask, below, characteristics=characteristics)
        yield from self._above.said(ask, above, characteristics=characteristics)

    def columns(self, ask: Ask, *, characteristics: bool) -> "Columns | None":
        below = self._below.columns(ask, characteristics=characteristics)
        above = self._above.columns(ask, characteristics=characteristics) if self._has_above else None
        return below if below is None or above is None else below.joined(above)

    def counted(self, ask: Ask, groups: Mapping[int, int]) -> Mapping[str, int]:
        # A group that has products in both layers must not be counted twice.
        divided = {group for number, group in groups.items() if number >= self._first}
        below = {number: group for number, group in groups.items() if group not in divided}
        counts = Counter(self._below.counted(ask, below))
        both = {number: group for number, group in groups.items() if group in divided}
        if both:
            counts.update(counted_by_finding(self.said(ask, both, characteristics=True), both))
        return counts

    def linking(self, numbers: Collection[int]) -> Mapping[int, Linking]:
        below, above = self._parted(numbers)
        return {**self._below.linking(below), **self._above.linking(above)}

    def identifications(self, numbers: Collection[int]) -> Mapping[int, str]:
        below, above = self._parted(numbers)
        return {**self._below.identifications(below), **(self._above.identifications(above) if above else {})}

    def standing(self, ask: Ask) -> Standing:
        below, above = self._below.standing(ask), self._above.standing(ask)
        return Standing(below.products + above.products, max(below.latest, above.latest))

    def product(self, number: int) -> ProductRecord:
        return self._layer(number).product(number)

    def numbered(self, identification: str) -> int | None:
        above = self._above.numbered(identification)
        return self._below.numbered(identification) if above is None else above

    def sentences(self, number: int) -> tuple[SentenceRecord, ...]:
        return self._layer(number).sentences(number)

    def products(self, first: int = 0, most: int | None = None) -> list[tuple[int, ProductRecord]]:
        above = self._above.products()
        start = max(0, first - len(above))
        below = self._below.products(start, None if most is None else most + len(above))
        if start and not below:
            return self.products()[first:][:most]
        return _merged(below, above, first, most, start, _name)

    def answering(self, ask: Ask, most: int) -> list[tuple[int, ProductRecord]]:
        return sorted([*self._below.answering(ask, most), *self._above.answering(ask, most)], key=_name)[:most]

    def how_many(self, ask: Ask, most: int) -> int:
        return min(most, self._below.how_many(ask, most) + self._above.how_many(ask, most))

    def looked_for(self, ask: Ask, most: int) -> LookedFor:
        return self._below.looked_for(ask, most).united(self._above.looked_for(ask, most))

    def spread(self, most: int) -> Collection[int]:
        return [*self._below.spread(most), *self._above.spread(most)]

    def stating(self, text: str, most: int) -> list[ProductRecord]:
        return [*self._below.stating(text, most), *self._above.stating(text, most)][:most]

    def holding(self, text: str, most: int, *, inside: bool = True) -> list[Called]:
        layers = (self._below, self._above)
        return _nearest([one for layer in layers for one in layer.holding(text, most, inside=inside)], text, most)

    def collections_holding(self, text: str, most: int, *, inside: bool = True) -> list[Called]:
        wanted = fold(text)
        above = [one for one in self._shelves_above() if one.editions and wanted in _shelf(one)[0]]
        found = {fold(one.name): one for one in self._below.collections_holding(text, most + len(above), inside=inside)}
        for one in above:
            last = self._on_one(one, self._below.collected(_shelf(one)[0]))
            found[_shelf(one)[0]] = Called(last.number, last.product.values["collection"])
        return _nearest(list(found.values()), text, most)

    def collected(self, name: str) -> list[tuple[int, ProductRecord]]:
        return sorted([*self._below.collected(name), *self._above.collected(name)], key=_name)

    def shelves(self, first: int, most: int) -> list[Shelf]:
        every = self._shelves_above()
        start = max(0, first - len(every))
        below = self._below.shelves(start, most + len(every))
        if start and not below:
            return self.shelves(0, self.shelved())[first : first + most]
        there = {_shelf(one): one for one in below}
        for one in every:
            if _shelf(one) in there:
                there[_shelf(one)] = self._on_one(one, self._below.collected(_shelf(one)[0]))
        return _merged(list(there.values()), self._shelves_beside(), first, most, start, _shelf)

    def shelved(self) -> int:
        return self._below.shelved() + len(self._shelves_beside())

    def editions(self, numbers: Collection[int]) -> Mapping[int, Edition]:
        below, above = self._parted(numbers)
        return {**self._below.editions(below), **self._above.editions(above)}

    def named(self, name: str) -> int:
        return self._below.named(name) + (self._above.named(name) if self._has_above else 0)

    def lacking(self, key: str) -> frozenset[int]:
        return self._below.lacking(key) | self._above.lacking(key)

    def called(self, identification: str) -> list[ProductRecord]:
        return [self._layer(one.number).product(one.number) for one in self._namesakes([fold(identification)])]

    def namesakes(self, identification: str, besides: str) -> tuple[int, list[ProductRecord]]:
        others = [record for record in self.called(identification) if record.path != besides]
        return len(others), others[:2]

    def files(self) -> dict[str, FileState]:
        below = {path: state for path, state in self._below.files().items() if path not in self._laid.paths}
        return {**below, **self._laid.touched, **self._above.files()}

    def contents(self) -> str:
        if self._contents is None:
            self._contents = contents_of(self.files())
        return self._contents

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
        paths = self._laid.paths | laid
        kept = {**self._laid.touched, **touched}
        self._laid = Laid(paths, {path: state for path, state in kept.items() if path not in paths})
        self._hide()

    def missed(self) -> list[Missed]:
        below = [one for one in self._below.missed() if one.path not in self._laid.paths]
        return sorted([*below, *self._above.missed()], key=lambda one: one[:2])

    def copy(self) -> "LayeredRegister":
        return LayeredRegister(self._below.fixed(), self._above.copy(), self._laid, self._own_place)

    def interrupt(self, thread: int) -> None:
        self._below.interrupt(thread)

    def close(self) -> None:
        self._below.close()
        self._above.close()

    def _hide(self) -> None:
        """Hides what cannot be found; what that is, is looked up where it is not known of what is laid."""
        if self._laid.hidden_below is None:
            below, above = self._looked_up()
            self._laid = self._laid._replace(hidden_below=below, hidden_above=above)
        self._shelves = self._beside = self._contents = None
        self._has_above = self._above.size() != (0, 0)
        self._below.hiding(self._laid.hidden_below or frozenset())
        self._above.hiding(self._laid.hidden_above)

    def _looked_up(self) -> tuple[frozenset[int], frozenset[int]]:
        """The products that cannot be found below and above."""
        shadowed = self._below.shadowed()
        covered = dict(self._below.standing_in(self._laid.paths)) if self._laid.paths else {}
        names = {*covered.values(), *(one.folded for one in self._above.namesakes_among())}
        below, above = shadowed | covered.keys(), set()
        for _, (first, *others) in groupby(self._namesakes(names, covered), key=lambda one: one.folded):
            below -= {first.number}
            below |= {one.number for one in others if one.number < self._first}
            above |= {one.number for one in others if one.number >= self._first}
        return below, frozenset(above)

    def _namesakes(self, names: Collection[str], covered: Collection[int] | None = None) -> list[Namesake]:
        """All products of some folded identifications in either layer, by these; of each the one first that can be
        found. `covered` are the products of the files below that are laid over."""
        if covered is None:
            covered = {number for number, _ in self._below.standing_in(self._laid.paths)} if self._laid.paths else ()
        below = [one for one in self._below.namesakes_among(names) if one.number not in covered]
        above = [one._replace(order=(self._own_place, *one.order[1:])) for one in self._above.namesakes_among(names)]
        return sorted([*below, *above], key=lambda one: (one.folded, one.order))

    def _layer(self, number: int) -> Register:
        return self._above if number >= self._first else self._below

    def _parted(self, numbers: Collection[int] | None) -> Any:
        """Which of some products are below and which above; None where all may be, and nobody where none is above."""
        if numbers is None:
            return None, None if self._has_above else ()
        above = [number for number in numbers if number >= self._first]
        return [number for number in numbers if number < self._first] if above else numbers, above

    def _shelves_above(self) -> list[Shelf]:
        """The shelves of what is laid over others."""
        if self._shelves is None:
            self._shelves = self._above.shelves(0, -1)
        return self._shelves

    def _shelves_beside(self) -> list[Shelf]:
        """Those of them that are not of a collection below."""
        if self._beside is None:
            every = self._shelves_above()
            self._beside = [one for one in every if not (one.editions and self._below.collected(_shelf(one)[0]))]
        return self._beside

    def _on_one(self, above: Shelf, below: Sequence[tuple[int, ProductRecord]]) -> Shelf:
        """A collection above and its editions below as one."""
        last = max([*below, (above.number, above.product)], key=_name)
        return Shelf(*last, above.editions + len(below))


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
