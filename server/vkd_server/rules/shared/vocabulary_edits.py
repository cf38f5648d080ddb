"""Edits of the native vocabulary file: one cell, or one more row, written as the file is (`vocabulary/sheet.py`).

Its separator, quoting and line ends stay as they are. A file that is not UTF-8 gets no edits: an editor that writes
into it as UTF-8 would spoil its letters.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import islice
from typing import TYPE_CHECKING

from vkd_catalog.vocabulary import products_named
from vkd_grammar.text import Position, content
from vkd_grammar.words import fold
from vkd_server.rules.rule import Context, TextEdit

if TYPE_CHECKING:
    from vkd_catalog.vocabulary import Concept, Vocabulary, VocabularyFile
    from vkd_catalog.vocabulary.sheet import Cell

_BETWEEN_SOURCES = re.compile(r"([|+])")
"""What stands between the parts of a `derivedFrom` cell, kept where it is split."""

_NUMBERED = re.compile(r"(.*?)(\d+)")


def add_synonym(word: str, concept: Concept, context: Context) -> TextEdit | None:
    """An edit that makes a word a synonym of a concept; None where the file has no place for it."""
    file = _file_called(concept.source, context)
    column = _column("altLabel", context.language, file) if file else None
    if file is None or column is None or "|" in word:
        return None
    had = _cell(file, concept.row, column)
    said = file.sheet.said(had) if had else ""
    return set_cell(file, concept.row, column, f"{said}|{word}" if said.strip() else word)


def set_cell(file: VocabularyFile, row: int, column: str, text: str) -> TextEdit | None:
    """An edit that gives a cell a value, also a cell that a short row lacks; None where the cell spans lines."""
    if not file.editable:
        return None
    sheet, index = file.sheet, file.columns.index(column)
    had = list(islice(sheet.cells(row), index + 1))
    if len(had) <= index:
        end = had[-1].end if had else Position(row, 0)
        added = sheet.separator * (index + 1 - max(1, len(had))) + sheet.as_cell(text, quoted=sheet.is_quoted)
        return TextEdit(file.path, end, end, added)
    place = _cell(file, row, column)
    return TextEdit(file.path, *place, _written(file, place, text)) if place else None


def rename_word(
    old: str, new: str, concept: Concept, columns: Sequence[str], file: VocabularyFile
) -> tuple[TextEdit, ...] | None:
    """Edits that replace a concept's word by a new one in some columns; None where a cell cannot be edited."""
    edits = []
    for column in columns if file.editable else ():
        place = _cell(file, concept.row, column)
        if place is None:
            return None
        said = file.sheet.said(place)
        parts = said.split("|") if column.startswith("altLabel") else [said]
        words = dict.fromkeys(new if fold(part) == fold(old) else part for part in parts)
        edits.append(TextEdit(file.path, *place, _written(file, place, "|".join(words))))
    return tuple(edits) if edits else None


def rename_product(old: str, new: str, file: VocabularyFile) -> Iterator[TextEdit | Concept]:
    """Edits that put a product's new identification in the place of its old one wherever a file's `derivedFrom` names
    it; the concept itself for each row that has no place for it."""
    for concept in dict.fromkeys(one for one, named in products_named(file) if fold(named) == fold(old)):
        place = _cell(file, concept.row, "derivedFrom") if file.editable and not _BETWEEN_SOURCES.search(new) else None
        if place is None:
            yield concept
            continue
        parts = _BETWEEN_SOURCES.split(file.sheet.said(place))
        text = "".join(_with_product(part, old, new) for part in parts)
        yield TextEdit(file.path, *place, _written(file, place, text))


def add_concept(
    word: str, vocabulary: Vocabulary, context: Context, known: Mapping[str, str]
) -> tuple[str, TextEdit] | None:
    """A new concept of that word: its code, and an edit that adds its row; None where the vocabulary has no file.

    `known` holds the values of its other columns.
    """
    files = context.catalogue.vocabularies.files
    file = next((file for file in files if file.vocabulary == vocabulary.name and file.editable), None)
    column = _column("prefLabel", context.language, file) if file else None
    if file is None or column is None or "code" not in file.columns:
        return None
    code = free_code(vocabulary)
    row = _row({**known, "code": code, column: word}, file)
    last = file.lines[-1]
    end = file.sheet.line_end
    if content(last) == last:
        place = Position(len(file.lines) - 1, len(last))
        return code, TextEdit(file.path, place, place, end + row)
    place = Position(len(file.lines), 0)
    return code, TextEdit(file.path, place, place, row + end)


def add_row(row: int, cells: Mapping[str, str], context: Context) -> TextEdit | None:
    """An edit that inserts a row before another, with its cells given by column."""
    file = _file_called(context.path, context)
    place = Position(row, 0)
    return TextEdit(context.path, place, place, _row(cells, file) + file.sheet.line_end) if file else None


def free_code(vocabulary: Vocabulary) -> str:
    """The next code at the top of a vocabulary that no concept has: K10 after K9, else the next letter, else X1."""
    codes = vocabulary.concepts
    top = [code for code in codes if "." not in code]
    numbered = [match for code in top if (match := _NUMBERED.fullmatch(code))]
    stem = numbered[0][1] if numbered else "X"
    if not numbered and top and all(len(code) == 1 for code in top):
        free = [letter for letter in "ABCDEFGHIJKLMNOPQRSTUVWXYZ" if letter > max(top)]
        if free:
            return free[0]
    number = max((int(match[2]) for match in numbered if match[1] == stem), default=0)
    return f"{stem}{number + 1}"


def _with_product(part: str, old: str, new: str) -> str:
    """A part of a `derivedFrom` cell with a product's new identification, where it names the old one."""
    code, at, named = part.partition("@")
    return f"{code}{at}{new}" if at and fold(named) == fold(old) else part


def _file_called(path: str, context: Context) -> VocabularyFile | None:
    files = context.catalogue.vocabularies.files
    return next((file for file in files if file.path == path and file.editable), None)


def _column(kind: str, language: str, file: VocabularyFile) -> str | None:
    """The file's column of a kind in a language, else in the first language it has."""
    own = f"{kind}@{language}"
    return own if own in file.columns else next((had for had in file.columns if had.startswith(f"{kind}@")), None)


def _cell(file: VocabularyFile, row: int, column: str) -> Cell | None:
    """The cell of a column in the record that starts at a row; None where it spans lines or is not there."""
    cell = next(islice(file.sheet.cells(row), file.columns.index(column), None), None)
    return cell if cell and cell.start.row == cell.end.row == row else None


def _written(file: VocabularyFile, cell: Cell, text: str) -> str:
    """A text as it is written in place of a cell's: in quotes where the cell was."""
    return file.sheet.as_cell(text, quoted=file.sheet.written(cell).strip().startswith('"'))


def _row(cells: Mapping[str, str], file: VocabularyFile) -> str:
    return file.sheet.as_row(cells.get(name, "") for name in file.columns)
