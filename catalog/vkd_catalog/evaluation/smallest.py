"""The smallest set of editions that keeps what all of them have, of several the first in their order.

Sets are not tried one after the other, for there are as many as there are ways to choose some of fifty editions. A set
that keeps too little shows what it misses: some editions of which one at least is needed. The smallest set that has one
of each such group is tried next, until it keeps everything (implicit hitting sets, R. Karp and others, 2013).
"""

from collections.abc import Callable, Iterable, Iterator, Sequence

_MOST_STEPS = 20_000
"""So many steps are taken to find a set that is smallest; after them one is taken that cannot be made smaller."""

_Some = int
"""Some editions, each a bit by its place."""


def smallest(ordered: Sequence[int], keeps: Callable[[Sequence[int]], bool]) -> tuple[int, ...]:
    """The smallest set of some editions of which `keeps` is true, in their order; all where it is true of no set.

    Whatever it is true of, it must be true of with more editions too.
    """
    if not keeps(ordered):
        return tuple(ordered)

    def is_enough(some: _Some) -> bool:
        return keeps([one for place, one in enumerate(ordered) if some >> place & 1])

    chosen = _smallest(len(ordered), is_enough)
    return tuple(one for place, one in enumerate(ordered) if chosen >> place & 1)


def _smallest(count: int, is_enough: Callable[[_Some], bool]) -> _Some:
    every = [1 << place for place in range(count)]
    # Most editions of yearly files do what no other does, and then nothing more is looked for.
    needed = [one for one in every if not is_enough(sum(every) & ~one)]
    alone = None if needed else next((one for one in every if is_enough(one)), None)
    if alone is not None:
        return alone
    chosen: _Some | None = sum(needed)
    search = _Search()
    while chosen is not None and not is_enough(chosen):
        needed += _missed(chosen, count, is_enough)
        chosen = search.first(needed)
    return _reduced(count, is_enough) if chosen is None else chosen


def _missed(chosen: _Some, count: int, is_enough: Callable[[_Some], bool]) -> Iterator[_Some]:
    """Groups of editions without one of which some that are too few stay too few; no edition is in two of them."""
    while not is_enough(chosen):
        grown = _grown(chosen, [place for place in range(count) if not chosen >> place & 1], is_enough)
        group = (1 << count) - 1 & ~grown
        yield group
        chosen |= group


def _grown(chosen: _Some, others: Sequence[int], is_enough: Callable[[_Some], bool]) -> _Some:
    """Some editions that are too few, with as many others as leave them so, whole halves of these at once."""
    more = chosen | sum(1 << place for place in others)
    if not others or not is_enough(more):
        return more
    if len(others) == 1:
        return chosen
    half = len(others) // 2
    return _grown(_grown(chosen, others[:half], is_enough), others[half:], is_enough)


def _reduced(count: int, is_enough: Callable[[_Some], bool]) -> _Some:
    """A set without any edition that can be left out, the last ones tried first."""
    chosen = (1 << count) - 1
    for place in reversed(range(count)):
        if is_enough(chosen & ~(1 << place)):
            chosen &= ~(1 << place)
    return chosen


class _Search:
    """Finds sets with one of each of some groups, in a limited number of steps."""

    def __init__(self) -> None:
        self._left = _MOST_STEPS

    def first(self, groups: Sequence[_Some]) -> _Some | None:
        """The smallest set that has one of each group, of several the first; None where too many steps are needed."""
        chosen = 0
        size = next(size for size in range(len(groups) + 1) if self._can(groups, size))
        for place in range(max(groups).bit_length()):
            rest = [group for group in groups if not group >> place & 1]
            if len(rest) < len(groups) and self._can(rest, size - 1):
                chosen, groups, size = chosen | 1 << place, rest, size - 1
            else:
                groups = [group & ~(1 << place) for group in groups]
        return chosen if self._left else None

    def _can(self, groups: Sequence[_Some], size: int) -> bool:
        """Whether so many editions can have one of each group. Once there are no steps left everything can be."""
        if not groups or not self._left:
            return True
        self._left -= 1
        if _apart(groups) > size:
            return False
        least = min(groups, key=int.bit_count)
        return any(self._can([group for group in groups if not group & bit], size - 1) for bit in _bits(least))


def _apart(groups: Iterable[_Some]) -> int:
    """How many of some groups have no edition in common, the smallest taken first: as many editions are needed."""
    count, taken = 0, 0
    for group in sorted(groups, key=int.bit_count):
        if not group & taken:
            count, taken = count + 1, taken | group
    return count


def _bits(some: _Some) -> Iterator[_Some]:
    """The editions of a group, each by itself."""
    while some:
        bit = some & -some
        yield bit
        some &= ~bit
