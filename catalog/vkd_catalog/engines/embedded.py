"""The embedded engine: a SQLite database in memory, kept between calls in one file under the workspace's `.vkd/`.

A sentence is stored once by product and twice in covering indexes, by characteristic and by name, which is 1972's
inverted file: from concept to sentences. Codes are stored as text, so that a concept and all below it are two ranges of
an index whatever happens to the vocabularies.

The file is the database as it is on a disk, which any SQLite can look into, with a seal after it. It is read once, as
a whole, when a register is opened, and replaced as a whole when something has changed. So nobody waits for anybody's
lock, what was checked is what is read, and all that is read is of one state. A file that is not as it was left is made
anew. One too large for this is searched where it lies, which nobody writes into either, until something changes.
"""

import errno
import json
import os
import sqlite3
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from typing import Any, NamedTuple

from vkd_catalog.cache import Cache, Sealed
from vkd_catalog.engines import NOWHERE, Place
from vkd_catalog.engines.browsing import LookedAround
from vkd_catalog.engines.checksum import summed
from vkd_catalog.engines.embedded_file import APPLICATION, trouble_with
from vkd_catalog.engines.embedded_rows import COUNTED, LINKING, linking_in
from vkd_catalog.engines.embedded_schema import SCHEMA, VERSION
from vkd_catalog.engines.embedded_writing import change, change_in_file
from vkd_catalog.engines.product_rows import PRODUCT, path_in, product_in, stored
from vkd_catalog.engines.questions import Terms, conditions
from vkd_catalog.register import (
    NOTHING_TOUCHED,
    Ask,
    Edition,
    FileState,
    Found,
    Linking,
    Missed,
    ProductRecord,
    Registered,
    SentenceRecord,
    Standing,
    Stored,
    Tell,
    Trouble,
)
from vkd_grammar.words import fold

_WITHIN_AT_ONCE = 500
_RECORDS_KEPT = 10_000
"""So many products' records are kept at most for the next time they are asked for."""

REGISTER_FILE = "register.sqlite"
"""The register's name in the workspace's `.vkd/`."""

_MOST_HELD = 256 * 2**20
"""Bytes of a stored register that is read into memory, which takes a quarter of a second; larger ones stay outside."""


def stored_register(cache: Cache, key: str, place: Place = NOWHERE) -> Stored:
    """The state of the stored register, and the register itself where it is whole; nothing stored is changed."""
    sealed = cache.read_sealed(REGISTER_FILE, _MOST_HELD)
    register = _opened(sealed, key)
    file = (str(cache.folder / REGISTER_FILE), *cache.size_and_time(REGISTER_FILE))
    if register is not None:
        return Stored("whole", *file, register)
    if sealed.state in ("absent", "elsewhere", "unreadable"):
        return Stored(sealed.state, *file)
    return Stored(trouble_with(sealed) or "outdated", *file)


def open_register(
    cache: Cache | None, key: str, tell: Tell | None = None, place: Place = NOWHERE
) -> "EmbeddedRegister":
    """The register stored in a workspace, empty where there is none, or one made for another `key` (vocabularies,
    version), or one that cannot be believed. What is changed in it is stored.

    Where there is no cache, or nothing can be stored, it is in memory alone: a register never fails to open.
    """
    if cache is None:
        return EmbeddedRegister(_empty(key))
    store = _Store(cache, tell or _nobody)
    sealed = cache.read_sealed(REGISTER_FILE, _MOST_HELD)
    register = _opened(sealed, key, store)
    if register is not None:
        return register
    trouble = trouble_with(sealed)
    if trouble is not None:
        store.tell(Trouble(trouble, store.path))
    return EmbeddedRegister(_empty(key), store if trouble in (None, "damaged") else None)


def _opened(sealed: Sealed, key: str, store: "_Store | None" = None) -> "EmbeddedRegister | None":
    connection = _loaded(sealed, key)
    if connection is None:
        return None
    try:
        return EmbeddedRegister(connection, store, is_stored=True, is_held=sealed.file is None)
    except sqlite3.Error:
        # One that was not read when it was judged.
        connection.close()
        return None


