"""How one product, or all editions of a collection together, come to a demand: line by line whether they answer, and if
not, the first field that does not fit.

This is what `vkd why DEMAND PRODUCT` tells: why an information set is not among the answers, or that it is.
"""

from collections.abc import Collection, Sequence
from typing import Literal, NamedTuple

from vkd_catalog.coding import ANY, Term, senses_of
from vkd_catalog.evaluation.candidates import Candidates, excluded
from vkd_catalog.evaluation.demand import DemandLine, Group
from vkd_catalog.evaluation.found import GRADES, Grade
from vkd_catalog.evaluation.hits import Hit
from vkd_catalog.evaluation.matching import Matcher
from vkd_catalog.evaluation.seeking import days_of
from vkd_catalog.register import Register, SentenceRecord
from vkd_catalog.vocabulary import Vocabularies
from vkd_catalog.vocabulary.concept import is_same_or_below

Field = Literal["object-type", "name", "characteristic", "time"]
FIELDS: tuple[Field, ...] = ("object-type", "name", "characteristic", "time")


class LineFit(NamedTuple):
    """How products meet one line together. `grade` is None where they do not, and then `field` is the first that fails.

    `product` and `product_line` (from 1) are the sentence that answers best or comes nearest; `asked` and `said` what
    the field asks and says: codes or a stretch of days. A negated line is met by not being matched; `left_out` are the
    products that match it.
    """

    group: int
    line: int
    negated: bool
    grade: Grade | None = None
    product: int | None = None
    product_line: int | None = None
    field: Field | None = None
    asked: str | tuple[int, int] | None = None
    said: str | tuple[int, int] | None = None
    left_out: tuple[int, ...] = ()

    @property
    def met(self) -> bool:
        """Whether the products do what the line asks of them."""
        return (self.grade is None) if self.negated else (self.grade is not None)


def products_called(register: Register, name: str) -> tuple[int, ...]:
    """The product of an identification, else the editions of a collection, by their numbers; none where there is
    neither."""
    number = register.numbered(name)
    if number is not None:
        return (number,)
    return tuple(number for number, _ in register.collected(name))


def fit_of(
    products: Sequence[int], groups: Sequence[Group], matcher: Matcher, register: Register, vocabularies: Vocabularies
) -> tuple[LineFit, ...]:
    """How products meet each line of a demand's groups, in their order; those that a negated line leaves out of a
    collection do not count for the others."""
    fits: list[LineFit] = []
    for group in groups:
        kept = [number for number in products if number not in excluded(group.lines, matcher)]
        candidates = Candidates(group.asked, register, vocabularies, matcher)
        for line in group.lines:
            fit = LineFit(group.number, line.line, line.negated)
            if line.negated:
                fits.append(_excluding(fit, line, products, matcher))
            else:
                fits.append(_answering(fit, line, kept or products, candidates))
    return tuple(fits)


def _excluding(fit: LineFit, line: DemandLine, products: Sequence[int], matcher: Matcher) -> LineFit:
    """Which products a negated line leaves out, and how the first of them matches it."""
    hits = matcher.hits(line)
    left_out = tuple(number for number in products if number in hits)
    if not left_out:
        return fit
    number, hit = left_out[0], hits[left_out[0]][0]
    return fit._replace(grade=hit.grade, product=number, product_line=hit.line, left_out=left_out)


def _answering(fit: LineFit, line: DemandLine, products: Sequence[int], candidates: Candidates) -> LineFit:
    found = [(number, hit) for number in products for hit in candidates.hits[line].get(number, ()) if not hit.beside]
    grade = _together(line, products, found, candidates)
    if grade is not None:
        number, hit = min(found, key=lambda one: one[1].rank)
        return fit._replace(grade=grade, product=number, product_line=hit.line)
    sentences = [(number, one) for number in products for one in candidates.register.sentences(number)]
    if not sentences:
        return fit
    number, sentence = max(sentences, key=lambda one: _nearness(line, one[1]))
    # Where every field fits by itself it is the time of a flow, or a sentence of the other kind, that is in the way.
    place = min(_first_failing(line, sentence), len(FIELDS) - 1)
    asked = (line.object_type, line.name, line.characteristic, days_of(line.time))[place]
    said = (sentence.object_type, sentence.name, sentence.characteristic, (sentence.start, sentence.end))[place]
    return fit._replace(product=number, product_line=sentence.line, field=FIELDS[place], asked=asked, said=said)


def _together(
    line: DemandLine, products: Sequence[int], found: Collection[tuple[int, Hit]], candidates: Candidates
) -> Grade | None:
    """The grade of some hits together; None where they do not answer. What they need of other sets counts as there."""
    there = {*products, *(number for _, hit in found for number in hit.needs)}
    areas = candidates.areas_here(line, products, there)
    answers = (candidates.answered(line, tuple(products), there, area) for area in areas)
    ranks = [one.rank for one in answers if one is not None]
    return GRADES[min(ranks)] if ranks else None


def _nearness(line: DemandLine, sentence: SentenceRecord) -> tuple[int, int]:
    """How near a sentence comes to a line: by how many fields fit, then by its days."""
    return _first_failing(line, sentence), -_apart(line, sentence)


def _first_failing(line: DemandLine, sentence: SentenceRecord) -> int:
    """Which field of a sentence is the first that does not fit a line; past the last where all do."""
    terms = ((line.object_type, sentence.object_type), (line.name, sentence.name))
    for place, (asked, said) in enumerate((*terms, (line.characteristic, sentence.characteristic))):
        if not _covers(asked, said):
            return place
    return 3 if _apart(line, sentence) else len(FIELDS)


def _apart(line: DemandLine, sentence: SentenceRecord) -> int:
    """How far the days that a sentence states are from those asked for, as a difference of dates; 0 where they meet."""
    stretch = days_of(line.time)
    if stretch is None or sentence.fixed:
        return 0
    return max(stretch[0] - sentence.end, sentence.start - stretch[1], 0)


def _covers(asked: Term, said: str) -> bool:
    if asked is None or asked == ANY:
        return True
    return any(is_same_or_below(said, one) for one in senses_of(asked) or (asked,))
