"""The words of a compiled vocabulary as one types them: in the order of their letters, and by the letters they share.

They stand in a file of their own in `.vkd/`, made when somebody first completes or misspells a word, some at a time,
and kept for as long as the vocabulary says the same.
"""

import json
import sqlite3
from array import array
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import closing, suppress
from itertools import islice
from threading import RLock

from vkd_catalog.beginnings import Sort, Way, beginnings_of, sort_of
from vkd_catalog.cache import Cache
from vkd_catalog.compiled.concepts import Database
from vkd_catalog.compiled.opening import connected, in_memory, new_file
from vkd_catalog.suggest import Shortlisted, loose, parts_of, shortlisted
from vkd_catalog.vocabulary import Concept

_SCHEMA = """
CREATE TABLE setting (value TEXT NOT NULL);
CREATE TABLE sort (number INTEGER PRIMARY KEY, said TEXT NOT NULL, example TEXT NOT NULL);
CREATE TABLE beginning (
    sort INTEGER NOT NULL, way TEXT NOT NULL, form TEXT NOT NULL, code TEXT NOT NULL,
    PRIMARY KEY (sort, way, form, code)
) WITHOUT ROWID;
CREATE TABLE shared (
    sort INTEGER NOT NULL, way TEXT NOT NULL, form TEXT NOT NULL, entries INTEGER NOT NULL,
    PRIMARY KEY (sort, way, form)
) WITHOUT ROWID;
CREATE TABLE label (number INTEGER PRIMARY KEY, word TEXT NOT NULL, code TEXT NOT NULL);
CREATE TABLE part (part TEXT PRIMARY KEY, labels BLOB NOT NULL) WITHOUT ROWID;
"""
"""What a concept is found by from its beginning; how many entries have a beginning that many share; its words with
their numbers; and of three letters the words that have them."""

_EVERY = "every"
"""The way of an entry that stands for a concept in the order of the vocabulary."""

_PAST_ALL = "\U0010ffff"
_AT_ONCE = 100
"""Concepts or rows that are taken in before other work may come in between."""

_FIRST_PAGE, _A_PAGE = 25, 200
"""Entries read in one go: of most lists nobody looks at more than the first."""

_MANY = 500
"""Entries that share a beginning and are counted when they are made; fewer are counted when somebody asks."""


class CompiledWords:
    """The words of one compiled vocabulary; `concepts` reads all of them anew, which are `size`."""

    def __init__(self, cache: Cache, file: str, key: str, concepts: Callable[[], Iterable[Concept]], size: int) -> None:
        self._cache = cache
        self._file = file
        self._key = key
        self._concepts = concepts
        self._size = size
        self._lock = RLock()
        self._making: Iterator[None] | None = None
        self._database = self._kept()

    @property
    def is_ready(self) -> bool:
        """Whether they are there, so that looking one up takes no time."""
        return self._database is not None

    @property
    def steps(self) -> int:
        """About how many steps it takes to take in all words."""
        return self._size // _AT_ONCE

    def step(self) -> bool:
        """Takes in some words; False where all are there, also those that another process has made since."""
        with self._lock:
            if self._database is not None:
                return False
            if self._making is None:
                # Another process may have made them since.
                self._database = self._kept()
                self._making = self._made() if self._database is None else None
            elif next(self._making, self) is self:
                self._making = None
            return self._database is None

    def close(self) -> None:
        """Stops taking in words, which would otherwise be kept in memory."""
        with self._lock:
            self._making = None

    def sorts(self) -> list[tuple[Sort, str]]:
        """The sorts of the concepts, each with the code of the first that is of it, in that order."""
        found = []
        for _, said, example in self._there.rows("SELECT * FROM sort ORDER BY number"):
            kind, object_types, catalogue = json.loads(said)
            found.append(((kind, tuple(object_types), catalogue), example))
        return found

    def begun(self, sort: Sort, way: Way, form: str) -> "Begun":
        """What is found by a beginning, in the order of its form and then of the code."""
        return Begun(self._there, self._number(sort), way, form)

    def every(self, sort: Sort) -> "Begun":
        """The concepts of a sort, in the order of the vocabulary."""
        return Begun(self._there, self._number(sort), _EVERY, "")

    def shortlisted(self, sought: str) -> list[Shortlisted]:
        """The words that are worth comparing with a loose form."""
        (count,) = self._there.row("SELECT count(*) FROM label") or (0,)
        numbers = shortlisted(sought, count, self._having)
        labels = {number: label for number, *label in self._there.rows(_LABELS, json.dumps(list(numbers)))}
        return [Shortlisted(loose(word), word, code) for word, code in map(labels.__getitem__, numbers)]

    @property
    def _there(self) -> Database:
        while self.step():
            pass
        assert self._database is not None
        return self._database

    def _number(self, sort: Sort) -> int:
        row = self._there.row("SELECT number FROM sort WHERE said = ?", json.dumps(sort))
        return int(row[0]) if row else -1

    def _having(self, parts: Iterable[str]) -> Iterator[Sequence[int]]:
        wanted = list(parts)
        marks = ",".join("?" * len(wanted))
        for (labels,) in self._there.rows(f"SELECT labels FROM part WHERE part IN ({marks})", *wanted):
            yield array("I", labels)

    def _kept(self) -> Database | None:
        connection = connected(self._cache.read_sealed(self._file, 0))
        if connection is None:
            return None
        database = Database(connection, self._anew)
        with suppress(sqlite3.Error):
            if database.rows("SELECT value FROM setting") == [(self._key,)]:
                return database
        return None

    def _made(self) -> Iterator[None]:
        connection = in_memory()
        yield from self._fill(connection)
        # Where they cannot be kept they stay in memory.
        with suppress(OSError, sqlite3.Error):
            with self._cache.building_sealed(self._file) as path, closing(new_file(path)) as file:
                connection.backup(file)
            self._database = self._kept()
        self._database = self._database or Database(connection)

    def _anew(self) -> sqlite3.Connection:
        connection = in_memory()
        for _ in self._fill(connection):
            pass
        return connection

    def _fill(self, connection: sqlite3.Connection) -> Iterator[None]:
        connection.executescript(_SCHEMA)
        connection.execute("BEGIN")
        connection.execute("INSERT INTO setting VALUES (?)", (self._key,))
        taken = _Taken()
        for number, concept in enumerate(self._concepts()):
            taken.take(number, concept)
            if number % _AT_ONCE == 0:
                taken.store(connection)
                yield
        taken.store(connection)
        parts = ((part, numbers.tobytes()) for part, numbers in taken.having.items())
        while some := list(islice(parts, _AT_ONCE)):
            connection.executemany("INSERT INTO part VALUES (?, ?)", some)
            yield
        yield from _count_shared(connection)
        connection.execute("COMMIT")


