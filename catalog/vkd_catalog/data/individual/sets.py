"""The data of the products that figures are made of: which rows are of which time, and in which column what is wanted
stands. What is not there is named, and nothing is guessed."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import cached_property
from typing import NamedTuple

from vkd_catalog.agreement import goes_with
from vkd_catalog.catalogue import Catalogue
from vkd_catalog.data.columns import Columns
from vkd_catalog.data.contents import Contents, contents_of
from vkd_catalog.data.faults import CannotRead
from vkd_catalog.data.figures import Refused
from vkd_catalog.data.individual.plan import Held, Plan, own_member
from vkd_catalog.data.members import Member
from vkd_catalog.data.periods import is_in, stated_by, time_in
from vkd_catalog.data.places import DataFile, located
from vkd_catalog.data.tables import Reader, Rows, opened
from vkd_catalog.languages import say
from vkd_catalog.vocabulary import Vocabularies
from vkd_grammar.times import Span, Time
from vkd_grammar.words import fold

_MEMORY = "1GB"
"""What linking ten million units takes, without putting anything aside on the disk."""


class RowsOf(NamedTuple):
    """Rows of a product: all, or those whose file is for a `period`, or whose cell in the column of times says one of
    some texts."""

    product: str
    period: Span | None = None
    texts: tuple[str, ...] = ()


class Choice(NamedTuple):
    """A sentence that says what is wanted, the rows in which it does, and the time that they are of; None where neither
    they nor the sentence say one. What `is_fixed` is the same at all times."""

    held: Held
    rows: RowsOf
    when: Span | None
    is_fixed: bool


class Sets(NamedTuple):
    """The data of some products, by identification, and what reads them."""

    by_product: dict[str, "DataSet"]
    reader: Reader


@contextmanager
def opened_sets(plan: Plan, catalogue: Catalogue, language: str) -> Iterator[Sets]:
    """The data that a plan speaks of. Raises Refused where they cannot be read, ExtraMissing."""
    members = [own_member(one, catalogue) for one in plan.products]
    files = {one.identification: _files(one, language) for one in members}
    with opened([file for some in files.values() for file in some], catalogue.interruption, _MEMORY) as reader:
        found: dict[str, DataSet] = {}
        for one in members:
            try:
                tables = [reader.unread_table(file) for file in files[one.identification]]
                contents = contents_of(tables, one, catalogue.own_vocabularies)
            except CannotRead as error:
                raise Refused("unreadable", product=one.identification, reason=error.why.reason) from None
            found[one.identification] = DataSet(one, contents, reader, catalogue.own_vocabularies)
        yield Sets(found, reader)


def _files(member: Member, language: str) -> tuple[DataFile, ...]:
    found = located(member.technical, [one.time for one in member.sentences], member.catalogue)
    if not found.files:
        raise Refused(
            "unheld", product=member.identification, why=say(f"data.unheld.{found.why or 'missing'}", language)
        )
    return found.files


class DataSet:
    """The data of one product. What it is asked for and does not have raises Refused, with its place in the
    description."""

    def __init__(self, member: Member, contents: Contents, reader: Reader, vocabularies: Vocabularies) -> None:
        self.name = member.identification
        self.member = member
        self._contents = contents
        self._reader = reader
        self._vocabularies = vocabularies
        self._columns = Columns(member, vocabularies)

    def choices(self, held: Held, asked: Time | None) -> Iterator[Choice]:
        """The rows in which a sentence of this product says something at a time that is asked for."""
        concept = self._vocabularies.characteristics.coded(held.sentence.characteristic)
        is_fixed = concept is not None and concept.temporality == "fixed"
        is_flow = concept is not None and concept.temporality == "accumulated"
        stated = stated_by([held.sentence.time], self.member.technical.updated)
        found = []
        for rows, when in self._moments:
            own = when or (held.sentence.time if isinstance(held.sentence.time, Span) else None)
            if when is not None and not is_fixed and not stated.meets(when):
                continue
            found.append((Choice(held, rows, own, is_fixed), own is None or is_in(own, asked, is_flow=is_flow)))
        inside = [choice for choice, is_meant in found if is_meant]
        # What never changes may be told by rows of another time, if there is only one that can be meant.
        yield from inside or ([choice for choice, _ in found] if is_fixed and len(found) == 1 else [])

    def column(self, held: Held, rows: RowsOf) -> int:
        """The number of the column that belongs to a sentence, in all files of some rows."""
        found = [
            number
            for number, column in enumerate(self._contents.columns)
            if any(need.sentence.line == held.sentence.line and need.role == "characteristic" for need in column.needs)
        ]
        code = held.sentence.characteristic
        concept = self._vocabularies.characteristics.coded(code)
        word = next(concept.words(), code) if concept else code
        if not found or None in self._places(found[0], rows):
            raise Refused("no-column-at", product=self.name, word=word, line=held.sentence.line)
        if len(found) > 1 or self._is_twice(found[0]):
            raise Refused("columns", product=self.name, word=word)
        return found[0]

    def rows(self, wanted: RowsOf) -> Rows:
        """The rows that are meant, of all columns; of those for times of a column, which `texts` tells, all rows."""
        at = self._tables(wanted)
        columns = [[column.places[place] for place in at] for column in self._contents.columns]
        return Rows([self._contents.tables[place] for place in at], columns)

    @property
    def time_column(self) -> int | None:
        """The number of the column of times."""
        found = [number for number, column in enumerate(self._contents.columns) if column.is_time]
        if len(found) > 1 or (found and None in self._contents.columns[found[0]].places):
            raise Refused("times", product=self.name)
        return found[0] if found else None

    def texts(self, column: int, rows: RowsOf) -> list[str]:
        """What stands in a column of some rows, each text once."""
        counts = self._reader.counts(self.rows(rows), [column], ())
        return [one.value for one in counts if one.value is not None]

    def identifying(self, codes: Sequence[str], rows: RowsOf) -> tuple[int, ...]:
        """The numbers of the columns of characteristics that identify units together."""
        tables = [self._contents.tables[at] for at in self._tables(rows)]
        found: list[int] = []
        for code in codes:
            places = [self._columns.of_characteristic(code, table.columns) for table in tables]
            number = self._contents.numbered(tables[0].columns[places[0][0]]) if all(places) else None
            if number is None or None in self._places(number, rows):
                concept = self._vocabularies.characteristics.concepts[code]
                raise Refused("no-unit-id", product=self.name, word=next(concept.words(), code))
            found.append(number)
        return tuple(found)

    @property
    def unit_ids(self) -> tuple[tuple[str, ...], ...]:
        """The codes of what identifies each unit, each alternative by itself."""
        return self._columns.unit_ids

    def identifies(self, codes: Sequence[str]) -> bool:
        """Whether some characteristics are defined for the units that the product describes, and so identify these."""
        types = {one.object_type for one in self.member.sentences}
        units = [one for code in types if (one := self._vocabularies.object_types.coded(code))]
        concepts = [self._vocabularies.characteristics.concepts[code] for code in codes]
        individuals = [one for one in units if one.kind == "individual"]
        return bool(individuals) and all(
            goes_with(concept, unit, self._vocabularies.object_types) for unit in individuals for concept in concepts
        )

    def _is_twice(self, number: int) -> bool:
        """Whether a file has two columns of the same name."""
        name = fold(self._contents.columns[number].name)
        return any([fold(column) for column in table.columns].count(name) > 1 for table in self._contents.tables)

    def _tables(self, rows: RowsOf) -> list[int]:
        tables = enumerate(self._contents.tables)
        return [at for at, table in tables if rows.period is None or table.file.period == rows.period]

    def _places(self, number: int, rows: RowsOf) -> list[int | None]:
        return [self._contents.columns[number].places[at] for at in self._tables(rows)]

    @cached_property
    def _moments(self) -> tuple[tuple[RowsOf, Span | None], ...]:
        """The rows of each time that the data know, and the time; all rows where they know none."""
        column = self.time_column
        if column is None:
            periods = self._contents.periods
            return tuple((RowsOf(self.name, period), period) for period in periods)
        found: dict[Span, list[str]] = {}
        for count in self._reader.counts(self._contents.rows, [column], ()):
            when = time_in(count.value) if count.value else None
            if when is not None:
                found.setdefault(when, []).append(count.value or "")
        return tuple((RowsOf(self.name, None, tuple(sorted(texts))), when) for when, texts in sorted(found.items()))
