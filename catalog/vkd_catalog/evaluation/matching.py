"""Which sentences match a line, and how well (docs/language.md section 6, "A line matches a candidate")."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cached_property
from typing import Literal, NamedTuple

from vkd_catalog.coding import ANY, UNIT, Term, senses_of
from vkd_catalog.evaluation.concepts import (
    codes_for,
    individuals_of,
    is_above,
    is_plural_aggregate,
    kinds_of,
    plurals_of,
    rank_of,
    registers_in,
    sameness,
)
from vkd_catalog.evaluation.demand import DemandLine
from vkd_catalog.evaluation.derivation import Said, derived, sources_of
from vkd_catalog.evaluation.found import CONTAINED, DERIVED, NARROWER, SELECTABLE
from vkd_catalog.evaluation.hits import Finding, Hit, Hits, keep, settled
from vkd_catalog.evaluation.readings import asked_by, ways
from vkd_catalog.evaluation.times import When, grade_alone, grade_together, is_too_long
from vkd_catalog.register import Ask, Codes, Finder, Found, SentenceRecord
from vkd_catalog.vocabulary import Vocabularies
from vkd_grammar.times import Time, outermost

Table = tuple[DemandLine, ...]
"""The aggregate lines that a line is asked together with, itself among them."""

_Rank = Callable[[SentenceRecord], int | None]
"""How well a sentence's object type and name answer, apart from the rest."""


_Cites = Callable[[int, SentenceRecord], Sequence[SentenceRecord] | None]


class Miss(NamedTuple):
    """A sentence that would match if it were not broader, of another time or name, or a flow over too long a time."""

    product: int
    line: int
    kind: Literal[
        "broader-object-type", "broader-name", "broader-characteristic", "flow-too-long", "other-time", "other-name"
    ]


class _Side(NamedTuple):
    """A way in which object type and name may answer: what to ask for, and how well a sentence does.

    `cites` gives the sentences of the same product that are told beside one, and None where it does not answer.
    """

    object_type: Codes | None
    name: Codes | None
    rank: _Rank
    cites: _Cites | None = None


