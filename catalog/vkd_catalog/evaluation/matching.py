"""Which sentences match a line, and how well (docs/language.md section 6, "A line matches a candidate")."""

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from functools import partial
from typing import Literal, TypeVar

from vkd_catalog.coding import ANY, UNIT, Term
from vkd_catalog.evaluation.concepts import codes_for, individuals_of
from vkd_catalog.evaluation.demand import DemandLine
from vkd_catalog.evaluation.derivation import named_products, sources_of
from vkd_catalog.evaluation.findings import Findings, Within
from vkd_catalog.evaluation.hits import Finding, Hit, Hits, HitsByProduct, settled
from vkd_catalog.evaluation.misses import Miss
from vkd_catalog.evaluation.readings import Table, asked_by, ways
from vkd_catalog.evaluation.saying import all_different
from vkd_catalog.evaluation.sayings import Sayings
from vkd_catalog.evaluation.seeking import Search, asked_of, days_of, is_of_set
from vkd_catalog.evaluation.times import When, grade_together
from vkd_catalog.register import Ask, Codes, Finder, Found, SentenceRecord
from vkd_catalog.vocabulary import Vocabularies
from vkd_grammar.times import Time

T = TypeVar("T")


class Matcher:
    """Matches lines against one register. What a line finds is looked up once."""

    def __init__(self, register: Finder, vocabularies: Vocabularies) -> None:
        self._register = register
        self._vocabularies = vocabularies
        self._findings = Findings(register, vocabularies)
        self._questions, self._seeker = self._findings.questions, self._findings.seeker
        self._sayings = Sayings(register, vocabularies, self._seeker.when_alone)
        self._known: dict[object, Hits] = {}
        self._flows: dict[object, Collection[int]] = {}

    def hits(self, line: DemandLine, table: Table = ()) -> Hits:
        """Every sentence that matches a line, by product; whether the line is negated makes no difference.

        `table` are the lines of the table that it asks for together with others; without it the line stands alone.
        """
        table = table or (line,)
        key = asked_by(line), tuple(sorted(map(repr, map(asked_by, table)))) if len(table) > 1 else ()
        hits = self._known.get(key)
        if hits is None:
            hits = self._known[key] = self._hits(line, table, key)
        return hits

    def misses(self, line: DemandLine) -> list[Miss]:
        """The sentences that would match a line by itself if a field of them were not broader, or they no flow over too
        long a time."""
        self.hits(line)
        misses: list[Miss] = []
        within = self._flows[asked_by(line), ()]
        if within:
            self._within(within).of(line, (line,), misses)
        for way, _ in ways(line):
            misses += self._broader(way)
        return list(dict.fromkeys(misses))

    def within(self, line: DemandLine, products: Collection[int]) -> HitsByProduct:
        """What a line by itself finds in some products."""
        return self._looking_up(line, (line,))(products) if products else {}

    def said_beside(self, line: DemandLine, names: Codes) -> Iterator[tuple[int, SentenceRecord]]:
        """What products say under some names that may match a line in the other fields."""
        for way, _ in ways(line._replace(name=ANY)):
            object_type = codes_for(self._vocabularies.object_types, way.object_type)
            plurals = self._questions.plurals(way)
            if object_type is not None and plurals:
                object_type = Codes((*object_type.exactly, *plurals), object_type.below)
            for code in self._said_by(way.characteristic):
                codes = codes_for(self._vocabularies.characteristics, code)
                ask = Ask(object_type, names, codes, days_of(way.time), of_set=is_of_set(way))
                yield from self._register.said(ask, characteristics=False)

    def questions(self, line: DemandLine) -> Iterator[Ask]:
        """What a line may ask the register for: the first question is what it says itself, the others ways about."""
        return (ask for ask, _ in self._asks(line))

    def is_said_directly(self, line: DemandLine) -> bool:
        """Whether nothing answers a line but sentences that say themselves what it asks for, each whatever stands
        beside it."""
        if line.characteristic == ANY or len(self._said_by(line.characteristic)) > 1:
            return False
        every = ways(line)
        return len(every) == 1 and len(self._questions.of_any(line)) == 1

    def sentence_ranks(self, line: DemandLine, found: Iterable[Found]) -> list[tuple[int, Hit]]:
        """Those of some sentences that say themselves what a line asks for, each with its product."""
        kept: Finding = {}
        some = list(found)
        for way, _ in ways(line):
            self._seeker.judge(Search(way, self._questions.direct(way), way.characteristic), some, kept, [])
        return [(product, hit) for product, by_key in kept.items() for hit in by_key.values()]

    def when(self, product: int, sentence: SentenceRecord, *, of_set: bool = False) -> tuple[When, ...]:
        """When a sentence holds. What is fixed holds always; with `of_set` when the set's other sentences do, or its
        own where all are fixed."""
        return self._seeker.when(product, sentence, of_set=of_set)

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

    def _said_by(self, characteristic: Term) -> tuple[Term, ...]:
        """The characteristics by which one is said: itself, and those that it is derived from."""
        return (characteristic, *sources_of(characteristic or "", self._vocabularies.characteristics))

    def _hits(self, line: DemandLine, table: Table, key: object) -> Hits:
        """What a line finds, by looking at one of all products that say the same."""
        flows: list[Miss] = []
        characteristics = self._vocabularies.characteristics
        if any(named_products(way.characteristic or "", characteristics) for way, _ in ways(line)):
            # What is derived from another product depends on what that one says.
            found = settled(self._findings.of(line, table, flows))
            self._flows[key] = {miss.product for miss in flows}
            return Hits(found, all_different(found), self._looking_up(line, table))
        is_derived = any(len(self._said_by(way.characteristic)) > 1 for way, _ in ways(line))
        said = self._sayings.to(line, tuple(self._asks(line)), is_derived=is_derived)
        found = settled(self._within(set(said.like.values())).of(line, table, flows))
        too_long = {miss.product for miss in flows}
        self._flows[key] = {number for number, one in said.like.items() if one in too_long} if too_long else ()
        return Hits(found, said, self._looking_up(line, table))

    def _looking_up(self, line: DemandLine, table: Table) -> Callable[[Collection[int]], HitsByProduct]:
        # What was found must not hold who found it, and has it: both would stay until somebody looks for such circles.
        return partial(_found, self._register, self._vocabularies, line, table)

    def _within(self, products: Collection[int]) -> Findings:
        return _findings(self._register, self._vocabularies, products)

    def _asks(self, line: DemandLine) -> Iterator[tuple[Ask, Ask | None]]:
        """What a line may ask the register for, with what else the same product must answer."""
        for way, _ in ways(line):
            questions = self._questions.of_any(way)
            for characteristic in self._said_by(way.characteristic):
                for question in questions:
                    yield asked_of(Search(way, question, characteristic), self._vocabularies), question.beside

    def _broader(self, line: DemandLine) -> Iterator[Miss]:
        """The sentences that would match if one of their fields were not broader than asked."""
        terms = line.object_type, line.name, line.characteristic
        vocabularies = self._vocabularies.four[:3]
        codes = [codes_for(vocabulary, term) for vocabulary, term in zip(vocabularies, terms, strict=True)]
        for place, (kind, term) in enumerate(zip(_BROADER, terms, strict=True)):
            is_concept = term is not None and term != ANY and not term.startswith(UNIT)
            above = vocabularies[place].links.above(term or "") if is_concept else ()
            if above:
                object_type, name, characteristic = _with(terms, place, ANY)
                wide = self._questions.direct(line._replace(object_type=object_type, name=name))
                asked = _with(codes, place, Codes(above))
                found: Finding = {}
                some = self._register.find(Ask(asked[0], asked[1], asked[2], days_of(line.time)))
                self._seeker.judge(Search(line, wide, characteristic), some, found, [])
                yield from (
                    Miss(product, hit.line, kind) for product, by_key in found.items() for hit in by_key.values()
                )


def _findings(register: Finder, vocabularies: Vocabularies, products: Collection[int]) -> Findings:
    return Findings(Within(register, frozenset(products)), vocabularies)


def _found(
    register: Finder, vocabularies: Vocabularies, line: DemandLine, table: Table, products: Collection[int]
) -> HitsByProduct:
    """What a line finds in some products."""
    return settled(_findings(register, vocabularies, products).of(line, table, []))


def _with(values: Sequence[T], place: int, value: T) -> list[T]:
    """Values with another one in a place."""
    return [*values[:place], value, *values[place + 1 :]]


_BROADER: tuple[Literal["broader-object-type", "broader-name", "broader-characteristic"], ...] = (
    "broader-object-type",
    "broader-name",
    "broader-characteristic",
)
"""What a sentence is called that is broader in object type, name or characteristic."""
