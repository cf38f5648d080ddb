"""How well free words find what is meant, beside plain BM25 over the same texts in the same run, and how long it takes.

    make dst build/utdanning/vkd.toml
    build/cldr/bin/pip install babel   # in an environment of its own, made with: python -m venv build/cldr
    PYTHONPATH=$(echo build/cldr/lib/python3*/site-packages) .venv/bin/python -m benchmarks.look_up

Public sources judge, so that nobody here does. Statistics Denmark describes the variables of its research registers in
Danish and English; what other registers call a variable is a query that should find it by what the first calls it. So
is what a variable of the Norwegian education database was called before, and what it is defined as, a text in two
languages. The Unicode CLDR names territories, languages, scripts and currencies in each language: a name in one is a
query to a catalogue in another. Concepts are loaded with the words of one language, and without definitions. What is
written exactly as it is called is no query, since anything finds that.

Plain BM25 is SQLite's, over words without case and accents. MAP, nDCG@10 and recall@100 are means over queries. Time is
taken over 100,000 concepts. Writes `benchmarks/look_up.md`.
"""

import csv
import math
import os
import re
import sqlite3
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Collection, Mapping, Sequence
from importlib import import_module
from pathlib import Path
from random import Random
from typing import NamedTuple

from vkd_catalog.catalogue import Catalogue
from vkd_catalog.configuration import configuration_for
from vkd_grammar.words import fold

ROOT = Path(__file__).parents[1]
REPORT = Path(__file__).with_suffix(".md")
DST = ROOT / "build" / "dst" / "vocabulary" / "characteristics.csv"
NUDB = ROOT / "build" / "utdanning" / "vocabulary" / "characteristics.csv"
MOST = 1000
"""Queries of a set; of more, so many are drawn."""

DEEP = 100
SIZE = 100_000
"""Concepts over which time is taken."""


class JudgedSet(NamedTuple):
    """Concepts by their codes, and queries with the codes they should find; `own` is a code that is no answer."""

    name: str
    concepts: Mapping[str, str]
    queries: Sequence[tuple[str, Collection[str], str]]


class Scores(NamedTuple):
    """Means over the queries of a set."""

    average_precision: float
    ndcg: float
    recall: float


Search = Callable[[str], Sequence[str]]
"""From a query to codes, the best first."""


def judged_sets() -> list[JudgedSet]:
    """All judged sets."""
    dst, nudb = _rows(DST), _rows(NUDB)
    return [
        _renamed("other names, English", dst, "en"),
        _renamed("other names, Danish", dst, "da"),
        _renamed("other names, Norwegian", nudb, "nb"),
        _defined("definitions, Norwegian", nudb, "nb"),
        *(_neighbours(asked, had) for asked, had in (("sv", "nb"), ("da", "nb"), ("nb", "sv"), ("en", "nb"))),
    ]


def _rows(file: Path) -> Sequence[Mapping[str, str]]:
    with file.open(encoding="utf-8", newline="") as opened:
        return list(csv.DictReader(opened))


def measured(judged: JudgedSet, search: Search) -> Scores:
    """How well a search does on a set."""
    scores = []
    for query, relevant, own in judged.queries:
        found = [code for code in search(query) if code != own][:DEEP]
        ranks = [place for place, code in enumerate(found, start=1) if code in relevant]
        precision = sum(number / rank for number, rank in enumerate(ranks, start=1)) / len(relevant)
        gain = sum(1 / math.log2(rank + 1) for rank in ranks if rank <= 10)
        ideal = sum(1 / math.log2(rank + 1) for rank in range(1, min(len(relevant), 10) + 1))
        scores.append(Scores(precision, gain / ideal, len(ranks) / len(relevant)))
    return Scores(*(statistics.fmean(column) for column in zip(*scores, strict=True)))


def plain_bm25(concepts: Mapping[str, str]) -> Search:
    """SQLite's BM25 over the same words, any of which may match."""
    connection = sqlite3.connect(":memory:")
    connection.execute("CREATE VIRTUAL TABLE text USING fts5 (code UNINDEXED, words)")
    connection.executemany("INSERT INTO text VALUES (?, ?)", concepts.items())

    def search(query: str) -> Sequence[str]:
        some = " OR ".join(f'"{word}"' for word in re.findall(r"\w+", query))
        rows = connection.execute("SELECT code FROM text WHERE words MATCH ? ORDER BY rank LIMIT ?", (some, DEEP + 1))
        return [code for (code,) in rows]

    return search if concepts else lambda query: ()


