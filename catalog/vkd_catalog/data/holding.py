"""A description held to its data: whether what it says is true of the files that its address means (VKD701 to VKD706,
docs/language.md section 12)."""

from collections.abc import Iterator, Sequence
from functools import cached_property
from typing import NamedTuple

from vkd_catalog.agreement import goes_with
from vkd_catalog.catalogue import Catalogue
from vkd_catalog.coding import CodedDescription
from vkd_catalog.data.cells import Accepted, accepted_classes, accepted_values, missing_of, together
from vkd_catalog.data.columns import Columns, Need
from vkd_catalog.data.contents import Contents, DataColumn, contents_of, is_needed
from vkd_catalog.data.faults import CannotRead
from vkd_catalog.data.periods import Stated, stated_by, time_in
from vkd_catalog.data.places import DataFile, Unheld, located
from vkd_catalog.data.tables import Reader, Table, opened
from vkd_catalog.problems import (
    FaultyUnitIds,
    MissingColumn,
    StrangeValues,
    TimesOutside,
    UndescribedColumns,
    UnreadableData,
)
from vkd_catalog.vocabulary import Vocabularies
from vkd_grammar.problems import at_field
from vkd_grammar.syntax import CHARACTERISTIC, NAME, TIME, Field, Problem
from vkd_grammar.technical import key_named
from vkd_grammar.times import Span, time_as_written
from vkd_grammar.words import fold

_TOLD = 3
"""So many of the values that should not be there are told."""


class ColumnFigures(NamedTuple):
    """What stands in a column: in so many `rows`, how many different values, and in how many rows none, or one that
    says that nothing is known. `lines` are those of the sentences that it belongs to."""

    lines: tuple[int, ...]
    column: str
    rows: int
    distinct: int
    missing: int


class Figures(NamedTuple):
    """How many files were read, how many rows they have together, and what stands in the columns that sentences
    describe."""

    files: int
    rows: int
    columns: tuple[ColumnFigures, ...]


class Held(NamedTuple):
    """What was found when a description was held to its data. Where nothing could be read, there are no figures, and
    `why` says why no file was looked for; None where files were, and problems tell what is wrong with them."""

    problems: tuple[Problem, ...]
    figures: Figures | None = None
    why: Unheld | None = None


def hold(coded: CodedDescription, catalogue: Catalogue) -> Held:
    """Holds the description of a product to its data. Raises ExtraMissing where DuckDB is not installed."""
    times = [sentence.time for sentence in coded.sentences]
    found = located(coded.technical, times, catalogue)
    problems = list(_beyond(found.beyond, coded))
    if not found.files:
        return Held(tuple(problems), why=found.why)
    with opened(found.files, catalogue.interruption) as reader:
        tables: list[Table] = []
        for file in found.files:
            try:
                tables.append(reader.table(file))
            except CannotRead as error:
                problems.append(_unreadable(file, error, coded))
        if not tables:
            return Held(tuple(problems))
        try:
            holding = _Holding(coded, catalogue.own_vocabularies, tables, reader)
            return Held((*problems, *holding.problems()), holding.figures())
        except CannotRead as error:
            # A file that was whole a moment ago is being written.
            return Held((*problems, _unreadable(tables[0].file, error, coded)))


class _Strange:
    """What stands in a column beside what it may say: in how many rows, and how many values. Those that it may say are
    kept, as they are few."""

    def __init__(self) -> None:
        self.rows = self.values = 0
        self.known: list[str] = []

    def add(self, rows: int) -> None:
        """Takes in one more value that should not be there."""
        self.rows += rows
        self.values += 1


class _Times:
    """Cells of a column of times that should not be there: in how many rows, and the first and the last of them."""

    def __init__(self) -> None:
        self.rows = 0
        self.first = self.last = ""

    def add(self, cell: str, rows: int) -> None:
        """Takes in one more such cell."""
        is_first = not self.rows
        self.first = cell if is_first else min(self.first, cell, key=_in_order)
        self.last = cell if is_first else max(self.last, cell, key=_in_order)
        self.rows += rows


