"""Compiled vocabularies: each of the four is one file of the workspace's `.vkd/`, made once for what its files say.

Such a file is opened in a millisecond, however many words there are, and read concept by concept. It is made anew where
one of its vocabulary's files says something else, where another version of vkd reads it, and where it is not as it was
left; it is replaced whole, so that a killed process leaves the old one or none. What is looked up in it is what the
same vocabulary says in memory.
"""

import sqlite3
from collections.abc import Callable, Sequence
from contextlib import closing, suppress

from vkd_catalog.beginnings import IndexedWords
from vkd_catalog.cache import Cache
from vkd_catalog.compiled import checked
from vkd_catalog.compiled.checked import ContentLater, Source, StoredChecked, sources_in
from vkd_catalog.compiled.compiling import Compiling
from vkd_catalog.compiled.concepts import Database, StoredConcepts, stored_vocabulary
from vkd_catalog.compiled.opening import connected, in_memory, new_file
from vkd_catalog.compiled.tables import TABLES
from vkd_catalog.digits import has_ten_digits
from vkd_catalog.files import FileReader
from vkd_catalog.own_code import digest_of_texts, own_code_digest
from vkd_catalog.vocabulary import VocabularyFile, VocabularyName
from vkd_catalog.vocabulary.vocabularies import Alone, read_alone
from vkd_catalog.vocabulary.vocabulary_file import OpenedFile

MOST_HELD = 8 << 20
"""Bytes of a compiled vocabulary that is read into memory and checked, which takes some 10 ms; a larger one is read
where it lies, and known by its seal."""

Open = Callable[[str], OpenedFile]
"""Opens a file of a vocabulary by its path."""


def compiled_vocabulary(
    name: VocabularyName, paths: Sequence[str], files: FileReader, cache: Cache, open_file: Open
) -> Alone:
    """One vocabulary from its files, as it is kept or compiled anew; where it cannot be kept it is in memory.

    Whatever `open_file` raises, also between two rows, ends the compiling and leaves what was there.
    """
    compiled = _Compiled(name, paths, files, cache, open_file)
    return compiled.opened() or compiled.made()


def is_compiled(name: VocabularyName, paths: Sequence[str], files: FileReader, cache: Cache) -> bool:
    """Whether one vocabulary is kept as its files say it now."""
    return _Compiled(name, paths, files, cache, _nobody_opens).opened() is not None


class _Compiled:
    """The compiled form of one vocabulary of a workspace."""

    def __init__(
        self, name: VocabularyName, paths: Sequence[str], files: FileReader, cache: Cache, open_file: Open
    ) -> None:
        self._name = name
        self._paths = paths
        self._files = files
        self._cache = cache
        self._open = open_file
        self._file = f"vocabulary-{name}.sqlite"

    def opened(self) -> Alone | None:
        """What is kept, if it was compiled of what these files say now."""
        connection = connected(self._cache.read_sealed(self._file, MOST_HELD))
        if connection is None:
            return None
        database = Database(connection)
        with suppress(sqlite3.Error):
            if database.rows("SELECT value FROM setting") == [(_key(self._name),)]:
                sources = sources_in(database)
                if [one.path for one in sources] == list(self._paths) and all(map(self._is_as_compiled, sources)):
                    database.anew = self._in_memory
                    return self._alone(database, sources)
        return None

    def made(self) -> Alone:
        """The vocabulary compiled anew and kept; where that is not possible it is in memory."""
        # Where it cannot be kept, or not be said in a database, the next process reads it in the same way.
        with suppress(OSError, ValueError, sqlite3.Error):
            with self._cache.building_sealed(self._file) as path, closing(new_file(path)) as connection:
                self._compile(Database(connection))
                if any(one in self._files.unread for one in self._paths):
                    raise FileNotFoundError
            if (kept := self.opened()) is not None:
                return kept
        return read_alone(self._name, [self._open(path).read() for path in self._paths])

    def _in_memory(self) -> sqlite3.Connection:
        connection = in_memory()
        self._compile(Database(connection))
        return connection

    def _compile(self, database: Database) -> None:
        connection = database.connection
        connection.executescript(f"{TABLES}{checked.TABLES}CREATE TABLE setting (value TEXT NOT NULL);")
        connection.execute("BEGIN")
        connection.execute("INSERT INTO setting VALUES (?)", (_key(self._name),))
        compiling = Compiling(database, self._name)
        sources = [self._taken(path, compiling) for path in self._paths]
        connection.executemany(checked.INSERT_SOURCE, map(checked.source_row, sources))
        compiling.settle(list(map(self._vocabulary_file, sources)))
        connection.execute("COMMIT")

    def _taken(self, path: str, compiling: Compiling) -> Source:
        signature, file = self._files.signature(path), self._open(path)
        unread = compiling.take(file)
        digits = any(map(has_ten_digits, file.sheet.lines))
        return Source(path, signature, self._files.digests.get(path, ""), file.columns, file.editable, unread, digits)

    def _is_as_compiled(self, source: Source) -> bool:
        if source.signature and self._files.signature(source.path) == source.signature:
            self._files.is_known(source.path, source.digest)
            return True
        self._files.read(source.path)
        return self._files.digests[source.path] == source.digest

    def _alone(self, database: Database, sources: Sequence[Source]) -> Alone:
        key = digest_of_texts((_key(self._name), *(one.digest for one in sources)))
        vocabulary = stored_vocabulary(database, self._name, lambda concepts: self._words(key, concepts))
        return Alone(vocabulary, list(map(self._vocabulary_file, sources)), StoredChecked(database))

    def _vocabulary_file(self, source: Source) -> VocabularyFile:
        path, is_unread, has_digits = source.path, source.is_unread, source.has_digits
        place = self._files.place(path)
        content = ContentLater(place, path, self._name, is_unread=is_unread, has_digits=has_digits)
        return VocabularyFile(path, self._name, source.columns, content, source.editable)

    def _words(self, key: str, concepts: StoredConcepts) -> IndexedWords:
        from vkd_catalog.compiled.words import CompiledWords

        return CompiledWords(self._cache, f"words-{self._name}.sqlite", key, concepts.in_order, len(concepts))


def _nobody_opens(_path: str) -> OpenedFile:
    raise ValueError("what is only looked at is not read anew")


def _key(name: VocabularyName) -> str:
    """What a compiled vocabulary was made for, beside its files."""
    return digest_of_texts((own_code_digest(), name))
