"""The embedded engine: one SQLite file under the workspace's `.vkd/`, or nothing but memory.

A sentence is stored once by product and twice in covering indexes, by characteristic and by name, which is 1972's
inverted file: from concept to sentences. Codes are stored as text, so that a concept and all below it are two ranges of
an index whatever happens to the vocabularies. The file can always be made again, so durability is traded for speed, and
a file that is damaged or of another version is thrown away.
"""

import json
import sqlite3
from collections.abc import Collection, Iterable, Mapping, Sequence
from contextlib import closing
from pathlib import Path
from typing import Literal

from vkd_catalog.register import Ask, Codes, FileState, Found, ProductRecord, Registered, SentenceRecord
from vkd_grammar.words import fold

_SCHEMA = """
CREATE TABLE file (path TEXT PRIMARY KEY, signature TEXT NOT NULL, digest TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE product (
    number INTEGER PRIMARY KEY, path TEXT NOT NULL, row INTEGER NOT NULL, identification TEXT NOT NULL,
    folded TEXT NOT NULL, technical TEXT NOT NULL, unit_id TEXT NOT NULL, sensitive TEXT NOT NULL
);
CREATE INDEX product_by_path ON product (path);
CREATE INDEX product_by_identification ON product (folded, path, row);
CREATE TABLE term (number INTEGER PRIMARY KEY, code TEXT NOT NULL UNIQUE);
CREATE TABLE sentence (
    product INTEGER NOT NULL, line INTEGER NOT NULL, object_type INTEGER NOT NULL, name INTEGER NOT NULL,
    characteristic INTEGER NOT NULL, start INTEGER NOT NULL, stop INTEGER NOT NULL, fixed INTEGER NOT NULL,
    PRIMARY KEY (product, line)
) WITHOUT ROWID;
CREATE INDEX sentence_by_characteristic ON sentence (characteristic, name, object_type, start, stop, fixed);
CREATE INDEX sentence_by_name ON sentence (name, characteristic, object_type, start, stop, fixed);
"""
_VERSION = 2
_WITHIN_AT_ONCE = 500


def open_register(file: Path | None, key: str) -> "EmbeddedRegister":
    """The register in a file, empty where there is none or where it was made for another `key` (vocabularies, version).

    In memory where `file` is None, or cannot be written or read: a register never fails to open.
    """
    if file is not None:
        for _ in range(2):
            try:
                return EmbeddedRegister(_connected(str(file), key))
            except sqlite3.DatabaseError as error:
                if isinstance(error, sqlite3.OperationalError) or not _removed(file):
                    break
    return EmbeddedRegister(_connected(":memory:", key))


def register_like(file: Path, key: str) -> "EmbeddedRegister":
    """A register in memory with what a file holds, which is only read; empty where it holds nothing for this `key`."""
    try:
        # isolation_level None: the transaction is ours, and while it reads nobody can take the file away from the copy.
        with closing(sqlite3.connect(f"{file.absolute().as_uri()}?mode=ro", 2, 0, None, uri=True)) as stored:
            stored.execute("BEGIN")
            version = stored.execute("PRAGMA user_version").fetchone()[0]
            if version == _VERSION and stored.execute("SELECT value FROM setting").fetchone() == (key,):
                return EmbeddedRegister(_copied(stored))
    except sqlite3.Error:
        # Not there, damaged, or somebody writes it: what it would have told can be read from the files themselves.
        pass
    return EmbeddedRegister(_connected(":memory:", key))


def _copied(connection: sqlite3.Connection) -> sqlite3.Connection:
    memory = sqlite3.connect(":memory:", isolation_level=None, check_same_thread=False)
    connection.backup(memory)
    return memory


def _removed(file: Path) -> bool:
    try:
        file.unlink()
    except OSError:
        return False
    return True


def _connected(name: str, key: str) -> sqlite3.Connection:
    connection = sqlite3.connect(name, timeout=2, isolation_level=None, check_same_thread=False)
    try:
        connection.execute("PRAGMA synchronous = OFF")
        connection.execute("PRAGMA journal_mode = MEMORY")
        version = connection.execute("PRAGMA user_version").fetchone()[0]
        had = connection.execute("SELECT value FROM setting").fetchone() if version == _VERSION else None
        if had != (key,):
            _make_empty(connection, key)
    except sqlite3.Error:
        connection.close()
        raise
    return connection


