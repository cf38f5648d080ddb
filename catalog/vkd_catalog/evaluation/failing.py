"""Which lines of a group without covers fail together, and which succeed (docs/language.md section 6).

Lines that find the same in the same products stand or fall together, whatever else is asked. So sets are tried of kinds
of lines, of which there are few, however many lines there are.
"""

from collections.abc import Callable, Iterator, Sequence
from itertools import combinations

from vkd_catalog.evaluation.demand import DemandLine

Trial = Callable[[Sequence[DemandLine]], bool]
"""Tells whether some lines of a group have a cover."""

Alike = Sequence[DemandLine]
"""Lines that stand or fall together."""

_MOST_KINDS = 12
"""Of more kinds of lines not every set is tried: the sets double with each."""

_MOST_SEEDS = 12
"""So many maximal sets are looked for then, each from a line that it must have."""


def failing(kinds: Sequence[Alike], succeeds: Trial) -> tuple[int, ...]:
    """One smallest set of lines that fails, or of many kinds of lines one that fails no more without any one of them.

    A population may fail alone and succeed beside a classification, so the sets are tried from the smallest.
    """
    lines = [alike[0] for alike in kinds]
    alone = next((line for line in lines if not succeeds([line])), None)
    if alone is not None:
        return (alone.line,)
    if len(lines) > _MOST_KINDS:
        return tuple(line.line for line in _reduced(lines, succeeds))
    sets = (some for size in range(2, len(lines)) for some in combinations(lines, size))
    return tuple(line.line for line in next((some for some in sets if not succeeds(some)), lines))


def succeeding(
    kinds: Sequence[Alike], succeeds: Trial, hopeless: Callable[[DemandLine], bool]
) -> tuple[tuple[int, ...], ...]:
    """All sets of lines that succeed and are part of no larger one, the largest first; of many kinds, some of them.

    `hopeless` tells of a line that nothing answers in whatever company.
    """
    able = [alike for alike in kinds if not hopeless(alike[0])]
    found = _some_maximal(able, succeeds) if len(able) > _MOST_KINDS else _all_maximal(able, succeeds)
    numbers = {tuple(sorted(line.line for alike in some for line in alike)) for some in found}
    return tuple(sorted(numbers, key=lambda some: (-len(some), some)))


def _all_maximal(kinds: Sequence[Alike], succeeds: Trial) -> Iterator[Sequence[Alike]]:
    found: list[frozenset[int]] = []
    for size in range(len(kinds), 0, -1):
        for places in combinations(range(len(kinds)), size):
            some = [kinds[place] for place in places]
            within = any(had.issuperset(places) for had in found)
            if not within and _asks(some) and succeeds([alike[0] for alike in some]):
                found.append(frozenset(places))
                yield some


def _some_maximal(kinds: Sequence[Alike], succeeds: Trial) -> Iterator[Sequence[Alike]]:
    if _asks(kinds) and succeeds([alike[0] for alike in kinds]):
        yield kinds
        return
    seeds = [alike for alike in kinds if not alike[0].negated][:_MOST_SEEDS]
    for seed in seeds:
        if succeeds([seed[0]]):
            yield _grown([seed], [alike for alike in kinds if alike is not seed], succeeds)


def _asks(kinds: Sequence[Alike]) -> bool:
    """Whether lines ask for something: what is only negated is no demand."""
    return any(not alike[0].negated for alike in kinds)


def _grown(kept: Sequence[Alike], others: Sequence[Alike], succeeds: Trial) -> Sequence[Alike]:
    """A set that succeeds, with as many others as can be added, whole halves of them at once where they can."""
    if not others:
        return kept
    if succeeds([alike[0] for alike in (*kept, *others)]):
        return (*kept, *others)
    if len(others) == 1:
        return kept
    half = len(others) // 2
    return _grown(_grown(kept, others[:half], succeeds), others[half:], succeeds)


def _reduced(lines: Sequence[DemandLine], succeeds: Trial) -> Sequence[DemandLine]:
    """Lines that fail, with as many taken away as can be, first by halves and at last one by one."""
    kept = list(lines)
    some = len(kept) // 2
    while some:
        start = 0
        while start < len(kept):
            rest = kept[:start] + kept[start + some :]
            if rest and not succeeds(rest):
                kept = rest
            else:
                start += some
        some //= 2
    return kept
