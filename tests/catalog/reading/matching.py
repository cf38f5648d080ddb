"""Which sentences match a line, and how well (docs/language.md section 6, "A line matches a candidate")."""

from collections.abc import Iterable, Iterator
from functools import cached_property
from itertools import product as combinations_of
from typing import NamedTuple

from tests.catalog.reading import days
from tests.catalog.reading.concepts import Relations, above, relations
from tests.catalog.reading.days import Had, Time, parse
from tests.catalog.reading.facts import (
    ANY,
    CLOSE,
    CONTAINED,
    DERIVED,
    EXACT,
    NARROWER,
    SELECTABLE,
    Catalogue,
    Line,
    Product,
    Sentence,
)

Place = tuple[str, int]
"""A sentence: its product and its number there."""


class Hit(NamedTuple):
    """A sentence that matches a line: how well but for its time, and what it needs."""

    place: Place
    sentence: Sentence
    fields: int
    had: Had
    sense: str
    needs: frozenset[str] = frozenset()
    """Products that must be in the cover too."""
    is_beside: bool = False
    """Whether it is only cited beside what matches: it makes no match of its own product."""
    population: tuple[str, ...] = ()


class Table(NamedTuple):
    """What a line is asked together with: the aggregate lines of one unit type, characteristic and time."""

    unit: str
    lines: tuple[Line, ...]


