"""Published figures: the rows of aggregate products that a cover names, of the classes and times that are asked for
(1972 phase 5.2, docs/language.md section 12). Nothing is added up, and nothing is guessed."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cache, cached_property
from typing import NamedTuple

from vkd_catalog.catalogue import Catalogue
from vkd_catalog.coding import ANY, CodedDescription, Term, senses_of
from vkd_catalog.data.cells import classes_below, classes_by_cell, is_of, is_one
from vkd_catalog.data.columns import Columns
from vkd_catalog.data.contents import Contents, contents_of
from vkd_catalog.data.faults import CannotRead
from vkd_catalog.data.figures import TIME, Category, Dimension, Figure, FigureTable, Note, Refused
from vkd_catalog.data.members import Member, member_of
from vkd_catalog.data.periods import is_in, stated_by, time_in
from vkd_catalog.data.places import located
from vkd_catalog.data.tables import Reader, opened
from vkd_catalog.evaluation.concepts import kinds_of
from vkd_catalog.evaluation.demand import DemandLine, codes_in, groups_of
from vkd_catalog.evaluation.found import Cover
from vkd_catalog.languages import say
from vkd_catalog.register import SentenceRecord
from vkd_catalog.vocabulary import Concept, Vocabularies
from vkd_grammar.times import Series, Span, Time, time_as_written
from vkd_grammar.words import fold

_NUMBER = re.compile(r"[+-]?[0-9]+(?:\.[0-9]+)?(?:[eE][+-]?[0-9]{1,3})?")

_MOST = 1_000_000
"""Nobody reads a table of more figures."""


def published_figures(demand: CodedDescription, cover: Cover, catalogue: Catalogue, language: str) -> list[FigureTable]:
    """The tables of figures that a cover of aggregate products holds for a demand, one for each characteristic.

    Raises Refused where they cannot be given, ExtraMissing where what reads data is not installed.
    """
    if "derived" in cover.grades.values():
        raise Refused("derived")
    group = groups_of(demand, catalogue.vocabularies)[cover.group - 1]
    tables: list[FigureTable] = []
    for lines in tables_asked(group.asked, catalogue.vocabularies):
        tables += figures_of(lines, cover, catalogue, language)
    return tables


def is_of_aggregates(demand: CodedDescription, cover: Cover, catalogue: Catalogue) -> bool:
    """Whether all that a cover answers are aggregates, as they are published."""
    vocabularies = catalogue.vocabularies
    lines = groups_of(demand, vocabularies)[cover.group - 1].asked
    return cover.grade != "computable" and all(
        kinds_of(line.object_type, line.characteristic, vocabularies) == {"aggregate"} for line in lines
    )


def tables_asked(lines: Sequence[DemandLine], vocabularies: Vocabularies) -> list[list[DemandLine]]:
    """The lines that ask for one table together: those of one unit type, characteristic and time."""
    found: dict[tuple[object, ...], list[DemandLine]] = {}
    for line in lines:
        object_type = vocabularies.object_types.coded(line.object_type or "")
        unit = object_type.unit if object_type else line.object_type
        found.setdefault((unit, line.characteristic, line.time), []).append(line)
    return list(found.values())


def figures_of(lines: Sequence[DemandLine], cover: Cover, catalogue: Catalogue, language: str) -> Iterator[FigureTable]:
    """The tables of some lines that ask for one: of each characteristic that answers, the figures of all products."""
    found: dict[str, list[_Part]] = {}
    for identification in cover.members:
        hits = {
            line.line: {one.line for one in cover.lines[line.line] if one.product == identification} for line in lines
        }
        if all(hits.values()):
            member = member_of(catalogue, identification)
            sentences = {line: [one for one in member.sentences if one.line in places] for line, places in hits.items()}
            for part in _parts(lines, sentences, member, catalogue, language):
                found.setdefault(part.characteristic, []).append(part)
    if not found:
        raise Refused("no-table")
    for code, parts in found.items():
        yield _joined(code, lines, parts, catalogue.vocabularies, language)


class _Divided(NamedTuple):
    """A column of classes: its number in the contents, the classification, what each cell means there, and whether a
    class was asked for."""

    number: int
    classification: str
    classes: Mapping[str, str]
    is_asked: Callable[[str], bool]


class _Part(NamedTuple):
    """The figures of one product: for each the codes of its classes and its time, and how many rows were left out and
    why."""

    characteristic: str
    classifications: tuple[str, ...]
    figures: Mapping[tuple[tuple[str, ...], Span], Figure]
    notes: tuple[Note, ...]


def _parts(
    lines: Sequence[DemandLine],
    sentences: Mapping[int, Sequence[SentenceRecord]],
    member: Member,
    catalogue: Catalogue,
    language: str,
) -> Iterator[_Part]:
    """What the data of one product say, for each characteristic that its sentences answer with."""
    found = located(member.technical, [one.time for one in member.sentences], member.catalogue)
    if not found.files:
        raise Refused(
            "unheld", product=member.identification, why=say(f"data.unheld.{found.why or 'missing'}", language)
        )
    with opened(found.files, catalogue.interruption) as reader:
        try:
            tables = [reader.table(file) for file in found.files]
            contents = contents_of(tables, member, member.catalogue.own_vocabularies)
            reading = _Reading(lines, sentences, member, catalogue.vocabularies, contents, reader, language)
            for code in dict.fromkeys(one.characteristic for some in sentences.values() for one in some):
                yield reading.part(code)
        except CannotRead as error:
            raise Refused("unreadable", product=member.identification, reason=error.why.reason) from None


class _Reading:
    """The data of one product, while the figures of a table are taken from them. Columns and cells are read by the
    vocabularies of its own catalogue, and compared with what is asked for in those of all (`united`)."""

    def __init__(
        self,
        lines: Sequence[DemandLine],
        sentences: Mapping[int, Sequence[SentenceRecord]],
        member: Member,
        united: Vocabularies,
        contents: Contents,
        reader: Reader,
        language: str,
    ) -> None:
        self._lines = lines
        self._sentences = sentences
        self._member = member
        self._vocabularies = member.catalogue.own_vocabularies
        self._united = united
        self._contents = contents
        self._reader = reader
        self._language = language

    def part(self, code: str) -> _Part:
        """The figures of one characteristic. Raises Refused where a column is missing, or a cell stands twice."""
        value = self._one_column("characteristic", code)
        divided = self._divided(code)
        time = self._time_column()
        concept = self._vocabularies.characteristics.concepts[code]
        cited = [one for one in self._member.sentences if one.characteristic == code]

        @cache
        def describing(when: Span) -> SentenceRecord | None:
            return self._citing(cited, when) if self._is_asked_at(when, concept) else None

        figures: dict[tuple[tuple[str, ...], Span], Figure] = {}
        left: dict[str, dict[str, int]] = {"no-class": {}, "no-time": {}, "no-figure": {}}
        columns = [value, *(one.number for one in divided), *([] if time is None else [time])]
        for cells, period in self._reader.every(self._contents.rows, columns):
            when = self._when(cells[-1] if time is not None else None, period, left["no-time"])
            sentence = describing(when) if when else None
            classes = self._classes(divided, cells[1:], left["no-class"]) if sentence else None
            if when is None or sentence is None or classes is None:
                continue
            if not all(one.is_asked(had) for one, had in zip(divided, classes, strict=True)):
                continue
            if (classes, when) in figures:
                raise Refused("twice", product=self._member.identification, columns=self._undescribed())
            number = _number(cells[0], left["no-figure"])
            figures[classes, when] = Figure(
                (*classes, time_as_written(when)), number, self._member.identification, sentence.line
            )
            if len(figures) > _MOST:
                raise Refused("many", product=self._member.identification)
        notes = [Note(key, sum(had.values()), tuple(list(had)[:3])) for key, had in left.items() if had]
        notes += self._absent(divided, figures)
        here = self._member.here
        return _Part(here(code), tuple(here(one.classification) for one in divided), figures, tuple(notes))

    def _one_column(self, role: str, code: str) -> int:
        """The number of the column that belongs to a characteristic or a classification. Raises Refused where there is
        none, or several."""
        found = [
            number
            for number, column in enumerate(self._contents.columns)
            if any(need.role == role and need.code == code for need in column.needs)
        ]
        if len(found) != 1:
            key = "columns" if found else "no-column"
            raise Refused(key, product=self._member.identification, word=self._word(role, code))
        if None in self._contents.columns[found[0]].places:
            raise Refused("no-column", product=self._member.identification, word=self._contents.columns[found[0]].name)
        return found[0]

    def _time_column(self) -> int | None:
        found = [number for number, column in enumerate(self._contents.columns) if column.is_time]
        if len(found) > 1 or (found and None in self._contents.columns[found[0]].places):
            raise Refused("times", product=self._member.identification)
        return found[0] if found else None

    def _divided(self, code: str) -> list[_Divided]:
        """The columns of classes by which the figures of a characteristic are divided: those that the demand's lines
        ask for, and those that the product's table has besides."""
        asked: dict[str, list[Term]] = {}
        for line in self._lines:
            for classification in {had for one in self._sentences[line.line] for had in self._classified(one)}:
                asked.setdefault(classification, []).append(line.name)
        described: dict[str, list[str]] = {}
        undivided: set[str] = set()
        for sentence in self._member.sentences:
            if sentence.characteristic == code and sentence.name:
                for classification in self._classified(sentence):
                    described.setdefault(classification, []).append(sentence.name)
                if not self._classified(sentence) and self._is_class(sentence.name):
                    undivided.add(sentence.name)
        if len(undivided) > 1 or (undivided and described):
            raise Refused("columns", product=self._member.identification, word=self._word("characteristic", code))
        return [self._divided_by(one, asked.get(one, ()), names) for one, names in described.items()]

    def _classified(self, sentence: SentenceRecord) -> tuple[str, ...]:
        """The classification that a sentence of a table has a column of classes for."""
        needs = Columns(self._member, self._vocabularies).needs
        return tuple(need.code for need in needs if need.role == "name" and need.sentence is sentence)

    def _is_class(self, code: str) -> bool:
        concept = self._vocabularies.names.coded(code)
        return concept is not None and concept.kind == "class"

    def _divided_by(self, classification: str, asked: Sequence[Term], described: Sequence[str]) -> _Divided:
        terms = [term for term in asked if term and term != ANY]
        if len(terms) > 1:
            # Two names of one classification, as origin and destination, need two columns that names do not tell apart.
            raise Refused("columns", product=self._member.identification, word=self._word("name", classification))
        number = self._one_column("name", classification)
        codes = senses_of(terms[0]) or (terms[0],) if terms else ()
        single = {code for line in self._lines if self._is_singular(line) for code in codes_in(line.name)}
        names, own = self._united.names, [self._member.here(code) for code in described]

        @cache
        def is_asked(had: str) -> bool:
            is_meant = not codes or any((is_one if code in single else is_of)(had, code, names) for code in codes)
            return is_meant and any(is_of(had, code, names) for code in own)

        cells = classes_by_cell(classification, self._vocabularies.names)
        classes = {cell: self._member.here(code) for cell, code in cells.items()}
        return _Divided(number, classification, classes, is_asked)

    def _is_singular(self, line: DemandLine) -> bool:
        """Whether a line asks for a single aggregate: that of its class, and not those of the classes below."""
        object_type = self._united.object_types.coded(line.object_type or "")
        return object_type is not None and object_type.number == "singular"

    def _word(self, role: str, code: str) -> str:
        own = self._vocabularies.characteristics if role == "characteristic" else self._vocabularies.names
        concept = own.coded(code)
        return next(concept.words(), code) if concept else code

    def _classes(
        self, divided: Sequence[_Divided], cells: Sequence[str | None], left: dict[str, int]
    ) -> tuple[str, ...] | None:
        """The codes of the classes of a row, of a classification without classes what stands there; None where a cell
        means none."""
        found = []
        for one, cell in zip(divided, cells, strict=False):
            code = one.classes.get(fold(cell or ""), "") if one.classes else cell
            if not code:
                left[cell or ""] = left.get(cell or "", 0) + 1
                return None
            found.append(code)
        return tuple(found)

    def _when(self, cell: str | None, period: int, left: dict[str, int]) -> Span | None:
        """The time of a row: by its column, by the file's address, or the one that the product states."""
        if self._has_times:
            time = time_in(cell) if cell else None
            if time is None:
                left[cell or ""] = left.get(cell or "", 0) + 1
            return time
        own = self._contents.periods[period]
        if own is not None:
            return own
        return self._only_time

    @cached_property
    def _has_times(self) -> bool:
        return any(column.is_time for column in self._contents.columns)

    @cached_property
    def _only_time(self) -> Span:
        """The one time that the product states. Raises Refused where it states several, or a series."""
        stated = {one.time for one in self._member.sentences}
        if len(stated) != 1 or not isinstance(only := next(iter(stated)), Span):
            raise Refused("no-times", product=self._member.identification)
        return only

    def _citing(self, cited: Sequence[SentenceRecord], when: Span) -> SentenceRecord | None:
        """The sentence that describes a figure of a time: the first that states it."""
        updated = self._member.technical.updated
        return next((one for one in cited if stated_by([one.time], updated).meets(when)), None)

    def _is_asked_at(self, when: Span, concept: Concept) -> bool:
        return is_in(when, self._lines[0].time, is_flow=concept.temporality == "accumulated")

    def _absent(self, divided: Sequence[_Divided], figures: Iterable[tuple[tuple[str, ...], Span]]) -> Iterator[Note]:
        """What was asked for and is not there: classes beside those that are, and the periods of a series."""
        keys = list(figures)
        names = self._vocabularies.names
        for place, one in enumerate(divided):
            there = {classes[place] for classes, _ in keys}
            depths = {code.count(".") for code in there}
            lacking = [
                concept.label(self._language)
                for concept in classes_below(one.classification, names)
                for code in (self._member.here(concept.code),)
                if code not in there and code.count(".") in depths and one.is_asked(code)
            ]
            if lacking:
                yield Note("absent-classes", len(lacking), tuple(lacking[:3]))

    def _undescribed(self) -> str:
        columns = Columns(self._member, self._vocabularies)
        found = [table.columns[at] for table in self._contents.tables for at in columns.undescribed(table.columns)]
        return ", ".join(dict.fromkeys(found)) or "-"


