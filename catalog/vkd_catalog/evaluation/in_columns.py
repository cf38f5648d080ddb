"""What a hundred thousand products say in answer to a line, as columns: which say the same, and which sentences of them
answer (`saying` and `hits` tell it one by one)."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple, TypeVar

import numpy as np

from vkd_catalog.columns import (
    Columns,
    Ints,
    beside,
    beside_others,
    classes,
    columns_from,
    different,
    is_ordered,
    numbered,
    once,
    sets,
    together,
)
from vkd_catalog.evaluation.hits import Hits
from vkd_catalog.evaluation.saying import INDIVIDUAL, Marks, Spoken
from vkd_catalog.evaluation.times import When
from vkd_catalog.register import SentenceRecord

T = TypeVar("T")


class Sentences(Mapping[int, Sequence[SentenceRecord]]):
    """What products say, by their numbers. Sentences are made when somebody asks for them."""

    def __init__(self, spoken: Spoken) -> None:
        self._spoken = spoken
        self._starts = np.searchsorted(spoken.places, np.arange(len(spoken.numbers) + 1))
        self._made: dict[int, list[SentenceRecord]] = {}

    def rows(self, place: int) -> range:
        """Where in the columns a product's sentences are, by its place."""
        return range(int(self._starts[place]), int(self._starts[place + 1]))

    def __getitem__(self, number: int) -> Sequence[SentenceRecord]:
        made = self._made.get(number)
        if made is None:
            place = int(np.searchsorted(self._spoken.numbers, number))
            if place == len(self) or self._spoken.numbers[place] != number:
                raise KeyError(number)
            made = list(dict.fromkeys(map(self._spoken.rows.sentence, self.rows(place))))
            self._made[number] = made
        return made

    def __iter__(self) -> Iterator[int]:
        return iter(self._spoken.numbers.tolist())

    def __len__(self) -> int:
        return len(self._spoken.numbers)


class Answering(NamedTuple):
    """The sentences that answer a line, with the rank of each, as a place in `GRADES`.

    `is_all` tells whether they are all that is said in answer to it. `best` is the best rank of each product, whose
    numbers are `products`.
    """

    rows: Columns
    ranks: Ints
    is_all: bool
    products: Ints
    best: Ints
    in_full: Callable[[], Columns]

    @property
    def in_full_too(self) -> Columns:
        """The same sentences with their characteristics."""
        full = self.in_full()
        return full if self.is_all else full.like(self.rows)


class Owned(NamedTuple):
    """What some candidates, by their places, say in answer to a line: the sentences, and whose each is."""

    rows: Columns
    owners: Ints
    ranks: Ints


def spoken(said: Columns, marks: Marks, times: Mapping[int, Hashable], in_full: Callable[[], Columns] | None) -> Spoken:
    """What products say, by whatever matters of it; of some it matters also at which `times` their sets are."""
    numbers, places = numbered(said.products)
    rows = said
    if not is_ordered(places):
        order = np.argsort(places, kind="stable")
        rows, places = said.at(order), places[order]
    kinds, of_tables = _kinds(rows, marks)
    count = len(numbers)
    marked = beside_others(together(*_matter(rows, marks, kinds)), count)
    also = np.zeros(count, np.int64)
    known: dict[Hashable, int] = {}
    for number, some in times.items():
        place = np.searchsorted(numbers, number)
        if place < count and numbers[place] == number:
            also[place] = known.setdefault(some, len(known)) + 1
    # Of tables it matters besides which lines are answered by one sentence, and what else they hold.
    apart = np.zeros(count, np.int64)
    apart[places[of_tables]] = places[of_tables] + 1
    alike = together(_by_product(rows, marks, marked, places, count), also, apart)
    _, first, found = np.unique(alike, return_index=True, return_inverse=True)
    return Spoken(rows, places, numbers, marked, first[found], in_full or (lambda: rows))


