"""Tables of single units, as they may be given, written down as tables of figures: with labels, totals, what they rest
on and the rules that they stand under."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import product
from typing import NamedTuple

from vkd_catalog.data.cells import classes_below
from vkd_catalog.data.figures import (
    OTHERS,
    TIME,
    TOTAL,
    Category,
    Control,
    Dimension,
    Figure,
    FigureTable,
    Note,
    Rule,
    Source,
)
from vkd_catalog.data.individual.crossed import Crossed
from vkd_catalog.data.individual.moments import Moment
from vkd_catalog.data.individual.plan import Plan
from vkd_catalog.data.published import absent_times
from vkd_catalog.disclosure.rules import Rules
from vkd_catalog.disclosure.saying import applied, listing
from vkd_catalog.disclosure.treating import Changed, Treated
from vkd_catalog.languages import say
from vkd_catalog.vocabulary import Concept, Vocabularies
from vkd_catalog.vocabulary.concept import is_below
from vkd_grammar.times import Span, time_as_written


def as_shown(
    plan: Plan,
    made: Sequence[Crossed],
    given: Sequence[Treated],
    rules: Rules,
    vocabularies: Vocabularies,
    language: str,
) -> FigureTable:
    """A table of one or several moments: as it is in the data, `made`, and as it may be given."""
    return _Showing(plan, made, given, rules, vocabularies, language).table()


class _Axis(NamedTuple):
    """A dimension, and the id of each category in it; that of all together goes by None."""

    dimension: Dimension
    ids: Mapping[str | None, str]


class _Showing:
    def __init__(
        self,
        plan: Plan,
        made: Sequence[Crossed],
        given: Sequence[Treated],
        rules: Rules,
        vocabularies: Vocabularies,
        language: str,
    ) -> None:
        self._plan = plan
        self._made = made
        self._given = given
        self._rules = rules
        self._vocabularies = vocabularies
        self._language = language

    def table(self) -> FigureTable:
        code, label, measure = self._measured()
        axes = [self._axis(at) for at in range(len(self._plan.axes))]
        whens = [one.moment.when for one in self._made if one.moment.when]
        times = tuple(Category(text, text) for text in map(time_as_written, whens))
        time = (Dimension(TIME, say("data.time", self._language), times),) if times else ()
        dimensions = (*(axis.dimension for axis in axes), *time)
        order = [{one.id: place for place, one in enumerate(had.categories)} for had in dimensions]
        figures = sorted(
            (figure for at in range(len(self._made)) for figure in self._figures(at, axes)),
            key=lambda one: tuple(places[had] for places, had in zip(order, one.at, strict=True)),
        )
        notes = tuple(self._notes(whens))
        return FigureTable(code, label, measure, self._plan.lines, dimensions, tuple(figures), notes, self._control())

    def _measured(self) -> tuple[str, str, str]:
        """The code, the label and the measure of the figures: of the aggregate asked for, else of the one that says the
        same in the vocabulary, else of what is counted or added up."""
        own = self._vocabularies.characteristics
        of = self._plan.taken.code if self._plan.taken else ""
        asked = own.coded(self._plan.characteristic) or self._only_aggregate(of)
        over = own.coded(of)
        measure = over.measure if over else ""
        if asked is not None:
            return asked.code, asked.label(self._language), asked.measure or measure
        what = over.label(self._language) if over else ""
        code = f"{self._plan.function}({of})" if of else self._plan.function
        return code, say(f"data.function.{self._plan.function}", self._language, what=what), measure

    def _only_aggregate(self, of: str) -> Concept | None:
        every = self._vocabularies.characteristics.concepts.values()
        found = [
            one for one in every if (one.kind, one.function) == ("aggregate", self._plan.function) and one.of == of
        ]
        return found[0] if len(found) == 1 else None

    def _axis(self, at: int) -> _Axis:
        """A dimension with the categories of all moments, and that of all together."""
        codes = self._in_order({code for one in self._made for code in one.crosstab.axes[at].categories}, at)
        names = [self._named(code, at) for code in codes]
        if len({one.id for one in names}) < len(names):
            # Two classes share a notation: their codes tell them apart.
            names = [Category(code, one.label) for code, one in zip(codes, names, strict=True)]
        total = Category(TOTAL, say("data.total", self._language))
        ids: dict[str | None, str] = {code: one.id for code, one in zip(codes, names, strict=True)}
        dimension = Dimension(self._made[0].crosstab.axes[at].code, self._label(at), (*names, total))
        return _Axis(dimension, ids | {None: total.id})

    def _in_order(self, codes: set[str], at: int) -> list[str]:
        """Categories in the order of the vocabulary, behind these what stands in the data."""
        order: dict[str, int] = {}
        for held in self._plan.axes[at].held:
            concept = self._vocabularies.characteristics.concepts[held.sentence.characteristic]
            listed = (
                one.code for code in held.classifications for one in classes_below(code, self._vocabularies.names)
            )
            for code in (*listed, *(one.value for one in concept.values)):
                order.setdefault(code, len(order))
        last = len(order)
        return sorted(codes, key=lambda code: (code == OTHERS, order.get(code, last), len(code), code))

    def _named(self, code: str, at: int) -> Category:
        if code == OTHERS:
            return Category(OTHERS, say("data.others", self._language))
        held = self._plan.axes[at].held[0]
        classifications = {one for some in self._plan.axes[at].held for one in some.classifications}
        concept = self._vocabularies.names.coded(code)
        if concept and any(is_below(code, one) for one in classifications):
            return Category(concept.notation or code, concept.label(self._language))
        values = self._vocabularies.characteristics.concepts[held.sentence.characteristic].values
        label = next((one.label(self._language) for one in values if one.value == code), "")
        return Category(code, label or code)

    def _label(self, at: int) -> str:
        """What an axis is called; with its time where the others are of other times."""
        wanted, choice = self._plan.axes[at], self._made[0].moment.axes[at]
        concept = self._vocabularies.characteristics.coded(wanted.code) or self._vocabularies.names.coded(wanted.code)
        label = concept.label(self._language) if concept else wanted.code
        is_dated = self._made[0].moment.when is None and choice.when is not None and not choice.is_fixed
        return f"{label} {time_as_written(choice.when)}" if is_dated and choice.when else label

    def _figures(self, at: int, axes: Sequence[_Axis]) -> Iterator[Figure]:
        """The figures of one moment, by the categories of all: what has no units in it is counted as none."""
        made, values = self._made[at], self._given[at].values
        first, *beside = sources_of(self._plan, made.moment)
        time = (time_as_written(made.moment.when),) if made.moment.when else ()
        none = 0 if self._plan.function == "count" else None
        for place in product(*(axis.ids for axis in axes)):
            ids = tuple(axis.ids[had] for axis, had in zip(axes, place, strict=True))
            yield Figure((*ids, *time), _plain(values.get(place, none)), first.product, first.line, tuple(beside))

    def _notes(self, whens: Sequence[Span]) -> Iterator[Note]:
        yield from dict.fromkeys(note for one in self._made for note in one.notes)
        asked = {wanted.asked for wanted in (*self._plan.axes, *self._plan.populations)}
        for one in asked:
            yield from absent_times(one, whens)

    def _control(self) -> Control:
        """The rules, and what they changed at all moments together."""
        changed: dict[str, int] = {}
        for one in self._given:
            for had in one.changed:
                changed[had.key] = changed.get(had.key, 0) + had.number
        together = Treated({}, frozenset(), tuple(Changed(*one) for one in changed.items()), is_exact=False)
        rules = tuple(Rule(*one) for one in applied(together, self._rules))
        return Control(rules, tuple(listing(together, self._rules, self._language)))


def sources_of(plan: Plan, moment: Moment) -> list[Source]:
    """The sentences that figures of a moment rest on: what divides the units and is taken, and a sentence of every
    other set that they must be found in."""
    chosen = (*moment.axes, *([moment.taken] if moment.taken else []))
    found = dict.fromkeys(Source(one.held.product, one.held.sentence.line) for one in chosen)
    products = {rows.product for rows in moment.rows}
    for selection in plan.selections:
        for held in selection.held:
            if held.product in products:
                found[Source(held.product, held.sentence.line)] = None
    for one in moment.populations:
        if all(source.product != one.held.product for source in found):
            found[Source(one.held.product, one.held.sentence.line)] = None
    return list(found)


def _plain(value: int | float | None) -> int | float | None:
    """A figure without the noise of adding up in any order: of fifteen digits those that are always the same."""
    if not isinstance(value, float):
        return value
    rounded = float(f"{value:.12g}")
    return int(rounded) if rounded.is_integer() and abs(rounded) < 1e15 else rounded
