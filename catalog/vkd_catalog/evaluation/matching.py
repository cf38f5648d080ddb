"""Which sentences match a line, and how well (docs/language.md section 6, "A line matches a product's sentence")."""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from itertools import product as every_way
from typing import Literal, NamedTuple, Protocol

from vkd_catalog.agreement import plural_of
from vkd_catalog.coding import ANY, UNIT, Term, senses_of
from vkd_catalog.evaluation.demand import DemandLine
from vkd_catalog.evaluation.derivation import derived, sources_of
from vkd_catalog.evaluation.grading import Grading
from vkd_catalog.evaluation.hits import Finding, Hit, Hits, keep, ranked
from vkd_catalog.register import Ask, Codes, Finder, Found
from vkd_catalog.vocabulary import Vocabularies
from vkd_catalog.vocabulary.concept import codes_above, is_same_or_below
from vkd_grammar.times import Time, outermost

_Key = tuple[Term, Term, Term, Time | None]

_Contained = tuple[Codes, Codes] | None
"""The object types and names of tables that a line may be a row of."""


class Miss(NamedTuple):
    """A sentence that would match if it were not broader, of another time or name, or a flow over too long a time."""

    product: int
    line: int
    kind: Literal[
        "broader-object-type", "broader-name", "broader-characteristic", "flow-too-long", "other-time", "other-name"
    ]


class Matches(Protocol):
    """The hits that covers are built from: those of a line, and those that a table can be computed from."""

    def hits(self, line: DemandLine) -> Hits:
        """Every sentence that matches a line, by product."""
        ...

    def computable(self, lines: tuple[DemandLine, ...]) -> Hits:
        """The individual sets that a table could be made from."""
        ...