def _number(cell: str | None, left: dict[str, int]) -> int | float | None:
    """The number that a cell says; None, and a note, where it says none."""
    text = (cell or "").replace("\u2212", "-")
    if not _NUMBER.fullmatch(text):
        left[cell or ""] = left.get(cell or "", 0) + 1
        return None
    return int(text) if text.lstrip("+-").isdigit() else float(text)


def _joined(
    code: str, lines: Sequence[DemandLine], parts: Sequence[_Part], vocabularies: Vocabularies, language: str
) -> FigureTable:
    """The figures of all products as one table."""
    if len({part.classifications for part in parts}) != 1:
        raise Refused("differ")
    figures: dict[tuple[tuple[str, ...], Span], Figure] = {}
    for part in parts:
        for key, figure in part.figures.items():
            had = figures.setdefault(key, figure)
            if had.value != figure.value:
                raise Refused("contradict", product=had.product, other=figure.product)
    if not figures:
        raise Refused("nothing", notes="")
    concept = vocabularies.characteristics.concepts[code]
    dimensions = [
        _dimension(classification, {classes[place] for classes, _ in figures}, vocabularies, language)
        for place, classification in enumerate(parts[0].classifications)
    ]
    times = sorted({when for _, when in figures})
    time = Dimension(
        TIME, say("data.time", language), tuple(Category(time_as_written(one), time_as_written(one)) for one in times)
    )
    named = [
        {had: one.id for had, one in zip(codes, dimension.categories, strict=True)} for codes, dimension in dimensions
    ]
    placed = tuple(
        figure._replace(at=(*(ids[had] for ids, had in zip(named, classes, strict=True)), time_as_written(when)))
        for (classes, when), figure in figures.items()
    )
    order = {one.id: place for place, one in enumerate(time.categories)}
    places = [{one.id: place for place, one in enumerate(dimension.categories)} for _, dimension in dimensions]
    every = (*(dimension for _, dimension in dimensions), time)
    in_order = sorted(placed, key=lambda one: tuple(at[had] for at, had in zip((*places, order), one.at, strict=True)))
    notes = [*(note for part in parts for note in part.notes), *absent_times(lines[0].time, times)]
    return FigureTable(
        code,
        concept.label(language),
        concept.measure,
        tuple(line.line for line in lines),
        every,
        tuple(in_order),
        tuple(notes),
    )


