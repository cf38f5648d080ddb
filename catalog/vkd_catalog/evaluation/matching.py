"""Which sentences match a line, and how well (LANGUAGE.md section 6, "A line matches a product's sentence")."""

from collections.abc import Mapping
from typing import Literal, NamedTuple

from vkd_catalog.agreement import plural_of
from vkd_catalog.coding import ANY, UNIT, Term, Time
from vkd_catalog.evaluation.answer import GRADES, Grade, worst
from vkd_catalog.evaluation.demand import DemandLine
from vkd_catalog.register import Ask, Codes, Found, Register
from vkd_catalog.vocabulary import Vocabularies
from vkd_catalog.vocabulary.concept import codes_above
from vkd_grammar.times import Mask, overlaps, spans

_Key = tuple[Term, Term, Term, Time | None]


class Hit(NamedTuple):
    """A sentence of some product that matches a line: its place in the description from 1, what it says, how well."""

    line: int
    grade: Grade
    object_type: str
    name: str


Hits = Mapping[int, tuple[Hit, ...]]
"""What a line finds: for each product's number its matching sentences, the best first."""


class Miss(NamedTuple):
    """A sentence that would match if it were not broader, or a flow over too long a time."""

    product: int
    line: int
    kind: Literal["broader-object-type", "broader-name", "broader-characteristic", "flow-too-long"]


