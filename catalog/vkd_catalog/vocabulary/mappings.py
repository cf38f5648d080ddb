"""Mappings between concepts, as SSSOM writes them and SKOS names them (docs/language.md section 4).

A file is a table, TSV or CSV, of which three columns are read: what is mapped, how, and to what. A mapping belongs to
the vocabulary that has both codes. Reading never fails: what cannot be read is VKD608 at its cell.
"""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from vkd_catalog.files import Reason
from vkd_catalog.problems import UnreadableMapping
from vkd_catalog.vocabulary.encodings import text_of
from vkd_catalog.vocabulary.links import PREDICATES, Link, Predicate
from vkd_catalog.vocabulary.sheet import Sheet, sheet_of
from vkd_grammar.syntax import Problem

COLUMNS = ("subject_id", "predicate_id", "object_id")
"""The columns that are read; SSSOM has many more."""

_COMMENT = "#"
_SKOS = ("skos:", "http://www.w3.org/2004/02/skos/core#")
"""How the name of a predicate may begin; what comes behind is the same."""


class MappingRow(NamedTuple):
    """One mapping as written: its codes, its predicate and the row it stands at, from 0."""

    subject: str
    predicate: Predicate
    object: str
    row: int


class MappingFile(NamedTuple):
    """One file of mappings as read, and what is wrong with it by itself; `places` are the indexes of its columns."""

    path: str
    sheet: Sheet
    places: tuple[int, ...]
    rows: tuple[MappingRow, ...]
    problems: tuple[Problem, ...]

    @property
    def lines(self) -> Sequence[str]:
        """The file's lines with their ends."""
        return self.sheet.lines

    def problem_at(self, row: int, column: str, facts: UnreadableMapping) -> Problem:
        """A problem at one of the cells of a row."""
        return Problem("VKD608", *self.sheet.place(row, self.places[COLUMNS.index(column)]), facts)


def read_mappings(path: str, data: bytes) -> MappingFile:
    """The mappings of a file. `path` names it in the answer; whether the codes exist is not looked at."""
    text = text_of(data)
    if text.reason in ("workbook", "not-text"):
        return _unread(path, UnreadableMapping(text.reason))
    return read_mapping_lines(path, text.lines)


def read_mapping_lines(path: str, lines: Sequence[str]) -> MappingFile:
    """The same for a file as an editor has it, its lines with their ends."""
    head = next((row for row, line in enumerate(lines) if line.strip() and not line.startswith(_COMMENT)), 0)
    # How the table is written is seen from what stands below the comments, each row of which keeps its place.
    sheet = sheet_of(tuple("\n" if row < head else line for row, line in enumerate(lines)))._replace(lines=lines)
    records = sheet.records()
    header = [cell.strip() for cell in next(records, (0, [""], True))[1]]
    lacking = [column for column in COLUMNS if column not in header]
    if lacking:
        end = len(lines[head].rstrip("\r\n")) if lines else 0
        problem = Problem("VKD608", head, 0, end, UnreadableMapping("column", lacking[0]))
        return MappingFile(path, sheet, (), (), (problem,))
    places = tuple(header.index(column) for column in COLUMNS)
    file = MappingFile(path, sheet, places, (), ())
    rows: list[MappingRow] = []
    problems: list[Problem] = []
    for row, cells, _ in records:
        subject, predicate, target = (cells[place].strip() if place < len(cells) else "" for place in places)
        if not any((subject, predicate, target)):
            continue
        known = _predicate(predicate)
        if known is None:
            problems.append(file.problem_at(row, "predicate_id", UnreadableMapping("predicate", predicate)))
        else:
            rows.append(MappingRow(subject, known, target, row))
    return file._replace(rows=tuple(rows), problems=tuple(problems))


def missing_mappings(path: str, why: Reason = "missing") -> MappingFile:
    """A file without mappings, in place of one that `vkd.toml` names and that cannot be read."""
    return _unread(path, UnreadableMapping("file", why=why))


def links_in(files: Sequence[MappingFile], codes: Mapping[str, object]) -> tuple[Link, ...]:
    """The mappings between codes of one vocabulary."""
    return tuple(
        Link(row.subject, row.predicate, row.object)
        for file in files
        for row in file.rows
        if row.subject in codes and row.object in codes
    )


def mapping_problems(file: MappingFile, four: Sequence[Mapping[str, object]]) -> tuple[Problem, ...]:
    """All that is wrong with a file, also the ids that no vocabulary has, or more than one."""
    problems = list(file.problems)
    for row in file.rows:
        missing = [
            ("subject_id", row.subject, not any(row.subject in codes for codes in four)),
            ("object_id", row.object, not any(row.object in codes for codes in four)),
        ]
        problems += [
            file.problem_at(row.row, column, UnreadableMapping("id", code)) for column, code, lacks in missing if lacks
        ]
        if not any(lacks for *_, lacks in missing) and not any(
            row.subject in codes and row.object in codes for codes in four
        ):
            problems.append(file.problem_at(row.row, "object_id", UnreadableMapping("vocabulary", row.object)))
    return tuple(sorted(problems, key=lambda one: (one.row, one.start)))


def _unread(path: str, facts: UnreadableMapping) -> MappingFile:
    return MappingFile(path, sheet_of(()), (), (), (Problem("VKD608", 0, 0, 0, facts),))


def _predicate(text: str) -> Predicate | None:
    name = next((text.removeprefix(start) for start in _SKOS if text.startswith(start)), "")
    return next((one for one in PREDICATES if one == name), None)