def absent_times(asked: Time | None, times: Sequence[Span]) -> Iterator[Note]:
    """The periods of a series asked for that no figure is of."""
    if isinstance(asked, Series):
        periods = asked.periods() if not asked.is_open else ()
        lacking = [one for one in periods if not any(had.start <= one.end and one.start <= had.end for had in times)]
        if lacking:
            yield Note("absent-times", len(lacking), tuple(time_as_written(one) for one in lacking[:3]))


def _dimension(
    classification: str, codes: Iterable[str], vocabularies: Vocabularies, language: str
) -> tuple[list[str], Dimension]:
    """The codes of the classes that stand in a table, in the order of the vocabulary, and the dimension of them."""
    names = vocabularies.names
    order = {code: place for place, code in enumerate(names.concepts)}
    listed = sorted(codes, key=lambda code: (order.get(code, len(order)), code))
    concepts = [names.concepts.get(code) for code in listed]
    ids = [one.notation or one.code if one else code for one, code in zip(concepts, listed, strict=True)]
    if len(set(ids)) < len(ids):
        # Two classes share a notation: their codes tell them apart.
        ids = listed
    labels = [one.label(language) if one else code for one, code in zip(concepts, listed, strict=True)]
    own = names.coded(classification)
    label = own.label(language) if own else classification
    return listed, Dimension(classification, label, tuple(map(Category, ids, labels)))
