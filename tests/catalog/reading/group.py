"""One alternative of a demand: its lines, the candidates for it and the tables it asks for (docs/language.md section 6)."""

from collections.abc import Iterable, Sequence
from itertools import product as choices_of
from typing import NamedTuple

from tests.catalog.reading.agreement import with_senses_that_agree
from tests.catalog.reading.computing import Computed, computable
from tests.catalog.reading.days import parse
from tests.catalog.reading.facts import ANY, Demand, Line, Product
from tests.catalog.reading.matching import Hit, Matcher, Table

Area = tuple[str, str]
"""What lines speak of together: individual or aggregate, and the unit type."""


class Candidate(NamedTuple):
    """A product without collection, or a collection with all its editions."""

    collection: str
    editions: tuple[Product, ...]

    @property
    def name(self) -> str:
        """The collection's name, or the one product's identification."""
        return self.collection or self.editions[0].identification


class Group:
    """One alternative of a demand, and what may answer it."""

    def __init__(self, matcher: Matcher, lines: Sequence[Line], demand: Demand, number: int = 1) -> None:
        self.matcher, self.demand, self.number = matcher, demand, number
        lines = as_read(matcher, [with_senses_that_agree(matcher, line) for line in lines])
        self.lines = tuple(line for line in lines if not line.negated)
        self.negated = tuple(line for line in lines if line.negated)
        self.tables = self._tables()
        self.candidates = self._candidates()

    # Candidates

    def _candidates(self) -> list[Candidate]:
        """What is left without the sets that match a negated line or lack the address asked for."""
        products = [one for one in self.matcher.catalogue.products if self.has_address(one) and not self.is_struck(one)]
        names = dict.fromkeys(one.collection for one in products if one.collection)
        collections = [Candidate(name, tuple(one for one in products if one.collection == name)) for name in names]
        return [Candidate("", (one,)) for one in products if not one.collection] + collections

    @property
    def editions(self) -> list[Product]:
        """All information sets that are left."""
        return [edition for one in self.candidates for edition in one.editions]

    def has_address(self, product: Product) -> bool:
        """Whether a product states the address that is asked for."""
        return {"data": bool(product.data), "document": bool(product.doc)}.get(self.demand.archive, True)

    def is_struck(self, product: Product, there: Iterable[str] = ()) -> bool:
        """Whether a set, beside some others, matches a negated line, at whatever grade."""
        return any(
            not hit.is_beside and hit.needs <= set(there)
            for line in self.negated
            for hit in self.hits(line, product, alone=True)
        )

    # Tables

    def _tables(self) -> list[Table]:
        """The tables asked for: aggregate lines of one unit type, characteristic and time."""
        found = {table for line in self.lines for table in self.tables_of(line)}
        return sorted(found, key=lambda one: (one.unit, [line.number for line in one.lines]))

    def tables_of(self, line: Line, *, alone: bool = False) -> list[Table]:
        """The tables that a line is a line of, one for each unit type it may be of."""
        others = [line] if alone else self.lines
        return [
            Table(
                unit,
                tuple(one for one in others if (kind, unit) in self.areas(one) and self._is_alike(one, line)),
            )
            for kind, unit in self.areas(line)
            if kind == "aggregate"
        ]

    def areas(self, line: Line) -> list[Area]:
        """The kinds and unit types that a line may be of."""
        objects = self.matcher.objects
        if line.object_type != (ANY,):
            return sorted({(objects.of(code).kind, objects.of(code).unit) for code in line.object_type})
        kinds = {self.matcher.characteristics.of(code).kind for code in line.characteristic if code != ANY} - {""}
        return [(kind, unit) for kind in sorted(kinds or {"individual", "aggregate"}) for unit in self.matcher.units]

    def _is_alike(self, one: Line, other: Line) -> bool:
        """Whether two lines ask for the same characteristic and time."""
        same = self.matcher.characteristics.same
        first, second = ({same.get(code, frozenset({code})) for code in line.characteristic} for line in (one, other))
        return first == second and parse(one.time) == parse(other.time)

    def has_table(self, edition: Product, table: Table, lines: Sequence[Line], there: Iterable[str]) -> bool:
        """Whether one edition matches all lines of a table, each by a sentence of its own."""
        area = "aggregate", table.unit
        found = [{hit.place for hit in self.hits_in(line, [edition], there, area)} for line in lines]
        return any(len(set(places)) == len(lines) for places in choices_of(*found))

    def computed(self, table: Table, candidate: Candidate) -> Computed | None:
        """How a table that no candidate matches can be made from the individual sets of one."""
        anywhere = self.matcher.products
        if any(self.has_table(edition, table, table.lines, anywhere) for edition in self.editions):
            return None
        return computable(self.matcher, table, candidate.editions)

    # Sentences

    def hits(self, line: Line, product: Product, *, alone: bool = False) -> list[Hit]:
        """All sentences that match a line, whatever kind and unit type they are of."""
        found: list[Hit] = []
        if any(kind == "individual" for kind, _ in self.areas(line)):
            found += self.matcher.hits(line, product)
        for table in self.tables_of(line, alone=alone):
            found += self.matcher.hits(line, product, table)
        return found

    def hits_in(self, line: Line, editions: Iterable[Product], there: Iterable[str], area: Area) -> list[Hit]:
        """The sentences of some editions that match a line and speak of one thing, where what they need is there."""
        there = set(there)
        return [
            hit
            for edition in editions
            for hit in self.hits(line, edition)
            if hit.needs <= there and self.area_of(hit) == area and not hit.is_beside
        ]

    def area_of(self, hit: Hit) -> Area:
        """What a sentence speaks of."""
        concept = self.matcher.objects.of(hit.sentence.object_type)
        return concept.kind, concept.unit


def as_read(matcher: Matcher, lines: Sequence[Line]) -> list[Line]:
    """The lines of a group; a singular aggregate with a classification is taken as the plural, with all of its group."""

    def singular(line: Line) -> bool:
        return any(
            (one.kind, one.number) == ("aggregate", "singular") for one in map(matcher.objects.of, line.object_type)
        )

    if not any(
        singular(line) and any(matcher.names.of(name).kind == "classification" for name in line.name) for line in lines
    ):
        return list(lines)
    return [
        line._replace(object_type=tuple(_plural_of(matcher, code) for code in line.object_type))
        if singular(line)
        else line
        for line in lines
    ]


def _plural_of(matcher: Matcher, code: str) -> str:
    unit = matcher.objects.of(code).unit
    plural = [
        other
        for other, one in matcher.objects.concepts.items()
        if (one.kind, one.number, one.unit) == ("aggregate", "plural", unit)
    ]
    return min(plural, key=lambda other: (other.count("."), other), default=code)
