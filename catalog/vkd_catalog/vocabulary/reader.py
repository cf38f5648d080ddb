"""Reading the native vocabulary file: CSV, one row a concept (docs/language.md section 4).

It never fails: what cannot be read is a problem with its place (VKD601, VKD604), and the other rows are read.
"""

import csv
from collections.abc import Iterator, Sequence
from itertools import islice, pairwise
from operator import itemgetter
from typing import Literal, NamedTuple

from vkd_catalog.files import Reason
from vkd_catalog.vocabulary.columns import CODE, EVERY_COLUMN, VALUES, WITH_LANGUAGE, columns_of
from vkd_catalog.vocabulary.concept import Concept, Label
from vkd_catalog.vocabulary_names import VocabularyName
from vkd_grammar.syntax import Problem
from vkd_grammar.text import Position, content, decode, split_lines
from vkd_grammar.times import BEGINNING, END, Period, read_time

_ALWAYS = (BEGINNING, END)
_PLAIN = (
    "notation",
    "seeAlso",
    "kind",
    "number",
    "unit",
    "objectTypes",
    "temporality",
    "classification",
    "derivedFrom",
    "sensitive",
    "measure",
)
"""The columns with one value or a list of codes, in the order of a concept's fields."""


class VocabularyFile(NamedTuple):
    """One vocabulary file as read: its concepts in the order they stand, its columns, and what is wrong with it."""

    path: str
    vocabulary: VocabularyName
    lines: tuple[str, ...]
    columns: tuple[str, ...]
    concepts: tuple[Concept, ...]
    problems: tuple[Problem, ...]

    def problem_at(self, code: str, row: int, column: str, *facts: tuple[str, object]) -> Problem:
        """A problem with the place of one cell: the row a concept stands at, and the name of the column."""
        index = self.columns.index(column) if column in self.columns else 0
        return Problem(code, *cell_place(self.lines, row, index), facts)


class _Layout(NamedTuple):
    """Where in a row each thing stands; -1 for a column the file does not have."""

    single: dict[str, int]
    preferred: tuple[tuple[int, str], ...]
    synonyms: tuple[tuple[int, str], ...]
    definitions: tuple[tuple[int, str], ...]


def read_vocabulary(path: str, data: bytes, vocabulary: VocabularyName) -> VocabularyFile:
    """The concepts of one file. `path` names the file in the answer; inheritance is not resolved yet."""
    text, faults = decode(data)
    problems = [
        Problem("VKD604", fault.position.row, fault.position.column, fault.position.column + 1, (("reason", "utf-8"),))
        for fault in faults[:1]
    ]
    return _read(path, tuple(split_lines(text)), vocabulary, problems)


def read_vocabulary_lines(
    path: str, lines: Sequence[str], vocabulary: VocabularyName, had: VocabularyFile | None = None
) -> VocabularyFile:
    """The same for a file as an editor has it, its lines with their ends.

    `had` is the file as it was a moment ago: most of its rows stand as they stood, and are not made again.
    """
    return _read(path, tuple(lines), vocabulary, [], had)


def _read(
    path: str,
    lines: tuple[str, ...],
    vocabulary: VocabularyName,
    problems: list[Problem],
    had: VocabularyFile | None = None,
) -> VocabularyFile:
    records = _records(lines)
    top, header = next(records, (0, []))
    # An editor may leave the byte order mark in its text.
    columns = tuple(cell.strip().removeprefix("\ufeff") for cell in header)
    layout = _layout(columns, lines, top, vocabulary, problems)
    if "code" not in columns:
        return VocabularyFile(path, vocabulary, lines, columns, (), tuple(problems))
    reading = _Rows(path, vocabulary, lines, columns, layout, problems)
    known = _known_rows(had) if had is not None and (had.columns, had.path) == (columns, path) else {}
    concepts = tuple(
        concept
        for row, cells in records
        if (concept := _moved(known.get(lines[row]), row) or reading.concept(row, cells)) is not None
    )
    return VocabularyFile(path, vocabulary, lines, columns, concepts, tuple(problems))


def _known_rows(had: VocabularyFile) -> dict[str, Concept]:
    """The concepts of the rows that stand on one line each, as the next one shows, and are sound; by that line."""
    unsound = {problem.row for problem in had.problems}
    return {
        had.lines[concept.row]: concept
        for concept, after in pairwise(had.concepts)
        if after.row == concept.row + 1 and concept.row not in unsound
    }


