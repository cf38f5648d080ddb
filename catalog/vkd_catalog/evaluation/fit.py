"""How one product comes to a demand: line by line whether it answers, and if not, the first field that does not fit.

This is what `vkd why DEMAND PRODUCT` tells: why an information set is not among the answers, or that it is.
"""

from typing import Literal, NamedTuple

from vkd_catalog.coding import ANY, Term, senses_of
from vkd_catalog.evaluation.demand import DemandLine, Group
from vkd_catalog.evaluation.found import Grade
from vkd_catalog.evaluation.matching import Matcher, days_of
from vkd_catalog.register import Register, SentenceRecord
from vkd_catalog.vocabulary.concept import is_same_or_below

Field = Literal["object-type", "name", "characteristic", "time"]
FIELDS: tuple[Field, ...] = ("object-type", "name", "characteristic", "time")


class LineFit(NamedTuple):
    """How a product meets one line. `grade` is None where it does not, and then `field` is the first field that fails.

    `product_line` is the sentence that comes nearest, from 1; `asked` and `said` what that field asks and says: codes
    or a stretch of days. A negated line is met by not being matched.
    """

    group: int
    line: int
    negated: bool
    grade: Grade | None
    product_line: int | None
    field: Field | None
    asked: str | tuple[int, int] | None
    said: str | tuple[int, int] | None

    @property
    def met(self) -> bool:
        """Whether the product does what the line asks of it."""
        return (self.grade is None) if self.negated else (self.grade is not None)


def fit_of(product: int, groups: tuple[Group, ...], matcher: Matcher, register: Register) -> tuple[LineFit, ...]:
    """How a product meets each line of a demand's groups, in their order."""
    sentences = register.sentences(product)
    return tuple(_line_fit(group.number, line, product, sentences, matcher) for group in groups for line in group.lines)


def _line_fit(
    group: int, line: DemandLine, product: int, sentences: tuple[SentenceRecord, ...], matcher: Matcher
) -> LineFit:
    hits = matcher.hits(line).get(product)
    if hits:
        return LineFit(group, line.line, line.negated, hits[0].grade, hits[0].line, None, None, None)
    fits = [(_first_failing(line, sentence), sentence) for sentence in sentences]
    if not fits:
        return LineFit(group, line.line, line.negated, None, None, None, None, None)
    place, sentence = max(fits, key=lambda fit: fit[0])
    if place == len(FIELDS):
        # Every field fits by itself, so it is the time of a flow, or a sentence of the other kind, that is in the way.
        place = len(FIELDS) - 1
    asked = (line.object_type, line.name, line.characteristic, days_of(line.time))[place]
    said = (sentence.object_type, sentence.name, sentence.characteristic, (sentence.start, sentence.end))[place]
    return LineFit(group, line.line, line.negated, None, sentence.line, FIELDS[place], asked, said)


def _first_failing(line: DemandLine, sentence: SentenceRecord) -> int:
    """Which field of a sentence is the first that does not fit a line; past the last where all do."""
    terms = ((line.object_type, sentence.object_type), (line.name, sentence.name))
    for place, (asked, said) in enumerate((*terms, (line.characteristic, sentence.characteristic))):
        if not _covers(asked, said):
            return place
    stretch = days_of(line.time)
    apart = stretch is not None and not sentence.fixed and (sentence.end < stretch[0] or stretch[1] < sentence.start)
    return 3 if apart else len(FIELDS)


def _covers(asked: Term, said: str) -> bool:
    if asked is None or asked == ANY:
        return True
    return any(is_same_or_below(said, one) for one in senses_of(asked) or (asked,))
