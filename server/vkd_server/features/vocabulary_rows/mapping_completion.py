"""Completion in a file of mappings: the codes of all vocabularies, and the predicates."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from vkd_catalog.vocabulary import read_mapping_lines
from vkd_catalog.vocabulary.links import PREDICATES
from vkd_catalog.vocabulary.mappings import COLUMNS
from vkd_grammar.words import fold
from vkd_server.features.completion.items import AT_MOST, Completions, Item, listed
from vkd_server.features.cursor import FieldAt

if TYPE_CHECKING:
    from vkd_catalog.catalogue import Catalogue
    from vkd_catalog.vocabulary import Vocabulary
    from vkd_grammar.text import Position


def complete(lines: Sequence[str], position: Position, catalogue: Catalogue) -> Completions | None:
    """What may stand in a cell that is read; None in every other cell, and above the rows."""
    file = read_mapping_lines("", lines)
    if position.row <= file.sheet.header or position.row >= len(lines) or not file.places:
        return None
    for index, cell in enumerate(file.sheet.cells(position.row)):
        if index in file.places and cell.start <= position <= cell.end and cell.start.row == cell.end.row:
            text = lines[position.row][cell.start.column : cell.end.column]
            typed = lines[position.row][cell.start.column : position.column].lstrip()
            field = FieldAt(0, cell.start.column, cell.end.column, typed, text.strip(), False)
            if COLUMNS[file.places.index(index)] == "predicate_id":
                names = (f"skos:{name}" for name in PREDICATES)
                return listed(position.row, field, (Item("value", name, name) for name in names if typed in name))
            return _codes(position.row, field, catalogue)
    return None


def _codes(row: int, field: FieldAt, catalogue: Catalogue) -> Completions:
    """The codes that hold what was typed, those that begin with it first."""
    typed = fold(field.typed)
    found = [
        (vocabulary, code)
        for vocabulary in catalogue.vocabularies.four
        for code in vocabulary.concepts
        if typed in fold(code)
    ]
    found.sort(key=lambda one: not fold(one[1]).startswith(typed))
    rest = max(0, len(found) - AT_MOST)
    return listed(row, field, _items(found[:AT_MOST], catalogue.language), rest)


def _items(found: Sequence[tuple[Vocabulary, str]], language: str) -> Iterator[Item]:
    for vocabulary, code in found:
        yield Item("code", code, code, right=vocabulary.concepts[code].label(language), about=(vocabulary.name, code))
