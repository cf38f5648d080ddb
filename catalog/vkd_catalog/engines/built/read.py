"""Opening a register file: nothing of it is understood but what is asked for, and nothing is changed.

A file of usual size is read in one go, checked, and searched in memory: what was checked is what is read, and no later
replacement of the file is seen. A larger one is searched where it lies and known by its seal alone; another file may
take its name while it is searched, but nobody may write into it.
"""

import errno
import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from io import FileIO
from pathlib import Path
from typing import NamedTuple

from vkd_catalog.compiled.concepts import Database, stored_vocabulary
from vkd_catalog.engines.built.about import TABLES, About, file_version
from vkd_catalog.engines.built.seal import MOST_HELD, FileProblem, Sealed, unsealed
from vkd_catalog.engines.embedded import EmbeddedRegister, lay_out
from vkd_catalog.files import open_regular, reason_of
from vkd_catalog.vocabulary import VOCABULARY_NAMES, MappingFile, Vocabularies
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
            database = Database(_connected(found, file, path))
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

    def __init__(self, database: Database) -> None:
        super().__init__(database.connection)
        self._database = database

    def close(self) -> None:
        """Does nothing: others may read the same file."""


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


def _has_our_tables(database: Database) -> bool:
    """Whether the tables are those that are built, and none of them a question that somebody has put in its place."""
    said = "SELECT type, name, tbl_name, sql FROM sqlite_master ORDER BY name"
    with closing(sqlite3.connect(":memory:")) as ours:
        lay_out(ours, "")
        ours.executescript(TABLES)
        return database.rows(said) == ours.execute(said).fetchall()


def _vocabularies(database: Database) -> Vocabularies:
    object_types, names, characteristics, times = (stored_vocabulary(database, name) for name in VOCABULARY_NAMES)
    mappings = (MappingFile("", sheet_of(()), (), tuple(_mappings(database)), ()),)
    return Vocabularies(object_types, names, characteristics, times, (), {}, (), mappings)


def _mappings(database: Database) -> Iterator[MappingRow]:
    rows = database.rows("SELECT subject, predicate, object FROM link ORDER BY rowid")
    known: dict[str, Predicate] = {one: one for one in PREDICATES}
    return (
        MappingRow(subject, known[predicate], target, 0) for subject, predicate, target in rows if predicate in known
    )
