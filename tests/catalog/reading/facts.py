"""What a catalogue and a demand say, as plain values: each concept by its code, each time as it is written."""

from collections.abc import Mapping
from typing import NamedTuple

ANY = "-"
"""A don't-care field."""

UNSTATED = "?"
"""A time that the source does not say."""

GRADES = (
    "exact",
    "narrower",
    "contained",
    "selectable",
    "close",
    "derived",
    "wider",
    "partial",
    "unstated",
    "computable",
)
"""How well something answers, best first (docs/language.md section 6)."""

EXACT, NARROWER, CONTAINED, SELECTABLE, CLOSE, DERIVED, WIDER, PARTIAL, NOT_STATED, COMPUTABLE = range(10)


class Concept(NamedTuple):
    """A row of a vocabulary; what does not belong to its vocabulary stays empty (docs/language.md section 4)."""

    kind: str = ""
    number: str = ""
    unit: str = ""
    object_types: tuple[str, ...] = ()
    valid_from: str = ""
    valid_to: str = ""
    temporality: str = ""
    classifications: tuple[str, ...] = ()
    derived_from: tuple[tuple[str, ...], ...] = ()
    """Alternatives of parts, each a code or `CODE@identification`."""
    sensitive: str = ""
    identifies: str = ""
    function: str = ""
    of: str = ""
    see_also: tuple[str, ...] = ()


Concepts = Mapping[str, Concept]


class MappingRow(NamedTuple):
    """One row of a file of mappings."""

    subject: str
    predicate: str
    object: str


class Sentence(NamedTuple):
    """The four fields of a product's line; the name of one unit begins with `=`."""

    object_type: str
    name: str
    characteristic: str
    time: str


class Product(NamedTuple):
    """A product description."""

    identification: str
    sentences: tuple[Sentence, ...]
    collection: str = ""
    unit_id: tuple[tuple[str, ...], ...] = ()
    """Alternatives, each of one characteristic or of several together."""
    series: str = ""
    access: str = ""
    data: str = ""
    doc: str = ""
    updated: str = ""


class Line(NamedTuple):
    """A line of a demand; a field holds one code for each sense of its word, or ANY alone."""

    number: int
    object_type: tuple[str, ...]
    name: tuple[str, ...]
    characteristic: tuple[str, ...]
    time: str
    negated: bool = False


class Demand(NamedTuple):
    """What is asked: lines, the operator behind each, and how."""

    lines: tuple[Line, ...]
    operators: str
    archive: str = "both"
    max_sets: int = 3

    def groups(self) -> list[tuple[Line, ...]]:
        """The alternatives that `E` parts; `N` negates the line after it (docs/language.md section 6)."""
        groups: list[list[Line]] = [[]]
        for place, line in enumerate(self.lines):
            before = self.operators[place - 1] if place else ""
            if before == "E":
                groups.append([])
            groups[-1].append(line._replace(negated=before == "N"))
        return [tuple(group) for group in groups]


class Catalogue(NamedTuple):
    """Vocabularies by code, mappings and products."""

    object_types: Concepts
    names: Concepts
    characteristics: Concepts
    products: tuple[Product, ...] = ()
    mappings: tuple[MappingRow, ...] = ()