class _Taken:
    """Concepts that were taken in: of each some rows, until they are stored, and its words by their parts."""

    def __init__(self) -> None:
        self.having: dict[str, array[int]] = {}
        self._sorts: dict[Sort, int] = {}
        self._new_sorts: list[tuple[int, str, str]] = []
        self._beginnings: list[tuple[int, str, str, str]] = []
        self._labels: list[tuple[int, str, str]] = []
        self._number = 0

    def take(self, number: int, concept: Concept) -> None:
        """Takes in a concept; `number` is its place in the vocabulary."""
        code, sort = concept.code, self._sort(concept)
        self._beginnings += [(sort, str(one.way), one.form, code) for one in beginnings_of(concept)]
        self._beginnings.append((sort, _EVERY, f"{number:09d}", code))
        for word in concept.words():
            self._labels.append((self._number, word, code))
            for part in parts_of(loose(word)):
                if part not in self.having:
                    self.having[part] = array("I")
                self.having[part].append(self._number)
            self._number += 1

    def store(self, connection: sqlite3.Connection) -> None:
        """Hands the rows to SQLite, which takes several at once in less time."""
        connection.executemany("INSERT INTO sort VALUES (?, ?, ?)", self._new_sorts)
        connection.executemany("INSERT OR IGNORE INTO beginning VALUES (?, ?, ?, ?)", self._beginnings)
        connection.executemany("INSERT INTO label VALUES (?, ?, ?)", self._labels)
        for rows in (self._new_sorts, self._beginnings, self._labels):
            rows.clear()

    def _sort(self, concept: Concept) -> int:
        sort = sort_of(concept)
        if sort not in self._sorts:
            self._sorts[sort] = len(self._sorts)
            self._new_sorts.append((self._sorts[sort], json.dumps(sort), concept.code))
        return self._sorts[sort]


class Begun:
    """What begins with a form in one sort and way: how many there are, and their forms with the codes, in order."""

    def __init__(self, database: Database, sort: int, way: Way | str, form: str) -> None:
        self._database = database
        self._where = (sort, way, form, form + _PAST_ALL)

    def __len__(self) -> int:
        question = "SELECT entries FROM shared WHERE sort = ? AND way = ? AND form = ?"
        row = self._database.row(question, *self._where[:3]) or self._database.row(_HOW_MANY, *self._where)
        return int(row[0]) if row else 0

    def __iter__(self) -> Iterator[tuple[str, str]]:
        sort, way, form, past = self._where
        code = ""
        question = (
            "SELECT form, code FROM beginning WHERE sort = ? AND way = ? AND (form, code) > (?, ?) AND form < ?"
            " ORDER BY form, code LIMIT ?"
        )
        most = _FIRST_PAGE
        while rows := self._database.rows(question, sort, way, form, code, past, most):
            yield from rows
            (form, code), most = rows[-1], _A_PAGE


_LABELS = "SELECT number, word, code FROM label WHERE number IN (SELECT value FROM json_each(?))"
_HOW_MANY = "SELECT count(*) FROM beginning WHERE sort = ? AND way = ? AND form >= ? AND form < ?"


def _count_shared(connection: sqlite3.Connection) -> Iterator[None]:
    """Notes how many entries have a beginning that many share, one letter after the other for as long as they do."""
    waiting: list[tuple[int, str, str]]
    waiting = [(*one, "") for one in connection.execute("SELECT DISTINCT sort, way FROM beginning")]
    while waiting:
        sort, way, form = waiting.pop()
        (entries,) = connection.execute(_HOW_MANY, (sort, way, form, form + _PAST_ALL)).fetchone()
        if entries > _MANY:
            connection.execute("INSERT INTO shared VALUES (?, ?, ?, ?)", (sort, way, form, entries))
            if way != _EVERY:
                waiting += [(sort, way, longer) for longer in _one_longer(connection, sort, way, form)]
        yield


def _one_longer(connection: sqlite3.Connection, sort: int, way: str, form: str) -> Iterator[str]:
    """The beginnings of entries that have one letter more than one."""
    question = "SELECT form FROM beginning WHERE sort = ? AND way = ? AND form > ? AND form < ? ORDER BY form LIMIT 1"
    after = form
    while row := connection.execute(question, (sort, way, after, form + _PAST_ALL)).fetchone():
        longer = row[0][: len(form) + 1]
        yield longer
        after = longer + _PAST_ALL