def look_up(concepts: Mapping[str, str], folder: Path, language: str = "nb") -> Search:
    """What `vkd find` does, over a catalogue that has these concepts and no sets."""
    folder.mkdir(exist_ok=True)
    with (folder / "characteristics.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(("code", f"prefLabel@{language}"))
        writer.writerows(concepts.items())
    (folder / "vkd.toml").write_text(
        f'[catalogue]\nname = "x"\nlanguage = "{language}"\n[vocabularies]\ncharacteristics = ["characteristics.csv"]\n'
        '[products]\ninclude = ["none.vkd"]\n',
        encoding="utf-8",
    )
    lookup = Catalogue(configuration_for(folder)).lookup
    lookup.prepare()
    return lambda query: [hit.code for hit in lookup.find(query, limit=DEEP + 1).hits]


def _renamed(name: str, rows: Sequence[Mapping[str, str]], language: str) -> JudgedSet:
    """What other registers call a variable should find it by what the first calls it."""
    labelled = [row for row in rows if row[f"prefLabel@{language}"]]
    queries = [
        (other, {row["code"]}, "")
        for row in labelled
        for other in row[f"altLabel@{language}"].split("|")
        if other and fold(other) != fold(row[f"prefLabel@{language}"])
    ]
    return JudgedSet(name, {row["code"]: row[f"prefLabel@{language}"] for row in labelled}, _drawn(queries))


def _defined(name: str, rows: Sequence[Mapping[str, str]], language: str) -> JudgedSet:
    """What a variable means should find it by what it is called."""
    labels = {row["code"]: row[f"prefLabel@{language}"] for row in rows if row[f"prefLabel@{language}"]}
    defined = {row["code"]: row[f"definition@{language}"] for row in rows}
    return JudgedSet(name, labels, _drawn([(defined[code], {code}, "") for code in labels if defined[code]]))


def _neighbours(asked: str, had: str) -> JudgedSet:
    """Names in one language, which should find the names of the same in another."""
    lists = ("territories", "languages", "scripts", "currencies")
    locale = import_module("babel").Locale
    own, other = locale(had), locale(asked)
    concepts: dict[str, str] = {}
    queries: list[tuple[str, Collection[str], str]] = []
    for kind in lists:
        names = getattr(own, kind)
        for key, name in names.items():
            code = f"{kind[0]}_{key}"
            concepts[code] = name
            query = getattr(other, kind).get(key)
            if query and fold(query) != fold(name):
                queries.append((query, {code}, ""))
    return JudgedSet(f"{asked} to {had}", concepts, _drawn(queries))


def _drawn(queries: Sequence[tuple[str, Collection[str], str]]) -> Sequence[tuple[str, Collection[str], str]]:
    return Random(1972).sample(queries, MOST) if len(queries) > MOST else queries


def _timed(folder: Path) -> Sequence[str]:
    """Seconds to make an index of many concepts and to read it, and milliseconds a query takes."""
    with DST.open(encoding="utf-8", newline="") as file:
        labels = [row["prefLabel@da"] for row in csv.DictReader(file)]
    random = Random(1972)
    words = sorted({word for label in labels for word in re.findall(r"\w{3,}", label)})
    concepts = {f"C{number}": f"{random.choice(labels)} {random.choice(words)}" for number in range(SIZE)}
    began = time.perf_counter()
    look_up(concepts, folder)
    made = time.perf_counter() - began
    began = time.perf_counter()
    search = look_up(concepts, folder)
    read = time.perf_counter() - began
    texts = random.sample(labels, 100) + random.sample(words, 100)
    times = []
    for text in texts + [word[:2] + word[3:] for word in random.sample(words, 100)]:
        began = time.perf_counter()
        search(text)
        times.append(1000 * (time.perf_counter() - began))
    p50, p99 = statistics.median(times), statistics.quantiles(times, n=100)[98]
    return (
        f"Over {SIZE:,} concepts: vocabularies read and the index made {made:.1f} s, both read again {read:.1f} s;",
        f"a query takes {p50:.1f} ms at the median and {p99:.0f} ms at the 99th of 100: labels, words, misspelt words.",
    )


def report(folder: Path) -> str:
    """The report, in Markdown."""
    lines = [
        "# Look-up by free words",
        "",
        f"Python {sys.version.split()[0]} on {os.cpu_count()} cores; made by `benchmarks/look_up.py`, which says how.",
        "Each cell is MAP, nDCG@10, recall@100; the ratio is that of MAP.",
        "",
        "| judged set | concepts | queries | plain BM25 | vkd find | ratio |",
        "|---|---:|---:|---|---|---:|",
    ]
    for number, judged in enumerate(judged_sets()):
        floor = measured(judged, plain_bm25(judged.concepts))
        ours = measured(judged, look_up(judged.concepts, folder / str(number)))
        ratio = ours.average_precision / floor.average_precision
        cells = (" ".join(f"{score:.3f}" for score in scores) for scores in (floor, ours))
        sizes = f"{len(judged.concepts):,} | {len(judged.queries):,}"
        lines.append(f"| {judged.name} | {sizes} | {' | '.join(cells)} | {ratio:.2f} |")
        print(lines[-1], flush=True)
    lines += ["", *_timed(folder / "timed")]
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as there:
        REPORT.write_text(report(Path(there)), encoding="utf-8")
