"""What one group of lines can be answered from: its candidates, the tables that it asks for, and what matches each line
(docs/language.md section 6).

A candidate is a product that is of no collection, or all editions of one together.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from functools import cached_property, partial
from typing import TYPE_CHECKING

from vkd_catalog.evaluation.answering import Answered, answered
from vkd_catalog.evaluation.computing import Computed, computed
from vkd_catalog.evaluation.concepts import kinds_of, sameness
from vkd_catalog.evaluation.demand import DemandLine
from vkd_catalog.evaluation.hits import NOBODY, Hit, Hits, UnitedHits
from vkd_catalog.evaluation.matching import Matcher
from vkd_catalog.evaluation.readings import Table
from vkd_catalog.evaluation.tables import Area, Asked, areas_of, has_sentences, tables_of
from vkd_catalog.register import Edition, Register, SentenceRecord, counted_by_finding
from vkd_catalog.vocabulary import Vocabularies
from vkd_grammar.words import fold

if TYPE_CHECKING:
    from vkd_catalog.evaluation.in_columns import Answering

Key = str | int
"""A candidate: the folded name of a collection, or a product's number."""


class Candidates:
    """The candidates of one group. `barred` editions take no part."""

    def __init__(
        self,
        lines: Sequence[DemandLine],
        register: Register,
        vocabularies: Vocabularies,
        matcher: Matcher,
        barred: Collection[int] = frozenset(),
    ) -> None:
        self.lines = tuple(lines)
        self.register = register
        self.vocabularies = vocabularies
        self.matcher = matcher
        self._barred = frozenset(barred)
        self._editions: dict[int, Edition] = {}
        self._names: dict[str, str] = {}
        self._areas: dict[tuple[str, str], Area] = {}
        self._same: dict[tuple[str, str], tuple[str, str]] = {}
        self._answered: dict[object, Answered | None] = {}
        self._made: dict[Asked, Computed] = {}
        self._needs: dict[Key, frozenset[int]] = {}

    @cached_property
    def tables(self) -> tuple[Asked, ...]:
        """The tables that the lines ask for."""
        return tables_of(self.lines, self.vocabularies)

    @cached_property
    def hits(self) -> Mapping[DemandLine, Hits]:
        """What matches each line, by product, of whatever unit type, without what is barred."""
        return {line: hits.without(self._barred) for line, hits in self.everywhere.items()}

    @cached_property
    def everywhere(self) -> Mapping[DemandLine, Hits]:
        """What matches each line, by product, of whatever unit type, also in what is barred."""
        return {line: self._hits(line) for line in self.lines}

    @cached_property
    def in_columns(self) -> "list[Answering] | None":
        """What answers each line, in columns; None where of no line it is much."""
        if not any(hits.spoken for hits in self.hits.values()):
            return None
        from vkd_catalog.evaluation.in_columns import answering

        return list(map(answering, self.hits.values()))

    @cached_property
    def editions(self) -> Mapping[Key, tuple[int, ...]]:
        """The editions of each candidate that answer some line, or may help to."""
        made = [self.computed(table).hits for table in self.tables]
        numbers = sorted(frozenset[int]().union(*self.hits.values(), *made))
        self._editions.update(self.register.editions(numbers))
        found: dict[Key, list[int]] = {}
        for number in numbers:
            name = self._editions[number].collection
            found.setdefault(self._folded(name) if name else number, []).append(number)
        return {key: tuple(numbers) for key, numbers in found.items()}

    @cached_property
    def alike(self) -> tuple[tuple[Key, ...], ...]:
        """The candidates, those together that play the same part whatever the lines ask for: their editions say the
        same in answer to each line, and state the same of how they can be linked."""
        together: dict[object, list[Key]] = {}
        part = self._part_of_editions
        for key, numbers in self.editions.items():
            said = part[numbers[0]] if len(numbers) == 1 else tuple(sorted([part[number] for number in numbers]))
            together.setdefault(said, []).append(key)
        return tuple(map(tuple, together.values()))

    @property
    def _part_of_editions(self) -> Mapping[int, int]:
        """For each edition a number for all that matters of it: the same number, the same part."""
        every = tuple(self.hits.values())
        made = frozenset[int]().union(*(self.computed(table).hits for table in self.tables))
        if len(every) == 1 and not made:
            # What one line asks for needs no linking.
            return every[0].by_likeness
        everyone = [number for numbers in self.editions.values() for number in numbers]
        linking = self.register.linking(everyone) if len(every) > 1 else {}
        known: dict[object, int] = {}
        return {
            one: known.setdefault(
                (tuple([hits.like(one) for hits in every]), one if one in made else 0, linking.get(one)), len(known)
            )
            for one in everyone
        }

    def edition(self, product: int) -> Edition:
        """A product as an edition."""
        if product not in self._editions:
            self._editions.update(self.register.editions((product,)))
        return self._editions[product]

    def key_of(self, product: int) -> Key:
        """The candidate that a product is, or is an edition of."""
        name = self.edition(product).collection
        return self._folded(name) if name else product

    def _folded(self, name: str) -> str:
        if name not in self._names:
            self._names[name] = fold(name)
        return self._names[name]

    def collection_of(self, product: int) -> str | None:
        """The name of the collection that a product is an edition of, as its description writes it."""
        return " ".join(self.edition(product).collection.split()) or None

    def areas(self, line: DemandLine) -> list[Area]:
        """The kinds and unit types that a line may be of: of a don't-care those that answer it."""
        return areas_of(line, self.vocabularies)

    def area_of(self, hit: Hit) -> Area:
        """What a sentence speaks of."""
        codes = hit.sentence.object_type, hit.sentence.characteristic
        area = self._areas.get(codes)
        if area is None:
            concept = self.vocabularies.object_types.coded(codes[0])
            kinds = kinds_of(*codes, self.vocabularies)
            area = self._areas[codes] = min(kinds, default="individual"), concept.unit if concept else ""
        return area

    def hits_in(
        self, line: DemandLine, editions: Iterable[int], there: Collection[int], area: Area
    ) -> list[tuple[int, Hit]]:
        """The sentences of some editions that match a line and speak of one thing, where what they need is there: those
        of the products that say the same, with these."""
        hits = self.hits[line]
        return [
            (like, hit)
            for number in editions
            if (like := hits.like(number)) is not None
            for hit in hits.lent(number)
            if not hit.beside and (not hit.needs or hit.needs <= set(there)) and self.area_of(hit) == area
        ]

    def answered(
        self, line: DemandLine, editions: tuple[int, ...], there: Collection[int], area: Area
    ) -> Answered | None:
        """How well some editions answer a line together; None where they do not."""
        key = line, self._likes(line, editions), area, frozenset(there) if self.anything_needs_others else NOBODY
        if key not in self._answered:
            found = self.hits_in(line, editions, there, area)
            self._answered[key] = answered(line.time, [hit for _, hit in found], self._concepts) if found else None
        return self._answered[key]

    def areas_here(self, line: DemandLine, editions: Iterable[int], there: Collection[int]) -> set[Area]:
        """What the sentences of some editions that answer a line speak of."""
        hits = self.hits[line]
        return {
            self.area_of(hit)
            for number in {hits.like(number): number for number in editions}.values()
            for hit in hits.lent(number)
            if not hit.needs or hit.needs <= set(there)
        }

    def areas_anywhere(self, line: DemandLine) -> set[Area]:
        """What the sentences that answer a line speak of, wherever they stand."""
        everyone = {number for hits in self.hits.values() for number in hits}
        return {
            self.area_of(hit)
            for hits in self.hits[line].every_lent
            for hit in hits
            if not hit.needs or hit.needs <= everyone
        }

    def has_table(self, edition: int, table: Asked, lines: Sequence[DemandLine], there: Collection[int]) -> bool:
        """Whether one edition matches all lines of a table, each by a sentence of its own."""
        area = "aggregate", table.unit
        found = [{hit.line for _, hit in self.hits_in(line, (edition,), there, area)} for line in lines]
        return all(found) and has_sentences([sorted(some) for some in found])

    def computed(self, table: Asked) -> Computed:
        """What a table can be made from, where no candidate matches it."""
        known = self._made.get(table)
        if known is None:
            known = self._made[table] = self._computed(table)
        return known

    def _computed(self, table: Asked) -> Computed:
        everyone = {number for line in table.lines for number in self.hits[line]}
        if any(self.has_table(number, table, table.lines, everyone) for number in everyone):
            return Computed({}, {})
        made = computed(table.lines, table.unit, self.matcher, self.vocabularies)
        return Computed(
            {number: hits for number, hits in made.hits.items() if number not in self._barred},
            {number: days for number, days in made.days.items() if number not in self._barred},
        )

    def said(self, line: DemandLine, key: Key) -> list[SentenceRecord]:
        """All that a candidate says in answer to a line, or in what its table can be computed from where nothing
        answers; as far as a demand does not ask for any."""
        hits = self.hits[line]
        if not hits:
            return self._made_from(line, key)
        return [sentence for number in self.editions[key] for sentence in hits.said(number)]

    def characteristics(self, line: DemandLine, keys: Sequence[Key]) -> Mapping[str, int]:
        """In how many of some candidates each characteristic stands in answer to a line."""
        hits = self.hits[line]
        groups = {number: place for place, key in enumerate(keys) for number in self.editions[key]}
        if not hits:
            return counted_by_finding(
                ((number, one) for key in keys for number in self.editions[key] for one in self._made_from(line, key)),
                groups,
            )
        return hits.counted(groups)

    def said_best(self, line: DemandLine, key: Key) -> list[SentenceRecord]:
        """What a candidate says in its best sentences that answer a line, as far as a demand does not ask for any."""
        hits, editions = self.hits[line], self.editions[key]
        if not hits:
            return self._made_from(line, key)
        rank = min((some[0].rank for number in editions if (some := hits.lent(number))), default=None)
        return [sentence for number in editions for sentence in hits.said(number, rank)]

    def _made_from(self, line: DemandLine, key: Key) -> list[SentenceRecord]:
        made = next((self.computed(table).hits for table in self.tables if line in table.lines), {})
        return [hit.sentence for number in self.editions[key] for hit in made.get(number, ())]

    def needs(self, key: Key) -> frozenset[int]:
        """The products that something which a candidate says needs."""
        if not self.anything_needs_others:
            return NOBODY
        if key not in self._needs:
            self._needs[key] = frozenset(
                other
                for hits in self.hits.values()
                for number in self.editions[key]
                for hit in hits.lent(number)
                for other in hit.needs
            )
        return self._needs[key]

    @cached_property
    def anything_needs_others(self) -> bool:
        """Whether something that answers a line needs another product."""
        return any(hit.needs for hits in self.hits.values() for some in hits.every_lent for hit in some)

    @cached_property
    def is_anything_beside(self) -> bool:
        """Whether something is cited beside what answers a line."""
        return any(hit.beside for hits in self.hits.values() for some in hits.every_lent for hit in some)

    def _likes(self, line: DemandLine, editions: Iterable[int]) -> tuple[int, ...]:
        """The products that stand for some editions in what they say in answer to a line, of those that do."""
        like_of = self.hits[line].like
        return tuple([like for number in editions if (like := like_of(number)) is not None])

    def _concepts(self, hit: Hit) -> tuple[str, str]:
        """A sentence's object type and characteristic, as one code each for all that are mapped exactly."""
        codes = hit.sentence.object_type, hit.sentence.characteristic
        concepts = self._same.get(codes)
        if concepts is None:
            object_types, _, characteristics, _ = self.vocabularies.four
            concepts = self._same[codes] = sameness(object_types, codes[0]), sameness(characteristics, codes[1])
        return concepts

    def _hits(self, line: DemandLine) -> Hits:
        """What matches a line: of aggregates as a line of their unit type's table, of units by itself."""
        tables = {("aggregate", table.unit): table.lines for table in self.tables if line in table.lines}
        if not tables:
            return self.matcher.hits(line)
        ways = {lines: self.matcher.hits(line, lines) for lines in dict.fromkeys((*tables.values(), (line,)))}
        return UnitedHits([(hits, partial(self._is_asked_so, tables, (line,), lines)) for lines, hits in ways.items()])

    def _is_asked_so(self, tables: Mapping[Area, Table], alone: Table, lines: Table, hit: Hit) -> bool:
        """Whether what a hit speaks of is asked for by some lines together."""
        return tables.get(self.area_of(hit), alone) == lines


def excluded(lines: Iterable[DemandLine], matcher: Matcher) -> frozenset[int]:
    """The editions that by themselves match a negated line."""
    negated = (matcher.hits(line) for line in lines if line.negated)
    return frozenset(
        number
        for hits in negated
        for number in hits
        if any(not hit.beside and not hit.needs for hit in hits.lent(number))
    )