def _make_empty(connection: sqlite3.Connection, key: str) -> None:
    connection.execute("BEGIN IMMEDIATE")
    tables = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()
    for (table,) in tables:
        connection.execute(f'DROP TABLE "{table}"')
    for statement in _SCHEMA.split(";"):
        connection.execute(statement)
    connection.execute("CREATE TABLE setting (value TEXT NOT NULL)")
    connection.execute("INSERT INTO setting VALUES (?)", (key,))
    connection.execute(f"PRAGMA user_version = {_VERSION}")
    connection.execute("COMMIT")


class EmbeddedRegister:
    """A register in SQLite. Of several products with one identification, the first by path and row can be found."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._products: dict[int, ProductRecord] = {}
        self._codes: dict[int, str] | None = None
        self._shadowed = self._find_shadowed()

    def size(self) -> tuple[int, int]:
        products = self._count("product") - len(self._shadowed)
        if not self._shadowed:
            return products, self._count("sentence")
        hidden = ",".join(map(str, self._shadowed))
        return products, self._count(f"sentence WHERE product NOT IN ({hidden})")

    def find(self, ask: Ask, within: Collection[int] | None = None) -> list[Found]:
        conditions, values = _conditions(ask)
        if within is None:
            return self._found(conditions, values)
        numbers = sorted(within)
        found: list[Found] = []
        for at in range(0, len(numbers), _WITHIN_AT_ONCE):
            some = ",".join(map(str, numbers[at : at + _WITHIN_AT_ONCE]))
            found += self._found([*conditions, f"product IN ({some})"], values)
        return found

    def product(self, number: int) -> ProductRecord:
        record = self._products.get(number)
        if record is None:
            row = self._connection.execute(f"SELECT {_PRODUCT} FROM product WHERE number = ?", (number,)).fetchone()
            record = self._products[number] = _product(row)
        return record

    def sentences(self, number: int) -> tuple[SentenceRecord, ...]:
        rows = self._connection.execute(_SELECT + " WHERE product = ? ORDER BY line", (number,))
        return tuple(found.sentence for found in self._read(rows))

    def products(self) -> list[tuple[int, ProductRecord]]:
        rows = self._connection.execute(f"SELECT number, {_PRODUCT} FROM product ORDER BY folded, path, row")
        return [(row[0], _product(row[1:])) for row in rows if row[0] not in self._shadowed]

    def lacking(self, key: str) -> frozenset[int]:
        rows = self._connection.execute(
            "SELECT number FROM product WHERE json_extract(technical, ?) IS NULL", (f'$."{key}"',)
        )
        return frozenset(number for (number,) in rows) - self._shadowed

    def called(self, identification: str) -> list[ProductRecord]:
        rows = self._connection.execute(
            f"SELECT {_PRODUCT} FROM product WHERE folded = ? ORDER BY path, row",
            (fold(identification),),
        )
        return [_product(row) for row in rows]

    def files(self) -> dict[str, FileState]:
        rows = self._connection.execute("SELECT path, signature, digest FROM file")
        return {path: FileState(signature, digest) for path, signature, digest in rows}

    def replace(self, changed: Iterable[tuple[str, FileState, Sequence[Registered]]], gone: Collection[str]) -> None:
        connection = self._connection
        connection.execute("BEGIN IMMEDIATE")
        try:
            terms = dict(connection.execute("SELECT code, number FROM term").fetchall())
            for path in gone:
                self._forget(path)
            for path, state, products in changed:
                self._forget(path)
                connection.execute("INSERT INTO file VALUES (?, ?, ?)", (path, *state))
                for product, sentences in products:
                    self._enter(path, product, sentences, terms)
            connection.execute("COMMIT")
        except BaseException:
            connection.execute("ROLLBACK")
            raise
        self._products.clear()
        self._codes = None
        self._shadowed = self._find_shadowed()

    def touch(self, states: Mapping[str, FileState]) -> None:
        self._connection.executemany(
            "UPDATE file SET signature = ? WHERE path = ?", [(state.signature, path) for path, state in states.items()]
        )

    def copy(self) -> "EmbeddedRegister":
        return EmbeddedRegister(_copied(self._connection))

    def close(self) -> None:
        self._connection.close()

    def _count(self, table: str) -> int:
        count: int = self._connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0]
        return count

    def _found(self, conditions: Sequence[str], values: Sequence[object]) -> list[Found]:
        where = " WHERE " + " AND ".join(conditions) if conditions else ""
        found = self._read(self._connection.execute(_SELECT + where, values))
        return [one for one in found if one.product not in self._shadowed] if self._shadowed else found

    def _read(self, rows: Iterable[tuple[int, ...]]) -> list[Found]:
        if self._codes is None:
            self._codes = dict(self._connection.execute("SELECT number, code FROM term"))
        codes = self._codes
        # A broad question finds a hundred thousand, which the classes' own constructors take twice as long to make.
        new = tuple.__new__
        return [
            new(Found, (product, new(SentenceRecord, (line, codes[a], codes[b], codes[c], start, stop, fixed == 1))))
            for product, line, a, b, c, start, stop, fixed in rows
        ]

    def _find_shadowed(self) -> frozenset[int]:
        rows = self._connection.execute(
            "SELECT number, folded FROM product WHERE folded IN "
            "(SELECT folded FROM product GROUP BY folded HAVING count(*) > 1) ORDER BY folded, path, row"
        )
        first: dict[str, int] = {}
        return frozenset(number for number, folded in rows if first.setdefault(folded, number) != number)

    def _forget(self, path: str) -> None:
        execute = self._connection.execute
        execute("DELETE FROM sentence WHERE product IN (SELECT number FROM product WHERE path = ?)", (path,))
        execute("DELETE FROM product WHERE path = ?", (path,))
        execute("DELETE FROM file WHERE path = ?", (path,))

    def _enter(
        self, path: str, product: ProductRecord, sentences: Sequence[SentenceRecord], terms: dict[str, int]
    ) -> None:
        connection = self._connection
        number = connection.execute(
            "INSERT INTO product (path, row, identification, folded, technical, unit_id, sensitive)"
            " VALUES (?, ?, ?, ?, ?, ?, ?)",
            (
                path,
                product.row,
                product.identification,
                fold(product.identification),
                json.dumps(dict(product.values), ensure_ascii=False),
                "|".join(product.unit_id),
                product.sensitive,
            ),
        ).lastrowid
        for sentence in sentences:
            for code in sentence[1:4]:
                if code not in terms:
                    terms[code] = len(terms) + 1
                    connection.execute("INSERT INTO term VALUES (?, ?)", (terms[code], code))
        connection.executemany(
            "INSERT INTO sentence VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            [
                (number, line, terms[object_type], terms[name], terms[characteristic], start, end, fixed)
                for line, object_type, name, characteristic, start, end, fixed in sentences
            ],
        )


_PRODUCT = "identification, path, row, technical, unit_id, sensitive"
_SELECT = "SELECT product, line, object_type, name, characteristic, start, stop, fixed FROM sentence"


def _conditions(ask: Ask) -> tuple[list[str], list[object]]:
    conditions: list[str] = []
    values: list[object] = []
    for column, codes in (
        ("characteristic", ask.characteristic),
        ("name", ask.name),
        ("object_type", ask.object_type),
    ):
        if codes is not None:
            conditions.append(f"{column} IN (SELECT number FROM term WHERE {_codes(codes, values)})")
    if ask.time is not None:
        conditions.append("(fixed OR (start <= ? AND stop >= ?))")
        values += [ask.time[1], ask.time[0]]
    return conditions, values


def _codes(codes: Codes, values: list[object]) -> str:
    """The condition on a term's code. Below `A` is all from `A.` up to `A/`, for `/` comes next after the dot."""
    parts = [f"code IN ({','.join('?' * len(codes.exactly))})"]
    values += codes.exactly
    for code in codes.below:
        parts.append("(code >= ? AND code < ?)")
        values += [f"{code}.", f"{code}/"]
    return " OR ".join(parts)


def _product(row: tuple[str, str, int, str, str, Literal["yes", "no", "not assessed"]]) -> ProductRecord:
    identification, path, place, technical, unit_id, sensitive = row
    codes = tuple(unit_id.split("|")) if unit_id else ()
    return ProductRecord(identification, path, place, json.loads(technical), codes, sensitive)
