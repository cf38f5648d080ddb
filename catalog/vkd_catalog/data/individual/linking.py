"""How the rows that are chosen are linked: by a unit-id that the sets share, as each states it."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from vkd_catalog.data.cells import classes_by_cell, is_of, is_one
from vkd_catalog.data.figures import Refused
from vkd_catalog.data.individual.linked import Cells, Link, Only, Side, Units
from vkd_catalog.data.individual.moments import Moment
from vkd_catalog.data.individual.plan import Held, Plan, Wanted
from vkd_catalog.data.individual.sets import DataSet, RowsOf, Sets
from vkd_catalog.evaluation.concepts import sameness
from vkd_catalog.vocabulary import Vocabularies
from vkd_grammar.words import fold

_UnitId = frozenset[str]
"""What identifies units together: for each characteristic one code for all that are the same."""


class Linked(NamedTuple):
    """The units of one moment, where what they are divided by stands, and what is taken.

    `name` says what the units are and by what they are identified: units of two tables with the same can be compared.
    """

    units: Units
    axes: tuple[Cells, ...]
    taken: Cells | None
    name: str


def linked(plan: Plan, moment: Moment, sets: Sets, vocabularies: Vocabularies) -> Linked:
    """The units of a moment. Raises Refused where sets share no unit-id, or do not hold what they state."""
    return _Linking(plan, moment, sets, vocabularies).linked()


class _Linking:
    def __init__(self, plan: Plan, moment: Moment, sets: Sets, vocabularies: Vocabularies) -> None:
        self._plan = plan
        self._moment = moment
        self._sets = sets
        self._vocabularies = vocabularies
        self._rows = moment.rows

    def linked(self) -> Linked:
        used = self._unit_ids()
        first = used[0]
        own = self._columns(0, first[1]) if first else ()
        sides = tuple(
            Side(self._set(at).rows(rows), own if at == 0 else (), tuple(self._only(rows)))
            for at, rows in enumerate(self._rows)
        )
        links = tuple(
            Link(to, self._columns(to, shared), self._columns(at, shared))
            for at, (to, shared) in enumerate((one for one in used[1:] if one), start=1)
        )
        axes = tuple(self._cells(choice.held, choice.rows) for choice in self._moment.axes)
        taken = self._moment.taken
        return Linked(
            Units(sides, links), axes, self._cells(taken.held, taken.rows) if taken else None, self._name(first)
        )

    def _unit_ids(self) -> list[tuple[int, _UnitId] | None]:
        """By which unit-id each set is linked, and to which before it; of the first what identifies its units."""
        stated = [self._stated(at) for at in range(len(self._rows))]
        if len(stated) == 1:
            identifying = [one for one, codes in stated[0].items() if self._set(0).identifies(codes)]
            return [(0, identifying[0])] if identifying else [None]
        for unit_id in stated[0]:
            if all(unit_id in other for other in stated[1:]):
                return [(0, unit_id) for _ in stated]
        links = [self._shared(at, stated) for at in range(1, len(stated))]
        return [(0, next(shared for to, shared in links if to == 0)), *links]

    def _shared(self, at: int, stated: Sequence[dict[_UnitId, tuple[str, ...]]]) -> tuple[int, _UnitId]:
        for to in range(at):
            for unit_id in stated[at]:
                if unit_id in stated[to]:
                    return to, unit_id
        raise Refused("no-shared-id", product=self._rows[at].product, other=self._rows[0].product)

    def _stated(self, at: int) -> dict[_UnitId, tuple[str, ...]]:
        characteristics = self._vocabularies.characteristics
        return {frozenset(sameness(characteristics, code) for code in codes): codes for codes in self._set(at).unit_ids}

    def _columns(self, at: int, unit_id: _UnitId) -> tuple[int, ...]:
        """The columns of a unit-id in a set, in the order of what they say, which is the same in all."""
        characteristics = self._vocabularies.characteristics
        codes = sorted(self._stated(at)[unit_id], key=lambda code: sameness(characteristics, code))
        return self._set(at).identifying(codes, self._rows[at])

    def _name(self, first: tuple[int, _UnitId] | None) -> str:
        if first is None:
            return f"{self._plan.unit}|{self._rows[0].product}|{self._rows[0].period or ''}"
        series = self._set(0).member.technical.value("series") or ""
        return f"{self._plan.unit}|{'+'.join(sorted(first[1]))}|{series}"

    def _only(self, rows: RowsOf) -> Iterator[Only]:
        """Which of some rows are meant: those of their time, and of the classes that lines name."""
        data = self._sets.by_product[rows.product]
        if rows.texts:
            yield Only(data.time_column or 0, rows.texts)
        answering = {
            wanted.line
            for wanted, choice in zip(self._plan.populations, self._moment.populations, strict=True)
            if choice.rows == rows
        }
        for selection in self._plan.selections:
            held = [one for one in selection.held if one.product == rows.product]
            if held and selection.line in answering:
                yield self._of_class(selection, held[0], data, rows)

    def _of_class(self, selection: Wanted, held: Held, data: DataSet, rows: RowsOf) -> Only:
        """The rows whose cell says a class that a line names, or one below it."""
        names = self._vocabularies.names
        column = data.column(held, rows)
        meant = {
            cell
            for classification in held.classifications
            for cell, code in classes_by_cell(classification, names).items()
            if any(is_one(code, one, names) or is_of(code, one, names) for one in selection.classes)
        }
        return Only(column, tuple(sorted(text for text in data.texts(column, rows) if fold(text) in meant)))

    def _cells(self, held: Held, rows: RowsOf) -> Cells:
        return Cells(self._rows.index(rows), self._sets.by_product[rows.product].column(held, rows))

    def _set(self, at: int) -> DataSet:
        return self._sets.by_product[self._rows[at].product]
