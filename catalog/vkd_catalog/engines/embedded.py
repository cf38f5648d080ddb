"""The embedded engine: a SQLite database in memory, or in a file that nobody writes into.

A sentence is stored once by product and twice in covering indexes, by characteristic and by name, which is 1972's
inverted file: from concept to sentences. Codes are stored as text, so that a concept and all below it are two ranges of
an index whatever happens to the vocabularies.

Between calls a register is kept in files under the workspace's `.vkd/` (`embedded_store`).
"""

import json
import sqlite3
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from importlib.util import find_spec
from itertools import chain
from typing import TYPE_CHECKING, Any

from vkd_catalog.engines import NOWHERE, Place
from vkd_catalog.engines.browsing import LookedAround
from vkd_catalog.engines.checksum import summed
from vkd_catalog.engines.embedded_columns import PACKED_TIME, has_columns, read_columns
from vkd_catalog.engines.embedded_file import APPLICATION
from vkd_catalog.engines.embedded_rows import COUNTED, LINKING, linking_in
from vkd_catalog.engines.embedded_schema import SCHEMA, VERSION
from vkd_catalog.engines.embedded_writing import Change, change, next_number
from vkd_catalog.engines.product_rows import PRODUCT, path_in, product_in, stored
from vkd_catalog.engines.questions import Hidden, Terms, conditions
from vkd_catalog.register import (
    NOTHING_TOUCHED,
    Ask,
    Edition,
    FileState,
    Found,
    Linking,
    Missed,
    Namesake,
    ProductRecord,
    Register,
    Registered,
    SentenceRecord,
    Standing,
    Stored,
    Tell,
    contents_of,
)
from vkd_grammar.words import fold

if TYPE_CHECKING:
    from vkd_catalog.cache import Cache
    from vkd_catalog.columns import Columns

_WITHIN_AT_ONCE = 500
_ROWS_FOR_ALL = 20
"""One sentence by row takes as long as so many from the columns."""

_RECORDS_KEPT = 10_000
"""So many products' records are kept at most for the next time they are asked for."""


def open_register(cache: "Cache | None", key: str, tell: Tell | None = None, place: Place = NOWHERE) -> Register:
    """The register stored in a workspace, empty where there is none, or one made for another `key` (vocabularies,
    version), or one that cannot be believed. What is changed in it is stored.

    Where there is no cache, or nothing can be stored, it is in memory alone: a register never fails to open.
    """
    if cache is None:
        return EmbeddedRegister(empty(key))
    from vkd_catalog.engines.embedded_store import opened

    return opened(cache, key, tell)


def stored_register(cache: "Cache", key: str, place: Place = NOWHERE) -> Stored:
    """The state of the stored register, and the register itself where it is whole; nothing stored is changed."""
    from vkd_catalog.engines.embedded_store import looked_into

    return looked_into(cache, key)


def in_memory() -> sqlite3.Connection:
    """A new, empty database in memory."""
    return sqlite3.connect(":memory:", isolation_level=None, check_same_thread=False)


def empty(key: str, first: int = 1) -> sqlite3.Connection:
    """The database of an empty register for a `key`, the products of which are numbered from `first`."""
    connection = in_memory()
    lay_out(connection, key, first)
    return connection


def lay_out(connection: sqlite3.Connection, key: str, first: int = 1) -> None:
    """Makes the tables of an empty register for a `key` in an empty database."""
    connection.executescript(SCHEMA)
    connection.execute("CREATE TABLE setting (value TEXT NOT NULL, first INTEGER NOT NULL)")
    connection.execute("INSERT INTO setting VALUES (?, ?)", (key, first))
    connection.execute(f"PRAGMA application_id = {APPLICATION}")
    connection.execute(f"PRAGMA user_version = {VERSION}")


def layout_version() -> int:
    """The version of the tables; a database of another one is not understood."""
    return VERSION


