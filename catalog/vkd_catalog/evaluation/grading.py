"""How well one sentence answers one line (docs/language.md section 6), apart from where sentences are found."""

from typing import Literal

from vkd_catalog.coding import ANY, Term
from vkd_catalog.evaluation.demand import DemandLine
from vkd_catalog.evaluation.found import Grade, worst
from vkd_catalog.register import SentenceRecord
from vkd_catalog.vocabulary import Vocabularies
from vkd_grammar.times import Mask, Time, outermost, overlaps, spans

TooLong = Literal["flow-too-long"]
"""What something added up over a longer time than asked is graded: it cannot be split, so it is a near miss."""


class Grading:
    """Grades sentences that have codes a line asks for, each combination of codes and each time once.

    `grade` is what such a sentence is worth; without it, exact where it has the very codes, else narrower. Individual
    and aggregate never match each other, unless `across_kinds`.
    """

    def __init__(
        self, line: DemandLine, vocabularies: Vocabularies, grade: Grade | None = None, *, across_kinds: bool = False
    ) -> None:
        self._asked = (line.object_type, line.name, line.characteristic)
        self._time = line.time
        self._vocabularies = vocabularies
        self._grade = grade
        self._kind = "" if across_kinds else _kind(line.object_type, line.characteristic, vocabularies)
        self._of_codes: dict[tuple[str, str, str], tuple[Grade | None, bool]] = {}
        self._of_times: dict[tuple[int, int, bool, bool], Grade | TooLong | None] = {}

    def of(self, sentence: SentenceRecord) -> Grade | TooLong | None:
        """The sentence's grade; None where its time or its kind does not match."""
        _, object_type, name, characteristic, start, end, fixed, step = sentence
        codes = (object_type, name, characteristic)
        of_codes = self._of_codes.get(codes)
        if of_codes is None:
            of_codes = self._of_codes[codes] = self._judge_codes(codes)
        grade, accumulated = of_codes
        # What states no time matches no time yet.
        if grade is None or (step == "?" and not fixed and self._time is not None):
            return None
        when = (start, end, fixed, accumulated)
        if when not in self._of_times:
            self._of_times[when] = _time_grade(self._time, *when)
        time = self._of_times[when]
        return time if time is None or time == "flow-too-long" else worst(grade, time)

    def _judge_codes(self, codes: tuple[str, str, str]) -> tuple[Grade | None, bool]:
        """What a sentence's codes are worth, and whether it is of something accumulated."""
        said = _kind(codes[0], codes[2], self._vocabularies)
        if self._kind and said and self._kind != said:
            return None, False
        characteristic = self._vocabularies.characteristics.coded(codes[2])
        accumulated = characteristic is not None and characteristic.temporality == "accumulated"
        same = all(term in (ANY, code) for term, code in zip(self._asked, codes, strict=True))
        return self._grade or ("exact" if same else "narrower"), accumulated


def _kind(object_type: Term, characteristic: Term, vocabularies: Vocabularies) -> str:
    """Individual or aggregate, as the object type states or, where it does not, the characteristic."""
    concepts = (
        vocabularies.object_types.coded(object_type or ""),
        vocabularies.characteristics.coded(characteristic or ""),
    )
    return next((concept.kind for concept in concepts if concept is not None and concept.kind), "")


def _time_grade(asked: Time | None, start: int, end: int, fixed: bool, accumulated: bool) -> Grade | TooLong | None:
    if asked is None or fixed:
        return "exact"
    if isinstance(asked, Mask):
        if not overlaps(asked, start, end):
            return None
        contains, inside = start <= asked.first and asked.last <= end, spans(asked, start, end)
    else:
        first, last = outermost(asked)
        if end < first or last < start:
            return None
        if (start, end) == (first, last):
            return "exact"
        contains, inside = start <= first and last <= end, first <= start and end <= last
    if contains:
        return "flow-too-long" if accumulated else "exact"
    return "narrower" if inside else "partial"