class _Change(NamedTuple):
    """What `Register.replace` is told."""

    changed: Iterable[tuple[str, FileState, Sequence[Registered]]]
    gone: Collection[str]
    touched: Mapping[str, FileState]
    missed: Sequence[Missed]


class _Store(NamedTuple):
    """Where a register is stored, and the function that is called with the trouble when it cannot be."""

    cache: Cache
    tell: Tell

    @property
    def path(self) -> str:
        return str(self.cache.folder / REGISTER_FILE)

    def keep(self, connection: sqlite3.Connection) -> bool:
        """Stores a register. Returns whether that was possible."""
        try:
            self.cache.write_sealed(REGISTER_FILE, connection.serialize())
        except OSError as error:
            self._tell(error)
            return False
        return True

    def change(self, connection: sqlite3.Connection, said: _Change) -> tuple[sqlite3.Connection, bool] | None:
        """Stores a register with a change, which is made where it is stored. Returns a connection to what was stored,
        and whether it is held in memory; None where that was not possible."""
        key = connection.execute("SELECT value FROM setting").fetchone()[0]
        try:
            with self.cache.building_sealed(REGISTER_FILE) as path:
                change_in_file(connection, path, *said)
            sealed = self.cache.read_sealed(REGISTER_FILE, _MOST_HELD)
            stored = _loaded(sealed, key)
            if stored is None:
                raise OSError(errno.ESTALE, os.strerror(errno.ESTALE), self.path)
        except OSError as error:
            self._tell(error)
            return None
        return stored, sealed.file is None

    def _tell(self, error: OSError) -> None:
        # Where it may not be written, that is somebody's decision and no news.
        if not isinstance(error, PermissionError) and error.errno != errno.EROFS:
            self.tell(Trouble("unwritten", self.path, error.strerror or str(error)))


def _nobody(_trouble: Trouble) -> None:
    """Takes a trouble and does nothing, for callers that do not want to know."""


def _loaded(sealed: Sealed, key: str) -> sqlite3.Connection | None:
    """The database that was sealed, if it is of this version and for this key."""
    if sealed.state != "whole":
        return None
    if sealed.file is None:
        connection = _in_memory()
    else:
        where = f"{sealed.file.absolute().as_uri()}?mode=ro&immutable=1"
        connection = sqlite3.connect(where, isolation_level=None, check_same_thread=False, uri=True)
    with suppress(sqlite3.Error):
        if sealed.file is None:
            connection.deserialize(sealed.data)
        version = connection.execute("PRAGMA user_version").fetchone()[0]
        if version == VERSION and connection.execute("SELECT value FROM setting").fetchone() == (key,):
            return connection
    connection.close()
    return None


def _in_memory() -> sqlite3.Connection:
    return sqlite3.connect(":memory:", isolation_level=None, check_same_thread=False)


def _copied(connection: sqlite3.Connection) -> sqlite3.Connection:
    memory = _in_memory()
    connection.backup(memory)
    return memory


def _empty(key: str) -> sqlite3.Connection:
    connection = _in_memory()
    lay_out(connection, key)
    return connection


def lay_out(connection: sqlite3.Connection, key: str) -> None:
    """Makes the tables of an empty register for a `key` in an empty database."""
    connection.executescript(SCHEMA)
    connection.execute("CREATE TABLE setting (value TEXT NOT NULL)")
    connection.execute("INSERT INTO setting VALUES (?)", (key,))
    connection.execute(f"PRAGMA application_id = {APPLICATION}")
    connection.execute(f"PRAGMA user_version = {VERSION}")


def layout_version() -> int:
    """The version of the tables; a database of another one is not understood."""
    return VERSION


