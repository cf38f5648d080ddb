"""The look-up's index in SQLite: an inverted file over stems (FTS5, BM25), one over parts of words, and whole names.

An index is made once of what it is asked about, kept in the workspace's `.vkd/` under a key of that content, and read
whole unless it is very large. Where nothing can be kept it is in memory. It holds no texts: what is shown is read in
the catalogue. However much there is, it is made on the disk and asked there, and of very many entries that match alike
only some are weighed.
"""

import sqlite3
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import closing, suppress
from typing import NamedTuple
from weakref import finalize

from vkd_catalog.cache import Cache
from vkd_catalog.compiled.opening import connected, in_memory, new_file
from vkd_catalog.files import NO_TEXT
from vkd_catalog.lookup.documents import Document, Kind, Text
from vkd_catalog.lookup.terms import plain, skeleton, stems_of

_SCHEMA = """
CREATE TABLE setting (value TEXT NOT NULL);
CREATE TABLE entry (number INTEGER PRIMARY KEY, kind TEXT NOT NULL, code TEXT NOT NULL);
CREATE TABLE name (form TEXT NOT NULL, number INTEGER NOT NULL, PRIMARY KEY (form, number)) WITHOUT ROWID;
CREATE VIRTUAL TABLE document USING fts5
    (names, notes, vals, above, content = '', tokenize = "unicode61 remove_diacritics 0");
CREATE TABLE term (number INTEGER PRIMARY KEY, stem TEXT NOT NULL UNIQUE);
CREATE VIRTUAL TABLE part USING fts5 (stem, content = '', tokenize = "trigram");
CREATE VIRTUAL TABLE sound USING fts5 (skeleton, content = '', detail = none, tokenize = "trigram");
CREATE VIRTUAL TABLE sounds USING fts5vocab (sound, row);
"""
_VERSION = 1

_MOST_HELD = 8 << 20
"""Bytes of a kept index that is read into memory; a larger one is asked where it lies."""

_WEIGHED = 10_000
"""So many entries that match are weighed, the first in their order: more are no answer to anybody's words."""

_WEIGHTS = "10.0, 3.0, 3.0, 1.0"
"""What a word in names, notes, values, and names above counts."""

_MOST_TRIGRAMS = 7
"""A misspelt word is looked for by its rarest three letters in a row: the common ones stand in too many words."""

_TRIGRAM = 3


class Entry(NamedTuple):
    """What an index finds: a concept by its code, or a product by its identification."""

    kind: Kind
    code: str


