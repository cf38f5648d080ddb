"""What a demand asks of data on single units: which sentences say what units are divided by, what is taken over them,
and which units are meant (docs/language.md sections 6 and 12)."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from typing import Literal, NamedTuple

from vkd_catalog.catalogue import Catalogue
from vkd_catalog.coding import ANY
from vkd_catalog.data.crosstab import Function
from vkd_catalog.data.figures import Refused
from vkd_catalog.data.individual.fitting import divides, has_classes
from vkd_catalog.data.members import Member, member_of
from vkd_catalog.evaluation.concepts import is_above, kind_of_name, kinds_of, rank_of, sameness
from vkd_catalog.evaluation.demand import DemandLine, codes_in
from vkd_catalog.evaluation.found import Cover
from vkd_catalog.register import SentenceRecord
from vkd_catalog.vocabulary import Concept, Vocabularies
from vkd_grammar.times import Time


class Crossing(NamedTuple):
    """A table of individual lines that is asked for: the lines whose characteristics divide it, and the line whose
    characteristic is added up, where one is."""

    lines: tuple[int, ...]
    of: int | None = None
    function: Literal["sum", "mean"] | None = None


class Held(NamedTuple):
    """A sentence of a product that says what is wanted. Where its characteristic has classes, they are of these
    classifications."""

    product: str
    sentence: SentenceRecord
    classifications: tuple[str, ...]


class Wanted(NamedTuple):
    """Something that is wanted of each unit by a line of a demand: the sentences that say it, at the time `asked`.

    `code` is what the line asks for, a characteristic or a classification. Of a class that a line names, `classes` has
    the code: the units of the classes below it are meant, or those of itself where it `is_single`.
    """

    line: int
    code: str
    asked: Time | None
    held: tuple[Held, ...]
    classes: tuple[str, ...] = ()
    is_single: bool = False


class Plan(NamedTuple):
    """A table that is to be made of units, or a list of them: of one unit type, in all the sets that answer
    `populations`, of the classes of `selections`.

    `lines` are those of the demand that ask for it. `axes` are what the units are divided by, or what is listed of
    them, `taken` what is added up, by `function`. `characteristic` is the aggregate that was asked for, by its code;
    empty where none was.
    """

    unit: str
    lines: tuple[int, ...]
    function: Function
    axes: tuple[Wanted, ...]
    taken: Wanted | None
    populations: tuple[Wanted, ...]
    selections: tuple[Wanted, ...] = ()
    characteristic: str = ""

    @property
    def products(self) -> tuple[str, ...]:
        """The products whose data it is made of, each once."""
        wanted = (*self.axes, *([self.taken] if self.taken else []), *self.populations, *self.selections)
        return tuple(dict.fromkeys(held.product for one in wanted for held in one.held))


def of_aggregates(lines: Sequence[DemandLine], cover: Cover, catalogue: Catalogue) -> Plan:
    """What a table of aggregates, which can be computed, is computed from. Raises Refused where that is not clear."""
    return _Planning(cover, catalogue).of_aggregates(lines)


def of_individuals(lines: Sequence[DemandLine], asked: Crossing, cover: Cover, catalogue: Catalogue) -> Plan:
    """What a table of individual lines is made of; `lines` are those of the group. Raises Refused where it is not
    clear."""
    return _Planning(cover, catalogue).of_individuals(lines, asked)


def of_extract(lines: Sequence[DemandLine], cover: Cover, catalogue: Catalogue) -> Plan:
    """What a list of units is made of, with all that individual lines ask for. Raises Refused where it is not clear."""
    return _Planning(cover, catalogue).of_extract(lines)


def individual_lines(lines: Iterable[DemandLine], vocabularies: Vocabularies) -> list[DemandLine]:
    """Those of some lines that ask for what is said of single units."""
    return [one for one in lines if kinds_of(one.object_type, one.characteristic, vocabularies) == {"individual"}]


def own_member(identification: str, catalogue: Catalogue) -> Member:
    """A product of the workspace. Raises Refused where it is another catalogue's, whose units are not linked."""
    member = member_of(catalogue, identification)
    if member.name:
        raise Refused("units-elsewhere", product=identification)
    return member


