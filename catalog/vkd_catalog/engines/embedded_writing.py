"""Writing into an embedded register: products into its tables, all or nothing."""

import json
import os
import sqlite3
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from contextlib import closing
from pathlib import Path
from typing import NamedTuple

from vkd_catalog.engines.checksum import summed
from vkd_catalog.engines.embedded_columns import drop_columns, write_columns
from vkd_catalog.engines.embedded_schema import SENTENCE_INDEXES
from vkd_catalog.engines.product_rows import stored
from vkd_catalog.register import UNSTATED, FileState, Missed, ProductRecord, Registered, SentenceRecord
from vkd_grammar.words import fold

_AT_ONCE = 10_000
"""So many sentences are handed to SQLite together, which takes each in half the time of one alone."""

_CACHE_KB = 64 * 1024
"""Memory for pages of a file that is written to."""

_STEPS = 20_000_000
"""SQLite takes so many in about a second."""

_NEXT = "SELECT max(first, (SELECT coalesce(max(number), 0) + 1 FROM product)) FROM setting"

_TAKE_IN = (
    "INSERT INTO main.term SELECT (SELECT coalesce(max(number), 0) FROM main.term)"
    " + row_number() OVER (ORDER BY number), code FROM above.term WHERE code NOT IN (SELECT code FROM main.term)",
    "CREATE TEMP TABLE numbered AS SELECT one.number AS above, other.number FROM above.term AS one"
    " JOIN main.term AS other ON other.code = one.code",
    "CREATE UNIQUE INDEX temp.by_number_above ON numbered (above)",
    "INSERT INTO main.file SELECT * FROM above.file",
    "INSERT INTO main.product SELECT * FROM above.product",
    "INSERT INTO main.missed SELECT * FROM above.missed",
    "INSERT INTO main.sentence SELECT product, line, one.number, two.number, three.number, start, stop, fixed, step"
    " FROM above.sentence JOIN numbered AS one ON one.above = object_type JOIN numbered AS two ON two.above = name"
    " JOIN numbered AS three ON three.above = characteristic",
)

_CALLED_ALIKE = (
    "SELECT number, folded FROM product WHERE folded IN"
    " (SELECT folded FROM product GROUP BY folded HAVING count(*) > 1) ORDER BY folded, path, row"
)

_as_json = json.JSONEncoder(ensure_ascii=False).encode


class Change(NamedTuple):
    """What `Register.replace` is told."""

    changed: Iterable[tuple[str, FileState, Sequence[Registered]]]
    gone: Collection[str]
    touched: Mapping[str, FileState]
    missed: Sequence[Missed]


def change(connection: sqlite3.Connection, said: Change) -> None:
    """Makes the change that `Register.replace` is told; whatever is raised on the way, nothing has changed."""
    connection.execute("BEGIN")
    try:
        entering = _Entering(connection)
        drop_columns(connection)
        for path in said.gone:
            entering.forget(path)
        for path, state, products in said.changed:
            entering.enter(path, state, products)
        entering.finish()
        _note_shadowed(connection)
        rows = [(stored(one.path), *one[1:]) for one in said.missed]
        connection.executemany("INSERT INTO missed VALUES (?, ?, ?, ?)", rows)
        signatures = [(state.signature, stored(path)) for path, state in said.touched.items()]
        connection.executemany("UPDATE file SET signature = ? WHERE path = ?", signatures)
        connection.execute("COMMIT")
    except BaseException:
        connection.execute("ROLLBACK")
        raise


def write_anew(path: Path, layers: Callable[[sqlite3.Connection], None], said: Change) -> None:
    """Writes a register into an empty file: what `layers` puts there, with a change. Raises OSError where there is no
    room."""
    try:
        with closing(sqlite3.connect(path, isolation_level=None)) as copy:
            # Nobody else sees the file yet, and what is left of it where anything is raised is thrown away.
            for setting in ("journal_mode = OFF", "synchronous = OFF", f"cache_size = -{_CACHE_KB}"):
                copy.execute(f"PRAGMA {setting}")
            copy.set_progress_handler(lambda: os.utime(path), _STEPS)
            layers(copy)
            change(copy, said)
            write_columns(copy)
    except sqlite3.OperationalError as error:
        raise OSError(None, str(error), str(path)) from error