class Matcher:
    """What a catalogue's sentences are to lines."""

    def __init__(self, catalogue: Catalogue) -> None:
        self.catalogue = catalogue
        self.objects = relations(catalogue.object_types, catalogue.mappings)
        self.names = relations(catalogue.names, catalogue.mappings)
        self.characteristics = relations(catalogue.characteristics, catalogue.mappings)
        self.products = {product.identification: product for product in catalogue.products}
        self._kept: dict[object, tuple[Hit, ...]] = {}

    @cached_property
    def units(self) -> list[str]:
        """The unit types there are."""
        return sorted({self.objects.of(code).unit for code in self.catalogue.object_types})

    def hits(self, line: Line, product: Product, table: Table | None = None) -> tuple[Hit, ...]:
        """All sentences of an information set that match a line, and those of others that they need."""
        key = line, product.identification, table
        if key not in self._kept:
            found = dict.fromkeys(self._hits(line, product, table))
            self._kept[key] = tuple(found)
        return self._kept[key]

    def _hits(self, line: Line, product: Product, table: Table | None) -> Iterator[Hit]:
        for hit in self._field_hits(line, product, table):
            if table and not hit.is_beside and self._is_plural_aggregate(hit.sentence):
                foreign = self._population(product, table)
                yield hit._replace(fields=max(NARROWER, hit.fields) if foreign else hit.fields, population=foreign)
            else:
                yield hit

    def _field_hits(self, line: Line, product: Product, table: Table | None) -> Iterator[Hit]:
        for asked in line.characteristic:
            for number, sentence in enumerate(product.sentences, start=1):
                alike = self.characteristics.grade(asked, sentence.characteristic)
                if alike is not None:
                    yield from self._whole(line, asked, product, number, table, alike)
            for reading, sense in _readings(line):
                for hit in self._derived(asked, reading, product, table):
                    yield hit._replace(sense=sense or hit.sense or (asked if len(line.characteristic) > 1 else ""))

    def _derived(self, asked: str, line: Line, product: Product, table: Table | None) -> Iterator[Hit]:
        """The sentences that a characteristic is derived from, every part in the same sense of the line's words."""
        for places, needs in self._derivations(asked, line, product, table, frozenset()):
            for where, number in sorted(places):
                here = where == product.identification
                anywhere = line if here else line._replace(name=(ANY,))
                beside = self._whole(anywhere, asked, self.products[where], number, table, DERIVED)
                if any(place[0] == product.identification for place in places):
                    yield from (one._replace(needs=needs, is_beside=one.is_beside or not here) for one in beside)

    def _whole(
        self, line: Line, asked: str, product: Product, number: int, table: Table | None, alike: int
    ) -> Iterator[Hit]:
        """A sentence whose characteristic answers, where its other fields do."""
        sentence = product.sentences[number - 1]
        had = self.had(sentence, product, asked)
        for others, sense, cited in self._other_fields(line, sentence, product, table):
            if days.grade(parse(line.time), had) is None:
                continue
            together = CONTAINED if others == CONTAINED and alike == DERIVED else max(others, alike)
            chosen = sense or (asked if len(line.characteristic) > 1 else "")
            place = product.identification, number
            yield Hit(place, sentence, together, had, chosen)
            for also in cited:
                other = product.sentences[also - 1]
                yield Hit(
                    (product.identification, also),
                    other,
                    together,
                    self.had(other, product, other.characteristic),
                    chosen,
                    is_beside=True,
                )

    def had(self, sentence: Sentence, product: Product, asked: str) -> Had:
        """A sentence's time; what is fixed is asked by a don't-care only at the times of the set's other sentences."""
        temporality = self.temporality(sentence)
        if temporality == "fixed" and asked == ANY:
            return self.had_by_the_set(sentence, product)
        return _had(temporality, [parse(sentence.time, product.updated)])

    def had_by_the_set(self, sentence: Sentence, product: Product) -> Had:
        """The times at which a fixed sentence counts where not every time will do: those of the others, or its own."""
        others = [one for one in product.sentences if self.temporality(one) != "fixed"] or [sentence]
        return _had("status", [parse(one.time, product.updated) for one in others])

    def temporality(self, sentence: Sentence) -> str:
        """What a sentence's characteristic is in time: status where nothing is stated."""
        return self.characteristics.of(sentence.characteristic).temporality or "status"

    # Object type and name

    def _other_fields(
        self, line: Line, sentence: Sentence, product: Product, table: Table | None
    ) -> Iterator[tuple[int, str, tuple[int, ...]]]:
        """How object type and name answer: the grade, the sense, and sentences that are cited too."""
        for object_type in line.object_type:
            for name in line.name:
                concept = self.objects.of(sentence.object_type)
                if (concept.kind == "aggregate") != bool(table) or (table and concept.unit != table.unit):
                    continue
                sense = name if len(line.name) > 1 else object_type if len(line.object_type) > 1 else ""
                alike = self._object_grade(object_type, sentence, line)
                called = self.names.grade(name, sentence.name)
                if alike is not None and called is not None:
                    yield max(alike, called), sense, ()
                elif self._is_contained(object_type, name, line, sentence, product, table):
                    yield max(CONTAINED, self._name_of_figure(name, sentence)), sense, ()
                elif alike is not None:
                    cited = self._pickers(name, line, sentence, product)
                    if cited:
                        yield max(alike, SELECTABLE), sense, cited

    def _object_grade(self, asked: str, sentence: Sentence, line: Line) -> int | None:
        """Individual and aggregate never match; a don't-care is an aggregate where the characteristic is one."""
        kind = self.objects.of(sentence.object_type).kind
        if asked == ANY:
            kinds = {self.characteristics.of(code).kind for code in line.characteristic if code != ANY} - {""}
            return EXACT if not kinds or kind in kinds else None
        return self.objects.grade(asked, sentence.object_type) if kind == self.objects.of(asked).kind else None

    def _name_of_figure(self, name: str, sentence: Sentence) -> int:
        return self.names.grade(name, sentence.name) or EXACT

    def _is_contained(
        self, object_type: str, name: str, line: Line, sentence: Sentence, product: Product, table: Table | None
    ) -> bool:
        """Whether a singular aggregate asked for is held by a table: as one of its rows, or as its population."""
        asked, told = self.objects.of(object_type), self.objects.of(sentence.object_type)
        singular = object_type == ANY or (asked.kind, asked.number) == ("aggregate", "singular")
        if not singular or not self._is_plural_aggregate(sentence):
            return False
        if object_type == ANY:
            if self._object_grade(ANY, sentence, line) is None:
                return False
        elif asked.unit != told.unit:
            return False
        if name == ANY:
            return self._divides(sentence.name)
        kind = self.names.of(name).kind
        if kind == "class":
            return self.names.is_below(name, sentence.name)
        if kind != "register" or self.names.grade(name, sentence.name) is None or table is None:
            return False
        if len(table.lines) == 1:
            functions = {self.characteristics.of(code).function for code in line.characteristic}
            return bool(functions & {"count", "sum"}) and self._has_rows(product)
        return any(self._has_a_row(other, product, table) for other in table.lines if other != line)

    def _has_a_row(self, other: Line, product: Product, table: Table) -> bool:
        """Whether a line of the same table asks for a class that is one of the set's rows."""
        classes = [name for name in other.name if name == ANY or self.names.of(name).kind == "class"]
        return any(
            self._is_plural_aggregate(hit.sentence)
            for name in classes
            for hit in self._field_hits(other._replace(name=(name,)), product, Table(table.unit, (other,)))
            if hit.fields >= CONTAINED and not hit.is_beside
        )

    def _has_rows(self, product: Product) -> bool:
        return any(self._is_plural_aggregate(one) and self._divides(one.name) for one in product.sentences)

    def _divides(self, name: str) -> bool:
        """Whether a table is divided by a name: a classification, a class, or what else stands above a class."""
        rows = ("classification", "class")
        classes = (code for code, one in self.names.concepts.items() if one.kind == "class")
        return self.names.of(name).kind in rows or any(name in above(code) for code in classes)

    def _is_plural_aggregate(self, sentence: Sentence) -> bool:
        concept = self.objects.of(sentence.object_type)
        return (concept.kind, concept.number) == ("aggregate", "plural")

    def _pickers(self, name: str, line: Line, sentence: Sentence, product: Product) -> tuple[int, ...]:
        """The sentences by which the units of a class can be picked out of a register (`selectable`)."""
        if self.names.of(name).kind != "class" or self.names.of(sentence.name).kind != "register":
            return ()
        if self.objects.of(sentence.object_type).kind != "individual":
            return ()
        return tuple(
            number
            for number, one in enumerate(product.sentences, start=1)
            if self.objects.is_same(one.object_type, sentence.object_type)
            and self.names.is_same(one.name, sentence.name)
            and any(self.names.is_below(name, code) for code in self.classifications(one))
            and days.grade(parse(line.time), self.had(one, product, one.characteristic)) is not None
        )

    def classifications(self, sentence: Sentence) -> tuple[str, ...]:
        """The classifications of a sentence's characteristic: of several those valid at its time (section 4)."""
        codes = self.characteristics.of(sentence.characteristic).classifications
        time = parse(sentence.time)
        return codes if len(codes) < 2 else tuple(code for code in codes if self._is_valid(code, time))

    def _is_valid(self, code: str, time: Time) -> bool:
        concept = self.names.of(code)
        valid = parse(f"{concept.valid_from}..{concept.valid_to}")
        return time.form == "unstated" or bool(valid.days & time.days)

    # Derivation

    def _derivations(
        self, asked: str, line: Line, product: Product, table: Table | None, seen: frozenset[str]
    ) -> list[tuple[frozenset[Place], frozenset[str]]]:
        """The ways to work a characteristic out in one set: the sentences used, and the other sets that they stand in."""
        if asked == ANY or asked in seen:
            return []
        found = []
        for concept in sorted(self.characteristics.same.get(asked, (asked,))):
            for parts in self.characteristics.of(concept).derived_from:
                ways = [self._of_part(part, line, product, table, seen | {asked}) for part in parts]
                for way in combinations_of(*ways):
                    places = frozenset().union(*(one for one, _ in way))
                    found.append((places, frozenset().union(*(needs for _, needs in way)) - {product.identification}))
        return list(dict.fromkeys(found))

    def _of_part(
        self, part: str, line: Line, product: Product, table: Table | None, seen: frozenset[str]
    ) -> list[tuple[frozenset[Place], frozenset[str]]]:
        """The ways to have one part: itself, below it, or derived in turn; `CODE@identification` in that set alone, whose
        name for its units is its own."""
        code, _, elsewhere = part.partition("@")
        where = self.products.get(elsewhere) if elsewhere else product
        if where is None:
            return []
        needed = frozenset({elsewhere} if elsewhere else ())
        anywhere = line if where is product else line._replace(name=(ANY,))
        direct = frozenset(
            (where.identification, number)
            for number, sentence in enumerate(where.sentences, start=1)
            if (alike := self.characteristics.grade(code, sentence.characteristic)) is not None
            and any(self._whole(anywhere, code, where, number, table, alike))
        )
        ways = [(direct, needed)] if direct else []
        ways += [(places, needs | needed) for places, needs in self._derivations(code, line, where, table, seen)]
        return ways

    # Population

    def _population(self, product: Product, table: Table) -> tuple[str, ...]:
        """The registers that a set's table is over and no line of the table asked for asks for (`narrower`)."""
        stated = {
            one.name
            for one in product.sentences
            if self._is_plural_aggregate(one)
            and self.objects.of(one.object_type).unit == table.unit
            and self.names.of(one.name).kind == "register"
        }
        asked = [name for line in table.lines for name in line.name]
        return tuple(sorted(code for code in stated if all(self.names.grade(name, code) is None for name in asked)))