class _Planning:
    """One cover, while it is found out which of its sentences say what."""

    def __init__(self, cover: Cover, catalogue: Catalogue) -> None:
        self._cover = cover
        self._vocabularies = catalogue.vocabularies
        self._own = catalogue.own_vocabularies
        self._member = cache(lambda identification: own_member(identification, catalogue))

    def of_aggregates(self, lines: Sequence[DemandLine]) -> Plan:
        concept = self._vocabularies.characteristics.concepts[lines[0].characteristic or ""]
        function = _FUNCTIONS.get(concept.function)
        if function is None:
            raise Refused("function", word=concept.label(""), function=concept.function)
        found = self._held(lines[0])
        dividing = [line for line in lines if kind_of_name(line.name, self._vocabularies) != "register"]
        axes = tuple(self._divided(dividing, found))
        taken = None
        if function != "count":
            taken = Wanted(lines[0].line, concept.of, lines[0].time, self._saying(concept.of, found, lines[0]))
            self._require_amount(taken)
        everyone = Wanted(lines[0].line, "", lines[0].time, found)
        numbers = tuple(line.line for line in lines)
        return Plan(self._unit_of(found), numbers, function, axes, taken, (everyone,), (), concept.code)

    def of_individuals(self, lines: Sequence[DemandLine], asked: Crossing) -> Plan:
        by_number = {line.line: line for line in individual_lines(lines, self._vocabularies)}
        for number in (*asked.lines, *([asked.of] if asked.of else [])):
            if number not in by_number:
                raise Refused("no-such-line", line=number)
        axes = tuple(self._wanted(by_number[number]) for number in asked.lines)
        for one in axes:
            self._require_dividing(one)
        taken = self._wanted(by_number[asked.of]) if asked.of else None
        if taken:
            self._require_amount(taken)
        numbers = tuple(dict.fromkeys((*asked.lines, *([asked.of] if asked.of else []))))
        return self._of_units(by_number.values(), numbers, asked.function or "count", axes, taken)

    def of_extract(self, lines: Sequence[DemandLine]) -> Plan:
        own = individual_lines(lines, self._vocabularies)
        if not own:
            raise Refused("no-units")
        axes = tuple(wanted for line in own for wanted in self._all_wanted(line))
        return self._of_units(own, tuple(line.line for line in own), "count", axes, None)

    def _of_units(
        self,
        lines: Iterable[DemandLine],
        numbers: tuple[int, ...],
        function: Function,
        axes: tuple[Wanted, ...],
        taken: Wanted | None,
    ) -> Plan:
        """The plan for units that all individual lines of one unit type speak of."""
        unit = self._unit_of((*axes, taken or axes[0])[0].held)
        everyone = [Wanted(line.line, "", line.time, self._answering(line)) for line in lines]
        populations = tuple(one for one in everyone if self._unit_of(one.held) == unit)
        meant = {one.line for one in populations}
        if {one.line for one in (*axes, *([taken] if taken else []))} - meant:
            raise Refused("units")
        selections = tuple(one for line in lines if line.line in meant for one in self._selections(line))
        return Plan(unit, numbers, function, axes, taken, populations, selections)

    def _wanted(self, line: DemandLine) -> Wanted:
        held = self._saying(line.characteristic or "", self._answering(line), line)
        return Wanted(line.line, held[0].sentence.characteristic, line.time, held)

    def _all_wanted(self, line: DemandLine) -> Iterator[Wanted]:
        """What a line asks for: all that answers it where any characteristic will do."""
        if line.characteristic != ANY and len(codes_in(line.characteristic)) == 1:
            yield self._wanted(line)
            return
        found = self._answering(line)
        for code in dict.fromkeys(one.sentence.characteristic for one in found):
            held = tuple(one for one in found if one.sentence.characteristic == code)
            yield Wanted(line.line, code, line.time, held)

    def _held(self, line: DemandLine) -> tuple[Held, ...]:
        """The sentences that a line is answered with, of every product, the best first."""
        hits = sorted(self._cover.lines[line.line], key=lambda one: self._cover.members.index(one.product))
        return tuple(self._holding(one.product, one.line) for one in hits)

    def _holding(self, product: str, line: int) -> Held:
        sentence = next(one for one in self._member(product).sentences if one.line == line)
        return Held(product, sentence, self._own.classifications_of(sentence.characteristic, sentence.time))

    def _answering(self, line: DemandLine) -> tuple[Held, ...]:
        """The sentences that say the characteristic of a line, and not only who is meant or what it is derived from."""
        found = [one for one in self._held(line) if self._rank(line.characteristic or "", one) is not None]
        if not found:
            raise Refused("derived")
        return tuple(found)

    def _rank(self, code: str, held: Held) -> int | None:
        said = held.sentence.characteristic
        ranks = (rank_of(self._vocabularies.characteristics, one, said) for one in codes_in(code))
        return min((rank for rank in ranks if rank is not None), default=None)

    def _saying(self, code: str, found: Iterable[Held], line: DemandLine) -> tuple[Held, ...]:
        """Of some sentences those that say a characteristic, of each product those that say it best. Raises Refused
        where it is not clear which of several characteristics is meant."""
        ranked = [(rank, one) for one in found if (rank := self._rank(code, one)) is not None]
        best: dict[str, int] = {}
        for rank, one in ranked:
            best[one.product] = min(rank, best.get(one.product, rank))
        chosen = tuple(one for rank, one in ranked if rank == best[one.product])
        if not chosen:
            raise Refused("derived")
        self._require_one(chosen, line)
        return chosen

    def _require_one(self, found: Iterable[Held], line: DemandLine) -> None:
        """Raises Refused where the sentences of one product say different characteristics."""
        said: dict[str, dict[str, str]] = {}
        for one in found:
            code = one.sentence.characteristic
            said.setdefault(one.product, {})[sameness(self._own.characteristics, code)] = code
        for product, codes in said.items():
            if len(codes) > 1:
                words = ", ".join(self._word(code) for code in codes.values())
                raise Refused("which", product=product, line=line.line, words=words)

    def _require_dividing(self, wanted: Wanted) -> None:
        """Raises Refused where each unit has something else in what units are to be divided by."""
        for one in self._said(wanted):
            if not divides(one):
                raise Refused("identifies", word=one.label(""), line=wanted.line)

    def _require_amount(self, wanted: Wanted) -> None:
        """Raises Refused where what is to be added up are names, also where they are written in digits."""
        for one in self._said(wanted):
            if one.identifies or has_classes(one):
                raise Refused("identifies" if one.identifies else "classes", word=one.label(""), line=wanted.line)

    def _said(self, wanted: Wanted) -> list[Concept]:
        """The characteristics that the sentences say of which something is wanted."""
        codes = dict.fromkeys(one.sentence.characteristic for one in wanted.held)
        return [self._own.characteristics.concepts[code] for code in codes]

    def _divided(self, lines: Sequence[DemandLine], found: Iterable[Held]) -> Iterator[Wanted]:
        """What each line that names a classification or a class divides units by: names that are the same have as many
        characteristics, in the order of their sentences."""
        names = self._vocabularies.names
        for place, line in enumerate(lines):
            same = [sameness(names, other.name or "") == sameness(names, line.name or "") for other in lines]
            dividing = tuple(filter(None, (self._by_name(line, one) for one in found)))
            of_each: dict[str, list[Held]] = {}
            for one in dividing:
                key = sameness(self._own.characteristics, one.sentence.characteristic)
                of_each.setdefault(key, []).append(one)
            if same.count(True) == 1:
                self._require_one(dividing, line)
                held = dividing
            elif len(of_each) == same.count(True):
                held = tuple(list(of_each.values())[same[:place].count(True)])
            else:
                words = ", ".join(self._word(code) for code in of_each)
                raise Refused("which", product=dividing[0].product, line=line.line, words=words)
            is_class = kind_of_name(line.name, self._vocabularies) == "class"
            code = held[0].classifications[0] if same.count(True) == 1 else held[0].sentence.characteristic
            classes = (line.name or "",) if is_class else ()
            yield Wanted(line.line, code, line.time, held, classes, is_class and self._is_singular(line))

    def _by_name(self, line: DemandLine, held: Held) -> Held | None:
        """A sentence that says which class of a line's classification a unit is in, with that classification."""
        names, name = self._vocabularies.names, line.name or ""
        if kind_of_name(name, self._vocabularies) == "class":
            fitting = [code for code in held.classifications if is_above(names, code, name)]
        else:
            fitting = [code for code in held.classifications if code in names.reach(name).same]
        return held._replace(classifications=tuple(fitting)) if fitting else None

    def _selections(self, line: DemandLine) -> Iterator[Wanted]:
        """The classes that a line names whose units have to be picked out, of each product that does not hold just
        these."""
        names = self._vocabularies.names
        for name in codes_in(line.name):
            if kind_of_name(name, self._vocabularies) != "class":
                continue
            found = self._held(line)
            whole = {one.product for one in found if rank_of(names, name, one.sentence.name) is not None}
            picking: dict[str, list[Held]] = {}
            for one in found:
                fitting = tuple(code for code in one.classifications if is_above(names, code, name))
                if fitting and one.product not in whole:
                    picking.setdefault(one.product, []).append(one._replace(classifications=fitting))
            held = tuple(one for some in picking.values() for one in some)
            self._require_one(held, line)
            if held:
                yield Wanted(line.line, name, line.time, held, (name,), is_single=True)

    def _unit_of(self, found: Iterable[Held]) -> str:
        units = (self._own.object_types.coded(one.sentence.object_type) for one in found)
        return next((one.unit for one in units if one), "")

    def _is_singular(self, line: DemandLine) -> bool:
        object_type = self._vocabularies.object_types.coded(line.object_type or "")
        return object_type is not None and object_type.number == "singular"

    def _word(self, code: str) -> str:
        concept = self._own.characteristics.coded(code)
        return concept.label("") if concept else code


_FUNCTIONS: Mapping[str, Function] = {"count": "count", "sum": "sum", "mean": "mean"}
"""The functions that can be computed, by what a vocabulary calls them."""
