"""What was found in vocabulary files when they were compiled, as it stands in a database."""

import json
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from functools import cached_property
from pathlib import Path
from typing import NamedTuple

from vkd_catalog.compiled.concepts import Database
from vkd_catalog.files import read_file
from vkd_catalog.problems import (
    CodeTwice,
    DerivedFromItself,
    MissingCode,
    NoneAbove,
    SharedWord,
    UnknownColumn,
    UnreadableTable,
)
from vkd_catalog.vocabulary import Concept, VocabularyFile, VocabularyName
from vkd_catalog.vocabulary.encodings import text_of
from vkd_catalog.vocabulary.reader import open_vocabulary
from vkd_catalog.vocabulary.sheet import Sheet, sheet_of
from vkd_catalog.vocabulary.vocabularies import OfOthers
from vkd_grammar.syntax import Problem

TABLES = """
CREATE TABLE source (
    path TEXT NOT NULL, signature TEXT NOT NULL, digest TEXT NOT NULL, columns TEXT NOT NULL,
    editable INTEGER NOT NULL, is_unread INTEGER NOT NULL, has_digits INTEGER NOT NULL
);
CREATE TABLE problem (
    path TEXT NOT NULL, code TEXT NOT NULL, row INTEGER NOT NULL, start INTEGER NOT NULL, stop INTEGER NOT NULL,
    kind TEXT NOT NULL, facts TEXT NOT NULL
);
CREATE INDEX problem_by_path ON problem (path);
CREATE TABLE named (field TEXT NOT NULL, code TEXT NOT NULL);
"""
"""The files that a vocabulary was compiled of, what is wrong with each, and what they name of other vocabularies and of
products."""

PRODUCT = "product"
"""The field of what is named of information sets."""

INSERT_SOURCE = "INSERT INTO source VALUES (?, ?, ?, ?, ?, ?, ?)"
INSERT_PROBLEM = "INSERT INTO problem VALUES (?, ?, ?, ?, ?, ?, ?)"
INSERT_NAMED = "INSERT INTO named VALUES (?, ?)"

_FACTS: Mapping[str, Callable[..., tuple[object, ...]]] = {
    kind.__name__: kind
    for kind in (
        CodeTwice,
        DerivedFromItself,
        MissingCode,
        NoneAbove,
        SharedWord,
        UnknownColumn,
        UnreadableTable,
    )
}
"""The facts of all that can be wrong with a vocabulary by itself."""


class Source(NamedTuple):
    """A file that a vocabulary was compiled of: a signature and a hash to know it by, and what it is like."""

    path: str
    signature: str
    digest: str
    columns: tuple[str, ...]
    editable: bool
    is_unread: bool
    has_digits: bool


class StoredChecked:
    """What was found in the files of one vocabulary."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def problems(self, path: str) -> tuple[Problem, ...]:
        """What is wrong with a file by itself."""
        question = "SELECT code, row, start, stop, kind, facts FROM problem WHERE path = ? ORDER BY rowid"
        rows = self._database.rows(question, path)
        return tuple(
            Problem(code, row, start, stop, _FACTS[kind](*_plain(json.loads(facts))))
            for code, row, start, stop, kind, facts in rows
        )

    def named(self, column: OfOthers) -> Collection[str]:
        """The codes of another vocabulary that a column of any file names."""
        return self._in_field(column)

    def products(self) -> Collection[str]:
        """The identifications of the information sets that any file names."""
        return self._in_field(PRODUCT)

    def _in_field(self, field: str) -> list[str]:
        return [code for (code,) in self._database.rows("SELECT code FROM named WHERE field = ?", field)]


class ContentLater:
    """What a vocabulary file says, read when somebody asks for it: its rows are compiled, and most need no more."""

    def __init__(self, place: Path, path: str, name: VocabularyName, *, is_unread: bool, has_digits: bool) -> None:
        self._place = place
        self._path = path
        self._name = name
        self.is_unread = is_unread
        self.has_digits = has_digits

    @cached_property
    def sheet(self) -> Sheet:
        """The table in its lines; empty where the file cannot be read any longer."""
        return sheet_of(text_of(self._data()).lines)

    @property
    def concepts(self) -> tuple[Concept, ...]:
        """What its rows say."""
        return self._read.concepts

    def each_concept(self) -> Iterator[Concept]:
        """The same one by one, none of which is kept."""
        return open_vocabulary(self._path, self._data(), self._name).concepts

    @property
    def problems(self) -> tuple[Problem, ...]:
        """What is wrong with it."""
        return self._read.problems

    @cached_property
    def _read(self) -> VocabularyFile:
        return open_vocabulary(self._path, self._data(), self._name).read()

    def _data(self) -> bytes:
        try:
            return read_file(self._place)
        except (OSError, ValueError):
            return b""


def sources_in(database: Database) -> list[Source]:
    """The files that a database was compiled of, in their order."""
    rows = database.rows("SELECT * FROM source ORDER BY rowid")
    return [
        Source(path, signature, digest, tuple(json.loads(columns)), *map(bool, marks))
        for path, signature, digest, columns, *marks in rows
    ]


def source_row(source: Source) -> tuple[object, ...]:
    """A file as a row."""
    return (*source[:3], json.dumps(source.columns), *source[4:])


def problem_row(path: str, problem: Problem) -> tuple[object, ...]:
    """What is wrong with a file as a row."""
    code, *place, facts = problem
    return path, code, *place, type(facts).__name__, json.dumps(facts)


def _plain(said: Sequence[object]) -> Iterator[object]:
    """Facts as they were before they were written: their lists are tuples."""
    return (tuple(_plain(one)) if isinstance(one, list) else one for one in said)