class Matcher:
    """Matches lines against one register. What a line finds is looked up once; nothing else is remembered."""

    def __init__(self, register: Register, vocabularies: Vocabularies) -> None:
        self._register = register
        self._vocabularies = vocabularies
        self._known: dict[_Key, Hits] = {}
        self._flows: dict[_Key, list[Miss]] = {}

    def hits(self, line: DemandLine) -> Hits:
        """Every sentence that matches a line, by product; whether the line is negated makes no difference."""
        key = _key(line)
        hits = self._known.get(key)
        if hits is None:
            found: dict[int, dict[int, Hit]] = {}
            self._flows[key] = [*self._add_direct(line, found), *self._add_contained(line, found)]
            self._add_derived(line, line.characteristic, found, ())
            hits = self._known[key] = {product: _ranked(by_line) for product, by_line in found.items()}
        return hits

    def misses(self, line: DemandLine) -> list[Miss]:
        """The near misses of a line, of products that have no sentence matching it."""
        hits = self.hits(line)
        misses = list(self._flows[_key(line)])
        ask = self._ask(line)
        for kind, asked, broader in (
            ("broader-object-type", line.object_type, ask._replace(object_type=_above(line.object_type))),
            ("broader-name", line.name, ask._replace(name=_above(line.name))),
            ("broader-characteristic", line.characteristic, ask._replace(characteristic=_above(line.characteristic))),
        ):
            if asked is None or asked == ANY or asked.startswith(UNIT) or "." not in asked:
                continue
            misses += [
                Miss(found.product, found.sentence.line, kind)  # type: ignore[arg-type]
                for found in self._register.find(broader)
                if self._time_grade(line.time, found) not in (None, "flow-too-long") and self._kinds_agree(line, found)
            ]
        return [miss for miss in misses if miss.product not in hits]

    def computable(self, lines: tuple[DemandLine, ...]) -> Hits:
        """The individual sets that the table asked for by some aggregate lines could be made from.

        Each has, for every name that is a classification, a characteristic whose values are its classes, at a time that
        matches; where a line names a register, those sentences speak of it.
        """
        populations = [line.name for line in lines if line.name and self._name_kind(line) == "register"]
        classified = [line for line in lines if self._name_kind(line) == "classification"]
        parts = [self._classified_by(line, populations) for line in classified]
        if not parts or len(parts) + len(populations) < len(lines):
            return {}
        return {
            product: tuple(hit for part in parts for hit in part[product])
            for product in parts[0]
            if all(product in part for part in parts)
        }

    def _add_direct(self, line: DemandLine, found: dict[int, dict[int, Hit]]) -> list[Miss]:
        """Adds the sentences that say what is asked, or something narrower; returns the flows over too long a time."""
        flows: list[Miss] = []
        for one in self._register.find(self._ask(line)):
            flows += self._add_or_flow(line, one, self._grade(line, one), found)
        return flows

    def _add_contained(self, line: DemandLine, found: dict[int, dict[int, Hit]]) -> list[Miss]:
        """Adds the plural aggregates whose name stands above the class that a singular one is asked for."""
        flows: list[Miss] = []
        object_type = self._vocabularies.object_types.coded(line.object_type or "")
        name = self._vocabularies.names.coded(line.name or "")
        if object_type is None or name is None or name.kind != "class":
            return flows
        if (object_type.kind, object_type.number) != ("aggregate", "singular"):
            return flows
        plural = plural_of(object_type, self._vocabularies.object_types)
        if plural is not None:
            ask = self._ask(line._replace(object_type=plural.code))._replace(name=_above(name.code))
            for one in self._register.find(ask):
                described = self._vocabularies.object_types.coded(one.sentence.object_type)
                if described is not None and described.number == "plural":
                    flows += self._add_or_flow(line, one, "contained", found)
        return flows

    def _add_or_flow(
        self, line: DemandLine, one: Found, grade: Grade, found: dict[int, dict[int, Hit]]
    ) -> tuple[Miss, ...]:
        """Adds a sentence, unless it is of a flow over too long a time, which it returns."""
        if self._time_grade(line.time, one) == "flow-too-long":
            return (Miss(one.product, one.sentence.line, "flow-too-long"),) if self._kinds_agree(line, one) else ()
        self._add(line, one, grade, found)
        return ()

    def _add_derived(
        self, line: DemandLine, asked: Term, found: dict[int, dict[int, Hit]], way: tuple[str, ...]
    ) -> None:
        """What a characteristic can be derived from: every part of one alternative in the same product."""
        characteristic = self._vocabularies.characteristics.coded(asked or "")
        if characteristic is None or characteristic.code in way:
            return
        for alternative in characteristic.derived_from:
            parts = [self._part(line, code, (*way, characteristic.code)) for code in alternative]
            for product in parts[0]:
                if all(product in part for part in parts):
                    for part in parts:
                        for hit in part[product].values():
                            _keep(found, product, hit._replace(grade=worst("derived", hit.grade)))

    def _part(self, line: DemandLine, code: str, way: tuple[str, ...]) -> dict[int, dict[int, Hit]]:
        """What says a characteristic to derive from, or has what that one is derived from, as the line asks."""
        found: dict[int, dict[int, Hit]] = {}
        if code in self._vocabularies.characteristics.concepts:
            for one in self._register.find(self._ask(line)._replace(characteristic=_at_or_below(code))):
                self._add(line, one, self._grade(line._replace(characteristic=code), one), found)
            self._add_derived(line, code, found, way)
        return found

    def _classified_by(self, line: DemandLine, populations: list[str]) -> dict[int, tuple[Hit, ...]]:
        characteristics = self._vocabularies.characteristics.concepts.values()
        codes = tuple(concept.code for concept in characteristics if concept.classification == line.name)
        units = self._individuals_of(line.object_type)
        found: dict[int, dict[int, Hit]] = {}
        if codes and units:
            names = Codes(tuple(populations), tuple(populations)) if populations else None
            for one in self._register.find(Ask(Codes(units), names, Codes(codes), stretch_of(line.time))):
                self._add(line, one, "computable", found)
        return {product: _ranked(by_line) for product, by_line in found.items()}

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

    def _add(self, line: DemandLine, one: Found, grade: Grade, found: dict[int, dict[int, Hit]]) -> None:
        time = self._time_grade(line.time, one)
        if time is None or time == "flow-too-long":
            return
        sentence = one.sentence
        if grade == "computable" or self._kinds_agree(line, one):
            hit = Hit(sentence.line, worst(grade, time), sentence.object_type, sentence.name)
            _keep(found, one.product, hit)

    def _grade(self, line: DemandLine, one: Found) -> Grade:
        asked = (line.object_type, line.name, line.characteristic)
        said = one.sentence[1:4]
        same = all(term in (ANY, code) for term, code in zip(asked, said, strict=True))
        return "exact" if same else "narrower"

    def _kinds_agree(self, line: DemandLine, one: Found) -> bool:
        """Individual and aggregate never match each other, whatever the codes."""
        asked = self._kind(line.object_type, line.characteristic)
        said = self._kind(one.sentence.object_type, one.sentence.characteristic)
        return not asked or not said or asked == said

    def _kind(self, object_type: Term, characteristic: Term) -> str:
        """Individual or aggregate, as the object type states or, where it does not, the characteristic."""
        vocabularies = self._vocabularies
        concepts = (
            vocabularies.object_types.coded(object_type or ""),
            vocabularies.characteristics.coded(characteristic or ""),
        )
        return next((concept.kind for concept in concepts if concept is not None and concept.kind), "")

    def _time_grade(self, asked: Time | None, one: Found) -> Grade | Literal["flow-too-long"] | None:
        sentence = one.sentence
        if asked is None or sentence.fixed:
            return "exact"
        start, end = sentence.start, sentence.end
        if isinstance(asked, Mask):
            if not overlaps(asked, start, end):
                return None
            contains, inside = start <= asked.first and asked.last <= end, spans(asked, start, end)
        else:
            if end < asked.start or asked.end < start:
                return None
            if (start, end) == asked:
                return "exact"
            contains, inside = start <= asked.start and asked.end <= end, asked.start <= start and end <= asked.end
        if contains:
            concept = self._vocabularies.characteristics.coded(sentence.characteristic)
            return "flow-too-long" if concept and concept.temporality == "accumulated" else "exact"
        return "narrower" if inside else "partial"

    def _ask(self, line: DemandLine) -> Ask:
        return Ask(
            _at_or_below(line.object_type),
            _at_or_below(line.name),
            _at_or_below(line.characteristic),
            stretch_of(line.time),
        )


def stretch_of(time: Time | None) -> tuple[int, int] | None:
    """The outermost days of a time; None for don't-care."""
    if time is None:
        return None
    return (time.first, time.last) if isinstance(time, Mask) else (time.start, time.end)


def _key(line: DemandLine) -> _Key:
    return line.object_type, line.name, line.characteristic, line.time


def _at_or_below(term: Term) -> Codes | None:
    if term == ANY or term is None:
        return None
    return Codes((term,)) if term.startswith(UNIT) else Codes((term,), (term,))


def _above(term: Term) -> Codes:
    return Codes(tuple(codes_above(term)) if term else ())


def _keep(found: dict[int, dict[int, Hit]], product: int, hit: Hit) -> None:
    by_line = found.setdefault(product, {})
    had = by_line.get(hit.line)
    if had is None or worst(had.grade, hit.grade) != hit.grade:
        by_line[hit.line] = hit


def _ranked(by_line: dict[int, Hit]) -> tuple[Hit, ...]:
    return tuple(sorted(by_line.values(), key=lambda hit: (GRADES.index(hit.grade), hit.line)))