class Matcher:
    """Matches lines against one register. What a line finds is looked up once; nothing else is remembered."""

    def __init__(self, register: Finder, vocabularies: Vocabularies) -> None:
        self._register = register
        self._vocabularies = vocabularies
        self._known: dict[_Key, Hits] = {}
        self._flows: dict[_Key, list[Miss]] = {}

    def hits(self, line: DemandLine) -> Hits:
        """Every sentence that matches a line, by product; whether the line is negated makes no difference."""
        key = _key(line)
        hits = self._known.get(key)
        if hits is None and (ways := _ways(line)):
            hits = self._known[key] = self._in_any(ways)
        if hits is None:
            found: Finding = {}
            contained = self._contained(line)
            self._flows[key] = [*self._add_direct(line, found), *self._add_contained(line, contained, found)]
            self._add_derived(line, contained, found)
            hits = self._known[key] = {product: ranked(by_line) for product, by_line in found.items()}
        return hits

    def misses(self, line: DemandLine) -> list[Miss]:
        """The near misses of a line, of products that have no sentence matching it."""
        hits = self.hits(line)
        if ways := _ways(line):
            return [miss for way, _ in ways for miss in self.misses(way) if miss.product not in hits]
        misses = list(self._flows[_key(line)])
        ask = self._ask(line)
        for kind, asked, broader in (
            ("broader-object-type", line.object_type, ask._replace(object_type=_above(line.object_type))),
            ("broader-name", line.name, ask._replace(name=_above(line.name))),
            ("broader-characteristic", line.characteristic, ask._replace(characteristic=_above(line.characteristic))),
        ):
            if asked is None or asked == ANY or asked.startswith(UNIT) or "." not in asked:
                continue
            grading = Grading(line, self._vocabularies)
            misses += [
                Miss(found.product, found.sentence.line, kind)  # type: ignore[arg-type]
                for found in self._register.find(broader)
                if grading.of(found.sentence) not in (None, "flow-too-long")
            ]
        return [miss for miss in misses if miss.product not in hits]

    def _in_any(self, ways: Sequence[tuple[DemandLine, str]]) -> Hits:
        """What a line with words of several senses finds, read in each of some ways."""
        found: Finding = {}
        for way, sense in ways:
            for product, hits in self.hits(way).items():
                for hit in hits:
                    keep(found, product, hit._replace(sense=sense))
        return {product: ranked(by_line) for product, by_line in found.items()}

    def questions(self, line: DemandLine) -> Iterator[Ask]:
        """What a line may ask the register for: the first question is what it says itself, the others ways about."""
        contained = self._contained(line)
        yield self._ask(line)
        yield from _ask_contained(self._ask(line), contained)
        for source in sources_of(line.characteristic or "", self._vocabularies.characteristics):
            ask = self._ask(line)._replace(characteristic=_at_or_below(source))
            yield ask
            yield from _ask_contained(ask, contained)

    def material(self, lines: tuple[DemandLine, ...]) -> Iterator[Ask]:
        """What is asked for to see whether a table could be made."""
        populations = self._populations(lines)
        for line in lines:
            if self._name_kind(line) == "classification":
                yield from self._ask_classified(line, populations)

    def computable(self, lines: tuple[DemandLine, ...]) -> Hits:
        """The individual sets that the table asked for by some aggregate lines could be made from.

        Each has, for every name that is a classification, a characteristic whose values are its classes, at a time that
        matches, and two for a name that is asked for twice; where a line names a register, those sentences speak of it.
        """
        populations = self._populations(lines)
        classified = [line for line in lines if self._name_kind(line) == "classification"]
        parts = [self._classified_by(line, populations) for line in classified]
        if not parts or len(parts) + len(populations) < len(lines):
            return {}
        asked = Counter(line.name for line in classified)
        return {
            product: tuple(hit for part in parts for hit in part[product])
            for product in parts[0]
            if all(
                product in part and len({hit.sentence.characteristic for hit in part[product]}) >= asked[line.name]
                for line, part in zip(classified, parts, strict=True)
            )
        }

    def may_be_computed(self, line: DemandLine, barred: Collection[int]) -> bool:
        """Whether some table with this line could be made from a product that is not barred."""
        kind = self._name_kind(line)
        object_type = self._vocabularies.object_types.coded(line.object_type or "")
        if object_type is None or object_type.kind != "aggregate":
            return False
        return kind == "register" or (kind == "classification" and not self.computable((line,)).keys() <= set(barred))

    def _add_direct(self, line: DemandLine, found: Finding) -> list[Miss]:
        """Adds the sentences that say what is asked, or something narrower; returns the flows over too long a time."""
        return _add(self._register.find(self._ask(line)), Grading(line, self._vocabularies), found)

    def _add_contained(self, line: DemandLine, contained: _Contained, found: Finding) -> list[Miss]:
        """Adds the plural aggregates whose name stands above the class that a singular one is asked for.

        A don't-care stands for every singular, or every class: it finds what one of them finds.
        """
        grading = Grading(line, self._vocabularies, "contained")
        asks = _ask_contained(self._ask(line), contained)
        return [miss for ask in asks for miss in _add(self._register.find(ask), grading, found)]

    def _contained(self, line: DemandLine) -> _Contained:
        """The plural aggregates and the names of tables that may contain a line; None where none may."""
        if (line.object_type, line.name) == (ANY, ANY):
            return None
        plurals, names = self._plurals(line.object_type), self._above_classes(line.name)
        return (Codes(plurals), Codes(names)) if plurals and names else None

    def _plurals(self, term: Term) -> tuple[str, ...]:
        """The plural aggregates that a singular one may be a row of: its plural and the plurals below that."""
        object_types = self._vocabularies.object_types
        asked = object_types.concepts.values() if term == ANY else (object_types.coded(term or ""),)
        singulars = [one for one in asked if one and (one.kind, one.number) == ("aggregate", "singular")]
        plurals = {plural.code for one in singulars if (plural := plural_of(one, object_types))}
        return tuple(
            concept.code
            for concept in object_types.concepts.values()
            if concept.number == "plural" and any(is_same_or_below(concept.code, plural) for plural in plurals)
        )

    def _above_classes(self, term: Term) -> tuple[str, ...]:
        """The codes above a class; for a don't-care those above any."""
        names = self._vocabularies.names
        asked = names.concepts.values() if term == ANY else (names.coded(term or ""),)
        classes = (one.code for one in asked if one and one.kind == "class")
        return tuple(dict.fromkeys(above for code in classes for above in codes_above(code)))

    def _add_derived(self, line: DemandLine, contained: _Contained, found: Finding) -> None:
        """Adds what the characteristic can be derived from, where the rest is as asked or contains it."""
        asked = line.characteristic
        if asked is None or asked not in self._vocabularies.characteristics.concepts:
            return

        def said(code: str) -> Finding:
            part: Finding = {}
            line_of_part = line._replace(characteristic=code)
            _add(self._register.find(self._ask(line_of_part)), Grading(line, self._vocabularies, "derived"), part)
            for ask in _ask_contained(self._ask(line_of_part), contained):
                _add(self._register.find(ask), Grading(line, self._vocabularies, "contained"), part)
            return part

        for product, by_line in derived(asked, self._vocabularies.characteristics, said).items():
            for hit in by_line.values():
                keep(found, product, hit)

    def _classified_by(self, line: DemandLine, populations: tuple[str, ...]) -> dict[int, tuple[Hit, ...]]:
        found: Finding = {}
        grading = Grading(line, self._vocabularies, "computable", across_kinds=True)
        for ask in self._ask_classified(line, populations):
            _add(self._register.find(ask), grading, found)
        return {product: ranked(by_line) for product, by_line in found.items()}

    def _ask_classified(self, line: DemandLine, populations: tuple[str, ...]) -> Iterator[Ask]:
        characteristics = self._vocabularies.characteristics.concepts.values()
        codes = tuple(concept.code for concept in characteristics if line.name in concept.classifications)
        units = self._individuals_of(line.object_type)
        if codes and units:
            names = Codes(populations, populations) if populations else None
            yield Ask(Codes(units), names, Codes(codes), stretch_of(line.time))

    def _populations(self, lines: tuple[DemandLine, ...]) -> tuple[str, ...]:
        return tuple(line.name for line in lines if line.name and self._name_kind(line) == "register")

    def _individuals_of(self, term: Term) -> tuple[str, ...]:
        """The individual object types whose units an aggregate object type counts."""
        object_types = self._vocabularies.object_types
        asked = object_types.coded(term or "")
        unit = asked.unit if asked else None
        return tuple(
            form.code for form in object_types.concepts.values() if form.kind == "individual" and form.unit == unit
        )

    def _name_kind(self, line: DemandLine) -> str:
        name = self._vocabularies.names.coded(line.name or "")
        return name.kind if name else ""

    def _ask(self, line: DemandLine) -> Ask:
        return Ask(
            _at_or_below(line.object_type),
            _at_or_below(line.name),
            _at_or_below(line.characteristic),
            stretch_of(line.time),
        )


