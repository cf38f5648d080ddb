"""The peers: each takes the sentences in, and answers questions with the best that its maker's manual advises."""

import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager
from typing import Any, NamedTuple

from benchmarks.peers.questions import SHOWN, Answer, Columns, Question, Range

Ask = Callable[[Question], Answer]
Opened = AbstractContextManager[Ask]


class Peer(NamedTuple):
    """What stands beside the register: how it takes sentences in, up to how many products it is tried with, and by
    which clock; one that works in another process is timed by the wall's."""

    open: Callable[[Columns], Opened]
    at_most: int
    clock: Callable[[], float] = time.process_time


def _conditions(question: Question, mark: str) -> tuple[str, list[int]]:
    wanted: list[str] = []
    values: list[int] = []
    if question.days:
        wanted.append(f"start <= {mark} AND stop >= {mark}")
        values += [question.days[1], question.days[0]]
    for column in ("characteristic", "name", "object_type"):
        asked: Range | None = getattr(question, column)
        if asked is not None:
            wanted.append(f"{column} >= {mark} AND {column} < {mark}")
            values += asked
    return " AND ".join(wanted) or "true", values


def _select(where: str) -> str:
    return (
        f"WITH met AS MATERIALIZED (SELECT DISTINCT product FROM sentence WHERE {where})"
        f" SELECT product, (SELECT count(*) FROM met) FROM met ORDER BY product LIMIT {SHOWN}"
    )


def _in_sql(fetch: Callable[[str, list[int]], Sequence[Sequence[int]]], mark: str = "?") -> Ask:
    def ask(question: Question) -> Answer:
        where, values = _conditions(question, mark)
        rows = fetch(_select(where), values)
        return Answer(rows[0][1] if rows else 0, tuple(row[0] for row in rows))

    return ask


_TABLE = """CREATE TABLE sentence (product INTEGER, object_type INTEGER, name INTEGER, characteristic INTEGER,
start INTEGER, stop INTEGER)"""
_INDEXES = (
    "CREATE INDEX by_characteristic ON sentence (characteristic, name, object_type, start, stop, product)",
    "CREATE INDEX by_name ON sentence (name, characteristic, object_type, start, stop, product)",
)


@contextmanager
def _sqlite(columns: Columns) -> Iterator[Ask]:
    """A table with two covering indexes and ANALYZE, in memory."""
    import sqlite3

    connection = sqlite3.connect(":memory:")
    connection.execute(_TABLE)
    connection.executemany("INSERT INTO sentence VALUES (?, ?, ?, ?, ?, ?)", columns.rows())
    for index in (*_INDEXES, "ANALYZE"):
        connection.execute(index)

    yield _in_sql(lambda select, values: connection.execute(select, values).fetchall())
    connection.close()


@contextmanager
def _duckdb(columns: Columns) -> Iterator[Ask]:
    """A table sorted by characteristic and name, one thread."""
    import duckdb
    import numpy

    connection = duckdb.connect()
    connection.execute("SET threads = 1")
    connection.register("drawn", {name: numpy.frombuffer(one, "int64") for name, one in columns._asdict().items()})
    connection.execute("CREATE TABLE sentence AS SELECT * FROM drawn ORDER BY characteristic, name, start")

    yield _in_sql(lambda select, values: connection.execute(select, values).fetchall())
    connection.close()


@contextmanager
def _postgresql(columns: Columns) -> Iterator[Ask]:
    """The same table and indexes, filled by COPY, on a server of its own that is reached by a socket."""
    import psycopg

    from tests.postgres import binaries, running

    programs = binaries()
    if programs is None:
        raise ModuleNotFoundError("postgresql")
    with running(programs, {"shared_buffers": "1GB", "work_mem": "256MB", "jit": "off"}) as there:
        place = " ".join(f"{name.removeprefix('PG').lower()}={value}" for name, value in there.items())
        with psycopg.connect(place.replace("database=", "dbname="), autocommit=True) as connection:
            connection.execute(_TABLE)
            with connection.cursor().copy("COPY sentence FROM STDIN") as copy:
                for row in columns.rows():
                    copy.write_row(row)
            for index in (*_INDEXES, "VACUUM ANALYZE sentence"):
                connection.execute(index.encode())

            yield _in_sql(lambda select, values: connection.execute(select.encode(), values).fetchall(), "%s")


