"""What a line asks for, and the ways to read it where a word has several senses."""

from itertools import product as every_way

from vkd_catalog.coding import Term, senses_of
from vkd_catalog.evaluation.demand import DemandLine
from vkd_grammar.times import Time

Table = tuple[DemandLine, ...]
"""The aggregate lines that a line is asked together with, itself among them."""


def asked_by(line: DemandLine) -> tuple[Term, Term, Term, Time | None]:
    """The four fields of a line, wherever it stands and whether it is negated or not."""
    return line.object_type, line.name, line.characteristic, line.time


def ways(line: DemandLine) -> list[tuple[DemandLine, str]]:
    """The ways to read a line whose words have several senses, each with the sense of the first such word."""
    terms = (line.object_type, line.name, line.characteristic)
    senses = [senses_of(term) for term in terms]
    if not any(senses):
        return [(line, "")]
    first = next(place for place, some in enumerate(senses) if some)
    read = (some or (term,) for some, term in zip(senses, terms, strict=True))
    return [
        (line._replace(object_type=way[0], name=way[1], characteristic=way[2]), way[first] or "")
        for way in every_way(*read)
    ]