class _Holding:
    """One description and its data, while they are compared."""

    def __init__(
        self, coded: CodedDescription, vocabularies: Vocabularies, tables: Sequence[Table], reader: Reader
    ) -> None:
        self._coded = coded
        self._vocabularies = vocabularies
        self._reader = reader
        self._columns = Columns(coded, vocabularies)
        self._contents: Contents = contents_of(tables, coded, vocabularies)
        self._accepted = {
            number: accepted
            for number, column in enumerate(self._contents.columns)
            if column.needs and (accepted := self._accepted_in(column)) is not None
        }
        self._said_nothing = dict.fromkeys(range(len(self._contents.columns)), 0)
        self._written = {one.line: one.sentence for one in coded.sentences}
        # A column of a word that could not be looked up is described, if badly; that is told where the word stands.
        fields = (field for sentence in self._written.values() for field in sentence.fields[1:4])
        self._words = frozenset(fold(field.word) for field in fields if field.word)

    def problems(self) -> Iterator[Problem]:
        """All that is not as the description says."""
        yield from self._missing_columns()
        yield from self._undescribed()
        yield from self._unit_ids()
        yield from self._cells()

    def figures(self) -> Figures:
        """The figures of the columns that sentences describe; `problems` has to be asked before."""
        contents = self._contents
        described = [number for number, column in enumerate(contents.columns) if column.needs]
        filled = self._reader.filled(contents.rows, described)
        columns = (
            ColumnFigures(
                tuple(dict.fromkeys(need.sentence.line for need in contents.columns[number].needs)),
                contents.columns[number].name,
                contents.rows_with(number),
                had.distinct,
                contents.rows_with(number) - had.rows + self._said_nothing[number],
            )
            for number, had in zip(described, filled, strict=True)
        )
        return Figures(len(contents.tables), sum(table.rows for table in contents.tables), tuple(columns))

    def _missing_columns(self) -> Iterator[Problem]:
        told: set[tuple[str, str]] = set()
        for need in self._columns.needs:
            tables = [one for one in self._contents.tables if is_needed(need, one, self._coded)]
            lacking = [one for one in tables if not self._columns.of_need(need, one.columns)]
            if lacking and (need.role, need.code) not in told:
                told.add((need.role, need.code))
                header = lacking[0].columns
                near = tuple(header[at] for at in self._columns.undescribed(header, self._words))
                is_class = need.role == "name"
                facts = MissingColumn(self._word(need), is_class, lacking[0].file.name, len(lacking), len(tables), near)
                yield at_field(*self._place(need), "VKD701", facts)

    def _place(self, need: Need) -> tuple[int, Field]:
        """The row and the field of what needs a column."""
        sentence = self._written[need.sentence.line]
        return sentence.row, sentence.fields[CHARACTERISTIC if need.role == "characteristic" else NAME]

    def _word(self, need: Need) -> str:
        """What is called what a sentence needs a column of; its code where it has no word."""
        vocabularies = self._vocabularies
        own = vocabularies.characteristics if need.role == "characteristic" else vocabularies.names
        concept = own.coded(need.code)
        return next(concept.words(), need.code) if concept else need.code

    def _undescribed(self) -> Iterator[Problem]:
        found: dict[str, tuple[str, str]] = {}
        for table in self._contents.tables:
            for at in self._columns.undescribed(table.columns, self._words):
                found.setdefault(fold(table.columns[at]), (table.columns[at], table.file.name))
        if found:
            columns = tuple(column for column, _ in found.values())
            file = next(file for _, file in found.values())
            yield at_field(*_value_of("data", self._coded), "VKD702", UndescribedColumns(columns, file))

    def _unit_ids(self) -> Iterator[Problem]:
        for codes in self._columns.unit_ids:
            for facts in self._faulty(codes):
                yield at_field(*_value_of("unit-id", self._coded), "VKD704", facts)

    def _faulty(self, codes: Sequence[str]) -> Iterator[FaultyUnitIds]:
        """What is wrong with one alternative of the unit-id."""
        words = tuple(self._vocabularies.characteristics.concepts[code].label("") for code in codes)
        numbers: list[int] = []
        for table in self._contents.tables:
            places = [self._columns.of_characteristic(code, table.columns)[:1] for code in codes]
            if not all(places):
                yield FaultyUnitIds("column", words, file=table.file.name)
                return
            numbers = [self._contents.numbered(table.columns[at]) or 0 for (at,) in places]
        if not self._identify_units(codes):
            return
        rows = self._contents.rows
        if absent := self._reader.absent(rows, numbers):
            yield FaultyUnitIds("absent", words, absent)
        times = [number for number, column in enumerate(self._contents.columns) if column.is_time]
        if repeated := self._reader.repeated(rows, numbers, times):
            yield FaultyUnitIds("repeated", words, repeated)

    def _identify_units(self, codes: Sequence[str]) -> bool:
        """Whether what the set is about are units that these characteristics are defined for, and so identify."""
        types = {sentence.object_type for sentence in self._coded.sentences}
        units = [
            one
            for code in types
            if (one := self._vocabularies.object_types.coded(code or "")) and one.kind == "individual"
        ]
        identifying = [self._vocabularies.characteristics.concepts[code] for code in codes]
        return bool(units) and all(
            goes_with(concept, unit, self._vocabularies.object_types) for unit in units for concept in identifying
        )

    def _cells(self) -> Iterator[Problem]:
        """What stands in cells and should not; those that say that nothing is known are counted."""
        contents = self._contents
        silent = {number: had for number, column in enumerate(contents.columns) if (had := self._missing_in(column))}
        times = {number: (_Times(), _Times()) for number, column in enumerate(contents.columns) if column.is_time}
        strange = {number: _Strange() for number in self._accepted}
        asked = sorted({*silent, *times, *strange})
        for number, value, period, rows in self._reader.counts(contents.rows, asked, times):
            if value is None:
                continue
            if number in times:
                self._take_time(value, contents.periods[period], rows, *times[number])
            elif fold(value) in silent.get(number, ()):
                self._said_nothing[number] += rows
                if number in strange:
                    strange[number].known.append(value)
            elif number in strange and fold(value) in self._accepted[number].values:
                strange[number].known.append(value)
            elif number in strange:
                strange[number].add(rows)
        for number, others in strange.items():
            if others.rows:
                yield self._strange(number, others)
        for number, (outside, unread) in times.items():
            yield from self._not_in_time(number, outside, unread)

    def _take_time(self, cell: str, period: Span | None, rows: int, outside: _Times, unread: _Times) -> None:
        time = time_in(cell)
        if time is None:
            unread.add(cell, rows)
        elif not self._is_inside(time, period):
            outside.add(cell, rows)

    def _strange(self, number: int, strange: _Strange) -> Problem:
        column = self._contents.columns[number]
        first = self._reader.first_besides(self._contents.rows, number, strange.known, _TOLD)
        facts = StrangeValues(column.name, strange.rows, strange.values, tuple(first))
        return at_field(*self._place(column.needs[0]), "VKD703", facts)

    def _not_in_time(self, number: int, outside: _Times, unread: _Times) -> Iterator[Problem]:
        column = self._contents.columns[number].name
        for had, is_unread in ((outside, False), (unread, True)):
            if had.rows:
                facts = TimesOutside(column, had.rows, had.first, had.last, is_unread)
                yield at_field(*_first_time(self._coded), "VKD705", facts)

    def _is_inside(self, time: Span, period: Span | None) -> bool:
        own = period is None or (time.start <= period.end and period.start <= time.end)
        return own and self._stated.meets(time)

    @cached_property
    def _stated(self) -> Stated:
        times = [sentence.time for sentence in self._coded.sentences]
        return stated_by(times, self._coded.technical.updated)

    def _accepted_in(self, column: DataColumn) -> Accepted | None:
        return together(self._accepted_by(need) for need in column.needs)

    def _accepted_by(self, need: Need) -> Accepted | None:
        if need.role == "characteristic":
            return accepted_values(need.code, need.time, self._vocabularies)
        classes = accepted_classes(need.code, self._vocabularies.names)
        return None if classes is None else Accepted(classes, frozenset())

    def _missing_in(self, column: DataColumn) -> frozenset[str]:
        codes = {need.code for need in column.needs if need.role == "characteristic"}
        return frozenset(value for code in codes for value in missing_of(code, self._vocabularies))