def _readings(line: Line) -> Iterator[tuple[Line, str]]:
    """A line with one sense of object type and name each, and the sense that a hit tells of them."""
    for object_type in line.object_type:
        for name in line.name:
            sense = name if len(line.name) > 1 else object_type if len(line.object_type) > 1 else ""
            yield line._replace(object_type=(object_type,), name=(name,)), sense


def _had(temporality: str, times: Iterable[Time]) -> Had:
    times = list(times)
    pieces = tuple(piece for time in times for piece in time.pieces)
    return Had(temporality, pieces, any(time.form == "unstated" for time in times))


def together(hits: Iterable[Hit]) -> Had:
    """The times of several sentences of one characteristic."""
    hits = list(hits)
    pieces = tuple(piece for hit in hits for piece in hit.had.pieces)
    return Had(hits[0].had.temporality, pieces, any(hit.had.unstated for hit in hits))


class Answered(NamedTuple):
    """How some sentences answer a line: the line's grade, that of its time, and the days it has of the time asked."""

    grade: int
    time: int
    days: int


def answered(matcher: Matcher, line: Line, hits: Iterable[Hit]) -> Answered | None:
    """A line's grade is the best that any set of sentences of one object type and one characteristic gives."""
    asked = parse(line.time)
    sets: dict[object, list[Hit]] = {}
    hits = [hit for hit in hits if not hit.is_beside]
    for hit in hits:
        object_type, _, characteristic, _ = hit.sentence
        alike = matcher.objects.same.get(object_type), matcher.characteristics.same.get(characteristic)
        key = *alike, hit.had.temporality
        sets.setdefault(key, []).append(hit)
    found = []
    for each in sets.values():
        for worst in sorted({hit.fields for hit in each}):
            chosen = [hit for hit in each if hit.fields <= worst]
            time = days.grade(asked, together(chosen))
            if time is not None:
                found.append((max(worst, time), time))
    if not found:
        return None
    best, time = min(found)
    having = days.union(days.days_had(asked, hit.had, best) for hit in hits if hit.fields <= best)
    return Answered(best, time, having)


def own_grade(line: Line, hit: Hit) -> int:
    """The grade of one sentence by itself."""
    time = days.grade(parse(line.time), hit.had)
    assert time is not None
    return max(hit.fields, time)


__all__ = ["CLOSE", "Answered", "Hit", "Matcher", "Place", "Relations", "Table", "answered", "own_grade", "together"]