def _ask_contained(ask: Ask, contained: _Contained) -> Iterator[Ask]:
    """What a line asks for, asked of the tables that may contain it."""
    if contained is not None:
        yield ask._replace(object_type=contained[0], name=contained[1])


def stretch_of(time: Time | None) -> tuple[int, int] | None:
    """The outermost days of a time; None for don't-care."""
    return None if time is None else outermost(time)


def _key(line: DemandLine) -> _Key:
    return line.object_type, line.name, line.characteristic, line.time


def _ways(line: DemandLine) -> list[tuple[DemandLine, str]]:
    """The ways to read a line whose words have several senses, each with the sense of the first such word."""
    terms = (line.object_type, line.name, line.characteristic)
    senses = [senses_of(term) for term in terms]
    if not any(senses):
        return []
    first = next(place for place, some in enumerate(senses) if some)
    read = (some or (term,) for some, term in zip(senses, terms, strict=True))
    return [
        (line._replace(object_type=way[0], name=way[1], characteristic=way[2]), way[first] or "")
        for way in every_way(*read)
    ]


def _at_or_below(term: Term) -> Codes | None:
    if senses := senses_of(term):
        return Codes(senses, senses)
    if term == ANY or term is None:
        return None
    return Codes((term,)) if term.startswith(UNIT) else Codes((term,), (term,))


def _above(term: Term) -> Codes:
    return Codes(tuple(codes_above(term)) if term else ())


def _add(some: Iterable[Found], grading: Grading, found: Finding) -> list[Miss]:
    """Adds the sentences that match, and returns the flows over too long a time."""
    flows: list[Miss] = []
    for product, sentence in some:
        grade = grading.of(sentence)
        if grade == "flow-too-long":
            flows.append(Miss(product, sentence.line, "flow-too-long"))
        elif grade is not None:
            keep(found, product, Hit(grade, sentence))
    return flows
