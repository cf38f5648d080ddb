"""Sentences as columns, for questions that a hundred thousand products answer: what is worked out of each of them alike
is worked out of whole columns of numbers together, and of each code, or each time, once.

Needs numpy, the extra `large`. Without it, and where few products answer, sentences are looked at one by one.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from itertools import chain
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from vkd_catalog.register import UNSTATED, SentenceRecord

Ints = npt.NDArray[np.signedinteger[Any]]
"""Numbers: of 32 bits where they are codes and products, of which there are many, else of 64."""

Flags = npt.NDArray[np.bool_]

_LARGEST = 2**62
"""Numbers that stand for several others stay below it."""

_SPARSE = 20
"""Of numbers that are so many times as large as they are many no table is made."""

_FIELDS = 5


class Columns(NamedTuple):
    """Sentences, field by field: the products that they stand in, by their numbers; codes, by numbers that `codes`
    tells; and times, by their places among those `stated`, each of which is one number (`packed`)."""

    products: Ints
    object_types: Ints
    names: Ints
    characteristics: Ints
    times: Ints
    codes: Mapping[int, str]
    stated: Ints

    @property
    def fields(self) -> tuple[Ints, ...]:
        """The columns."""
        return self.products, self.object_types, self.names, self.characteristics, self.times

    def at(self, places: Ints | Flags) -> Columns:
        """Those of the sentences that stand in some places."""
        return _columns([column[places] for column in self.fields], self.codes, self.stated)

    def of(self, products: Ints) -> Columns:
        """Those that stand in some products."""
        return self.at(np.isin(self.products, products))

    def like(self, others: Columns) -> Columns:
        """Those that say, of the same product, what one of others says, whatever the characteristic."""
        both = self.without_characteristics().joined(others.without_characteristics())
        alike = together(numbered(both.products)[1], both.same())
        count = len(self.products)
        return self.at(np.isin(alike[:count], alike[count:]))

    def without_characteristics(self) -> Columns:
        """The same with empty characteristics."""
        return self._replace(characteristics=np.zeros_like(self.characteristics))

    def same(self) -> Ints:
        """A number for all that a sentence says, wherever it stands: the same for the same."""
        return together(*(classes(column, int) for column in self.fields[1:4]), self.times)

    def sentence(self, place: int) -> SentenceRecord:
        """The sentence in a place, wherever it stands."""
        _, one, other, third, time = (int(column[place]) for column in self.fields)
        codes = self.codes[one], self.codes[other], self.codes[third]
        start, end, fixed, step = self.time(time)
        return SentenceRecord(0, *codes, start, end, fixed, step)  # type: ignore[arg-type]

    def time(self, place: int) -> tuple[int, int, bool, str]:
        """A time as sentences state it, by its place: its days, whether it is of something fixed, its step."""
        return unpacked(int(self.stated[place]))

    @property
    def days(self) -> tuple[Ints, Ints]:
        """The first and the last day of each sentence."""
        days = self.stated // 256
        first, last = (one.astype(np.int32) for one in (days // 100_000_000, days % 100_000_000))
        return first[self.times], last[self.times]

    @property
    def dated(self) -> Flags:
        """Whether each sentence holds at some times and not at others, and states when."""
        dated: Flags = (self.stated // 128 % 2 == 0) & (self.stated % 128 != ord(UNSTATED))
        return dated[self.times]

    @property
    def fixed(self) -> Ints:
        """The products in which something fixed is said."""
        return once(self.products[(self.stated // 128 % 2 == 1)[self.times]])

    def joined(self, other: Columns) -> Columns:
        """These and others, whose codes and times may have numbers of their own."""
        one, codes = self, self.codes
        if other.codes is not codes:
            numbers: dict[Hashable, int] = {}
            one, other = one._recoded(numbers), other._recoded(numbers)
            codes = {number: str(code) for code, number in numbers.items()}
        stated = one.stated
        if other.stated is not stated:
            stated, places = numbered(np.concatenate((one.stated, other.stated)))
            mine, theirs = places[: len(one.stated)], places[len(one.stated) :]
            one, other = one._replace(times=mine[one.times]), other._replace(times=theirs[other.times])
        return _columns([np.concatenate(pair) for pair in zip(one.fields, other.fields, strict=True)], codes, stated)

    def _recoded(self, numbers: dict[Hashable, int]) -> Columns:
        """The same with other numbers for their codes, of which those that lack are added."""
        products, *coded, times = self.fields
        coded = [classes(column, self.codes.__getitem__, numbers) for column in coded]
        return _columns([products, *coded, times], {}, self.stated)


def _columns(fields: Sequence[Ints], codes: Mapping[int, str], stated: Ints) -> Columns:
    products, object_types, names, characteristics, times = fields
    return Columns(products, object_types, names, characteristics, times, codes, stated)


def columns_from(said: Iterable[tuple[int, SentenceRecord]]) -> Columns:
    """Sentences as columns, each with the number of its product."""
    numbers: dict[str, int] = {}
    rows = (
        (number, *(numbers.setdefault(code, len(numbers)) for code in one[1:4]), packed(*one[4:]))
        for number, one in said
    )
    return columns_of(rows, {})._replace(codes={number: code for code, number in numbers.items()})


def columns_of(rows: Iterable[tuple[int, ...]], codes: Mapping[int, str]) -> Columns:
    """Sentences as columns, of their fields as numbers one after the other, the last of which is a packed time."""
    table = np.fromiter(chain.from_iterable(rows), np.int64).reshape(-1, _FIELDS)
    *fields, times = (np.ascontiguousarray(table[:, place]) for place in range(_FIELDS))
    stated, times = numbered(times)
    return _columns([*fields, times], codes, stated)


def packed(start: int, end: int, fixed: bool, step: str) -> int:
    """A time as one number, as `engines.embedded_columns` has it in SQL."""
    return ((start * 100_000_000 + end) * 2 + fixed) * 128 + (ord(step) if step else 0)


def unpacked(time: int) -> tuple[int, int, bool, str]:
    """A time that is one number as a sentence states it: its days, whether it is of something fixed, its step."""
    rest, letter = divmod(time, 128)
    days, fixed = divmod(rest, 2)
    return *divmod(days, 100_000_000), fixed == 1, chr(letter) if letter else ""


def classes(column: Ints, of: Callable[[int], Hashable], known: dict[Hashable, int] | None = None) -> Ints:
    """For each number of a column a class: the same where `of`, which is asked once of each number there is, tells the
    same. Classes are numbered from 0 on, or go on where those `known`, which gets them, end."""
    numbers = {} if known is None else known
    largest = int(column.max(initial=0))
    if largest > _SPARSE * len(column):
        values, places = numbered(column)
        return np.array([numbers.setdefault(of(one), len(numbers)) for one in values.tolist()], np.int64)[places]
    table = np.zeros(largest + 1, np.int32)
    for one in np.flatnonzero(np.bincount(column)).tolist():
        table[one] = numbers.setdefault(of(one), len(numbers))
    return table[column]


def once(column: Ints) -> Ints:
    """The different numbers of a column, in order."""
    ordered = np.sort(column)
    return ordered[_begins(ordered)]


def numbered(column: Ints) -> tuple[Ints, Ints]:
    """The different numbers of a column, in order, and for each place in it that of its number among them."""
    if is_ordered(column):
        begins = _begins(column)
        return column[begins], np.cumsum(begins) - 1
    values, places = np.unique(column, return_inverse=True)
    return values, places


def is_ordered(column: Ints) -> bool:
    """Whether no number of a column is below the one before it."""
    return bool((column[1:] >= column[:-1]).all())


def _begins(ordered: Ints) -> Flags:
    """Where in a column that is ordered another number begins."""
    begins = np.ones(len(ordered), np.bool_)
    begins[1:] = ordered[1:] != ordered[:-1]
    return begins


def together(*columns: Ints) -> Ints:
    """One number for what stands beside each other in some columns of numbers from 0 on: the same where that is."""
    found: Ints = columns[0].astype(np.int64)
    largest = _width(found)
    for column in columns[1:]:
        width = _width(column)
        if largest * width >= _LARGEST:
            values, found = numbered(found)
            largest = len(values)
        if largest * width >= _LARGEST:
            values, column = numbered(column)
            width = len(values)
        found, largest = found * width + column, largest * width
    return found


def beside_others(column: Ints, count: int) -> Ints:
    """A column whose numbers can stand beside one of so many others in one number: where they are too large for that
    the places of its numbers among its different ones."""
    return column if _width(column) * count < _LARGEST else numbered(column)[1]


def beside(owners: Ints, values: Ints) -> tuple[Ints, Ints]:
    """Each different pair of an owner and a value once, ordered by owner, then by value."""
    width = _width(values)
    if _width(owners) * width >= _LARGEST:
        every, values = numbered(values)
        width = len(every)
        owners, places = beside(owners, values)
        return owners, every[places]
    pairs = once(owners.astype(np.int64) * width + values)
    return pairs // width, pairs % width


def _width(column: Ints) -> int:
    """A number that all of a column are below."""
    return int(column.max(initial=0)) + 1


def sets(owners: Ints, values: Ints, count: int) -> Ints:
    """For each of so many owners, numbered from 0 on, a number for all the values it has: the same where these are."""
    owners, values = beside(owners, values)
    sizes = np.bincount(owners, minlength=count)
    starts = np.cumsum(sizes) - sizes
    found = np.zeros(count, np.int64)
    some, place, first = np.flatnonzero(sizes), 0, 1
    # Value by value: what has been found of an owner's values so far, and its next one, make what is found with that.
    while len(some):
        before, found_there = numbered(together(found[some] - found[some].min(), values[starts[some] + place]))
        found[some] = found_there + first
        first += len(before)
        place += 1
        some = some[sizes[some] > place]
    return found


def different(owners: Ints, values: Ints, count: int) -> tuple[list[list[int]], Ints]:
    """The different sets of values that so many owners have, and for each owner the place of its set among them."""
    _, first, found = np.unique(sets(owners, values, count), return_index=True, return_inverse=True)
    some = np.isin(owners, first)
    order = np.lexsort((values[some], owners[some]))
    theirs, there = values[some][order], owners[some][order]
    starts, ends = np.searchsorted(there, first, "left"), np.searchsorted(there, first, "right")
    return [theirs[start:end].tolist() for start, end in zip(starts, ends, strict=True)], found


def counted(column: Ints) -> dict[int, int]:
    """How often each number stands in a column."""
    ordered = np.sort(column)
    values, starts = np.unique(ordered, return_index=True)
    counts = np.diff(np.append(starts, len(ordered)))
    return dict(zip(values.tolist(), counts.tolist(), strict=True))
