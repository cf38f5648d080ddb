"""The questions by which object type and name may answer a line (docs/language.md section 6): what it says itself, the
tables that it is a row or the population of (`contained`), and the registers that its units can be picked out of
(`selectable`)."""

from collections.abc import Iterator, Sequence

from vkd_catalog.coding import ANY, Term
from vkd_catalog.evaluation.concepts import (
    ROWS,
    codes_for,
    is_above,
    kind_of_name,
    kinds_of,
    plurals_of,
    rank_of,
    registers_in,
    sameness,
)
from vkd_catalog.evaluation.demand import DemandLine
from vkd_catalog.evaluation.derivation import Said, derived, sources_of
from vkd_catalog.evaluation.found import CONTAINED, SELECTABLE
from vkd_catalog.evaluation.hits import Finding, keep
from vkd_catalog.evaluation.misses import Miss
from vkd_catalog.evaluation.readings import Table, ways
from vkd_catalog.evaluation.seeking import Question, Search, Seeker, days_of
from vkd_catalog.evaluation.times import grade_together
from vkd_catalog.register import Ask, Codes, Finder, Found, SentenceRecord
from vkd_catalog.vocabulary import Vocabularies


class Questions:
    """Knows the questions of lines whose words have one sense each."""

    def __init__(self, register: Finder, vocabularies: Vocabularies, seeker: Seeker) -> None:
        self._register = register
        self._vocabularies = vocabularies
        self._seeker = seeker

    def of(self, line: DemandLine, table: Table) -> list[Question]:
        """The questions of a line that the register may have an answer to."""
        return [
            self.direct(line),
            *self._rows(line),
            *self._populations(line, self._with_rows_of(line, table)),
            *self._picked(line, self._pickers(line)),
        ]

    def of_any(self, line: DemandLine) -> list[Question]:
        """The questions of a line, whatever a register holds and whatever the line is asked together with."""
        return [
            self.direct(line),
            *self._rows(line),
            *self._populations(line, None),
            *self._picked(line, None),
        ]

    def direct(self, line: DemandLine) -> Question:
        """What a line says itself."""
        object_types, names = self._vocabularies.object_types, self._vocabularies.names

        def rank(sentence: SentenceRecord) -> int | None:
            one = rank_of(object_types, line.object_type, sentence.object_type)
            other = rank_of(names, line.name, sentence.name)
            return None if one is None or other is None else max(one, other)

        return Question(codes_for(object_types, line.object_type), codes_for(names, line.name), rank)

    def found(self, line: DemandLine, questions: Sequence[Question], flows: list[Miss]) -> Finding:
        """What a line finds by some of its questions, also by what its characteristic is derived from.

        `flows` gets the sentences over too long a time.
        """
        found: Finding = {}
        for question in questions:
            self._seeker.ask(Search(line, question, line.characteristic), found, flows)
        asked = line.characteristic
        if asked is not None and asked != ANY:
            characteristics = self._vocabularies.characteristics
            said = self._said(line, questions)
            for concept in sorted(characteristics.reach(asked).same | {asked}):
                if sources_of(concept, characteristics):
                    for product, by_key in derived(concept, characteristics, said).items():
                        for hit in by_key.values():
                            keep(found, product, hit)
        return found

    def _said(self, line: DemandLine, questions: Sequence[Question]) -> Said:
        """What says a part of what a line's characteristic is derived from."""
        under_any_name = self.direct(line._replace(name=ANY))

        def everywhere(code: str) -> Finding:
            found: Finding = {}
            for question in questions:
                self._seeker.ask(Search(line, question, code, is_derived=True), found, [])
            return found

        def within(product: int, code: str) -> Finding:
            found: Finding = {}
            some = [Found(product, sentence) for sentence in self._register.sentences(product)]
            self._seeker.judge(Search(line, under_any_name, code, is_derived=True), some, found, [])
            return found

        return Said(everywhere, self._register.numbered, within)

    def plurals(self, line: DemandLine) -> tuple[str, ...]:
        """The plural aggregates of the unit type of a singular one; of a don't-care those that it may stand for."""
        if line.object_type == ANY:
            kinds = kinds_of(ANY, line.characteristic, self._vocabularies)
            if kinds and "aggregate" not in kinds:
                return ()
            return tuple(self._vocabularies.object_types.of_kind("aggregate", "plural"))
        concept = self._vocabularies.object_types.coded(line.object_type or "")
        if concept is None or (concept.kind, concept.number) != ("aggregate", "singular"):
            return ()
        return plurals_of(concept.unit, self._vocabularies)

    # The row of a table

    def _rows(self, line: DemandLine) -> Iterator[Question]:
        """The tables that a singular aggregate, asked for a class or any, is a row of."""
        names = self._vocabularies.names
        plurals = self.plurals(line)
        if not plurals or (line.object_type, line.name) == (ANY, ANY):
            return
        if line.name == ANY:
            above = self._dividing
        elif self._kind(line.name) == "class":
            above = tuple(code for code in names.links.above(line.name or "") if code in names.concepts)
        else:
            return
        if above:
            yield Question(Codes(plurals), Codes(above), lambda _: CONTAINED)

    @property
    def _dividing(self) -> tuple[str, ...]:
        """The names by which tables are divided: classifications, classes, and what else stands above a class."""
        names = self._vocabularies.names
        of_rows = (code for kind in ROWS for code in names.of_kind(kind))
        return tuple(dict.fromkeys((*of_rows, *names.concepts.above_classes)))

    # The population of a table

    def _populations(self, line: DemandLine, products: set[int] | None) -> Iterator[Question]:
        """The tables that a register is the population of: those of some products, or of any where None is given."""
        plurals = self.plurals(line) if self._kind(line.name) == "register" else ()
        if not plurals or (products is not None and not products):
            return
        names = self._vocabularies.names

        def rank(sentence: SentenceRecord) -> int | None:
            own = rank_of(names, line.name, sentence.name)
            return None if own is None else max(CONTAINED, own)

        def cites(product: int, _sentence: SentenceRecord) -> Sequence[SentenceRecord] | None:
            return () if products is None or product in products else None

        yield Question(Codes(plurals), codes_for(names, line.name), rank, cites)

    def _with_rows_of(self, line: DemandLine, table: Table) -> set[int]:
        """The products that have a row which another line of a register's table asks for; where there is no other line,
        and a count or a sum is asked for, those that have any rows."""
        plurals = self.plurals(line) if self._kind(line.name) == "register" else ()
        others = [other for other in table if other.line != line.line]
        if not plurals:
            return set()
        if others:
            return {
                product
                for other in others
                for way, _ in ways(other)
                for question in self._rows(way)
                for product in self.found(way, [question], [])
            }
        rows = self._dividing if self._is_count_or_sum(line.characteristic) else ()
        some = self._register.find(Ask(Codes(plurals), Codes(rows), None, None)) if rows else ()
        return {one.product for one in some}

    def _is_count_or_sum(self, term: Term) -> bool:
        concept = self._vocabularies.characteristics.coded(term or "")
        return concept is not None and concept.function in ("count", "sum")

    # Units picked out of a register

    def _picked(
        self, line: DemandLine, pickers: dict[tuple[int, str, str], list[SentenceRecord]] | None
    ) -> Iterator[Question]:
        """The registers whose units of a class can be picked out by sentences of the same set, which are cited; by any
        where None is given."""
        registers = registers_in(self._vocabularies) if self._picking(line) else ()
        if not registers or (pickers is not None and not pickers):
            return
        object_types = self._vocabularies.object_types

        def rank(sentence: SentenceRecord) -> int | None:
            own = rank_of(object_types, line.object_type, sentence.object_type)
            is_individual = "individual" in kinds_of(sentence.object_type, sentence.characteristic, self._vocabularies)
            return None if own is None or not is_individual else max(own, SELECTABLE)

        def cites(product: int, sentence: SentenceRecord) -> Sequence[SentenceRecord] | None:
            return pickers.get((product, *self._speaks_of(sentence))) if pickers is not None else ()

        units = codes_for(object_types, line.object_type)
        yield Question(units, Codes(registers), rank, cites, self._asking_pickers(line))

    def _asking_pickers(self, line: DemandLine) -> Ask | None:
        """The question whose answers tell of units which class they are in."""
        picking = self._picking(line)
        registers = registers_in(self._vocabularies) if picking else ()
        units = codes_for(self._vocabularies.object_types, line.object_type)
        return Ask(units, Codes(registers), Codes(picking), days_of(line.time)) if registers else None

    def _picking(self, line: DemandLine) -> tuple[str, ...]:
        """The characteristics by which the units of a class can be picked out, where a line asks for such units."""
        kinds = kinds_of(line.object_type, line.characteristic, self._vocabularies)
        if self._kind(line.name) != "class" or (kinds and "individual" not in kinds):
            return ()
        above = self._vocabularies.names.links.above(line.name or "")
        found = (code for one in above for code in self._vocabularies.characteristics.classified_by(one))
        return tuple(dict.fromkeys(found))

    def _pickers(self, line: DemandLine) -> dict[tuple[int, str, str], list[SentenceRecord]]:
        """The sentences that tell of units which class they are in, by product and what they speak of."""
        found: dict[tuple[int, str, str], list[SentenceRecord]] = {}
        ask = self._asking_pickers(line)
        if ask is not None:
            for product, sentence in self._register.find(ask):
                classifications = self._vocabularies.classifications_of(sentence.characteristic, sentence.time)
                holds = grade_together(line.time, self._seeker.when(product, sentence)) is not None
                if holds and self._is_divided(classifications, line):
                    found.setdefault((product, *self._speaks_of(sentence)), []).append(sentence)
        return found

    def _is_divided(self, classifications: Sequence[str], line: DemandLine) -> bool:
        """Whether the class that a line asks for is one of some classifications."""
        return any(is_above(self._vocabularies.names, code, line.name or "") for code in classifications)

    def _speaks_of(self, sentence: SentenceRecord) -> tuple[str, str]:
        return (
            sameness(self._vocabularies.object_types, sentence.object_type),
            sameness(self._vocabularies.names, sentence.name),
        )

    def _kind(self, name: Term) -> str:
        return kind_of_name(name, self._vocabularies)