def _beyond(files: Sequence[DataFile], coded: CodedDescription) -> Iterator[Problem]:
    """The problem of files that the address would mean for periods outside the stated times."""
    periods = [file.period for file in files if file.period is not None]
    if periods:
        facts = TimesOutside("", len(files), time_as_written(periods[0]), time_as_written(periods[-1]))
        yield at_field(*_value_of("data", coded), "VKD705", facts)


def _unreadable(file: DataFile, error: CannotRead, coded: CodedDescription) -> Problem:
    facts = UnreadableData(error.why.reason, file.name, file.form, *error.why[1:])
    return at_field(*_value_of("data", coded), "VKD706", facts)


def _first_time(coded: CodedDescription) -> tuple[int, Field]:
    """The row and the field where a product first states a time; of one without sentences its address."""
    for sentence in coded.sentences:
        return sentence.sentence.row, sentence.sentence.fields[TIME]
    return _value_of("data", coded)


def _value_of(name: str, coded: CodedDescription) -> tuple[int, Field]:
    """The row and the field of the value that counts for a key: the first."""
    header = coded.description.header
    for entry in header.entries if header else ():
        key = key_named(entry.key.text)
        if key and key.name == name and entry.value:
            return entry.row, entry.value
    raise LookupError(name)


def _in_order(cell: str) -> tuple[int, str]:
    time = time_in(cell)
    return (time.start if time else 0), cell
