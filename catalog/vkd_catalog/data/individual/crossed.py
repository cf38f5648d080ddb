"""Units cross-classified: what their cells mean, and how many there are of each class, as it is in the data.

A unit whose cell says no class, or that nothing is known, stands in no cell of the table and in no margin.
"""

from collections.abc import Iterator, Mapping, Sequence
from math import prod
from typing import NamedTuple

from vkd_catalog.data.cells import classes_below, classes_by_cell, is_of, is_one, missing_of
from vkd_catalog.data.crosstab import BUCKETS, LARGEST, NOBODY, Axis, Cell, Crosstab, Sketch, with_margins
from vkd_catalog.data.figures import OTHERS, Note, Refused
from vkd_catalog.data.individual.linked import Group, Repeated, Taken, are_days, bounds_of, grouped, outside
from vkd_catalog.data.individual.linking import Linked
from vkd_catalog.data.individual.moments import Moment
from vkd_catalog.data.individual.plan import Held, Plan, Wanted
from vkd_catalog.data.individual.sets import Sets
from vkd_catalog.disclosure.rules import Rules
from vkd_catalog.vocabulary import Vocabularies
from vkd_grammar.text import BLANKS
from vkd_grammar.words import fold

_MOST = 1_000_000
"""Nobody reads a table of more figures."""


class Crossed(NamedTuple):
    """A table of one moment as it is in the data, and what is to be said of it."""

    moment: Moment
    crosstab: Crosstab
    notes: tuple[Note, ...]


def crossed(
    plan: Plan, moment: Moment, linked: Linked, sets: Sets, rules: Rules, vocabularies: Vocabularies
) -> Crossed:
    """The table that a plan asks for, of one moment. Raises Refused and CannotRead."""
    return _Crossing(plan, moment, linked, sets, rules, vocabularies).crossed()


class Meaning:
    """What the cells of an axis mean: categories, by their codes, in the order of the vocabulary.

    Where a classification has no classes in the vocabulary, and a characteristic no list of values, what stands there
    is a category: `is_listed` says that it has.
    """

    def __init__(self, wanted: Wanted, held: Held, vocabularies: Vocabularies) -> None:
        self._wanted = wanted
        self._names = vocabularies.names
        concept = vocabularies.characteristics.concepts[held.sentence.characteristic]
        self._missing = missing_of(concept.code, vocabularies)
        self._classes: dict[str, str] = {}
        for classification in held.classifications:
            self._classes = classes_by_cell(classification, vocabularies.names) | self._classes
        self._values = {fold(label.text): one.value for one in concept.values for label in one.labels}
        self._values |= {fold(one.value): one.value for one in concept.values}
        every = (one.code for code in held.classifications for one in classes_below(code, vocabularies.names))
        self._every = [*dict.fromkeys(every), *(one.value for one in concept.values)]
        self.is_listed = bool(self._classes or self._values)
        self.is_free = not self.is_listed and not held.classifications

    def of(self, cell: object) -> str | None:
        """The category that a cell means; None where it means none that is asked for, or says nothing."""
        text = "" if cell is None else str(cell).strip(BLANKS)
        folded = fold(text)
        if not text or folded in self._missing:
            return None
        code = self._classes.get(folded) or self._values.get(folded) if self.is_listed else text
        return self._asked(code) if code else None

    def is_unknown(self, cell: object) -> bool:
        """Whether a cell says something that means no category, whatever is asked for."""
        text = "" if cell is None else str(cell).strip(BLANKS)
        folded = fold(text)
        if not self.is_listed or not text or folded in self._missing:
            return False
        return folded not in self._classes and folded not in self._values

    def categories(self, found: Mapping[str, int]) -> list[str]:
        """All categories of a table in which some were found: those of the vocabulary with as many segments of code,
        so that nobody sees from a class that stands there, or does not, whether a unit is in it."""
        depths = {code.count(".") for code in found}
        asked = [
            code
            for code in self._every
            if self._asked(code) == code and code.count(".") in depths and fold(code) not in self._missing
        ]
        if self._wanted.is_single:
            asked = list(self._wanted.classes)
        order = {code: place for place, code in enumerate(asked)}
        return [*order, *sorted(code for code in found if code not in order)]

    def _asked(self, code: str) -> str | None:
        """The category that a class counts in; None where it is not asked for."""
        if not self._wanted.classes:
            return code
        for asked in self._wanted.classes:
            if self._wanted.is_single and (is_one(code, asked, self._names) or is_of(code, asked, self._names)):
                return asked
            if not self._wanted.is_single and is_of(code, asked, self._names):
                return code
        return None


