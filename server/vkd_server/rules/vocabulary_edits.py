"""Edits of the native vocabulary file: one cell, or one more row. Its quoting and line ends stay as they are."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from vkd_grammar.text import Position, content
from vkd_grammar.words import fold
from vkd_server.rules.rule import Context, TextEdit

if TYPE_CHECKING:
    from vkd_catalog.vocabulary import Concept, Vocabulary, VocabularyFile

_NEEDS_QUOTES = re.compile(r'[",\r\n]|^\s|\s$')
_NUMBERED = re.compile(r"(.*?)(\d+)")


def add_synonym(word: str, concept: Concept, context: Context) -> TextEdit | None:
    """An edit that makes a word a synonym of a concept; None where the file has no place for it."""
    file = _file_called(concept.source, context)
    column = _column("altLabel", context.language, file) if file else None
    if file is None or column is None or "|" in word:
        return None
    had = _cell(file, concept.row, column)
    said = _said(file, had) if had else ""
    return set_cell(file, concept.row, column, f"{said}|{word}" if said.strip() else word)


def set_cell(file: VocabularyFile, row: int, column: str, text: str) -> TextEdit | None:
    """An edit that makes a cell say something; None where the cell spans lines or is not there."""
    place = _cell(file, row, column)
    return TextEdit(file.path, *place, _as_cell(text)) if place else None


def rename_word(
    old: str, new: str, concept: Concept, columns: Sequence[str], file: VocabularyFile
) -> tuple[TextEdit, ...] | None:
    """Edits that put a new word in the place of a concept's old one in some columns; None where a cell has no place."""
    edits = []
    for column in columns:
        place = _cell(file, concept.row, column)
        if place is None:
            return None
        said = _said(file, place)
        parts = said.split("|") if column.startswith("altLabel") else [said]
        words = dict.fromkeys(new if fold(part) == fold(old) else part for part in parts)
        edits.append(TextEdit(file.path, *place, _as_cell("|".join(words))))
    return tuple(edits)


def add_concept(
    word: str, vocabulary: Vocabulary, context: Context, known: Mapping[str, str]
) -> tuple[str, TextEdit] | None:
    """A new concept of that word: its code, and an edit that adds its row; None where the vocabulary has no file.

    `known` is what other columns say of it.
    """
    file = next((file for file in context.catalogue.vocabularies.files if file.vocabulary == vocabulary.name), None)
    column = _column("prefLabel", context.language, file) if file else None
    if file is None or column is None or "code" not in file.columns:
        return None
    code = free_code(vocabulary)
    row = _row({**known, "code": code, column: word}, file)
    last = file.lines[-1]
    end = _line_end(file)
    if content(last) == last:
        place = Position(len(file.lines) - 1, len(last))
        return code, TextEdit(file.path, place, place, end + row)
    place = Position(len(file.lines), 0)
    return code, TextEdit(file.path, place, place, row + end)


def add_row(row: int, cells: Mapping[str, str], context: Context) -> TextEdit | None:
    """An edit that puts one more row before a row, its cells given by their columns."""
    file = _file_called(context.path, context)
    place = Position(row, 0)
    return TextEdit(context.path, place, place, _row(cells, file) + _line_end(file)) if file else None


def fit_cells(row: int, count: int, context: Context) -> TextEdit | None:
    """An edit that gives a record as many cells as there are columns; None where that would take away what one says."""
    from vkd_catalog.vocabulary.reader import cells, said_in

    had = list(cells(context.lines, row))
    end = had[-1].end
    if len(had) < count:
        return TextEdit(context.path, end, end, "," * (count - len(had)))
    if any(said_in(context.lines, cell) for cell in had[count:]):
        return None
    return TextEdit(context.path, had[count - 1].end, end, "")


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


def _file_called(path: str, context: Context) -> VocabularyFile | None:
    return next((file for file in context.catalogue.vocabularies.files if file.path == path), None)


def _column(kind: str, language: str, file: VocabularyFile) -> str | None:
    """The file's column of a kind in a language, else in the first language it has."""
    own = f"{kind}@{language}"
    return own if own in file.columns else next((had for had in file.columns if had.startswith(f"{kind}@")), None)


def _cell(file: VocabularyFile, row: int, column: str) -> tuple[Position, Position] | None:
    from vkd_catalog.vocabulary.reader import cell_place

    index = file.columns.index(column)
    at, start, end = cell_place(file.lines, row, index)
    whole = at == row and (index == 0 or start > 0) and file.lines[at][start:end].count('"') % 2 == 0
    return (Position(at, start), Position(at, end)) if whole else None


def _row(cells: Mapping[str, str], file: VocabularyFile) -> str:
    return ",".join(_as_cell(cells.get(name, "")) for name in file.columns)


def _line_end(file: VocabularyFile) -> str:
    return file.lines[0][len(content(file.lines[0])) :] or "\n"


def _said(file: VocabularyFile, place: tuple[Position, Position]) -> str:
    """What a cell says, its quotes taken off."""
    start, end = place
    text = file.lines[start.row][start.column : end.column].strip()
    return text[1:-1].replace('""', '"') if len(text) > 1 and text[0] == text[-1] == '"' else text


def _as_cell(text: str) -> str:
    return '"' + text.replace('"', '""') + '"' if _NEEDS_QUOTES.search(text) else text
