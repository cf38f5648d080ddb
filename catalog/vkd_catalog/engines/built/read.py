"""Opening a register file: nothing of it is understood but what is asked for, and nothing is changed.

A file of usual size is read in one go, checked, and searched in memory: what was checked is what is read, and no later
replacement of the file is seen. A larger one is searched where it lies and known by its seal alone; another file may
take its name while it is searched, but nobody may write into it.
"""

import errno
import os
import sqlite3
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import closing
from functools import cached_property
from io import FileIO
from pathlib import Path
from typing import Any, NamedTuple
from weakref import finalize

from vkd_catalog.engines.built.about import BETWEEN_CODES, TABLES, About, concept_read, file_version
from vkd_catalog.engines.built.seal import MOST_HELD, FileProblem, Sealed, unsealed
from vkd_catalog.engines.embedded import EmbeddedRegister, lay_out
from vkd_catalog.files import open_regular, reason_of
from vkd_catalog.vocabulary import VOCABULARY_NAMES, Concept, MappingFile, Vocabularies, Vocabulary
from vkd_catalog.vocabulary.concepts import Concepts, Trait
from vkd_catalog.vocabulary.links import PREDICATES, Predicate
from vkd_catalog.vocabulary.mappings import MappingRow
from vkd_catalog.vocabulary.sheet import sheet_of


class Built(NamedTuple):
    """An open register file: what it says of its catalogue, the hash it is named by, its vocabularies and its register.

    The file is closed when nobody holds any of these any longer.
    """

    about: About
    digest: str
    vocabularies: Vocabularies
    register: "BuiltRegister"


def look_into(path: Path, most_held: int = MOST_HELD) -> Sealed | FileProblem:
    """What a register file holds, not understood yet, or why it cannot be used. Never raises."""
    try:
        with open_regular(path) as file:
            return unsealed(file, file_version(), most_held)
    except (OSError, ValueError) as error:
        return reason_of(error)


def open_built(path: Path, most_held: int = MOST_HELD) -> Built | FileProblem:
    """The register in a file, or why it cannot be used. Never raises."""
    try:
        with open_regular(path) as file:
            found = unsealed(file, file_version(), most_held)
            if not isinstance(found, Sealed):
                return found
            database = _Database(_connected(found, file, path), is_held=found.database is not None)
            if not _has_our_tables(database):
                return "damaged"
    except (OSError, ValueError) as error:
        return reason_of(error)
    except sqlite3.Error:
        # Its checksum is right, and yet it holds what nobody builds.
        return "damaged"
    return Built(found.about, found.digest, _vocabularies(database), BuiltRegister(database))


class BuiltRegister(EmbeddedRegister):
    """The register in a file. It stays open for as long as the vocabularies beside it, which have it read."""

    def __init__(self, database: "_Database") -> None:
        super().__init__(database.connection, is_stored=True, is_held=database.is_held)
        self._database = database

    def close(self) -> None:
        """Does nothing: others may read the same file."""

    def _find_shadowed(self) -> frozenset[int]:
        # Only what could be found was built, each identification once.
        return frozenset()


class _Database:
    """An open database, closed when nobody holds it any longer."""

    def __init__(self, connection: sqlite3.Connection, *, is_held: bool) -> None:
        self.connection = connection
        self.is_held = is_held
        finalize(self, connection.close)

    def rows(self, question: str, *values: object) -> list[tuple[Any, ...]]:
        """The answers to a question in SQL."""
        return self.connection.execute(question, values).fetchall()

    def row(self, question: str, *values: object) -> tuple[Any, ...] | None:
        """The first answer to a question in SQL, if there is one."""
        row: tuple[Any, ...] | None = self.connection.execute(question, values).fetchone()
        return row


def _connected(found: Sealed, file: FileIO, path: Path) -> sqlite3.Connection:
    """A connection to what was read. Raises sqlite3.Error where it is no database, OSError where the file is gone."""
    if found.database is not None:
        memory = sqlite3.connect(":memory:", isolation_level=None, check_same_thread=False)
        memory.deserialize(found.database)
        return memory
    where = f"{path.absolute().as_uri()}?mode=ro&immutable=1"
    outside = sqlite3.connect(where, isolation_level=None, check_same_thread=False, uri=True)
    if os.path.samestat(os.stat(path), os.fstat(file.fileno())):
        return outside
    outside.close()
    # Another file has taken the name since; who asks again is answered from that one.
    raise OSError(errno.ESTALE, os.strerror(errno.ESTALE), str(path))


