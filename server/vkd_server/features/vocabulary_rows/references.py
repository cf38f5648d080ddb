"""The rows of the vocabularies that name a concept by its code."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, NamedTuple

from vkd_catalog.vocabulary.columns import CODE
from vkd_grammar.text import Position
from vkd_server.features.vocabulary_rows.table import Table, values_in

if TYPE_CHECKING:
    from vkd_catalog.catalogue import Catalogue
    from vkd_catalog.vocabulary import Concept, VocabularyFile, VocabularyName
    from vkd_server.features.lexicon import Lexicon
    from vkd_server.features.navigation.naming import Meant

_COLUMNS: tuple[tuple[str, VocabularyName, VocabularyName, Callable[[Concept, str], bool]], ...] = (
    ("objectTypes", "names", "object-types", lambda concept, code: code in concept.object_types),
    ("objectTypes", "characteristics", "object-types", lambda concept, code: code in concept.object_types),
    ("classification", "characteristics", "names", lambda concept, code: code in concept.classifications),
    (
        "derivedFrom",
        "characteristics",
        "characteristics",
        lambda concept, code: any(code == part.code for parts in concept.derived_from for part in parts),
    ),
    ("of", "characteristics", "characteristics", lambda concept, code: code == concept.of),
    *(
        ("seeAlso", name, name, lambda concept, code: code in concept.see_also)
        for name in ("object-types", "names", "characteristics", "times")
    ),
)
"""A column, the vocabulary it stands in, the one whose codes it holds, and whether a concept's cell holds a code."""


class CodeUse(NamedTuple):
    """A code where a vocabulary names it: a file, relative to the root, a row and columns."""

    path: str
    row: int
    start: int
    end: int


def rows_naming(
    meant: Meant, catalogue: Catalogue, lexicon: Lexicon, only: VocabularyFile | None = None
) -> Iterator[CodeUse]:
    """Where other rows, of whatever vocabulary or of one file alone, name a concept, in the order of the files."""
    code = meant.concept.code
    wanted = [(column, name, holds) for column, name, held, holds in _COLUMNS if held == meant.vocabulary.name]
    for file in (only,) if only else catalogue.vocabularies.files:
        table = Table(file.path, file.vocabulary, file.lines, catalogue, lexicon)
        for column, name, holds in wanted:
            if name == file.vocabulary and column in file.columns:
                # What is inherited is no use; the file's own concepts say what stands in the row.
                for concept in file.concepts:
                    if holds(concept, code):
                        yield from uses_in_row(table, concept.row, column, code)


def uses_in_row(table: Table, row: int, column: str, code: str) -> Iterator[CodeUse]:
    """Where a cell names a code."""
    for name, cell in zip(table.columns, table.sheet.cells(row), strict=False):
        if name == column and cell.start.row == cell.end.row:
            for start, end, said in values_in(table.lines, column, cell):
                if said == code and CODE.fullmatch(said):
                    yield CodeUse(table.path, start.row, start.column, end.column)


def code_of_row(table: Table, row: int) -> tuple[Position, Position]:
    """Where the code of a record stands; its beginning where it has none."""
    for name, cell in zip(table.columns, table.sheet.cells(row), strict=False):
        if name == "code" and cell.start.row == cell.end.row:
            return next((start, end) for start, end, _ in values_in(table.lines, name, cell))
    return Position(row, 0), Position(row, 0)
