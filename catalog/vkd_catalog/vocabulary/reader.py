"""Reading the native vocabulary file: CSV, one row a concept (docs/language.md section 4).

It never fails: what cannot be read is a problem with its place (VKD604, VKD607), and the other rows are read.
"""

import csv
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import pairwise
from operator import itemgetter
from typing import NamedTuple
from unicodedata import normalize

from vkd_catalog.files import Reason
from vkd_catalog.problems import UnknownColumn, UnreadableTable
from vkd_catalog.vocabulary.columns import (
    CODE,
    CODE_COLUMN,
    EVERY_COLUMN,
    VALUES,
    WITH_LANGUAGE,
    column_named,
    columns_of,
    has_column,
    is_own,
)
from vkd_catalog.vocabulary.concept import Concept, Label, Source, Value
from vkd_catalog.vocabulary.encodings import text_of
from vkd_catalog.vocabulary.sheet import SEPARATORS, Record, Sheet, sheet_of
from vkd_catalog.vocabulary.vocabulary_file import OpenedFile, VocabularyFile
from vkd_catalog.vocabulary_names import VocabularyName
from vkd_grammar.problems import UNREADABLE
from vkd_grammar.syntax import Problem
from vkd_grammar.text import content
from vkd_grammar.times import BEGINNING, END, Span, read_time

_ALWAYS = (BEGINNING, END)
_REPLACED = "\ufffd"
_UNWRITABLE = re.compile(rf"{UNREADABLE.pattern}|[\r\n]")
"""What no field of a description can hold (VKD009): line breaks, and what is refused in one."""

_PLAIN = (
    "notation",
    "seeAlso",
    "kind",
    "number",
    "unit",
    "objectTypes",
    "temporality",
    "classification",
    "missing",
    "derivedFrom",
    "sensitive",
    "measure",
    "identifies",
    "function",
    "of",
)
"""The columns with one value or a list of codes, in the order of a concept's fields."""


class _Layout(NamedTuple):
    """The index in a row of each thing that is read; -1 for a column that the file does not have."""

    single: dict[str, int]
    preferred: tuple[tuple[int, str], ...]
    synonyms: tuple[tuple[int, str], ...]
    definitions: tuple[tuple[int, str], ...]
    values: tuple[tuple[int, str], ...]


def read_vocabulary(path: str, data: bytes, vocabulary: VocabularyName) -> VocabularyFile:
    """The concepts of one file. `path` names the file in the answer; inheritance is not resolved yet."""
    return open_vocabulary(path, data, vocabulary).read()


def open_vocabulary(
    path: str, data: bytes, vocabulary: VocabularyName, follow: Callable[[Sequence[str]], Iterable[str]] = iter
) -> OpenedFile:
    """The same of which concepts come one by one. The lines go through `follow`, so that it can show how far reading
    has come."""
    text = text_of(data)
    if not text.reason:
        return _opened(path, text.lines, vocabulary, [], follow=follow)
    facts = UnreadableTable(text.reason, encoding=text.encoding)
    problem = Problem("VKD604", text.row, text.column, text.column + (1 if text.lines else 0), facts)
    if not text.lines:
        return OpenedFile(path, vocabulary, (), sheet_of(()), iter(()), [problem], editable=False)
    return _opened(path, text.lines, vocabulary, [problem], follow=follow)._replace(editable=False)


def read_vocabulary_lines(
    path: str, lines: Sequence[str], vocabulary: VocabularyName, had: VocabularyFile | None = None
) -> VocabularyFile:
    """The concepts of a file that is given by its lines, with their ends, as an editor has it.

    `had` is the file as it was a moment ago: the concepts of rows that have not changed are taken from it. An editor
    that took the file for UTF-8 where it is not has replaced letters by a mark, which is reported once.
    """
    problems: list[Problem] = []
    row = next((row for row, line in enumerate(lines) if _REPLACED in line), None)
    if row is not None:
        column = lines[row].index(_REPLACED)
        problems.append(Problem("VKD604", row, column, column + 1, UnreadableTable("letters")))
    return _opened(path, tuple(lines), vocabulary, problems, had).read()