class Index:
    """What is found by words, in one database; entries go by numbers in it."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        # Who was given it may still ask while another takes its place.
        finalize(self, connection.close)

    def entry(self, number: int) -> Entry:
        """The entry with a number."""
        row = self._connection.execute("SELECT kind, code FROM entry WHERE number = ?", (number,)).fetchone()
        return Entry(*row)

    def called(self, form: str) -> list[int]:
        """The entries with a name that has this plain form."""
        return self._numbers("SELECT number FROM name WHERE form = ?", form)

    def begun(self, form: str, limit: int) -> list[int]:
        """Entries with a name that a plain form begins, of many those with the shortest; of very many only the first in
        the alphabet are looked at."""
        begun = f"SELECT number, form FROM name WHERE form >= ? AND form < ? ORDER BY form, number LIMIT {_WEIGHED}"
        return self._numbers(
            f"SELECT number FROM ({begun}) ORDER BY length(form), form, number LIMIT ?",
            form,
            form + "\U0010ffff",
            limit,
        )

    def named_by_all(self, stems: Iterable[str], limit: int) -> list[int]:
        """The entries whose names hold every stem, the best first."""
        every = " ".join(map(_quoted, stems))
        return [number for number, _ in self._ranked(f"names : ({every})", limit)]

    def ranked(self, stems: Iterable[str], limit: int, *, names_only: bool = False) -> dict[int, float]:
        """The entries in which any of some stems stands, with how well they match (BM25), the best of them."""
        some = " OR ".join(map(_quoted, stems))
        if not some:
            return {}
        return dict(self._ranked(f"names : ({some})" if names_only else some, limit))

    def knows(self, stem: str) -> bool:
        """Whether any name holds a stem."""
        return self._connection.execute("SELECT 1 FROM term WHERE stem = ?", (stem,)).fetchone() is not None

    def having(self, text: str, limit: int) -> list[str]:
        """The stems in names that hold a text of three letters or more somewhere, the shortest first."""
        if len(text) < _TRIGRAM:
            return []
        return self._stems("part", _quoted(text), limit)

    def sounding(self, sound: str, limit: int) -> list[str]:
        """The stems in names whose skeletons share most three letters in a row with a skeleton."""
        form = f"^{sound}$"
        trigrams = {form[at : at + _TRIGRAM] for at in range(len(form) - _TRIGRAM + 1)}
        counted = self._connection.execute(
            f"SELECT term, doc FROM sounds WHERE term IN ({','.join('?' * len(trigrams))})", tuple(trigrams)
        ).fetchall()
        rarest = [term for term, _ in sorted(counted, key=lambda one: one[1])[:_MOST_TRIGRAMS]]
        if not rarest:
            return []
        rows = self._connection.execute(
            "SELECT stem FROM term WHERE number IN (SELECT rowid FROM sound WHERE sound MATCH ? ORDER BY rank LIMIT ?)",
            (" OR ".join(map(_quoted, rarest)), limit),
        )
        return [stem for (stem,) in rows]

    def _numbers(self, question: str, *values: object) -> list[int]:
        return [number for (number,) in self._connection.execute(question, values)]

    def _ranked(self, match: str, limit: int) -> Iterator[tuple[int, float]]:
        weighed = (
            f"SELECT rowid AS number, -bm25(document, {_WEIGHTS}) AS score FROM document WHERE document MATCH ?"
            f" LIMIT {_WEIGHED}"
        )
        rows = self._connection.execute(
            f"SELECT number, score FROM ({weighed}) ORDER BY score DESC, number LIMIT ?", (match, limit)
        )
        yield from rows

    def _stems(self, table: str, match: str, limit: int) -> list[str]:
        rows = self._connection.execute(
            f"SELECT stem FROM term WHERE number IN (SELECT rowid FROM {table} WHERE {table} MATCH ?)"
            " ORDER BY length(stem), stem LIMIT ?",
            (match, limit),
        )
        return [stem for (stem,) in rows]


def kept_index(cache: Cache | None, name: str, key: str, documents: Callable[[], Iterable[Document]]) -> Index:
    """The index of some documents: the one kept under a name where it was made for the same key, else a new one, which
    takes its place."""
    kept = _read(cache, name, key) if cache is not None else None
    if kept is not None:
        return kept
    if cache is not None:
        # Where it cannot be kept it is made again by the next who asks.
        with suppress(OSError, sqlite3.Error):
            with cache.building_sealed(name) as path, closing(new_file(path)) as file:
                _make(file, documents(), key)
            if (kept := _read(cache, name, key)) is not None:
                return kept
    connection = in_memory()
    _make(connection, documents(), key)
    return Index(connection)


def _make(connection: sqlite3.Connection, documents: Iterable[Document], key: str) -> None:
    """Makes the index of some documents in an empty database."""
    connection.executescript(_SCHEMA)
    connection.execute("INSERT INTO setting VALUES (?)", (key,))
    connection.execute(f"PRAGMA user_version = {_VERSION}")
    connection.execute("BEGIN")
    _fill(connection, documents)
    connection.execute("COMMIT")


def _fill(connection: sqlite3.Connection, documents: Iterable[Document]) -> None:
    connection.execute("CREATE TEMP TABLE found (stem TEXT PRIMARY KEY) WITHOUT ROWID")
    # What holds halves of characters cannot be told by its code, and is written in an editor alone.
    whole = (document for document in documents if document.code.isascii() or not NO_TEXT.search(document.code))
    for number, document in enumerate(whole, start=1):
        names = _joined(document.names)
        connection.executemany("INSERT OR IGNORE INTO found VALUES (?)", [(stem,) for stem in set(names)])
        connection.execute("INSERT INTO entry VALUES (?, ?, ?)", (number, document.kind, document.code))
        connection.executemany(
            "INSERT OR IGNORE INTO name VALUES (?, ?)", [(plain(text.text), number) for text in document.names]
        )
        connection.execute(
            "INSERT INTO document (rowid, names, notes, vals, above) VALUES (?, ?, ?, ?, ?)",
            (number, *(" ".join(words) for words in (names, *map(_joined, document[3:])))),
        )
    connection.execute("INSERT INTO term (stem) SELECT stem FROM found ORDER BY stem")
    connection.execute("INSERT INTO part (rowid, stem) SELECT number, stem FROM term")
    sounds = connection.execute("SELECT number, stem FROM term")
    connection.executemany(
        "INSERT INTO sound (rowid, skeleton) VALUES (?, ?)",
        ((number, f"^{skeleton(stem)}$") for number, stem in sounds),
    )
    connection.execute("DROP TABLE found")


def _joined(texts: Sequence[Text]) -> list[str]:
    """The stems of some texts, one after the other."""
    return [stem for text in texts for stem in stems_of(text.text)]


def _read(cache: Cache, name: str, key: str) -> Index | None:
    connection = connected(cache.read_sealed(name, _MOST_HELD))
    if connection is None:
        return None
    with suppress(sqlite3.Error):
        version = connection.execute("PRAGMA user_version").fetchone()[0]
        if version == _VERSION and connection.execute("SELECT value FROM setting").fetchone() == (key,):
            return Index(connection)
    connection.close()
    return None


def _quoted(term: str) -> str:
    """A term as FTS5 takes it: whatever it holds, it is no operator."""
    return '"' + term.replace('"', '""') + '"'