def _has_our_tables(database: _Database) -> bool:
    """Whether the tables are those that are built, and none of them a question that somebody has put in its place."""
    said = "SELECT type, name, tbl_name, sql FROM sqlite_master ORDER BY name"
    with closing(sqlite3.connect(":memory:")) as ours:
        lay_out(ours, "")
        ours.executescript(TABLES)
        return database.rows(said) == ours.execute(said).fetchall()


def _vocabularies(database: _Database) -> Vocabularies:
    object_types, names, characteristics, times = (
        Vocabulary(name, _Concepts(database, place), _Words(database, place))
        for place, name in enumerate(VOCABULARY_NAMES)
    )
    mappings = (MappingFile("", sheet_of(()), (), tuple(_mappings(database)), ()),)
    return Vocabularies(object_types, names, characteristics, times, (), {}, (), mappings)


def _mappings(database: _Database) -> Iterator[MappingRow]:
    rows = database.rows("SELECT subject, predicate, object FROM link ORDER BY rowid")
    known: dict[str, Predicate] = {one: one for one in PREDICATES}
    return (
        MappingRow(subject, known[predicate], target, 0) for subject, predicate, target in rows if predicate in known
    )


class _Concepts(Concepts):
    """The concepts of one vocabulary by their codes, each read when somebody asks for it."""

    def __init__(self, database: _Database, place: int) -> None:
        self._database = database
        self._place = place
        self._with: dict[tuple[Trait, str], Sequence[str]] = {}

    def __getitem__(self, code: str) -> Concept:
        row = self._database.row("SELECT said FROM concept WHERE vocabulary = ? AND code = ?", self._place, code)
        if row is None:
            raise KeyError(code)
        return concept_read(row[0])

    def __contains__(self, code: object) -> bool:
        return code in self._codes

    def __iter__(self) -> Iterator[str]:
        return iter(self._codes)

    def __len__(self) -> int:
        return len(self._codes)

    def codes_with(self, trait: Trait, value: str) -> Sequence[str]:
        """The codes of the concepts of which a trait has a value."""
        found = self._with.get((trait, value))
        if found is None:
            question = "SELECT codes FROM trait WHERE vocabulary = ? AND trait = ? AND value = ?"
            row = self._database.row(question, self._place, trait, value)
            found = self._with[trait, value] = tuple(row[0].split(BETWEEN_CODES)) if row else ()
        return found

    def values_of(self, trait: Trait) -> Collection[str]:
        """The values that a trait has."""
        question = "SELECT value FROM trait WHERE vocabulary = ? AND trait = ?"
        return [value for (value,) in self._database.rows(question, self._place, trait)]

    @cached_property
    def _codes(self) -> Mapping[str, None]:
        """All codes, in their order: to look for many of them in the file would take longer."""
        question = "SELECT code FROM concept WHERE vocabulary = ? ORDER BY number"
        return dict.fromkeys(code for (code,) in self._database.rows(question, self._place))


class _Words(Mapping[str, tuple[str, ...]]):
    """The codes that a folded word names in one vocabulary."""

    def __init__(self, database: _Database, place: int) -> None:
        self._database = database
        self._place = place

    def __getitem__(self, word: str) -> tuple[str, ...]:
        row = self._database.row("SELECT codes FROM word WHERE vocabulary = ? AND word = ?", self._place, word)
        if row is None:
            raise KeyError(word)
        return tuple(row[0].split(BETWEEN_CODES))

    def __iter__(self) -> Iterator[str]:
        rows = self._database.rows("SELECT word FROM word WHERE vocabulary = ? ORDER BY number", self._place)
        return (word for (word,) in rows)

    def __len__(self) -> int:
        row = self._database.row("SELECT count(*) FROM word WHERE vocabulary = ?", self._place)
        return int(row[0]) if row else 0