class _Sum:
    """A cell while units are added to it."""

    def __init__(self) -> None:
        self.number = self.fingerprint = 0
        self.total = self.magnitude = 0.0
        self.buckets = [0] * BUCKETS
        self.largest: tuple[float, ...] = ()

    def cell(self) -> Cell:
        if not self.number:
            return Cell(0, NOBODY)
        sketch = Sketch(self.fingerprint % (1 << 64), tuple(self.buckets))
        return Cell(self.number, sketch, self.total, self.magnitude, self.largest)


class _Crossing:
    def __init__(
        self, plan: Plan, moment: Moment, linked: Linked, sets: Sets, rules: Rules, vocabularies: Vocabularies
    ) -> None:
        self._plan = plan
        self._moment = moment
        self._linked = linked
        self._sets = sets
        self._rules = rules
        self._vocabularies = vocabularies
        self._meanings = [
            Meaning(wanted, choice.held, vocabularies) for wanted, choice in zip(plan.axes, moment.axes, strict=True)
        ]

    def crossed(self) -> Crossed:
        self._require_no_identification()
        taken, moved = self._taken()
        sums: dict[tuple[str, ...], _Sum] = {}
        unknown: list[dict[str, int]] = [{} for _ in self._meanings]
        without_value = 0
        try:
            for group in grouped(self._sets.reader, self._linked.units, self._linked.axes, taken):
                without_value += group.units - group.number
                found = [meaning.of(cell) for meaning, cell in zip(self._meanings, group.cells, strict=True)]
                place = tuple(one for one in found if one is not None)
                if len(place) < len(found):
                    self._count_unknown(group.cells, group.units, unknown)
                    continue
                _add(sums.setdefault(place, _Sum()), group)
                if len(sums) > _MOST:
                    raise Refused("many-cells")
        except Repeated as error:
            raise Refused("repeated", product=self._moment.rows[error.side].product) from None
        sums = {place: one for place, one in sums.items() if one.number}
        sums = self._without_rare_values(sums)
        axes = tuple(self._axes(sums))
        if not all(axis.categories for axis in axes):
            # A total of none would say that there are none, where only classes are lacking.
            raise Refused("nothing", notes="")
        if prod(len(axis.categories) + 1 for axis in axes) > _MOST:
            raise Refused("many-cells")
        cells = with_margins(axes, {place: one.cell() for place, one in sums.items()})
        crosstab = Crosstab(axes, cells, self._linked.name, self._plan.function, self._of(), moved)
        return Crossed(self._moment, crosstab, tuple(self._notes(unknown, without_value, sums)))

    def _require_no_identification(self) -> None:
        """Raises Refused where units are to be divided by what identifies them, or it is to be added up, whatever the
        vocabulary says of it."""
        wanted, places = [*self._plan.axes], [*self._linked.axes]
        if self._plan.taken and self._linked.taken:
            wanted, places = [*wanted, self._plan.taken], [*places, self._linked.taken]
        for one, cells in zip(wanted, places, strict=True):
            if self._linked.units.identifying(cells.side) == (cells.column,):
                raise Refused("identifies", word=self._word(one), line=one.line)

    def _taken(self) -> tuple[Taken | None, int]:
        """What is added up, its values within the bounds that the rules state, and how many of them were moved."""
        if self._moment.taken is None or self._linked.taken is None:
            return None, 0
        reader, units = self._sets.reader, self._linked.units
        missing = missing_of(self._moment.taken.held.sentence.characteristic, self._vocabularies)
        with_largest = self._rules.largest_needed > 0
        taken = Taken(self._linked.taken, tuple(sorted(missing)), None, with_largest)
        if self._plan.taken and are_days(reader, units, taken):
            raise Refused("days", word=self._word(self._plan.taken), line=self._plan.taken.line)
        if self._rules.winsorise is None:
            return taken, 0
        bounds = bounds_of(reader, units, taken, self._rules.winsorise)
        if bounds is None:
            return taken, 0
        return taken._replace(bounds=bounds), outside(reader, units, taken, bounds)

    def _of(self) -> str:
        """What values are added up, so that tables of the same are known."""
        choice = self._moment.taken
        if choice is None:
            return ""
        when = f"{choice.when.start}-{choice.when.end}" if choice.when else ""
        return "|".join((choice.held.sentence.characteristic, choice.held.product, when))

    def _count_unknown(self, cells: Sequence[object], units: int, unknown: Sequence[dict[str, int]]) -> None:
        for meaning, cell, had in zip(self._meanings, cells, unknown, strict=True):
            if meaning.is_unknown(cell):
                text = str(cell).strip(BLANKS)
                had[text] = had.get(text, 0) + units

    def _without_rare_values(self, sums: dict[tuple[str, ...], _Sum]) -> dict[tuple[str, ...], _Sum]:
        """Values that no vocabulary lists and too few units have as one category: to name them would tell that there
        are such units."""
        for at, meaning in enumerate(self._meanings):
            if not meaning.is_free:
                continue
            found = _along(at, sums)
            rare = {code for code, number in found.items() if number < self._rules.smallest_group}
            self._require_shared(at, found)
            if rare:
                merged: dict[tuple[str, ...], _Sum] = {}
                for place, one in sums.items():
                    target = (*place[:at], OTHERS, *place[at + 1 :]) if place[at] in rare else place
                    _join(merged.setdefault(target, _Sum()), one)
                sums = merged
        return sums

    def _require_shared(self, at: int, found: Mapping[str, int]) -> None:
        """Raises Refused where no value of an axis is that of several units, and as many as may be told of."""
        if found and max(found.values()) < max(2, self._rules.smallest_group):
            wanted = self._plan.axes[at]
            raise Refused("not-shared", word=self._word(wanted), line=wanted.line)

    def _axes(self, sums: Mapping[tuple[str, ...], _Sum]) -> Iterator[Axis]:
        codes = axis_codes(self._plan, self._moment)
        for at, (code, meaning) in enumerate(zip(codes, self._meanings, strict=True)):
            yield Axis(code, tuple(meaning.categories(_along(at, sums))))

    def _notes(
        self, unknown: Sequence[Mapping[str, int]], without_value: int, sums: Mapping[tuple[str, ...], _Sum]
    ) -> Iterator[Note]:
        """What units of the sets stand nowhere in the table, and by what most are not told apart, as far as that tells
        of no single one."""
        for at, wanted in enumerate(self._plan.axes):
            found = _along(at, sums)
            if 2 * found.get(OTHERS, 0) > sum(found.values()):
                yield Note("few-share", 1, (self._word(wanted),))
        for wanted, had in zip(self._plan.axes, unknown, strict=True):
            if had:
                named = sorted(text for text, number in had.items() if number >= max(1, self._rules.smallest_group))
                values = f": {', '.join(named[:3])}" if named else ""
                yield Note("units-without-class", 1, (self._word(wanted) + values,))
        if self._plan.taken and without_value:
            yield Note("units-without-value", 1, (self._word(self._plan.taken),))

    def _word(self, wanted: Wanted) -> str:
        concept = self._vocabularies.characteristics.coded(wanted.held[0].sentence.characteristic)
        return concept.label("") if concept else wanted.code