class EmbeddedRegister(LookedAround):
    """A register in SQLite. Of several products with one identification, the first by path and row can be found."""

    def __init__(self, connection: sqlite3.Connection, holders: list[object] | None = None) -> None:
        self._connection = connection
        # Those who ask the same connection, the last of whom closes it.
        self._holders = [] if holders is None else holders
        self._holders.append(self)
        self._products: dict[int, ProductRecord] = {}
        self._codes = _Codes(self._answers)
        self._terms = Terms(self._answers)
        self._missed: list[Missed] | None = None
        self._editions: dict[int, Edition] = {}
        self._linking: dict[int, Linking] = {}
        self._size: tuple[int, int] | None = None
        self._has_columns: bool | None = None
        self._contents: str | None = None
        self._shelved: int | None = None
        self._named: dict[str, int] = {}
        self._hidden = Hidden(self.shadowed())

    def revision(self) -> str:
        return ""

    def has_news(self) -> bool:
        return False

    def interrupt(self, thread: int) -> None:
        """Does nothing: no question takes so long, and a connection serves all threads."""

    def size(self) -> tuple[int, int]:
        if self._size is None:
            products, sentences = self._connection.execute("SELECT sum(products), sum(sentences) FROM file").fetchone()
            if products is None:
                products, sentences = self._connection.execute(_COUNTS).fetchone()
            where = self._hidden.among("product")
            unseen = self._connection.execute(f"SELECT count(*) FROM sentence WHERE {where}").fetchone()[0]
            self._size = products - len(self._hidden.numbers), sentences - unseen
        return self._size

    def find(self, ask: Ask, within: Collection[int] | None = None) -> list[Found]:
        return [found for rows in self._rows(_SELECT, ask, within) for found in self._read(rows)]

    def said(
        self, ask: Ask, within: Collection[int] | None = None, *, characteristics: bool
    ) -> Iterator[tuple[int, SentenceRecord]]:
        said = "characteristic" if characteristics else "0"
        select = f"SELECT DISTINCT product, 0, object_type, name, {said}, start, stop, fixed, step FROM sentence"
        codes = self._codes
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

    def columns(self, ask: Ask, *, characteristics: bool) -> "Columns | None":
        if find_spec("numpy") is None:
            return None
        if self._is_in_columns and self._is_answered_by_many(ask):
            state = self._terms, self._hidden, self._codes
            return read_columns(self._connection, ask, *state, characteristics=characteristics)
        from vkd_catalog.columns import columns_of

        said = "characteristic" if characteristics else "0"
        select = f"SELECT product, object_type, name, {said}, {PACKED_TIME} FROM sentence"
        rows = chain.from_iterable(self._rows(select, ask, None))
        return columns_of(rows, self._codes)

    @property
    def _is_in_columns(self) -> bool:
        """Whether its sentences are there in columns too."""
        if self._has_columns is None:
            self._has_columns = has_columns(self._connection)
        return self._has_columns

    def _is_answered_by_many(self, ask: Ask) -> bool:
        """Whether so many sentences answer a question that all are read from the columns sooner than these by row."""
        wanted, values = conditions(ask._replace(time=None), self._terms)
        if not wanted:
            return True
        question = (
            f"SELECT 1 FROM sentence WHERE {' AND '.join(wanted)} LIMIT 1 OFFSET {self.size()[1] // _ROWS_FOR_ALL}"
        )
        return self._connection.execute(question, values).fetchone() is not None

    def counted(self, ask: Ask, groups: Mapping[int, int]) -> Mapping[str, int]:
        wanted, values = conditions(ask, self._terms)
        where = f" WHERE {' AND '.join(wanted)}" if wanted else ""
        teams = json.dumps(list(groups.items()))
        rows = self._connection.execute(f"{COUNTED}{where} GROUP BY characteristic", [teams, *values])
        codes = self._codes
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
        where = " AND ".join((*wanted, self._hidden.besides("product")))
        question = f"SELECT count(DISTINCT product), coalesce(max(stop), 0) FROM sentence WHERE {where}"
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
        where = f"folded = ? AND {self._hidden.besides('number')}"
        row = self._connection.execute(
            f"SELECT number FROM product WHERE {where} ORDER BY path, row LIMIT 1", (fold(identification),)
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
            is_counted = not self._hidden.numbers and self._is_in_columns
            question = _USED if is_counted else f"{_USING} AND {self._hidden.besides('product')}"
            found = self._connection.execute(question, (name,)).fetchone()
            known = self._named[name] = found[0] if found else 0
        return known

    def lacking(self, key: str) -> frozenset[int]:
        rows = self._connection.execute(
            "SELECT number FROM product WHERE json_extract(technical, ?) IS NULL", (f'$."{key}"',)
        )
        return frozenset(number for (number,) in rows) - self._hidden.numbers

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

    def contents(self) -> str:
        if self._contents is None:
            self._contents = contents_of(self.files())
        return self._contents

    def replace(
        self,
        changed: Iterable[tuple[str, FileState, Sequence[Registered]]],
        gone: Collection[str],
        touched: Mapping[str, FileState] = NOTHING_TOUCHED,
        missed: Sequence[Missed] = (),
    ) -> None:
        if changed or gone or touched or missed:
            change(self._connection, Change(changed, gone, touched, missed))
            self._forget_known()

    def missed(self) -> list[Missed]:
        if self._missed is None:
            rows = self._connection.execute("SELECT path, identification, sentences, reason FROM missed ORDER BY 1, 2")
            self._missed = [Missed(path_in(stored), *row) for stored, *row in rows]
        return self._missed

    def copy(self) -> "EmbeddedRegister":
        memory = in_memory()
        self._connection.backup(memory)
        copy = EmbeddedRegister(memory)
        copy.hiding(self._hidden.numbers)
        return copy

    def close(self) -> None:
        with suppress(ValueError):
            self._holders.remove(self)
        if not self._holders:
            self._connection.close()
        # What is held must not hold its holder.
        self._terms, self._codes = Terms(self._connection.execute), _Codes(self._connection.execute)

    def shadowed(self) -> frozenset[int]:
        """The products that cannot be found since others of their name come before them."""
        return frozenset(number for (number,) in self._connection.execute("SELECT number FROM shadowed"))

    def hiding(self, hidden: frozenset[int]) -> None:
        """Has some products not be found, and all others be, until something is changed."""
        self._hidden = Hidden(hidden)
        self._size = None
        self._shelved = None
        self._named.clear()

    def fixed(self) -> "EmbeddedRegister":
        """The same register, in which other products can be hidden; neither must be changed."""
        return EmbeddedRegister(self._connection, self._holders)

    def standing_in(self, paths: Collection[str]) -> list[tuple[int, str]]:
        """The numbers and folded identifications of the products that some files describe."""
        found: list[tuple[int, str]] = []
        for path in paths:
            found += self._connection.execute("SELECT number, folded FROM product WHERE path = ?", (stored(path),))
        return found

    def namesakes_among(self, names: Collection[str] | None = None) -> list[Namesake]:
        """All products of some folded identifications, or all there are."""
        where, values = ("true", []) if names is None else (_NAMED, [json.dumps(list(names))])
        rows = self._connection.execute(f"SELECT number, folded, path, row FROM product WHERE {where}", values)
        return [Namesake(number, folded, (0, isinstance(path, bytes), path, row)) for number, folded, path, row in rows]

    def first_number(self) -> int:
        """The number from which its products are numbered."""
        (first,) = self._connection.execute("SELECT first FROM setting").fetchone()
        return int(first)

    def file_count(self) -> int:
        """How many files are registered."""
        (count,) = self._connection.execute("SELECT count(*) FROM file").fetchone()
        return int(count)

    def next_number(self) -> int:
        """The number that the next product goes by."""
        return next_number(self._connection)

    def copied_into(self, database: sqlite3.Connection) -> None:
        """Copies it into an empty database."""
        self._connection.backup(database)

    def serialized(self) -> bytes:
        """Its database as it is in a file."""
        return self._connection.serialize()

    def space(self) -> int:
        """The bytes of its database."""
        question = "SELECT page_count * page_size FROM pragma_page_count, pragma_page_size"
        (space,) = self._connection.execute(question).fetchone()
        return int(space)

    def _answers(self, question: str, values: Sequence[object]) -> Iterable[tuple[Any, ...]]:
        return self._connection.execute(question, values)

    def _forget_known(self) -> None:
        self._products.clear()
        self._codes = _Codes(self._answers)
        self._terms = Terms(self._answers)
        self._missed = None
        self._has_columns = self._contents = None
        self._editions.clear()
        self._linking.clear()
        self.hiding(self.shadowed())

    def _rows(self, select: str, ask: Ask, within: Collection[int] | None) -> Iterator[Iterable[tuple[int, ...]]]:
        """The rows of the sentences that answer a question, without those of products that cannot be found."""
        if within is not None and not within:
            return
        wanted, values = conditions(ask, self._terms)
        seen = self._hidden.besides("product")
        if within is None:
            yield self._connection.execute(f"{select} WHERE {' AND '.join((*wanted, seen))}", values)
            return
        # Few products have few sentences: they are read by product, whatever else is asked.
        wanted = [*(f"+{one}" for one in wanted), seen]
        numbers = sorted(within)
        for at in range(0, len(numbers), _WITHIN_AT_ONCE):
            some = ",".join(map(str, numbers[at : at + _WITHIN_AT_ONCE]))
            where = " AND ".join((f"product IN ({some})", *wanted))
            yield self._connection.execute(f"{select} WHERE {where}", values)

    def _read(self, rows: Iterable[tuple[int, ...]]) -> list[Found]:
        codes = self._codes
        # A broad question finds a hundred thousand, which the classes' own constructors take twice as long to make.
        new = tuple.__new__
        return [
            new(
                Found,
                (product, new(SentenceRecord, (line, codes[a], codes[b], codes[c], start, stop, fixed == 1, step))),
            )
            for product, line, a, b, c, start, stop, fixed, step in rows
        ]


class _Codes(dict[int, str]):
    """The codes by their numbers: those that were asked for; once these are many those numbered beside them, too, since
    who asks for so many asks for most."""

    def __init__(self, answers: Callable[[str, Sequence[object]], Iterable[tuple[int, str]]]) -> None:
        self._answers = answers
        self[0] = ""

    def __missing__(self, number: int) -> str:
        many = _CODES_AT_ONCE if len(self) > _FEW_CODES else 1
        first = number - number % many
        question = "SELECT number, code FROM term WHERE number BETWEEN ? AND ?"
        self.update(self._answers(question, (first, first + many - 1)))
        return dict.__getitem__(self, number)


_FEW_CODES, _CODES_AT_ONCE = 50_000, 1_000
_SELECT = "SELECT product, line, object_type, name, characteristic, start, stop, fixed, step FROM sentence"
_OF_NAME = "name = (SELECT number FROM term WHERE code = ?)"
_USED = f"SELECT products FROM name_use WHERE {_OF_NAME}"
_USING = f"SELECT count(DISTINCT product) FROM sentence WHERE {_OF_NAME}"
_COUNTS = "SELECT (SELECT count(*) FROM product), (SELECT count(*) FROM sentence)"
_NAMED = "folded IN (SELECT value FROM json_each(?))"
