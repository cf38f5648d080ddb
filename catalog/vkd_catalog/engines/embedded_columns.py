"""The sentences of a large embedded register once more, as columns of numbers, in stretches of whole products.

A question that a hundred thousand products answer is answered from these in a tenth of the time that its rows take.
They are written when all sentences are there, and thrown away when any changes. What is said, whatever the
characteristic, is there apart, each once: it is a fifth of all, and most that broad questions ask. Beside them stands
in how many products each name is used, by which answers are ordered.
"""

from __future__ import annotations

import sqlite3
from array import array
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from operator import itemgetter
from typing import TYPE_CHECKING

from vkd_catalog.register import Ask

if TYPE_CHECKING:
    from vkd_catalog.columns import Columns, Flags, Ints
    from vkd_catalog.engines.questions import Hidden, Terms

_FROM = 100_000
"""So many sentences a register has at least that has them in columns too."""

_STRETCH = 100_000
"""About so many sentences are in one stretch."""

PACKED_TIME = "((start * 100000000 + stop) * 2 + fixed) * 128 + coalesce(unicode(step), 0)"
"""A time as one number, in SQL: two days of eight digits, whether it is of something fixed, the letter of a step."""

_ROWS = f"SELECT product, object_type, name, {PACKED_TIME}, characteristic FROM sentence ORDER BY product"

_READ = (
    "SELECT products, object_types, names, times, characteristics FROM stretch WHERE characteristics {} ORDER BY number"
)

_WRITE = "INSERT INTO stretch (products, object_types, names, times, characteristics) VALUES (?, ?, ?, ?, ?)"


def write_columns(connection: sqlite3.Connection) -> None:
    """Writes the columns of a register, if it has many sentences."""
    (count,) = connection.execute("SELECT count(*) FROM sentence").fetchone()
    if count < _FROM:
        return
    times: dict[int, int] = {}
    used: Counter[int] = Counter()
    for rows in _stretches(connection.execute(_ROWS)):
        timed = [(*row[:3], times.setdefault(row[3], len(times)), row[4]) for row in rows]
        connection.execute(_WRITE, _columns(timed))
        connection.execute(_WRITE, (*_columns(list(dict.fromkeys(row[:4] for row in timed))), None))
        used.update(name for _, name in {(row[0], row[2]) for row in timed})
    connection.executemany("INSERT INTO stated_time VALUES (?, ?)", ((place, time) for time, place in times.items()))
    connection.executemany("INSERT INTO name_use VALUES (?, ?)", used.items())


def _columns(rows: Sequence[tuple[int, ...]]) -> list[array[int]]:
    return [array("i", map(itemgetter(place), rows)) for place in range(len(rows[0]))]


def drop_columns(connection: sqlite3.Connection) -> None:
    """Throws the columns away."""
    for table in ("stretch", "stated_time", "name_use"):
        connection.execute(f"DELETE FROM {table}")


def has_columns(connection: sqlite3.Connection) -> bool:
    """Whether the sentences are there in columns too."""
    return bool(connection.execute("SELECT EXISTS (SELECT 1 FROM stretch)").fetchone()[0])


def read_columns(
    connection: sqlite3.Connection,
    ask: Ask,
    terms: Terms,
    hidden: Hidden,
    codes: Mapping[int, str],
    *,
    characteristics: bool,
) -> Columns:
    """The sentences that answer a question, but for those of hidden products, from the columns."""
    import numpy as np

    from vkd_catalog.columns import Columns

    stated = np.array(connection.execute("SELECT time FROM stated_time ORDER BY number").fetchall(), np.int64).ravel()
    (last,) = connection.execute("SELECT coalesce(max(number), 0) FROM term").fetchone()
    wanted = _Wanted(ask, terms, hidden.numbers, last + 1, stated)
    apart = characteristics or ask.characteristic is not None
    stretches = connection.execute(_READ.format("IS NOT NULL" if apart else "IS NULL"))
    found = [some for row in stretches if len((some := wanted.among(row))[0])]
    columns = [
        np.concatenate([some[place] for some in found] or [np.zeros(0, np.int32)]) for place in range(5 if apart else 4)
    ]
    products, object_types, names, times = columns[:4]
    said = columns[4] if characteristics else np.zeros_like(products)
    return Columns(products, object_types, names, said, times, codes, stated)


class _Wanted:
    """What a question asks of the sentences of a stretch; `size` is that of a table of all codes."""

    def __init__(self, ask: Ask, terms: Terms, hidden: frozenset[int], size: int, stated: Ints) -> None:
        import numpy as np

        self._np = np
        self._tables: list[tuple[int, Flags]] = []
        for place, some in ((1, ask.object_type), (2, ask.name), (4, ask.characteristic)):
            if some is not None:
                table = np.zeros(size, np.bool_)
                table[list(terms.numbers(some))] = True
                self._tables.append((place, table))
        self._hidden = np.array(sorted(hidden), np.int32)
        days = stated // 256
        self._fixed = stated // 128 % 2 == 1
        first, last = ask.time or (0, 0)
        self._holds = (days // 100_000_000 <= last) & (days % 100_000_000 >= first)
        self._is_timed, self._of_set = ask.time is not None, ask.of_set

    def among(self, stretch: Sequence[bytes | None]) -> list[Ints]:
        """The columns of those sentences of a stretch that answer."""
        columns = [self._np.frombuffer(one, self._np.int32) for one in stretch if one is not None]
        answers = self._np.ones(len(columns[0]), self._np.bool_)
        for place, table in self._tables:
            answers &= table[columns[place]]
        if self._is_timed and answers.any():
            answers &= self._hold(columns[0], columns[3])
        if len(self._hidden) and answers.any():
            answers &= ~self._np.isin(columns[0], self._hidden)
        return columns if answers.all() else [column[answers] for column in columns]

    def _hold(self, products: Ints, times: Ints) -> Flags:
        """Which sentences hold at the time asked for; of a set, what is fixed holds where something else of it does, or
        all of it is fixed."""
        fixed, holds = self._fixed[times], self._holds[times]
        if not self._of_set:
            alone: Flags = fixed | holds
            return alone
        dated = products[~fixed]
        beside = self._np.isin(products, dated[holds[~fixed]]) | ~self._np.isin(products, dated)
        in_its_set: Flags = (fixed & beside) | (~fixed & holds)
        return in_its_set


def _stretches(rows: sqlite3.Cursor) -> Iterator[list[tuple[int, ...]]]:
    """Rows, which are ordered by product, in stretches of whole products."""
    left: list[tuple[int, ...]] = []
    while more := rows.fetchmany(_STRETCH):
        some = left + more
        cut = len(some)
        while cut and some[cut - 1][0] == some[-1][0]:
            cut -= 1
        left = some[cut:]
        if cut:
            yield some[:cut]
    if left:
        yield left