def _opened(
    path: str,
    lines: tuple[str, ...],
    vocabulary: VocabularyName,
    problems: list[Problem],
    had: VocabularyFile | None = None,
    follow: Callable[[Sequence[str]], Iterable[str]] = iter,
) -> OpenedFile:
    sheet = sheet_of(lines)
    records = sheet.records(follow)
    _, header, _ = next(records, (0, [], True))
    columns = _columns_in(header)
    layout = _layout(columns, sheet, vocabulary, problems)
    if CODE_COLUMN not in columns:
        return OpenedFile(path, vocabulary, columns, sheet, iter(()), problems)
    rows = _Rows(path, vocabulary, sheet, columns, layout, problems)
    known = _known_rows(had) if had is not None and _stands_as(had, path, sheet, columns) else {}
    return OpenedFile(path, vocabulary, columns, sheet, _concepts(records, rows, lines, known, problems), problems)


def _concepts(
    records: Iterable[Record],
    rows: "_Rows",
    lines: Sequence[str],
    known: Mapping[str, Concept],
    problems: list[Problem],
) -> Iterator[Concept]:
    """The concepts of some records; of lines that are known those they had."""
    for row, cells, is_closed in records:
        concept = _moved(known.get(lines[row]), row) if known else None
        concept = concept or rows.concept(row, cells, is_closed)
        if concept is not None:
            yield concept
    problems += rows.problems_of_columns()


def _columns_in(header: Sequence[str]) -> tuple[str, ...]:
    """The columns that a header names; those without a name at its end, as sheets leave them, are none."""
    columns = [column_named(cell) for cell in header]
    while columns and not columns[-1]:
        columns.pop()
    return tuple(columns)


def _stands_as(had: VocabularyFile, path: str, sheet: Sheet, columns: tuple[str, ...]) -> bool:
    return (had.path, had.columns, had.sheet.separator) == (path, columns, sheet.separator)


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


def missing_vocabulary(path: str, vocabulary: VocabularyName, why: Reason = "missing") -> OpenedFile:
    """A file without concepts, in place of one that `vkd.toml` names and that cannot be read; its problem says so."""
    problem = Problem("VKD604", 0, 0, 0, UnreadableTable("file", why=why))
    return OpenedFile(path, vocabulary, (), sheet_of(()), iter(()), [problem], editable=False)


def _layout(columns: Sequence[str], sheet: Sheet, vocabulary: VocabularyName, problems: list[Problem]) -> _Layout:
    """The places of the columns that are read; what is wrong with the columns is appended to `problems`."""
    if CODE_COLUMN not in columns:
        end = len(content(sheet.lines[sheet.header])) if sheet.lines else 0
        facts = UnreadableTable("column-missing", CODE_COLUMN)
        problems.append(Problem("VKD604", sheet.header, 0, end, facts))
        return _Layout(dict.fromkeys(EVERY_COLUMN, -1), (), (), (), ())
    if sheet.first != sheet.header:
        end = len(content(sheet.lines[sheet.first]))
        facts = UnreadableTable("preamble", header=sheet.header)
        problems.append(Problem("VKD604", sheet.first, 0, end, facts))
    known = columns_of(vocabulary)
    single = dict.fromkeys(EVERY_COLUMN, -1)
    labels: dict[str, list[tuple[int, str]]] = {"prefLabel": [], "altLabel": [], "definition": [], "values": []}
    seen: set[str] = set()
    for index, column in enumerate(columns):
        if not column or is_own(column):
            continue
        match = WITH_LANGUAGE.fullmatch(column)
        if not has_column(vocabulary, column):
            free = tuple(one for one in known if one not in columns)
            problems.append(Problem("VKD607", *sheet.place(sheet.header, index), UnknownColumn(column, free)))
        elif column in seen:
            facts = UnreadableTable("column-twice", column)
            problems.append(Problem("VKD604", *sheet.place(sheet.header, index), facts))
        elif match:
            labels[match[1]].append((index, match[2]))
        else:
            single[column] = index
        seen.add(column)
    plain = [(single["values"], "")] if single["values"] >= 0 else []
    values = (*plain, *labels["values"])
    preferred, synonyms, definitions = (tuple(labels[one]) for one in ("prefLabel", "altLabel", "definition"))
    return _Layout(single, preferred, synonyms, definitions, values)