def take_in(connection: sqlite3.Connection, database: bytes, covered: Collection[str]) -> None:
    """Takes into a register, to which a change is made next, what is laid over it: a `database` of the same tables, in
    the place of the paths that it covers. Products keep their numbers."""
    entering = _Entering(connection)
    for path in covered:
        entering.forget(path)
    entering.finish()
    connection.execute("ATTACH ':memory:' AS above")
    connection.deserialize(database, name="above")
    connection.execute("BEGIN")
    for statement in _TAKE_IN:
        connection.execute(statement)
    connection.execute("COMMIT")
    connection.execute("DETACH above")


def next_number(connection: sqlite3.Connection) -> int:
    """The number that the next product goes by."""
    return int(connection.execute(_NEXT).fetchone()[0])


def _note_shadowed(connection: sqlite3.Connection) -> None:
    """Notes which products cannot be found, since others of their name come before them by path and row."""
    rows = connection.execute(_CALLED_ALIKE)
    first: dict[str, int] = {}
    shadowed = [(number,) for number, folded in rows if first.setdefault(folded, number) != number]
    connection.execute("DELETE FROM shadowed")
    connection.executemany("INSERT INTO shadowed VALUES (?)", shadowed)


class _Terms(dict[str, int]):
    """The numbers of codes; one that has none gets the next, and is among `new` until it is stored."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        super().__init__(connection.execute("SELECT code, number FROM term"))
        self.new: list[tuple[int, str]] = []

    def __missing__(self, code: str) -> int:
        number = self[code] = len(self) + 1
        self.new.append((number, code))
        return number


class _Entering:
    """Files on their way into the tables, in the order in which they come.

    In a register without sentences the indexes over them are made when all are there: to be filled one by one, each
    takes twice the time, and in a large one a page of the disk for every sentence.
    """

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._terms = _Terms(connection)
        self._products: list[tuple[object, ...]] = []
        self._sentences: list[tuple[object, ...]] = []
        execute = connection.execute
        self._next = next_number(connection)
        self._known = {row[0] for table in ("file", "missed") for row in execute(f"SELECT path FROM {table}")}
        self._is_new = execute("SELECT NOT EXISTS (SELECT 1 FROM sentence)").fetchone() == (1,)
        if self._is_new:
            for name in SENTENCE_INDEXES:
                execute(f"DROP INDEX {name}")

    def forget(self, path: str) -> None:
        """Takes out what is registered, and missed, of a path."""
        place = stored(path)
        if place not in self._known:
            return
        self._store()
        execute = self._connection.execute
        execute("DELETE FROM sentence WHERE product IN (SELECT number FROM product WHERE path = ?)", (place,))
        for table in ("product", "file", "missed"):
            execute(f"DELETE FROM {table} WHERE path = ?", (place,))

    def enter(self, path: str, state: FileState, products: Sequence[Registered]) -> None:
        """Puts a file in the place of what is registered of its path."""
        self.forget(path)
        place = stored(path)
        self._known.add(place)
        self._connection.execute("INSERT INTO file VALUES (?, ?, ?, ?, ?, ?)", (place, *state, *summed(products)))
        for product, sentences in products:
            self._enter(place, product, sentences)
        if len(self._sentences) >= _AT_ONCE:
            self._store()

    def finish(self) -> None:
        """Has all that was entered in the tables, and the indexes made."""
        self._store()
        if self._is_new:
            for made in SENTENCE_INDEXES.values():
                self._connection.execute(made)

    def _enter(self, place: str | bytes, product: ProductRecord, sentences: Sequence[SentenceRecord]) -> None:
        number, terms = self._next, self._terms
        self._next += 1
        folded, collection = fold(product.identification), product.values.get("collection", "")
        shelf = fold(collection)
        self._sentences += [
            (number, line, terms[object_type], terms[name], terms[characteristic], start, end, fixed, step)
            for line, object_type, name, characteristic, start, end, fixed, step in sentences
        ]
        self._products.append(
            (
                number,
                place,
                product.row,
                product.identification,
                folded,
                _as_json(dict(product.values)),
                "|".join(product.unit_id),
                product.sensitive,
                collection,
                max([one.end for one in sentences if one.step != UNSTATED], default=0),
                bool(shelf),
                shelf or folded,
            )
        )

    def _store(self) -> None:
        many = self._connection.executemany
        many("INSERT INTO term VALUES (?, ?)", self._terms.new)
        many("INSERT INTO product VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", self._products)
        many("INSERT INTO sentence VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)", self._sentences)
        for kept in (self._terms.new, self._products, self._sentences):
            kept.clear()