class EmbeddedRegister(LookedAround):
    """A register in SQLite. Of several products with one identification, the first by path and row can be found."""

    def __init__(
        self,
        connection: sqlite3.Connection,
        store: _Store | None = None,
        *,
        is_stored: bool = False,
        is_held: bool = True,
    ) -> None:
        self._connection = connection
        self._is_held = is_held
        self._store = store
        self._is_stored = is_stored
        self._products: dict[int, ProductRecord] = {}
        self._codes: dict[int, str] | None = None
        self._terms = Terms(self._answers)
        self._missed: list[Missed] | None = None
        self._editions: dict[int, Edition] = {}
        self._linking: dict[int, Linking] = {}
        self._size: tuple[int, int] | None = None
        self._shelved: int | None = None
        self._named: dict[str, int] = {}
        self._shadowed = self._find_shadowed()

    def revision(self) -> str:
        return ""

    def has_news(self) -> bool:
        return False

    def interrupt(self, thread: int) -> None:
        """Does nothing: no question takes so long, and a connection serves all threads."""

    def size(self) -> tuple[int, int]:
        if self._size is None:
            hidden = ",".join(map(str, self._shadowed))
            where = f" WHERE product NOT IN ({hidden})" if hidden else ""
            question = f"SELECT (SELECT count(*) FROM product), (SELECT count(*) FROM sentence{where})"
            products, sentences = self._connection.execute(question).fetchone()
            self._size = products - len(self._shadowed), sentences
        return self._size

    def find(self, ask: Ask, within: Collection[int] | None = None) -> list[Found]:
        return [found for rows in self._rows(_SELECT, ask, within) for found in self._read(rows)]

    def said(
        self, ask: Ask, within: Collection[int] | None = None, *, characteristics: bool
    ) -> Iterator[tuple[int, SentenceRecord]]:
        said = "characteristic" if characteristics else "0"
        select = f"SELECT DISTINCT product, 0, object_type, name, {said}, start, stop, fixed, step FROM sentence"
        codes = self._coded()
        known: dict[tuple[int, ...], SentenceRecord] = {}
        for rows in self._rows(select, ask, within):
            for row in rows:
                said_there = row[1:]
                sentence = known.get(said_there)
                if sentence is None:
                    _, a, b, c, start, stop, fixed, step = said_there
                    known[said_there] = sentence = SentenceRecord(
                        0,
                        codes[a],
                        codes[b],
                        codes[c],
                        start,
                        stop,
                        fixed == 1,
                        step,  # type: ignore[arg-type]
                    )
                yield row[0], sentence

    def counted(self, ask: Ask, groups: Mapping[int, int]) -> Mapping[str, int]:
        wanted, values = conditions(ask, self._terms)
        where = f" WHERE {' AND '.join(wanted)}" if wanted else ""
        teams = json.dumps(list(groups.items()))
        rows = self._connection.execute(f"{COUNTED}{where} GROUP BY characteristic", [teams, *values])
        codes = self._coded()
        return {codes[characteristic]: count for characteristic, count in rows}

    def linking(self, numbers: Collection[int]) -> Mapping[int, Linking]:
        unknown = [number for number in numbers if number not in self._linking]
        if unknown:
            self._linking.update(linking_in(self._connection.execute(LINKING, (json.dumps(unknown),))))
        return {number: self._linking[number] for number in numbers}

    def identifications(self, numbers: Collection[int]) -> Mapping[int, str]:
        rows = self._connection.execute(
            "SELECT number, identification FROM product WHERE number IN (SELECT value FROM json_each(?))",
            (json.dumps(list(numbers)),),
        )
        return dict(rows)

    def standing(self, ask: Ask) -> Standing:
        wanted, values = conditions(ask, self._terms)
        if self._shadowed:
            wanted.append(f"product NOT IN ({','.join(map(str, self._shadowed))})")
        where = " WHERE " + " AND ".join(wanted) if wanted else ""
        question = f"SELECT count(DISTINCT product), coalesce(max(stop), 0) FROM sentence{where}"
        return Standing(*self._connection.execute(question, values).fetchone())

    def product(self, number: int) -> ProductRecord:
        record = self._products.get(number)
        if record is None:
            row = self._connection.execute(f"SELECT {PRODUCT} FROM product WHERE number = ?", (number,)).fetchone()
            if len(self._products) >= _RECORDS_KEPT:
                self._products.clear()
            record = self._products[number] = product_in(row)
        return record

    def numbered(self, identification: str) -> int | None:
        row = self._connection.execute(
            "SELECT number FROM product WHERE folded = ? ORDER BY path, row LIMIT 1", (fold(identification),)
        ).fetchone()
        return row[0] if row else None

    def sentences(self, number: int) -> tuple[SentenceRecord, ...]:
        rows = self._connection.execute(_SELECT + " WHERE product = ? ORDER BY line", (number,))
        return tuple(found.sentence for found in self._read(rows))

    def editions(self, numbers: Collection[int]) -> Mapping[int, Edition]:
        unknown = [number for number in numbers if number not in self._editions]
        if unknown:
            rows = self._connection.execute(
                "SELECT number, collection, latest FROM product WHERE number IN (SELECT value FROM json_each(?))",
                (json.dumps(unknown),),
            )
            self._editions.update((number, Edition(collection, latest)) for number, collection, latest in rows)
        return {number: self._editions[number] for number in numbers}

    def named(self, name: str) -> int:
        known = self._named.get(name)
        if known is None:
            rows = self._connection.execute(
                "SELECT DISTINCT product FROM sentence WHERE name = (SELECT number FROM term WHERE code = ?)", (name,)
            )
            known = self._named[name] = sum(number not in self._shadowed for (number,) in rows)
        return known

    def lacking(self, key: str) -> frozenset[int]:
        rows = self._connection.execute(
            "SELECT number FROM product WHERE json_extract(technical, ?) IS NULL", (f'$."{key}"',)
        )
        return frozenset(number for (number,) in rows) - self._shadowed

    def called(self, identification: str) -> list[ProductRecord]:
        rows = self._connection.execute(
            f"SELECT {PRODUCT} FROM product WHERE folded = ? ORDER BY path, row",
            (fold(identification),),
        )
        return [product_in(row) for row in rows]

    def namesakes(self, identification: str, besides: str) -> tuple[int, list[ProductRecord]]:
        others = (fold(identification), stored(besides))
        where = "FROM product WHERE folded = ? AND path != ?"
        ((count,),) = self._connection.execute(f"SELECT count(*) {where}", others)
        if not count:
            return 0, []
        first = self._connection.execute(f"SELECT {PRODUCT} {where} ORDER BY path, row LIMIT 2", others)
        return count, [product_in(row) for row in first]

    def altered(self) -> list[str]:
        by_path: dict[str, list[Registered]] = {}
        by_number: dict[int, list[SentenceRecord]] = {}
        for found in self._read(self._connection.execute(_SELECT + " ORDER BY product, line")):
            by_number.setdefault(found.product, []).append(found.sentence)
        for number, *row in self._connection.execute(f"SELECT number, {PRODUCT} FROM product ORDER BY number"):
            product = product_in(tuple(row))
            by_path.setdefault(product.path, []).append((product, by_number.pop(number, [])))
        files = self._connection.execute("SELECT path, products, sentences, content FROM file ORDER BY path")
        altered = [path_in(path) for path, *sums in files if tuple(sums) != summed(by_path.pop(path_in(path), []))]
        # What is left belongs to no file, or to no product.
        return [*altered, *by_path, *("" for _ in by_number)]

    def files(self) -> dict[str, FileState]:
        rows = self._connection.execute("SELECT path, signature, digest FROM file")
        return {path_in(stored): FileState(signature, digest) for stored, signature, digest in rows}

    def replace(
        self,
        changed: Iterable[tuple[str, FileState, Sequence[Registered]]],
        gone: Collection[str],
        touched: Mapping[str, FileState] = NOTHING_TOUCHED,
        missed: Sequence[Missed] = (),
    ) -> None:
        if changed or gone or touched or missed:
            said = _Change(changed, gone, touched, missed)
            self._is_stored = self._has_changed_outside(said)
            if not self._is_stored:
                self._change(said)
            self._forget_known()
        if self._store is not None and not self._is_stored:
            self._is_stored = self._store.keep(self._connection)
            if not self._is_stored:
                # Where there is no room now there is none for the next change, and it is told once.
                self._store = None

    def missed(self) -> list[Missed]:
        if self._missed is None:
            rows = self._connection.execute("SELECT path, identification, sentences, reason FROM missed ORDER BY 1, 2")
            self._missed = [Missed(path_in(stored), *row) for stored, *row in rows]
        return self._missed

    def copy(self) -> "EmbeddedRegister":
        return EmbeddedRegister(_copied(self._connection))

    def close(self) -> None:
        self._connection.close()

    def _answers(self, question: str, values: Sequence[object]) -> Iterable[tuple[Any, ...]]:
        return self._connection.execute(question, values)

    def _change(self, said: _Change) -> None:
        if not self._is_held:
            outside, self._connection, self._is_held = self._connection, _copied(self._connection), True
            outside.close()
        change(self._connection, *said)

    def _has_changed_outside(self, said: _Change) -> bool:
        """Whether a change was made in the file instead of in memory.

        So are those of a register that is new, or too large to be held: memory does not grow with it then.
        """
        store, connection = self._store, self._connection
        is_new = connection.execute("SELECT NOT EXISTS (SELECT 1 FROM file)").fetchone() == (1,)
        if store is None or not (is_new or not self._is_held) or isinstance(said.changed, Iterator):
            return False
        changed = store.change(connection, said)
        if changed is None:
            self._store = None
            return False
        connection.close()
        self._connection, self._is_held = changed
        return True

    def _forget_known(self) -> None:
        self._products.clear()
        self._codes = None
        self._terms = Terms(self._answers)
        self._missed = None
        self._editions.clear()
        self._linking.clear()
        self._size = None
        self._shelved = None
        self._named.clear()
        self._shadowed = self._find_shadowed()

    def _rows(self, select: str, ask: Ask, within: Collection[int] | None) -> Iterator[Iterable[tuple[int, ...]]]:
        """The rows of the sentences that answer a question, without those of products that cannot be found."""
        wanted, values = conditions(ask, self._terms)
        if self._shadowed:
            wanted.append(f"product NOT IN ({','.join(map(str, self._shadowed))})")
        if within is None:
            where = " WHERE " + " AND ".join(wanted) if wanted else ""
            yield self._connection.execute(select + where, values)
            return
        # Few products have few sentences: they are read by product, whatever else is asked.
        wanted = [f"+{one}" for one in wanted]
        numbers = sorted(within)
        for at in range(0, len(numbers), _WITHIN_AT_ONCE):
            some = ",".join(map(str, numbers[at : at + _WITHIN_AT_ONCE]))
            where = " AND ".join((f"product IN ({some})", *wanted))
            yield self._connection.execute(f"{select} WHERE {where}", values)

    def _read(self, rows: Iterable[tuple[int, ...]]) -> list[Found]:
        codes = self._coded()
        # A broad question finds a hundred thousand, which the classes' own constructors take twice as long to make.
        new = tuple.__new__
        return [
            new(
                Found,
                (product, new(SentenceRecord, (line, codes[a], codes[b], codes[c], start, stop, fixed == 1, step))),
            )
            for product, line, a, b, c, start, stop, fixed, step in rows
        ]

    def _coded(self) -> dict[int, str]:
        """The codes by their numbers; of what is not asked for none."""
        if self._codes is None:
            self._codes = {0: "", **dict(self._connection.execute("SELECT number, code FROM term"))}
        return self._codes

    def _find_shadowed(self) -> frozenset[int]:
        rows = self._connection.execute(
            "SELECT number, folded FROM product WHERE folded IN "
            "(SELECT folded FROM product GROUP BY folded HAVING count(*) > 1) ORDER BY folded, path, row"
        )
        first: dict[str, int] = {}
        return frozenset(number for number, folded in rows if first.setdefault(folded, number) != number)


_SELECT = "SELECT product, line, object_type, name, characteristic, start, stop, fixed, step FROM sentence"