class _Rows:
    """Turns records into concepts, one file's worth; problems go into the list it was given."""

    def __init__(
        self,
        path: str,
        vocabulary: VocabularyName,
        sheet: Sheet,
        columns: Sequence[str],
        layout: _Layout,
        problems: list[Problem],
    ) -> None:
        self._path = path
        self._vocabulary = vocabulary
        self._sheet = sheet
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
        self._named = tuple(index for index, _ in (*layout.preferred, *layout.synonyms))
        if layout.single["notation"] >= 0:
            self._named += (layout.single["notation"],)
        self._nameless = [index for index, column in enumerate(columns) if not column]
        self._nameless_in_use: set[int] = set()
        self._other_separators: list[tuple[int, str]] = []

    def concept(self, row: int, cells: list[str], is_closed: bool) -> Concept | None:
        """The concept of one record; None where it is none, or no concept can be made of it."""
        if not is_closed:
            self._left_open(row)
            if not cells:
                return None
        elif not cells:
            self._problem(row, 0, UnreadableTable("long", longest=csv.field_size_limit()))
            return None
        if len(cells) != len(self._columns):
            # What is missing at the end is empty, and so is what stands in columns without a name.
            if len(cells) == 1 and (other := self._other_separator(cells[0])):
                self._other_separators.append((row, other))
                return None
            if any(map(str.strip, cells[len(self._columns) :])) and not self._has_broken_word(cells):
                facts = UnreadableTable("cells", cells=len(cells), expected=len(self._columns))
                self._problem(row, 0, facts)
            cells += [""] * (len(self._columns) - len(cells))
        # A column the file does not have stands at -1, where there is always an empty cell.
        cells = [*map(str.strip, cells), ""]
        layout = self._layout
        code = cells[self._at["code"]]
        if not code.isascii():
            code = _composed(code)
        if not CODE.fullmatch(code):
            self._problem(row, self._at["code"], UnreadableTable("code", value=code))
            return None
        if len(code) == len(CODE_COLUMN) and code.casefold() == CODE_COLUMN and self._is_header(cells):
            self._problem(row, 0, UnreadableTable("header-again"))
            return None
        for index in self._nameless:
            if cells[index]:
                self._nameless_in_use.add(index)
        for index in self._named:
            if not cells[index].isprintable() and (unwritable := _UNWRITABLE.search(cells[index])):
                facts = UnreadableTable("character", self._columns[index], character=unwritable[0])
                self._problem(row, index, facts)
                cells[index] = _without_unwritable(cells[index], listed=self._columns[index].startswith("altLabel"))
        for index, column, values in self._allowed:
            if cells[index] and cells[index] not in values:
                self._problem(row, index, UnreadableTable("value", column, cells[index], values))
                cells[index] = ""
        notation, see, kind, number, unit, types, temporality, classification, missing, derived, *rest = self._plain(
            cells
        )
        sensitive, measure, identifies, function, of = rest
        # In the order of the fields: by name it would take twice as long, and there may be a million rows.
        return Concept(
            code,
            tuple([Label(tag, cells[index]) for index, tag in layout.preferred if cells[index]]),
            tuple(
                [Label(tag, word) for index, tag in layout.synonyms if cells[index] for word in _listed(cells[index])]
            ),
            tuple([Label(tag, cells[index]) for index, tag in layout.definitions if cells[index]]),
            notation,
            _listed(_composed(see)) if see else (),
            kind,
            number,
            unit,
            _listed(_composed(types)) if types else (),
            temporality,
            _listed(_composed(classification)) if classification else (),
            self._values(row, cells) if layout.values else (),
            _listed(missing) if missing else (),
            _alternatives(derived) if derived else (),
            sensitive,
            measure,
            identifies,
            function,
            _composed(of) if of else "",
            self._stretch(row, cells) if self._is_dated else _ALWAYS,
            self._path,
            row,
        )

    def problems_of_columns(self) -> Iterator[Problem]:
        """The problems that concern many rows and are reported once, when all rows are read."""
        if self._other_separators:
            row, other = self._other_separators[0]
            count, separator = len(self._other_separators), self._sheet.separator
            facts = UnreadableTable("separators", rows=count, separator=separator, other=other)
            end = len(content(self._sheet.lines[row]))
            yield Problem("VKD604", row, 0, end, facts)
        for index in sorted(self._nameless_in_use):
            yield Problem("VKD607", *self._sheet.place(self._sheet.header, index), UnknownColumn(""))

    def _has_broken_word(self, cells: Sequence[str]) -> bool:
        """Whether a word holds a line break, which a quote in the wrong place makes too, and extra cells with it."""
        return any(
            "\n" in cell or "\r" in cell for cell in (cells[index] for index in self._named if index < len(cells))
        )

    def _other_separator(self, cell: str) -> str:
        """The separator of a record that is separated in another way than the table; empty where it is not."""
        if len(self._columns) == 1:
            return ""
        return next((one for one in SEPARATORS if one != self._sheet.separator and one in cell), "")

    def _is_header(self, cells: Sequence[str]) -> bool:
        said = [column_named(cell) for cell in cells]
        while said and not said[-1]:
            said.pop()
        return tuple(said) == tuple(self._columns[: len(said)]) and len(said) >= min(2, len(self._columns))

    def _left_open(self, row: int) -> None:
        line = self._sheet._replace(lines=self._sheet.lines[: row + 1])
        *_, last = line.cells(row)
        self._problems.append(Problem("VKD604", row, last.start.column, last.end.column, UnreadableTable("quote")))

    def _values(self, row: int, cells: list[str]) -> tuple[Value, ...]:
        """The values of a row's code list: `1=Ja|2=Nei` in a column for each language, and in one without a
        language."""
        labels: dict[str, list[Label]] = {}
        for index, tag in self._layout.values:
            for part in _listed(cells[index]):
                value, _, text = (said.strip() for said in part.partition("="))
                if not value:
                    self._problem(row, index, UnreadableTable("code-list", self._columns[index], part))
                    continue
                had = labels.setdefault(value, [])
                if text:
                    had.append(Label(tag, text))
        return tuple(Value(value, tuple(said)) for value, said in labels.items())

    def _stretch(self, row: int, cells: list[str]) -> tuple[int, int]:
        first, last = self._days
        if not cells[self._at[first]] and not cells[self._at[last]]:
            return _ALWAYS
        start = self._day(row, cells, first, Span(BEGINNING, BEGINNING, "point")).start
        end = self._day(row, cells, last, Span(END, END, "point")).end
        if start > end:
            self._problem(row, self._at[last], UnreadableTable("order", start=start, end=end))
            return _ALWAYS
        return start, end

    def _day(self, row: int, cells: list[str], column: str, absent: Span) -> Span:
        text = cells[self._at[column]]
        time = read_time(text) if text else absent
        if isinstance(time, Span):
            return time
        self._problem(row, self._at[column], UnreadableTable("day", column, text))
        return absent

    def _problem(self, row: int, index: int, facts: UnreadableTable) -> None:
        self._problems.append(Problem("VKD604", *self._sheet.place(row, index), facts))


def _composed(text: str) -> str:
    """Codes in Unicode's composed form, in which they are compared."""
    return text if text.isascii() else normalize("NFC", text)


def _without_unwritable(cell: str, *, listed: bool) -> str:
    """A cell without what no field can hold: a word that cannot be written, or those words of a list."""
    return "|".join(part for part in cell.split("|") if not _UNWRITABLE.search(part)) if listed else ""


def _alternatives(cell: str) -> tuple[tuple[Source, ...], ...]:
    """A cell of `derivedFrom`: alternatives, each of codes with `+` between them that are all needed."""
    return tuple(tuple(map(_source, one.split("+"))) for one in _listed(_composed(cell)))


def _source(part: str) -> Source:
    """One source of `derivedFrom`: a code, and behind `@` the information set in which it must stand, if any."""
    code, _, product = (said.strip() for said in part.partition("@"))
    return Source(code, product)


def _listed(cell: str) -> tuple[str, ...]:
    """A cell that holds a list, its values separated by `|`."""
    if not cell:
        return ()
    return tuple(value for part in cell.split("|") if (value := part.strip())) if "|" in cell else (cell,)