def answering(hits: Hits) -> Answering:
    """The sentences that answer a line, by the hits of the products that stand for others."""
    spoken = hits.spoken
    if spoken is None:
        return _gathered(hits)
    width = int(spoken.marks.max(initial=0)) + 1
    ranks, best = _lent_ranks(hits, spoken, width)
    keys = np.array(sorted(ranks), np.int64)
    own = spoken.like[spoken.places] * width + spoken.marks
    found = np.minimum(np.searchsorted(keys, own), max(len(keys) - 1, 0))
    answers = keys[found] == own if len(keys) else np.zeros(len(own), np.bool_)
    rank_of = np.array([ranks[key] for key in keys.tolist()], np.int64)
    matching = best[spoken.like] >= 0
    return Answering(
        spoken.rows.at(answers),
        rank_of[found[answers]],
        bool(answers.all()),
        spoken.numbers[matching],
        best[spoken.like][matching],
        spoken.in_full,
    )


def _lent_ranks(hits: Hits, spoken: Spoken, width: int) -> tuple[dict[int, int], Ints]:
    """The rank of each sentence of the products that stand for others, by their places times `width` and the sentence's
    mark; and the best rank of each such product by its place, of others -1."""
    mark = hits.mark
    sentences = Sentences(spoken)
    ranks: dict[int, int] = {}
    best = np.full(len(spoken.numbers), -1, np.int64)
    for place in once(spoken.like).tolist():
        number = int(spoken.numbers[place])
        lent = hits.lent_by(number)
        if not lent:
            continue
        best[place] = lent[0].rank
        own: dict[int, int] = {}
        for hit in lent:
            marked = mark(hit.sentence)
            own[marked] = min(hit.rank, own.get(marked, hit.rank))
        for row in sentences.rows(place):
            rank = own.get(mark(spoken.rows.sentence(row)))
            if rank is not None:
                ranks[place * width + int(spoken.marks[row])] = rank
    return ranks, best


def _gathered(hits: Hits) -> Answering:
    """What answers a line where it was not much, and is not in columns yet."""
    ranks: list[int] = []

    def said() -> Iterator[tuple[int, SentenceRecord]]:
        for number in hits:
            for rank in {hit.rank for hit in hits.lent(number)}:
                for sentence in hits.said(number, rank):
                    ranks.append(rank)
                    yield number, sentence

    def in_full() -> Columns:
        return columns_from((number, sentence) for number in hits for sentence in hits.said_in_full(number))

    rows = columns_from(said())
    best = {number: some[0].rank for number in hits if (some := hits.lent(number))}
    products, of_products = (np.array(list(some), np.int64) for some in (best.keys(), best.values()))
    return Answering(rows, np.array(ranks, np.int64), True, products, of_products, in_full)


def times_of(
    said: Sequence[Owned], of: Sequence[Callable[[tuple[object, ...]], T]], count: int
) -> tuple[list[list[T]], list[int]]:
    """The different sets of times at which so many candidates say what they say, each time as the function of its line
    tells it; and for each candidate the place of its set among them."""
    known: dict[Hashable, int] = {}
    columns = [
        classes(one.rows.times, lambda time, rows=one.rows, tell=tell: tell(rows.time(time)), known)  # type: ignore[misc]
        for one, tell in zip(said, of, strict=True)
    ]
    every: list[T] = list(known)  # type: ignore[arg-type]
    found, places = different(_owners(said), np.concatenate(columns), count)
    return [[every[one] for one in some] for some in found], places.tolist()


def names_of(said: Sequence[Owned], count: int) -> tuple[list[frozenset[str]], list[int]]:
    """The different sets of names under which so many candidates say what they say; and for each candidate the place of
    its set among them."""
    known: dict[Hashable, int] = {}
    columns = [classes(one.rows.names, one.rows.codes.__getitem__, known) for one in said]
    every = [str(name) for name in known]
    found, places = different(_owners(said), np.concatenate(columns), count)
    return [frozenset(every[one] for one in some) for some in found], places.tolist()


def _owners(said: Sequence[Owned]) -> Ints:
    return np.concatenate([one.owners for one in said])


def owned(said: Columns, ranks: Ints, owner_of: Ints) -> Owned:
    """What some candidates say; `owner_of` tells whose each product is, by its number, and -1 of that of none."""
    known = said.products < len(owner_of)
    owners = np.where(known, owner_of[np.where(known, said.products, 0)], -1)
    some = owners >= 0
    return Owned(said.at(some), owners[some], ranks[some])


def owner_of(editions: Iterable[Iterable[int]], said: Iterable[Answering]) -> Ints:
    """Whose each product is, by its number, of so many candidates with their editions, and -1 of that of none."""
    largest = max((int(one.products.max(initial=0)) for one in said), default=0)
    found = np.full(largest + 1, -1, np.int32)
    for owner, numbers in enumerate(editions):
        for number in numbers:
            if number <= largest:
                found[number] = owner
    return found