class Matcher:
    """Matches lines against one register. What a line finds is looked up once; nothing else is remembered."""

    def __init__(self, register: Finder, vocabularies: Vocabularies) -> None:
        self._register = register
        self._vocabularies = vocabularies
        self._known: dict[object, Hits] = {}
        self._flows: dict[object, list[Miss]] = {}
        self._whens: dict[int, tuple[When, ...]] = {}
        self._stated: dict[str, dict[int, set[str]]] = {}

    def hits(self, line: DemandLine, table: Table = ()) -> Hits:
        """Every sentence that matches a line, by product; whether the line is negated makes no difference.

        `table` are the lines of the table that it asks for together with others; without it the line stands alone.
        """
        table = table or (line,)
        key = asked_by(line), tuple(sorted(map(repr, map(asked_by, table)))) if len(table) > 1 else ()
        hits = self._known.get(key)
        if hits is None:
            hits = self._known[key] = settled(self._in_any_way(line, table, key))
        return hits

    def misses(self, line: DemandLine) -> list[Miss]:
        """The sentences that would match a line by itself if a field of them were not broader, or they no flow over too
        long a time."""
        self.hits(line)
        misses = list(self._flows[asked_by(line), ()])
        for way, _ in ways(line):
            misses += self._broader(way)
        return list(dict.fromkeys(misses))

    def names_beside(self, line: DemandLine, names: Codes) -> set[str]:
        """Those of some names that sentences have which may match a line in the other fields."""
        characteristics = self._vocabularies.characteristics
        found: set[str] = set()
        for way, _ in ways(line._replace(name=ANY)):
            object_type = codes_for(self._vocabularies.object_types, way.object_type)
            plurals = self._plurals(way)
            if object_type is not None and plurals:
                object_type = Codes((*object_type.exactly, *plurals), object_type.below)
            for code in (way.characteristic, *sources_of(way.characteristic or "", characteristics)):
                ask = Ask(object_type, names, codes_for(characteristics, code), days_of(way.time))
                found.update(sentence.name for _, sentence in self._register.find(ask))
        return found

    def questions(self, line: DemandLine) -> Iterator[Ask]:
        """What a line may ask the register for: the first question is what it says itself, the others ways about."""
        for way, _ in ways(line):
            sides = self._sides(way, (way,), asking=True)
            characteristics = self._vocabularies.characteristics
            for code in (way.characteristic, *sources_of(way.characteristic or "", characteristics)):
                for side in sides:
                    codes = codes_for(characteristics, code)
                    yield Ask(side.object_type, side.name, codes, days_of(way.time))

    def sentence_ranks(self, line: DemandLine, found: Iterable[Found]) -> list[tuple[int, Hit]]:
        """Those of some sentences that say themselves what a line asks for, each with its product."""
        kept: Finding = {}
        for way, _ in ways(line):
            self._add(way, found, self._direct(way).rank, kept, [], way.characteristic)
        return [(product, hit) for product, by_key in kept.items() for hit in by_key.values()]

    def when(self, product: int, sentence: SentenceRecord, *, of_set: bool = False) -> tuple[When, ...]:
        """When a sentence holds. What is fixed holds always; with `of_set` when the set's other sentences do, or its
        own where all are fixed."""
        if sentence.fixed and of_set:
            return self._whens_of_set(product) or (_when(sentence, "status"),)
        return (_when(sentence, self._temporality(sentence.characteristic)),)

    def individual_sentences(self, unit: str, names: Codes | None, time: Time | None) -> list[tuple[int, Hit]]:
        """The individual sentences of a unit type under some names at a matching time, what is fixed at the set's."""
        units = individuals_of(unit, self._vocabularies)
        found: list[tuple[int, Hit]] = []
        for product, sentence in self._register.find(Ask(Codes(units), names, None, days_of(time))) if units else ():
            whens = self.when(product, sentence, of_set=True)
            rank = grade_together(time, whens)
            if rank is not None:
                found.append((product, Hit(rank, sentence, 0, whens)))
        return found

    def _in_any_way(self, line: DemandLine, table: Table, key: object) -> Finding:
        """What a line finds in each way that its words can be read."""
        found: Finding = {}
        flows: list[Miss] = []
        for way, sense in ways(line):
            part: Finding = {}
            self._find(way, table, part, flows)
            for product, by_key in part.items():
                for hit in by_key.values():
                    keep(found, product, hit._replace(sense=sense) if sense else hit)
        self._flows[key] = flows
        self._limit_to_populations(line, table, found)
        return found

    def _find(self, line: DemandLine, table: Table, found: Finding, flows: list[Miss]) -> None:
        sides = self._sides(line, table)
        characteristics = self._vocabularies.characteristics
        for side in sides:
            self._ask(line, side, line.characteristic, found, flows)
        asked = line.characteristic
        if asked is None or asked == ANY:
            return

        def everywhere(code: str) -> Finding:
            part: Finding = {}
            for side in sides:
                self._ask(line, side, code, part, [], DERIVED)
            return part

        def within(product: int, code: str) -> Finding:
            part: Finding = {}
            some = [Found(product, sentence) for sentence in self._register.sentences(product)]
            self._add(line, some, self._direct(line._replace(name=ANY)).rank, part, [], code, DERIVED)
            return part

        said = Said(everywhere, self._register.numbered, within)
        for concept in sorted(characteristics.reach(asked).same | {asked}):
            if not sources_of(concept, characteristics):
                continue

            for product, by_key in derived(concept, characteristics, said).items():
                for hit in by_key.values():
                    keep(found, product, hit)

    def _ask(
        self,
        line: DemandLine,
        side: _Side,
        characteristic: Term,
        found: Finding,
        flows: list[Miss],
        least: int = 0,
    ) -> None:
        codes = codes_for(self._vocabularies.characteristics, characteristic)
        ask = Ask(side.object_type, side.name, codes, days_of(line.time))
        some = self._register.find(ask)
        self._add(line, some, side.rank, found, flows, characteristic, least, side.cites)

    def _add(
        self,
        line: DemandLine,
        some: Iterable[Found],
        rank: _Rank,
        found: Finding,
        flows: list[Miss],
        asked: Term,
        least: int = 0,
        cites: _Cites | None = None,
    ) -> None:
        """Adds the sentences that match, and what is told beside them; and to `flows` those over too long a time."""
        time = line.time
        kinds = kinds_of(line.object_type, line.characteristic, self._vocabularies)
        of_codes: dict[tuple[str, str, str], int | None] = {}
        of_set = line.characteristic == ANY and time is not None
        for product, sentence in some:
            codes = sentence[1:4]
            if codes in of_codes:
                fields = of_codes[codes]
            else:
                fields = of_codes[codes] = self._fields(asked, sentence, rank, kinds, least)
            if fields is None:
                continue
            beside = cites(product, sentence) if cites else ()
            if beside is None:
                continue
            whens = self.when(product, sentence, of_set=of_set)
            grade = grade_alone(time, whens[0]) if len(whens) == 1 else grade_together(time, whens)
            if grade is None:
                if is_too_long(time, whens[0]):
                    flows.append(Miss(product, sentence.line, "flow-too-long"))
                continue
            keep(found, product, Hit(max(fields, grade), sentence, fields, whens))
            for one in beside:
                cited = self.when(product, one)
                own = grade_together(time, cited)
                keep(found, product, Hit(max(fields, own or 0), one, fields, cited, beside=True))

    def _fields(
        self, asked: Term, sentence: SentenceRecord, rank: _Rank, kinds: frozenset[str], least: int
    ) -> int | None:
        """How well all fields but the time answer."""
        kind = kinds_of(sentence.object_type, sentence.characteristic, self._vocabularies)
        others = rank(sentence)
        own = rank_of(self._vocabularies.characteristics, asked, sentence.characteristic)
        if others is None or own is None or (kinds and kind and not kinds & kind):
            return None
        if least == DERIVED:
            # A row of a table is contained, however what stands in it comes about.
            return CONTAINED if others == CONTAINED else max(others, DERIVED)
        return max(others, own)

    def _sides(self, line: DemandLine, table: Table, *, asking: bool = False) -> list[_Side]:
        """The ways in which object type and name may answer a line."""
        sides = [self._direct(line)]
        sides += self._rows(line)
        sides += self._populations(line, table, asking=asking)
        sides += self._picked(line, asking=asking)
        return sides

    def _direct(self, line: DemandLine) -> _Side:
        object_types, names = self._vocabularies.object_types, self._vocabularies.names

        def rank(sentence: SentenceRecord) -> int | None:
            one = rank_of(object_types, line.object_type, sentence.object_type)
            other = rank_of(names, line.name, sentence.name)
            return None if one is None or other is None else max(one, other)

        return _Side(codes_for(object_types, line.object_type), codes_for(names, line.name), rank)

    def _rows(self, line: DemandLine) -> Iterator[_Side]:
        """The tables that a singular aggregate, asked for a class or any, is a row of."""
        names = self._vocabularies.names
        plurals = self._plurals(line)
        if not plurals or (line.object_type, line.name) == (ANY, ANY):
            return
        if line.name == ANY:
            above = _codes(names.concepts[code].code for code in names.concepts if self._is_row(code))
        elif self._kind(line.name) == "class":
            above = _codes(code for code in names.links.above(line.name or "") if code in names.concepts)
        else:
            return
        if above:
            yield _Side(Codes(plurals), Codes(above), lambda _: CONTAINED)

    def _populations(self, line: DemandLine, table: Table, *, asking: bool) -> Iterator[_Side]:
        """The tables that a register is the population of, where a class of theirs is asked for, or a count or sum."""
        if self._kind(line.name) != "register":
            return
        plurals = self._plurals(line)
        if not plurals:
            return
        names = self._vocabularies.names
        others = [other for other in table if other.line != line.line]
        if asking:
            products = None
        elif others:
            products = {
                product
                for other in others
                for way, _ in ways(other)
                for side in self._rows(way)
                for product, _ in self._of_side(way, side)
            }
        elif self._is_count_or_sum(line.characteristic):
            rows = _codes(code for code in names.concepts if self._is_row(code))
            some = self._register.find(Ask(Codes(plurals), Codes(rows), None, None)) if rows else ()
            products = {one.product for one in some}
        else:
            return
        if products is not None and not products:
            return

        def rank(sentence: SentenceRecord) -> int | None:
            own = rank_of(names, line.name, sentence.name)
            return None if own is None else max(CONTAINED, own)

        def cites(product: int, _sentence: SentenceRecord) -> Sequence[SentenceRecord] | None:
            return () if products is None or product in products else None

        yield _Side(Codes(plurals), codes_for(names, line.name), rank, cites)

    def _of_side(self, line: DemandLine, side: _Side) -> list[tuple[int, Hit]]:
        """What a line finds in one way, also derived."""
        found: Finding = {}
        characteristics = self._vocabularies.characteristics
        for code in (line.characteristic, *sources_of(line.characteristic or "", characteristics)):
            self._ask(line, side, code, found, [])
        return [(product, hit) for product, by_key in found.items() for hit in by_key.values()]

    def _picked(self, line: DemandLine, *, asking: bool) -> Iterator[_Side]:
        """The registers whose units of a class can be picked out by what the same set says of them."""
        names, object_types = self._vocabularies.names, self._vocabularies.object_types
        if self._kind(line.name) != "class" or "individual" not in (
            kinds_of(line.object_type, line.characteristic, self._vocabularies) or {"individual"}
        ):
            return
        picking = _codes(
            concept.code
            for concept in self._vocabularies.characteristics.concepts.values()
            if any(is_above(names, code, line.name or "") for code in concept.classifications)
        )
        registers = registers_in(self._vocabularies)
        if not picking or not registers:
            return
        units = codes_for(object_types, line.object_type)
        cited: dict[tuple[int, str, str], list[SentenceRecord]] = {}
        some = () if asking else self._register.find(Ask(units, Codes(registers), Codes(picking), days_of(line.time)))
        for product, sentence in some:
            classifications = self._vocabularies.classifications_of(sentence.characteristic, sentence.time)
            holds = grade_together(line.time, self.when(product, sentence)) is not None
            if holds and any(is_above(names, code, line.name or "") for code in classifications):
                cited.setdefault((product, *self._speaks_of(sentence)), []).append(sentence)
        if not cited and not asking:
            return

        def rank(sentence: SentenceRecord) -> int | None:
            own = rank_of(object_types, line.object_type, sentence.object_type)
            is_individual = "individual" in kinds_of(sentence.object_type, sentence.characteristic, self._vocabularies)
            return None if own is None or not is_individual else max(own, SELECTABLE)

        def cites(product: int, sentence: SentenceRecord) -> Sequence[SentenceRecord] | None:
            return cited.get((product, *self._speaks_of(sentence)))

        yield _Side(units, Codes(registers), rank, cites)

    def _speaks_of(self, sentence: SentenceRecord) -> tuple[str, str]:
        return (
            sameness(self._vocabularies.object_types, sentence.object_type),
            sameness(self._vocabularies.names, sentence.name),
        )

    def _limit_to_populations(self, line: DemandLine, table: Table, found: Finding) -> None:
        """A table of a register that nobody asks for answers at best narrower, and says whose it is."""
        object_types = self._vocabularies.object_types
        for product, by_key in found.items():
            for key, hit in by_key.items():
                concept = object_types.coded(hit.sentence.object_type)
                if concept is None or not is_plural_aggregate(concept) or hit.beside:
                    continue
                stated = self._registers_stated(concept.unit).get(product)
                foreign = self._foreign(stated, table, concept.unit) if stated else ()
                if foreign:
                    fields = max(hit.fields, NARROWER)
                    by_key[key] = hit._replace(rank=max(hit.rank, NARROWER), fields=fields, population=foreign)

    def _foreign(self, stated: Iterable[str], table: Table, unit: str) -> tuple[str, ...]:
        """Those of some registers that no line of a table asks for."""
        names = self._vocabularies.names
        asked = [term for line in table if self._may_be_of(line, unit) for term in senses_of(line.name) or (line.name,)]
        return tuple(sorted(code for code in stated if all(rank_of(names, term, code) is None for term in asked)))

    def _may_be_of(self, line: DemandLine, unit: str) -> bool:
        object_types = self._vocabularies.object_types
        concepts = [object_types.coded(code or "") for code in senses_of(line.object_type) or (line.object_type,)]
        return line.object_type == ANY or any(one is not None and one.unit == unit for one in concepts)

    def _registers_stated(self, unit: str) -> dict[int, set[str]]:
        """The registers that each product's tables of a unit type are of."""
        stated = self._stated.get(unit)
        if stated is None:
            stated = self._stated[unit] = {}
            plurals, registers = plurals_of(unit, self._vocabularies), registers_in(self._vocabularies)
            for product, sentence in (
                self._register.find(Ask(Codes(plurals), Codes(registers), None, None)) if plurals and registers else ()
            ):
                stated.setdefault(product, set()).add(sentence.name)
        return stated

    def _broader(self, line: DemandLine) -> Iterator[Miss]:
        """The sentences that would match if one of their fields were not broader than asked."""
        object_types, names, characteristics, _ = self._vocabularies.four
        own = self._direct(line)
        fields = (own.object_type, own.name, codes_for(characteristics, line.characteristic))
        asked: tuple[tuple[Literal["broader-object-type", "broader-name", "broader-characteristic"], int], ...] = (
            ("broader-object-type", 0),
            ("broader-name", 1),
            ("broader-characteristic", 2),
        )
        for kind, place in asked:
            term = (line.object_type, line.name, line.characteristic)[place]
            if term is None or term == ANY or term.startswith(UNIT):
                continue
            above = (object_types, names, characteristics)[place].links.above(term)
            if not above:
                continue
            broad = [line.object_type, line.name, line.characteristic]
            broad[place] = ANY
            wide = line._replace(object_type=broad[0], name=broad[1], characteristic=broad[2])
            object_type, name, characteristic = (
                Codes(above) if at == place else codes for at, codes in enumerate(fields)
            )
            kept: Finding = {}
            some = self._register.find(Ask(object_type, name, characteristic, days_of(line.time)))
            self._add(line, some, self._direct(wide).rank, kept, [], wide.characteristic)
            for product, by_key in kept.items():
                yield from (Miss(product, hit.line, kind) for hit in by_key.values())

    def _plurals(self, line: DemandLine) -> tuple[str, ...]:
        """The plural aggregates of the unit type of a singular one; of a don't-care those that it may stand for."""
        if line.object_type == ANY:
            kinds = kinds_of(ANY, line.characteristic, self._vocabularies)
            if kinds and "aggregate" not in kinds:
                return ()
            every = self._vocabularies.object_types.concepts.values()
            return _codes(one.code for one in every if is_plural_aggregate(one))
        concept = self._vocabularies.object_types.coded(line.object_type or "")
        if concept is None or (concept.kind, concept.number) != ("aggregate", "singular"):
            return ()
        return plurals_of(concept.unit, self._vocabularies)

    def _is_row(self, code: str) -> bool:
        return self._kind(code) in ("classification", "class")

    def _is_count_or_sum(self, term: Term) -> bool:
        concept = self._vocabularies.characteristics.coded(term or "")
        return concept is not None and concept.function in ("count", "sum")

    def _kind(self, name: Term) -> str:
        concept = self._vocabularies.names.coded(name or "")
        return concept.kind if concept else ""

    def _temporality(self, characteristic: str) -> Literal["status", "event", "accumulated", "fixed"]:
        known = self._temporalities.get(characteristic)
        if known is None:
            concept = self._vocabularies.characteristics.coded(characteristic)
            known = (concept.temporality if concept else "") or "status"
            self._temporalities[characteristic] = known
        return known  # type: ignore[return-value]

    @cached_property
    def _temporalities(self) -> dict[str, str]:
        return {}

    def _whens_of_set(self, product: int) -> tuple[When, ...]:
        """The times that the sentences of a set state which are of nothing fixed."""
        whens = self._whens.get(product)
        if whens is None:
            others = (one for one in self._register.sentences(product) if not one.fixed)
            whens = self._whens[product] = tuple(dict.fromkeys(_when(one, "status") for one in others))
        return whens


def days_of(time: Time | None) -> tuple[int, int] | None:
    """The outermost days of a time; None for don't-care."""
    return None if time is None else outermost(time)


def _when(sentence: SentenceRecord, temporality: Literal["status", "event", "accumulated", "fixed"]) -> When:
    return When(sentence.start, sentence.end, sentence.step, temporality)


def _codes(codes: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(codes))
