"""What demands cost as a catalogue grows, over catalogues that `benchmarks/corpus.py` draws.

    .venv/bin/python -m benchmarks.scale [PRODUCTS…]

For each number of products (10,000 and 100,000 unless told): the first index and an unchanged second start with a
demand, each a process of its own, and a mix of demands one after the other in a warm process, beside the same sentences
fetched by the register's own indexes. Writes `benchmarks/scale.md`. Processor time, for the machine is shared.
"""

import gc
import os
import sqlite3
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from typing import NamedTuple

from benchmarks.corpus import SEED, Size, write
from vkd_catalog.catalogue import Catalogue, open_catalogue
from vkd_catalog.evaluation import evaluate
from vkd_catalog.message import MessageOptions, message_of
from vkd_catalog.message.as_text import as_text
from vkd_grammar.document import read_document

SIZES = (10_000, 100_000)
REPORT = Path(__file__).with_suffix(".md")
OF_A_KIND = 30
"""Demands of each kind."""
WIDEST = "Persons / - / - / -"
"""Everything there is about persons."""


class Process(NamedTuple):
    """What one process took: seconds on a processor, and megabytes at most."""

    seconds: float
    megabytes: float


class Row(NamedTuple):
    """All that was measured of one size; demands in milliseconds."""

    products: int
    sentences: int
    first: Process
    second: Process
    kinds: dict[str, list[float]]
    messages: list[float]
    floor: list[float]
    widest: tuple[float, float]


def demands(size: Size, random: Random) -> Iterator[tuple[str, list[str]]]:
    """Demands of each kind: what is asked, as the lines between the numbers and the ends."""
    for _ in range(OF_A_KIND):
        register, year = random.randrange(size.registers), random.randint(1980, 2024)
        one, other, third = (int(random.paretovariate(0.6)) % size.characteristics for _ in range(3))
        named = f"Persons / Register {register}"
        yield "one line", [f"{named} / Variable {one} / {year}"]
        yield "any register", [f"Persons / - / Variable {one} / {year}"]
        yield "a decade", [f"Persons / - / Variable {one} / {year - 9}..{year}"]
        yield "a theme", [f"{named} / Theme {one % size.themes} / {year}"]
        yield "two lines", [f"Persons / - / Variable {one} / {year}", f"Persons / - / Variable {other} / {year}"]
        yield (
            "three lines",
            [f"{named} / Variable {one} / -", f"Persons / - / Variable {other} / -", f"{named} / Variable {third} / -"],
        )
        yield "a table", [f"Person aggregates / Classification {register % 40} / Count / {year}"]
        yield "a class", [f"Persons / Class {register % 40} 3 / Variable {one} / {year}"]


def measure(products: int, folder: Path) -> Row:
    """Draws a catalogue, and times all that is asked of it."""
    write(products, folder)
    first = _process(folder)
    second = _process(folder)
    catalogue = open_catalogue(folder)
    _, sentences = catalogue.register.size()
    connection = sqlite3.connect(folder / ".vkd/register.sqlite")
    gc.freeze()
    kinds: dict[str, list[float]] = {}
    messages: list[float] = []
    for kind, lines in demands(Size(products), Random(SEED)):
        answered, told = _answered(catalogue, lines)
        kinds.setdefault(kind, []).append(answered)
        messages.append(told)
    floor = [_timed(partial(_looked_up, connection, one)) for one in range(1, 300)]
    widest = _answered(catalogue, [WIDEST])
    return Row(products, sentences, first, second, kinds, messages, floor, widest)


def _process(folder: Path) -> Process:
    demand = "0 / Demand description / q\n1 / Persons / Register 3 / Person number / - / .\n"
    program = [sys.executable, "-m", "vkd_server", "run", "--workspace", str(folder), "-"]
    child = subprocess.Popen(program, stdin=subprocess.PIPE, stdout=subprocess.DEVNULL)
    assert child.stdin is not None
    child.stdin.write(demand.encode())
    child.stdin.close()
    _, status, usage = os.wait4(child.pid, 0)
    assert os.waitstatus_to_exitcode(status) == 0
    return Process(usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024)


def _answered(catalogue: Catalogue, lines: Sequence[str]) -> tuple[float, float]:
    """Milliseconds for the answer with its first twenty covers, and for its message as text."""
    ends = ["O"] * (len(lines) - 1) + ["."]
    numbered = (f"{at} / {line} / {end}" for at, (line, end) in enumerate(zip(lines, ends, strict=True), start=1))
    text = "\n".join(("0 / Demand description / q", *numbered, ""))
    ((row, description),) = read_document(text, catalogue.parser).pieces()
    started = time.process_time()
    demand = catalogue.coder.code(description)
    answer = evaluate(demand, catalogue.register, catalogue.vocabularies, path="", row=row, language="en")
    answer.covers[:20]
    between = time.process_time()
    as_text(message_of(demand, answer, catalogue, MessageOptions()))
    return (between - started) * 1000, (time.process_time() - between) * 1000


def _looked_up(connection: sqlite3.Connection, characteristic: int) -> None:
    connection.execute("SELECT * FROM sentence WHERE characteristic = ?", (characteristic,)).fetchall()


def _timed(work: Callable[[], object]) -> float:
    started = time.process_time()
    work()
    return (time.process_time() - started) * 1000


def as_markdown(rows: Sequence[Row]) -> str:
    """The report."""
    kinds = list(rows[0].kinds)
    lines = [
        "# Demands as a catalogue grows",
        "",
        f"Python {sys.version.split()[0]} on {os.cpu_count()} cores; made by `benchmarks/scale.py` over catalogues",
        "that `benchmarks/corpus.py` draws. Processor time; demands in milliseconds, in one warm process. The floor is",
        "what SQLite takes to fetch the sentences of one characteristic by the register's index.",
        "",
        "| products | sentences | first index | sentences a second | second start | median | p99 | floor, median |"
        " message, median | widest: answer, message |",
        "| --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |",
        *map(_row, rows),
        "",
        "Answers by kind of demand, median and most:",
        "",
        f"| products | {' | '.join(kinds)} |",
        f"|{' --- |' * (len(kinds) + 1)}",
        *(f"| {row.products:,} | {' | '.join(_kind(row.kinds[kind]) for kind in kinds)} |" for row in rows),
        "",
    ]
    return "\n".join(lines)


def _row(row: Row) -> str:
    every = sorted(time for times in row.kinds.values() for time in times)
    cells = (
        f"{row.products:,}",
        f"{row.sentences:,}",
        f"{row.first.seconds:.1f} s, {row.first.megabytes:.0f} MB",
        f"{row.sentences / row.first.seconds:,.0f}",
        f"{row.second.seconds:.2f} s, {row.second.megabytes:.0f} MB",
        f"{statistics.median(every):.2f}",
        f"{every[len(every) * 99 // 100]:.1f}",
        f"{statistics.median(row.floor):.3f}",
        f"{statistics.median(row.messages):.2f}",
        f"{row.widest[0]:,.0f}, {row.widest[1]:,.0f}",
    )
    return f"| {' | '.join(cells)} |"


def _kind(times: Sequence[float]) -> str:
    return f"{statistics.median(times):.2f}, {max(times):.1f}"


def main(sizes: Sequence[int]) -> None:
    """Measures and writes the report."""
    with TemporaryDirectory() as folder:
        rows = [measure(size, Path(folder) / str(size)) for size in sizes]
    REPORT.write_text(as_markdown(rows), encoding="utf-8")
    print(as_markdown(rows))


if __name__ == "__main__":
    main([int(one) for one in sys.argv[1:]] or SIZES)
