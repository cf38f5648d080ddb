"""How well some sentences answer a line together, and the fewest editions of a collection that do
(docs/language.md section 6)."""

from collections.abc import Callable, Iterable, Sequence
from itertools import combinations, islice
from typing import NamedTuple

from vkd_catalog.evaluation.found import EXACT
from vkd_catalog.evaluation.hits import Hit
from vkd_catalog.evaluation.times import Days, days_had, grade_together
from vkd_grammar.times import Time

_MOST_SETS = 20_000
"""So many sets of editions are tried for one that is smallest; after them one that is small is taken."""


class Answered(NamedTuple):
    """How well a line is answered, and how well its time by the same sentences, as places in `GRADES`."""

    rank: int
    time: int


def answered(time: Time | None, hits: Sequence[Hit], concepts: Callable[[Hit], object]) -> Answered | None:
    """The best that any set of some sentences of one object type and one characteristic gives; None for no sentences.

    Of a set the worst counts, in the other fields and in the time that they give together. `concepts` tells what object
    type and characteristic a sentence has, the same for what is mapped exactly.
    """
    if len(hits) == 1:
        grade = grade_together(time, hits[0].whens)
        return Answered(hits[0].rank, EXACT if grade is None else grade)
    best: Answered | None = None
    for some in _alike(hits, concepts):
        for worst in sorted({hit.fields for hit in some}):
            if best is not None and best <= (worst, EXACT):
                break
            whens = [when for hit in some if hit.fields <= worst for when in hit.whens]
            grade = grade_together(time, whens)
            if grade is not None:
                found = Answered(max(worst, grade), grade)
                best = found if best is None or found < best else best
    return best


def days_of_answer(time: Time | None, hits: Iterable[Hit], rank: int) -> tuple[Days, ...]:
    """The days asked for that sentences have which by themselves give a grade or better."""
    return days_had(time, [when for hit in hits if hit.rank <= rank for when in hit.whens])


def smallest(
    ordered: Sequence[int], keeps: Callable[[Sequence[int]], bool], must: frozenset[int] = frozenset()
) -> tuple[int, ...]:
    """The smallest set of editions that keeps what all of them have; of several the first in their order."""
    if not must:
        alone = next((one for one in ordered if keeps((one,))), None)
        if alone is not None:
            return (alone,)
    needed = tuple(one for one in ordered if one in must or not keeps([other for other in ordered if other != one]))
    if needed and keeps(needed):
        return needed
    others = [one for one in ordered if one not in needed]
    tried = (some for size in range(1, len(others) + 1) for some in combinations(others, size))
    for some in islice(tried, _MOST_SETS):
        chosen = tuple(one for one in ordered if one in needed or one in some)
        if keeps(chosen):
            return chosen
    return _reduced(ordered, keeps, must)


def _reduced(ordered: Sequence[int], keeps: Callable[[Sequence[int]], bool], must: frozenset[int]) -> tuple[int, ...]:
    """A set without any edition that can be left out, the last ones tried first."""
    kept = list(ordered)
    for one in reversed(ordered):
        rest = [other for other in kept if other != one]
        if one not in must and keeps(rest):
            kept = rest
    return tuple(kept)


def _alike(hits: Iterable[Hit], concepts: Callable[[Hit], object]) -> Iterable[list[Hit]]:
    """The hits by object type and characteristic, and by what the characteristic is in time."""
    together: dict[object, list[Hit]] = {}
    for hit in hits:
        together.setdefault((concepts(hit), hit.whens[0].temporality), []).append(hit)
    return together.values()