_COUNTED = 60_000
"""So many different products are counted at once: of more than 65,000 tantivy counts none."""


@contextmanager
def _tantivy(columns: Columns) -> Iterator[Ask]:
    """A document a sentence, ranges over fast fields, and products counted by an aggregation."""
    import tantivy

    builder = tantivy.SchemaBuilder()
    for name in Columns._fields:
        builder.add_integer_field(name, indexed=True, fast=True)
    index = tantivy.Index(builder.build())
    writer = index.writer(heap_size=200_000_000, num_threads=1)
    for row in columns.rows():
        writer.add_document(tantivy.Document(**dict(zip(Columns._fields, row, strict=True))))
    writer.commit()
    writer.wait_merging_threads()
    index.reload()
    searcher, last = index.searcher(), max(columns.product)

    def ask(question: Question) -> Answer:
        asked = [(name, getattr(question, name)) for name in ("characteristic", "name", "object_type")]
        wanted = [f"{name}:[{one.first} TO {one.end - 1}]" for name, one in asked if one is not None]
        if question.days:
            wanted += [f"start:[0 TO {question.days[1]}]", f"stop:[{question.days[0]} TO 99999999]"]
        terms = {"products": {"terms": {"field": "product", "size": _COUNTED}}}
        products: list[int] = []
        for first in range(0, last + 1, _COUNTED):
            some = f"product:[{first} TO {first + _COUNTED - 1}]"
            found: Mapping[str, Any] = searcher.aggregate(index.parse_query(" AND ".join((some, *wanted))), terms)
            products += sorted(int(bucket["key"]) for bucket in found["products"]["buckets"])
        return Answer(len(products), tuple(products[:SHOWN]))

    yield ask


@contextmanager
def _oxigraph(columns: Columns) -> Iterator[Ask]:
    """Statements in an RDF store, asked in SPARQL."""
    import pyoxigraph as rdf

    store = rdf.Store()
    of = "https://example.org/"
    statement = {name: rdf.NamedNode(of + name) for name in Columns._fields}
    number = rdf.NamedNode("http://www.w3.org/2001/XMLSchema#integer")

    def quads() -> Iterator[rdf.Quad]:
        for place, row in enumerate(columns.rows()):
            sentence = rdf.NamedNode(f"{of}s{place}")
            for name, value in zip(Columns._fields, row, strict=True):
                yield rdf.Quad(sentence, statement[name], rdf.Literal(str(value), datatype=number))

    store.bulk_extend(quads())

    def ask(question: Question) -> Answer:
        asked = [(name, getattr(question, name)) for name in ("characteristic", "name", "object_type")]
        wanted = [
            f"?s <{of}{name}> ?{name} . FILTER (?{name} >= {one.first} && ?{name} < {one.end})"
            for name, one in asked
            if one is not None
        ]
        if question.days:
            wanted.append(f"?s <{of}start> ?start . FILTER (?start <= {question.days[1]})")
            wanted.append(f"?s <{of}stop> ?stop . FILTER (?stop >= {question.days[0]})")
        found = store.query(f"SELECT DISTINCT ?p WHERE {{ {' '.join(wanted)} ?s <{of}product> ?p }}")
        assert isinstance(found, rdf.QuerySolutions)
        products = sorted(int(solution[0].value) for solution in found)
        return Answer(len(products), tuple(products[:SHOWN]))

    yield ask


PEERS: Mapping[str, Peer] = {
    "SQLite by hand": Peer(_sqlite, 1_000_000),
    "DuckDB": Peer(_duckdb, 1_000_000),
    "PostgreSQL (wall)": Peer(_postgresql, 1_000_000, time.perf_counter),
    "tantivy": Peer(_tantivy, 100_000),
    "Oxigraph, SPARQL": Peer(_oxigraph, 100_000),
}
"""The peers by the names that a report gives them."""
