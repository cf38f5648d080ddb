"""Compiled vocabularies: each of the four is one file of the workspace's `.vkd/`, made once for what its files say.

Such a file is opened in a millisecond, however many words there are, and read concept by concept. It is made anew where
one of its vocabulary's files says something else, where another version of vkd reads it, and where it is not as it was
left; it is replaced whole, so that a killed process leaves the old one or none. What is looked up in it is what the
same vocabulary says in memory.
"""

import sqlite3
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import closing, suppress

from vkd_catalog.beginnings import IndexedWords
from vkd_catalog.cache import Cache
from vkd_catalog.compiled import checked
from vkd_catalog.compiled.checked import ContentLater, Source, StoredChecked, sources_in
from vkd_catalog.compiled.concepts import Database, stored_vocabulary
from vkd_catalog.compiled.opening import connected, in_memory
from vkd_catalog.compiled.tables import (
    INDEXES,
    INSERT_CONCEPT,
    INSERT_TRAIT,
    INSERT_WORD,
    TABLES,
    concept_rows,
    trait_rows,
    word_rows,
)
from vkd_catalog.files import FileReader
from vkd_catalog.own_code import digest_of_texts, own_code_digest
from vkd_catalog.vocabulary import (
    VOCABULARY_NAMES,
    Concept,
    VocabularyFile,
    VocabularyName,
)
from vkd_catalog.vocabulary.vocabularies import Alone

MOST_HELD = 8 << 20
"""Bytes of a compiled vocabulary that is read into memory and checked, which takes some 10 ms; a larger one is read
where it lies, and known by its seal."""


def compiled_vocabulary(
    name: VocabularyName, paths: Sequence[str], files: FileReader, cache: Cache, read: Callable[[], Alone]
) -> Alone:
    """One vocabulary from its files, as it is kept or compiled anew. `read` reads it into memory, from which it is
    compiled; where that cannot be kept, this is what is returned."""
    compiled = _Compiled(name, cache, files)
    return compiled.opened(paths, read) or compiled.made(paths, read)


class _Compiled:
    """The compiled form of one vocabulary of a workspace."""

    def __init__(self, name: VocabularyName, cache: Cache, files: FileReader) -> None:
        self._name = name
        self._cache = cache
        self._files = files
        self._file = f"vocabulary-{name}.sqlite"

    def opened(self, paths: Sequence[str], read: Callable[[], Alone]) -> Alone | None:
        """What is kept, if it was compiled of what these files say now."""
        connection = connected(self._cache.read_sealed(self._file, MOST_HELD))
        if connection is None:
            return None
        database = Database(connection)
        with suppress(sqlite3.Error):
            if database.rows("SELECT value FROM setting") == [(_key(self._name),)]:
                sources = sources_in(database)
                if [one.path for one in sources] == list(paths) and all(map(self._is_as_compiled, sources)):
                    database.anew = lambda: self._in_memory(read())
                    return self._alone(database, sources)
        return None

    def made(self, paths: Sequence[str], read: Callable[[], Alone]) -> Alone:
        """The vocabulary compiled anew and kept; where that is not possible it is in memory."""
        signatures = {path: self._files.signature(path) for path in paths}
        alone = read()
        if any(path in self._files.unread for path in paths):
            return alone
        # Where it cannot be kept, or not be said in a database, the next process reads it in the same way.
        with suppress(OSError, ValueError, sqlite3.Error):
            with closing(self._in_memory(alone, signatures)) as connection:
                self._cache.write_sealed(self._file, connection.serialize())
            return self.opened(paths, read) or alone
        return alone

    def _in_memory(self, alone: Alone, signatures: Mapping[str, str] | None = None) -> sqlite3.Connection:
        """A database in memory of a vocabulary that was read."""
        connection = _empty()
        connection.execute("BEGIN")
        connection.execute("INSERT INTO setting VALUES (?)", (_key(self._name),))
        _fill(connection, alone)
        for file in alone.files:
            signature, digest = (signatures or {}).get(file.path, ""), self._files.digests.get(file.path, "")
            source = Source(file.path, signature, digest, file.columns, file.editable, file.is_unread)
            connection.execute(checked.INSERT_SOURCE, checked.source_row(source))
        connection.execute("COMMIT")
        connection.executescript(INDEXES)
        return connection

    def _is_as_compiled(self, source: Source) -> bool:
        if source.signature and self._files.signature(source.path) == source.signature:
            self._files.is_known(source.path, source.digest)
            return True
        self._files.read(source.path)
        return self._files.digests[source.path] == source.digest

    def _alone(self, database: Database, sources: Sequence[Source]) -> Alone:
        files = [
            VocabularyFile(
                one.path,
                self._name,
                one.columns,
                ContentLater(self._files.place(one.path), one.path, self._name, is_unread=one.is_unread),
                one.editable,
            )
            for one in sources
        ]
        key = digest_of_texts((_key(self._name), *(one.digest for one in sources)))
        vocabulary = stored_vocabulary(database, self._name, lambda concepts: self._words(key, concepts.in_order))
        return Alone(vocabulary, files, StoredChecked(database))

    def _words(self, key: str, concepts: Callable[[], Iterable[Concept]]) -> IndexedWords:
        from vkd_catalog.compiled.words import CompiledWords

        return CompiledWords(self._cache, f"words-{self._name}.sqlite", key, concepts)


def _empty() -> sqlite3.Connection:
    connection = in_memory()
    connection.executescript(TABLES + checked.TABLES)
    connection.execute("CREATE TABLE setting (value TEXT NOT NULL)")
    return connection


def _fill(connection: sqlite3.Connection, alone: Alone) -> None:
    vocabulary = alone.vocabulary
    place = VOCABULARY_NAMES.index(vocabulary.name)
    connection.executemany(INSERT_CONCEPT, concept_rows(vocabulary, place, placed=True))
    connection.executemany(INSERT_WORD, word_rows(vocabulary, place))
    connection.executemany(INSERT_TRAIT, trait_rows(vocabulary, place))
    connection.executemany(checked.INSERT_PROBLEM, checked.problem_rows(alone))
    connection.executemany(checked.INSERT_NAMED, checked.named_rows(alone))


def _key(name: VocabularyName) -> str:
    """What a compiled vocabulary was made for, beside its files."""
    return digest_of_texts((own_code_digest(), name))