def _moved(concept: Concept | None, row: int) -> Concept | None:
    return concept if concept is None or concept.row == row else concept._replace(row=row)


def missing_vocabulary(path: str, vocabulary: VocabularyName, why: Reason = "missing") -> VocabularyFile:
    """What stands in for a file named in `vkd.toml` that cannot be read: no concepts, and a problem saying so."""
    problem = Problem("VKD604", 0, 0, 0, (("reason", "file"), ("path", path), ("why", why)))
    return VocabularyFile(path, vocabulary, (), (), (), (problem,))


class Cell(NamedTuple):
    """Where one cell of a record stands, its quotes included: it may go on over several rows."""

    start: Position
    end: Position


def cells(lines: Sequence[str], row: int) -> Iterator[Cell]:
    """The cells of the record that starts at a row."""
    state: _CellState = "start"
    start = Position(row, 0)
    for at in range(row, len(lines)):
        line = content(lines[at])
        for column, character in enumerate(line):
            if character != "," or state == "quoted":
                state = _after(character, state)
                continue
            yield Cell(start, Position(at, column))
            state, start = "start", Position(at, column + 1)
        if state != "quoted" or at == len(lines) - 1:
            yield Cell(start, Position(at, len(line)))
            return


def ends_inside_quotes(line: str, *, inside: bool) -> bool:
    """Whether a cell in quotes goes on over the end of a line; `inside` says that one went on over its beginning."""
    state: _CellState = "quoted" if inside else "start"
    for character in content(line):
        state = "start" if character == "," and state != "quoted" else _after(character, state)
    return state == "quoted"


def said_in(lines: Sequence[str], cell: Cell) -> str:
    """What a cell says: its quotes taken off, blanks around it left out."""
    (first, start), (last, end) = cell
    if first == last:
        text = lines[first][start:end]
    else:
        text = "".join((lines[first][start:], *lines[first + 1 : last], lines[last][:end]))
    return next(csv.reader([text], strict=False), [""])[0].strip() if '"' in text else text.strip()


def cell_place(lines: Sequence[str], row: int, index: int) -> tuple[int, int, int]:
    """Row, start and end column of the `index`-th cell of the record that starts at a row; quotes are left in.

    Of a cell of several lines it is the first; a record without such a cell is its own place.
    """
    if row >= len(lines):
        return (max(0, len(lines) - 1), 0, 0)
    cell = next(islice(cells(lines, row), index, None), None)
    (first, start), (last, end) = cell or Cell(Position(row, 0), Position(row + 1, 0))
    return (first, start, end if first == last else len(content(lines[first])))


_CellState = Literal["start", "plain", "quoted", "closed"]


def _after(character: str, state: _CellState) -> _CellState:
    """How a character changes the reading of a cell: a quote opens one only at its start, and two are one of it."""
    if character == '"' and state != "plain":
        return "closed" if state == "quoted" else "quoted"
    return state if state == "quoted" else "plain"


def _records(lines: Sequence[str]) -> Iterator[tuple[int, list[str]]]:
    """Each record that is not blank, with the row it starts at. NUL and stray quotes do not stop the reading."""
    reader = csv.reader(line.replace("\0", "\ufffd") if "\0" in line else line for line in lines)
    while True:
        row = reader.line_num
        try:
            cells = next(reader, None)
        except csv.Error:
            # Only a cell beyond the field size limit gets here: the record is reported, the next one read.
            yield row, []
            continue
        if cells is None:
            return
        if any(map(str.strip, cells)):
            yield row, cells


def _layout(
    columns: Sequence[str], lines: Sequence[str], top: int, vocabulary: VocabularyName, problems: list[Problem]
) -> _Layout:
    """Finds out where things stand from the columns, which the row `top` names."""
    known = columns_of(vocabulary)
    single = dict.fromkeys(EVERY_COLUMN, -1)
    labels: dict[str, list[tuple[int, str]]] = {"prefLabel": [], "altLabel": [], "definition": []}
    for index, column in enumerate(columns):
        match = WITH_LANGUAGE.fullmatch(column)
        if match:
            labels[match[1]].append((index, match[2]))
        elif column in known and single[column] < 0:
            single[column] = index
        else:
            reason = "column-twice" if column in known else "column-unknown"
            facts = (("reason", reason), ("column", column), ("known", known))
            problems.append(Problem("VKD604", *cell_place(lines, top, index), facts))
    if single["code"] < 0:
        end = len(content(lines[top])) if lines else 0
        problems.append(Problem("VKD604", top, 0, end, (("reason", "column-missing"), ("column", "code"))))
    return _Layout(single, tuple(labels["prefLabel"]), tuple(labels["altLabel"]), tuple(labels["definition"]))