def like_by_number(spoken: Spoken) -> dict[int, int]:
    """For each product the first that says the same, by their numbers."""
    return dict(zip(spoken.numbers.tolist(), spoken.numbers[spoken.like].tolist(), strict=True))


def are_kinds_stated(said: Columns, marks: Marks) -> bool:
    """Whether it follows from object types alone whether sentences are about units or aggregates."""
    stated = classes(said.object_types, lambda one: bool(marks.words.kinds[said.codes[one], ""]), {False: 0, True: 1})
    return bool(stated.all())


def _by_product(rows: Columns, marks: Marks, marked: Ints, places: Ints, count: int) -> Ints:
    """For each product a number for all that matters of what it says: what it says of one characteristic counts
    together."""
    concepts = classes(rows.characteristics, lambda one: marks.words.concept[rows.codes[one]])
    if concepts.any():
        pairs, of_pair = numbered(together(places, concepts))
        found = sets(pairs // (int(concepts.max()) + 1), sets(of_pair, marked, len(pairs)), count)
    else:
        found = sets(places, marked, count)
    if not marks.depends.picks:
        return found
    # Where what is said is of several units it matters which of it is of which.
    object_types = classes(rows.object_types, lambda one: marks.words.object_type[rows.codes[one]])
    names = classes(rows.names, lambda one: marks.words.name[rows.codes[one]])
    their_units, _ = beside(places, together(object_types, names))
    several = np.bincount(their_units, minlength=count) > 1
    exactly = np.where(several, sets(places, rows.same(), count), 0)
    return together(exactly, np.where(several, 0, found))


def _kinds(rows: Columns, marks: Marks) -> tuple[Ints, np.ndarray[tuple[int], np.dtype[np.bool_]]]:
    """Individual or aggregate, as a number for each sentence, and whether it may be about more than units."""
    known: dict[Hashable, int] = {frozenset(): 0, INDIVIDUAL: 1}
    by_type = classes(rows.object_types, lambda one: marks.words.kinds[rows.codes[one], ""], known)
    by_characteristic = classes(rows.characteristics, lambda one: marks.words.kinds["", rows.codes[one]], known)
    kinds = np.where(by_type == 0, by_characteristic, by_type)
    return kinds, kinds != 1


def _matter(rows: Columns, marks: Marks, kinds: Ints) -> Iterator[Ints]:
    """All that matters of sentences, column by column (`Marks`)."""
    codes, depends = rows.codes, marks.depends
    yield classes(rows.object_types, int)
    yield classes(rows.names, lambda one: marks.of_name(codes[one]))
    if depends.characteristics and depends.each:
        yield classes(rows.characteristics, int)
    elif depends.characteristics:
        yield kinds
        yield classes(rows.characteristics, lambda one: marks.of_characteristic(codes[one]))
        if depends.picks:
            yield _classifications(rows, marks)
    if marks.is_timed:
        yield _held(rows, marks)


def _classifications(rows: Columns, marks: Marks) -> Ints:
    """The classifications that the values of sentences are classes of, at their times."""
    pairs, of_pair = numbered(together(rows.times, rows.characteristics))
    width = int(rows.characteristics.max(initial=0)) + 1

    def of(place: int) -> Hashable:
        time, characteristic = divmod(int(pairs[place]), width)
        said = SentenceRecord(0, "", "", rows.codes[characteristic], *rows.time(time))  # type: ignore[arg-type]
        return marks.words.classifications[said.characteristic, said.time]

    return classes(of_pair, of)


def _held(rows: Columns, marks: Marks) -> Ints:
    """When sentences hold, as far as that matters; of what is fixed its set may tell."""
    if marks.depends.each:
        return rows.times
    known: dict[Hashable, int] = {}
    temporalities = classes(rows.characteristics, lambda one: marks.temporality(rows.codes[one]), known)
    named = list(known)

    def of(pair: int) -> Hashable:
        time, temporality = divmod(pair, len(named))
        start, end, fixed, step = stated = rows.time(time)
        return stated if fixed else marks.as_asked[When(start, end, step, named[temporality])]  # type: ignore[arg-type]

    return classes(rows.times * len(named) + temporalities, of)
