"""What many candidates say, counted in columns (`cover_counts` counts it one by one)."""

from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

import numpy as np

from vkd_catalog.columns import Columns, Ints, beside, classes, counted, once
from vkd_catalog.evaluation.found import GRADES
from vkd_catalog.evaluation.in_columns import Answering, Owned, names_of, owned, owner_of

if TYPE_CHECKING:
    from vkd_catalog.evaluation.fit import Field

Years = tuple[int, int]

Value = str | Years

_WIDTH = 100_000
"""Years stay below it."""


class Counted:
    """Counts what candidates, each given by its editions, say in answer to each line."""

    def __init__(self, said: Sequence[Answering], editions: Sequence[Iterable[int]]) -> None:
        self._said = said
        self._count = len(editions)
        self._whose = owner_of(editions, said)
        self._owned = [owned(one.rows, one.ranks, self._whose) for one in said]
        self._best = [self._best_of(*pair) for pair in zip(said, self._owned, strict=True)]

    def names(self) -> Mapping[frozenset[str], int]:
        """How many candidates say what answers best under which names."""
        found, places = names_of(self._best, self._count)
        counts = np.bincount(places, minlength=len(found))
        return dict(zip(found, counts.tolist(), strict=True))

    def years(self, ever: Years) -> Mapping[Years | None, int]:
        """In which years how many candidates say something of every line that they answer, by what answers best; `ever`
        are those of one that states none."""
        first, last = np.full(self._count, ever[0]), np.full(self._count, ever[1])
        for one in self._best:
            dated = one.rows.dated
            starts, ends = (days[dated] // 10_000 for days in one.rows.days)
            lowest, highest = np.full(self._count, _WIDTH), np.full(self._count, -1)
            np.minimum.at(lowest, one.owners[dated], starts)
            np.maximum.at(highest, one.owners[dated], ends)
            stated = highest >= 0
            first[stated] = np.maximum(first, lowest)[stated]
            last[stated] = np.minimum(last, highest)[stated]
        apart = first > last
        pairs = counted((first * _WIDTH + last)[~apart])
        found: dict[Years | None, int] = {divmod(pair, _WIDTH): count for pair, count in pairs.items()}
        if apart.any():
            found[None] = int(apart.sum())
        return found

    def having(self, line: int, field: "Field") -> Mapping[Value, int]:
        """How many candidates have each value in a field of what answers a line, by its place."""
        if field == "characteristic":
            rows = self._said[line].in_full_too
            here = owned(rows, np.zeros_like(rows.times), self._whose)
            return _owners_by(here.rows.characteristics, here.rows.codes.__getitem__, here.owners)
        rows, owners, _ = self._owned[line]
        if field == "time":
            return _owners_by(rows.times, lambda time: _years(rows, time), owners)
        return _owners_by(rows.names if field == "name" else rows.object_types, rows.codes.__getitem__, owners)

    def _best_of(self, said: Answering, here: Owned) -> Owned:
        """What candidates say at their best ranks."""
        if len(once(said.ranks)) <= 1:
            return here
        ranks = np.full(self._count, len(GRADES))
        whose = self._whose[said.products]
        np.minimum.at(ranks, whose[whose >= 0], said.best[whose >= 0])
        best = here.ranks == ranks[here.owners]
        return Owned(here.rows.at(best), here.owners[best], here.ranks[best])


def _years(rows: Columns, time: int) -> Years:
    start, end, *_ = rows.time(time)
    return start // 10_000, end // 10_000


def _owners_by(column: Ints, of: Callable[[int], Value], owners: Ints) -> Mapping[Value, int]:
    """How many owners have each value that the numbers of a column stand for."""
    known: dict[Hashable, int] = {}
    _, places = beside(owners, classes(column, of, known))
    values: list[Value] = list(known)  # type: ignore[arg-type]
    return dict(zip(values, np.bincount(places).tolist(), strict=True))