class _Rows:
    """Turns records into concepts, one file's worth; problems go into the list it was given."""

    def __init__(
        self,
        path: str,
        vocabulary: VocabularyName,
        lines: Sequence[str],
        columns: Sequence[str],
        layout: _Layout,
        problems: list[Problem],
    ) -> None:
        self._path = path
        self._vocabulary = vocabulary
        self._lines = lines
        self._columns = columns
        self._layout = layout
        self._at = layout.single
        self._plain = itemgetter(*(layout.single[column] for column in _PLAIN))
        self._days = ("from", "to") if vocabulary == "times" else ("validFrom", "validTo")
        self._is_dated = any(layout.single[column] >= 0 for column in self._days)
        self._problems = problems
        self._allowed = [
            (layout.single[column], column, values)
            for (name, column), values in VALUES.items()
            if name == vocabulary and layout.single[column] >= 0
        ]

    def concept(self, row: int, cells: list[str]) -> Concept | None:
        if len(cells) != len(self._columns):
            self._problem(row, 0, "cells", ("count", len(cells)), ("expected", len(self._columns)))
            cells += [""] * (len(self._columns) - len(cells))
        # A column the file does not have stands at -1, where there is always an empty cell.
        cells = [*map(str.strip, cells), ""]
        layout = self._layout
        code = cells[self._at["code"]]
        if not CODE.fullmatch(code):
            self._problem(row, self._at["code"], "code", ("value", code))
            return None
        for index, column, values in self._allowed:
            if cells[index] and cells[index] not in values:
                self._problem(row, index, "value", ("column", column), ("value", cells[index]), ("known", values))
                cells[index] = ""
        notation, see, kind, number, unit, types, temporality, classification, derived, sensitive, measure = (
            self._plain(cells)
        )
        # In the order of the fields: by name it would take twice as long, and there may be a million rows.
        return Concept(
            code,
            tuple([Label(tag, cells[index]) for index, tag in layout.preferred if cells[index]]),
            tuple(
                [Label(tag, word) for index, tag in layout.synonyms if cells[index] for word in _listed(cells[index])]
            ),
            tuple([Label(tag, cells[index]) for index, tag in layout.definitions if cells[index]]),
            notation,
            _listed(see) if see else (),
            kind,
            number,
            unit,
            _listed(types) if types else (),
            temporality,
            classification,
            _alternatives(derived) if derived else (),
            sensitive,
            measure,
            self._stretch(row, cells) if self._is_dated else _ALWAYS,
            self._path,
            row,
        )

    def _stretch(self, row: int, cells: list[str]) -> tuple[int, int]:
        first, last = self._days
        if not cells[self._at[first]] and not cells[self._at[last]]:
            return _ALWAYS
        start = self._day(row, cells, first, Period(BEGINNING, BEGINNING)).start
        end = self._day(row, cells, last, Period(END, END)).end
        if start > end:
            self._problem(row, self._at[last], "order", ("from", start), ("to", end))
            return _ALWAYS
        return start, end

    def _day(self, row: int, cells: list[str], column: str, absent: Period) -> Period:
        text = cells[self._at[column]]
        time = read_time(text) if text else absent
        if isinstance(time, Period):
            return time
        self._problem(row, self._at[column], "day", ("column", column), ("value", text))
        return absent

    def _problem(self, row: int, index: int, reason: str, *facts: tuple[str, object]) -> None:
        place = cell_place(self._lines, row, index)
        self._problems.append(Problem("VKD604", *place, (("reason", reason), *facts)))


def _alternatives(cell: str) -> tuple[tuple[str, ...], ...]:
    """A cell of `derivedFrom`: alternatives, each of codes with `+` between them that are all needed."""
    return tuple(tuple(part.strip() for part in one.split("+")) for one in _listed(cell)) if cell else ()


def _listed(cell: str) -> tuple[str, ...]:
    """A cell that holds a list, its values separated by `|`."""
    if not cell:
        return ()
    return tuple(value for part in cell.split("|") if (value := part.strip())) if "|" in cell else (cell,)
