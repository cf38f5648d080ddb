"""The lines of a document, kept in chunks, so that changing one costs a chunk and not the document.

A tuple of 100,000 lines is copied in milliseconds, for each line's reference is counted anew; a chunk in microseconds.
"""

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from itertools import accumulate, chain
from typing import overload

_CHUNK = 512
"""How many lines a chunk holds when it is made; edits make them larger and smaller, up to twice that."""


class Lines(Sequence[str]):
    """An immutable sequence of lines, equal to any other with the same lines. Slices are tuples."""

    __slots__ = ("_chunks", "_ends")

    def __init__(self, lines: Sequence[str] = ()) -> None:
        self._hold(_cut(lines))

    def replaced(self, first: int, last: int, new: Sequence[str]) -> "Lines":
        """The lines with those from `first` to `last`, exclusive, replaced by others."""
        chunks, ends = self._chunks, self._ends
        low = bisect_right(ends, first)
        high = bisect_right(ends, last)
        start = ends[low - 1] if low else 0
        touched = tuple(chain.from_iterable(chunks[low : high + 1]))
        changed = (*touched[: first - start], *new, *touched[last - start :])
        made = Lines.__new__(Lines)
        made._hold(chunks[:low] + _cut(changed) + chunks[high + 1 :])
        return made

    def _hold(self, chunks: tuple[tuple[str, ...], ...]) -> None:
        self._chunks = chunks
        self._ends = list(accumulate(map(len, chunks)))

    def __len__(self) -> int:
        return self._ends[-1] if self._ends else 0

    def __iter__(self) -> Iterator[str]:
        return chain.from_iterable(self._chunks)

    @overload
    def __getitem__(self, index: int) -> str: ...

    @overload
    def __getitem__(self, index: slice) -> tuple[str, ...]: ...

    def __getitem__(self, index: int | slice) -> str | tuple[str, ...]:
        if isinstance(index, slice):
            first, last, step = index.indices(len(self))
            if step != 1:
                return tuple(self)[index]
            return self._between(first, last)
        if index < 0:
            index += len(self)
        chunk = bisect_right(self._ends, index)
        if index < 0 or chunk == len(self._chunks):
            raise IndexError(index)
        return self._chunks[chunk][index - (self._ends[chunk - 1] if chunk else 0)]

    def _between(self, first: int, last: int) -> tuple[str, ...]:
        if first >= last:
            return ()
        low, high = bisect_right(self._ends, first), bisect_right(self._ends, last - 1)
        start = self._ends[low - 1] if low else 0
        if low == high:
            return self._chunks[low][first - start : last - start]
        return tuple(chain.from_iterable(self._chunks[low : high + 1]))[first - start : last - start]

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Lines):
            return NotImplemented
        return len(self) == len(other) and all(one == two for one, two in zip(self, other, strict=True))

    def __hash__(self) -> int:
        return hash(tuple(self))

    def __repr__(self) -> str:
        return f"Lines({list(self)!r})"


def _cut(lines: Sequence[str]) -> tuple[tuple[str, ...], ...]:
    """The lines in chunks of the usual size. Up to twice as many stay one chunk, so that small edits back and forth do
    not split chunks again and again."""
    if len(lines) <= 2 * _CHUNK:
        return (tuple(lines),) if lines else ()
    return tuple(tuple(lines[at : at + _CHUNK]) for at in range(0, len(lines), _CHUNK))