def _add(one: _Sum, group: Group) -> None:
    one.number += group.number
    one.fingerprint += group.hashes
    one.buckets[group.bucket] += group.number
    one.total += group.total
    one.magnitude += group.magnitude
    one.largest = _largest(one.largest, group.largest)


def _join(one: _Sum, other: _Sum) -> None:
    one.number += other.number
    one.fingerprint += other.fingerprint
    one.buckets = [a + b for a, b in zip(one.buckets, other.buckets, strict=True)]
    one.total += other.total
    one.magnitude += other.magnitude
    one.largest = _largest(one.largest, other.largest)


def _largest(some: tuple[float, ...], others: tuple[float, ...]) -> tuple[float, ...]:
    return tuple(sorted((*some, *others), reverse=True)[:LARGEST]) if others else some


def axis_codes(plan: Plan, moment: Moment) -> list[str]:
    """What the axes of a table go by: the codes of what is asked for, with the time, or the line of the demand, where
    several are the same."""
    codes = [wanted.code for wanted in plan.axes]
    timed = [
        f"{code}@{choice.when.start}" if choice.when and codes.count(code) > 1 else code
        for code, choice in zip(codes, moment.axes, strict=True)
    ]
    return [
        f"{code}@{wanted.line}" if timed.count(own) > 1 else own
        for code, own, wanted in zip(codes, timed, plan.axes, strict=True)
    ]


def _along(at: int, sums: Mapping[tuple[str, ...], _Sum]) -> dict[str, int]:
    """How many units there are of each category of an axis."""
    found: dict[str, int] = {}
    for place, one in sums.items():
        found[place[at]] = found.get(place[at], 0) + one.number
    return found
