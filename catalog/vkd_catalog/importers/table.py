"""A plain table of variables, as CSV or a workbook: a row a variable, or a row a value of one.

Which column says what is guessed from its heading (`describing.codebook`), shown, and can be given. The variables of
one set, as a column of files, data sets or registers names them, are a product; a table without such a column is one.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from vkd_catalog.importers import object_types
from vkd_catalog.importers.files import find, read_each
from vkd_catalog.importers.importer import Draft, Importer, Request
from vkd_catalog.importers.labels import as_cell
from vkd_catalog.importers.periods import period_of, times_in
from vkd_catalog.importers.report import ImportSourceError, MissingExtraError, Unmapped
from vkd_catalog.importers.telling import language_of
from vkd_catalog.importers.undescribed import NOT_STATED_TIME
from vkd_catalog.importers.words import field, file_stems, label, legal_code, legal_codes, shared_words
from vkd_catalog.importers.writer import Concept, Product, ProductFile, Sentence, Workspace, vocabulary
from vkd_catalog.languages import say, with_fallbacks
from vkd_grammar.words import fold

if TYPE_CHECKING:
    from vkd_catalog.describing.codebook import Codebook, Variable

_EXTRA = "describe"
_ENDINGS = (".csv", ".tsv", ".xlsx", ".xlsm", ".xls", ".ods")
_TIMES: Mapping[str, tuple[str, ...]] = {
    "time": ("periode", "period", "tidsrom", "tid", "time", "years", "år", "årganger"),
    "from": ("fra", "från", "from", "fra år", "startår", "first year", "gyldig fra", "start"),
    "to": ("til", "till", "to", "til år", "sluttår", "last year", "gyldig til", "slutt", "end"),
}
"""Headings of columns that say when there is something of a variable, by what they say."""

_APART = re.compile(r"\s*[,;]\s*")


class _Row(NamedTuple):
    """A variable in a set, with its time, written as in sentences."""

    variable: "Variable"
    set: str
    times: Sequence[str]


class _Read(NamedTuple):
    """One file as read: its codebook, what is in it, and the headings of its columns of times."""

    file: str
    codebook: "Codebook"
    rows: Sequence[_Row]
    times: Mapping[str, str]


def _read(request: Request) -> Draft:
    found = find(request.source, *_ENDINGS)
    notes: list[Unmapped] = []
    given = {role: column for role, column in request.columns.items() if role not in _TIMES}
    when = {role: column for role, column in request.columns.items() if role in _TIMES}
    read = [
        _rows(found.name(file), codebook, when)
        for file, codebook in read_each(request, found, lambda file: _codebook(file, given), notes)
    ]
    coded = _Coded(read)
    return Draft(
        workspace=coded.workspace(Path(found.called).stem, found.called),
        source=f"table of variables, {found.called}",
        version="not stated",
        licence="not stated in the table",
        unmapped=[*(note for one in read for note in _column_notes(one, request.columns)), *notes, *coded.notes()],
    )


IMPORTER = Importer(
    "table",
    "a table of variables in CSV or Excel; its columns are guessed or given",
    _read,
    _EXTRA,
    "Excel",
    ("columns",),
)


def _codebook(file: Path, given: Mapping[str, str]) -> "Codebook":
    # Imported here: what describes data reads labels and words with the importers' own modules.
    from vkd_catalog.describing.codebook import ROLES, codebook_in
    from vkd_catalog.describing.readers import DELIMITED, READERS
    from vkd_catalog.describing.table import UnreadableError

    if unknown := [role for role in given if role not in ROLES]:
        raise ImportSourceError(
            file, f"{unknown[0]} is nothing that a column says; there are {', '.join((*ROLES, *_TIMES))}"
        )
    reader = next((one for one in READERS if file.suffix.lower() in one.endings), DELIMITED)
    try:
        table = reader.read(file)
        codebook = codebook_in(table, given)
    except UnreadableError as error:
        if isinstance(error.__cause__, ModuleNotFoundError):
            raise MissingExtraError(file, reader.extra) from error
        line = int("".join(filter(str.isdigit, error.place)) or 0)
        raise ImportSourceError(error.path, error.reason, line) from error
    if codebook is None:
        head = ", ".join(filter(None, table.cells[0] if table.cells else ()))
        raise ImportSourceError(
            file, f"no column reads as the names of variables; give it: --columns name=…, of {head}"
        )
    return codebook


# Times: columns that a codebook of data has no need of.


def _rows(file: str, codebook: "Codebook", given: Mapping[str, str]) -> _Read:
    head = codebook.table.cells[0]
    headings = {role: given[role] if role in given else _heading(head, role, codebook) for role in _TIMES}
    at = {role: list(head).index(heading) for role, heading in headings.items() if heading in head}
    rows = [row for name, lines in _sets(codebook, Path(file).stem) for row in _rows_of(name, lines, codebook, at)]
    return _Read(file, codebook, rows, {role: heading for role, heading in headings.items() if role in at})


def _sets(codebook: "Codebook", whole: str) -> Iterator[tuple[str, list[Sequence[str]]]]:
    """The rows of each set; one that names no variable goes on with the row above it. Without a column of sets all are
    of one, `whole`."""
    head, *rows = codebook.table.cells
    names = list(head).index(codebook.headings["name"])
    sets = list(head).index(codebook.headings["file"]) if "file" in codebook.headings else -1
    found: dict[str, list[Sequence[str]]] = {}
    name = whole
    for row in rows:
        if _cell(row, sets) or _cell(row, names):
            name = _cell(row, sets) or whole
        found.setdefault(name, []).append(row)
    yield from found.items()


def _rows_of(name: str, rows: Sequence[Sequence[str]], codebook: "Codebook", at: Mapping[str, int]) -> Iterator[_Row]:
    from vkd_catalog.describing.codebook import codebook_in

    # What was taken for nothing in the whole table is nothing in a part of it.
    known = codebook.headings.values()
    head = [heading if heading in known else "" for heading in codebook.table.cells[0]]
    own = codebook_in(codebook.table._replace(cells=[head, *rows]), _headings(codebook))
    place = head.index(codebook.headings["name"])
    times: dict[str, list[str]] = {}
    for row in rows:
        times.setdefault(_cell(row, place), []).extend(_times(row, at))
    for variable in own.variables if own else ():
        yield _Row(variable, name, times.get(variable.column.name) or [NOT_STATED_TIME])


def _cell(row: Sequence[str], place: int) -> str:
    return row[place].strip() if 0 <= place < len(row) else ""


def _heading(head: Sequence[str], role: str, codebook: "Codebook") -> str:
    free = [name for name in head if name not in codebook.headings.values()]
    return next((name for known in _TIMES[role] for name in free if fold(name) == fold(known)), "")


def _times(row: Sequence[str], at: Mapping[str, int]) -> Iterator[str]:
    """What a row says of time: the periods of one cell, or a stretch from one to another; nothing where it has none."""
    said = {role: _cell(row, place) for role, place in at.items()}
    periods = [period_of(part) for part in _APART.split(said.get("time", "")) if part]
    yield from times_in(filter(None, periods)) if any(periods) else ()
    first, last = period_of(said.get("from", "")), period_of(said.get("to", ""))
    if first or last:
        yield f"{first}..{last}"


# What is written.


class _Coded:
    """The concepts of tables: a variable of one name, label and code list is one characteristic, in whatever sets."""

    def __init__(self, read: Sequence[_Read]) -> None:
        self._read = read
        self._rows = [row for one in read for row in one.rows]
        names = [name for one in read for name in one.codebook.table.cells[0]]
        self.language = language_of(names)
        self._in_set: dict[str, list[_Row]] = {}
        self._files_of: dict[str, dict[str, None]] = {}
        for one in read:
            for row in one.rows:
                self._in_set.setdefault(row.set, []).append(row)
                self._files_of.setdefault(row.set, {})[one.file] = None
        self._sets = legal_codes(self._in_set)
        self._codes: dict[tuple[object, ...], str] = {}
        self._taken: set[str] = set()
        self._concepts: list[Concept] = []
        for row in self._rows:
            self._add(row.variable)
        self._fields = _fields(self._concepts)
        self._registers = [self._register(name, code) for name, code in self._sets.items()]
        self._register_fields = _fields(self._registers)

    def workspace(self, name: str, source: str) -> Workspace:
        """The workspace: a product file for each set."""
        return Workspace(
            name=name,
            language=self.language,
            source=source,
            comment=(),
            object_types=object_types.vocabulary((object_types.PERSON, object_types.ENTERPRISE, object_types.UNIT)),
            names=vocabulary(self._registers),
            characteristics=vocabulary(self._concepts),
            product_files=self._product_files(),
            files=len(self._sets),
            licence="# Licence of the source\n\nThe table states no licence.\n",
        )

    def notes(self) -> Iterator[Unmapped]:
        """What the tables do not say, and what became of variables that are called alike."""
        yield Unmapped("object type", f"{len(self._sets)} sets", "a table does not say what units are; Units, a guess")
        undated = sum(list(row.times) == [NOT_STATED_TIME] for row in self._rows)
        if undated:
            yield Unmapped("time", f"{undated} of {len(self._rows)} variables", "not stated, or not to be read; ?")
        names = {fold(row.variable.column.name) for row in self._rows}
        if len(self._concepts) > len(names):
            several = len(self._concepts) - len(names)
            yield Unmapped("variable", f"{several} variables", "called as another, with another label or code list")

    def _add(self, variable: "Variable") -> None:
        column = variable.column
        key = _key(variable)
        if key in self._codes:
            return
        code = self._codes[key] = legal_code(column.name, self._taken)
        self._taken.add(code)
        word = label(column.label) or label(column.name)
        self._concepts.append(
            {
                "code": code,
                f"prefLabel@{self.language}": word,
                f"definition@{self.language}": " ".join(column.definition.split()),
                "notation": label(column.name) if fold(column.name) != fold(word) else "",
                "kind": "individual",
                f"values@{self.language}": as_cell(
                    {label(value): label(text) for value, text in column.values.items()}
                ),
                "missing": "|".join(map(label, column.missing)),
                "sensitive": column.sensitive,
                "measure": label(column.measure),
            }
        )

    def _register(self, name: str, code: str) -> Concept:
        return {"code": code, f"prefLabel@{self.language}": label(name), "kind": "register"}

    def _product_files(self) -> Iterator[ProductFile]:
        stems = file_stems(self._sets)
        columns = {one.file: ", ".join(f"{role}={name}" for role, name in _columns(one).items()) for one in self._read}
        for name, code in self._sets.items():
            files = self._files_of[name]
            guesses = [
                say("import.guessed-units", self.language),
                *(say("import.guessed-columns", self.language, columns=columns[file]) for file in files),
            ]
            product = Product(guesses, label(name), [], list(self._sentences(name, code)))
            yield ProductFile(f"products/{stems[name]}.vkd", (), (product,), ", ".join(files))

    def _sentences(self, name: str, code: str) -> Iterator[Sentence]:
        spoken = next(tag for tag in with_fallbacks(self.language) if tag in object_types.LANGUAGES)
        word = object_types.plural(object_types.UNIT, spoken)
        for row in self._in_set[name]:
            characteristic = self._fields[self._codes[_key(row.variable)]]
            for time in dict.fromkeys(row.times):
                yield Sentence(word, self._register_fields[code], characteristic, time)


def _key(variable: "Variable") -> tuple[object, ...]:
    column = variable.column
    return (fold(column.name), fold(column.label), tuple(column.values.items()))


def _fields(rows: Sequence[Concept]) -> Mapping[str, str]:
    words = {
        row["code"]: [cell for name, cell in row.items() if name.startswith(("prefLabel@", "notation"))] for row in rows
    }
    ambiguous = shared_words({code: filter(None, texts) for code, texts in words.items()})
    return {code: field(texts[0], code, ambiguous) for code, texts in words.items()}


def _headings(codebook: "Codebook") -> dict[str, str]:
    return {str(role): heading for role, heading in codebook.headings.items()}


def _columns(read: _Read) -> Mapping[str, str]:
    return {**_headings(read.codebook), **read.times}


def _column_notes(read: _Read, given: Mapping[str, str]) -> Iterator[Unmapped]:
    """How each column was read, that who imports may say it better."""
    columns = _columns(read)
    for role, name in columns.items():
        yield Unmapped("column", f"{name} of {read.file}", f"{role}, {'as given' if role in given else 'a guess'}")
    if not read.codebook.table.whole:
        yield Unmapped("row", read.file, f"more than {read.codebook.table.rows} rows; the rest is not read")
    for name in filter(None, read.codebook.table.cells[0]):
        if name not in columns.values():
            yield Unmapped("column", f"{name} of {read.file}", "not known; not read")
