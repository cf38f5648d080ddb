"""How well some sentences answer a line together (docs/language.md section 6)."""

from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple

from vkd_catalog.evaluation.found import EXACT
from vkd_catalog.evaluation.hits import Hit
from vkd_catalog.evaluation.times import Days, days_had, grade_together
from vkd_grammar.times import Time


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
    if time is None and hits:
        return Answered(min(hit.fields for hit in hits), EXACT)
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


def _alike(hits: Iterable[Hit], concepts: Callable[[Hit], object]) -> Iterable[list[Hit]]:
    """The hits by object type and characteristic, and by what the characteristic is in time."""
    together: dict[object, list[Hit]] = {}
    for hit in hits:
        together.setdefault((concepts(hit), hit.whens[0].temporality), []).append(hit)
    return together.values()
