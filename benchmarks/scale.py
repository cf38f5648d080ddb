"""What demands cost as a catalogue grows, over catalogues that `benchmarks/corpus.py` draws.

    .venv/bin/python -m benchmarks.scale [PRODUCTS…]

For each number of products (10,000 and 100,000 unless told): the first index, an unchanged second start with a demand,
one file changed, and the widest demand as text and as JSON, each a process of its own; and a mix of demands one after
the other in a warm process, beside the same sentences fetched by the register's own indexes. Processor time, for the
machine is shared. Writes `benchmarks/scale.md`, and with matplotlib the plot beside it; what was measured of other
sizes before stays in it (`benchmarks/scale.json`).
"""

import gc
import json
import os
import sqlite3
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from typing import Any, NamedTuple

from benchmarks.corpus import SEED, write
from benchmarks.plots import growth
from vkd_catalog.catalogue import Catalogue, open_catalogue
from vkd_catalog.coding import CodedDescription
from vkd_catalog.evaluation import evaluate
from vkd_catalog.evaluation.answer import Answer
from vkd_catalog.message import MessageOptions, message_of
from vkd_catalog.message.as_text import as_text
from vkd_catalog.register import SentenceRecord
from vkd_catalog.vocabulary import Vocabularies, Vocabulary
from vkd_grammar.document import read_document

SIZES = (10_000, 100_000)
REPORT = Path(__file__).with_suffix(".md")
KEPT = Path(__file__).with_suffix(".json")
WIDEST = "Persons / - / - / -"
"""Everything there is about persons."""
NARROW = "Persons / Register 3 / Person number / -"
"""One characteristic of one register."""


class Process(NamedTuple):
    """What one process took: seconds on a processor, and megabytes at most."""

    seconds: float
    megabytes: float


class Row(NamedTuple):
    """All that was measured of one size; demands in milliseconds."""

    products: int
    sentences: int
    processes: dict[str, Process]
    kinds: dict[str, list[float]]
    messages: list[float]
    floor: list[float]
    widest: tuple[float, float]


def demands(catalogue: Catalogue, random: Random) -> Iterator[tuple[str, list[str]]]:
    """A mix of demands: of which kind, and what is asked, as the lines with their operators.

    What is asked is drawn from what there is, but in those for a year of which nothing is told.
    """
    drawn = _Drawn(catalogue, random)
    kinds: dict[str, tuple[int, Callable[[], list[str]]]] = {
        "one line": (70, lambda: [_line(*drawn.sentence())]),
        "three lines of a set": (30, lambda: _together(_line(*one) for one in drawn.of_one_set(3))),
        "a theme": (30, lambda: [_line(*drawn.sentence(), theme=True)]),
        "any register": (45, lambda: [_line(*drawn.sentence(), name=False)]),
        "a decade": (30, lambda: [_line(*drawn.sentence(), name=False, years=9)]),
        "two lines": (25, lambda: _together(_line(*drawn.sentence(), name=False) for _ in range(2))),
        "three lines": (10, lambda: _together(_line(*drawn.sentence(), name=False) for _ in range(3))),
        "a negation": (10, lambda: _together((_line(*drawn.sentence(), name=False) for _ in range(2)), "N")),
        "a year without": (12, lambda: [_line(*drawn.sentence(), years=None)]),
        "a table": (6, lambda: [drawn.table()]),
        "a class": (10, lambda: [_line(*drawn.sentence(), name="Class 3 3")]),
        "alternatives": (4, lambda: _together((_line(*drawn.sentence()) for _ in range(2)), "E")),
        "any register, a theme": (3, lambda: [_line(*drawn.sentence(), name=False, theme=True)]),
    }
    for kind, (count, draw) in kinds.items():
        for _ in range(count):
            yield kind, draw()


class _Drawn:
    """Draws from the sentences of a catalogue, of each of its products as often as of any other."""

    def __init__(self, catalogue: Catalogue, random: Random) -> None:
        self._register = catalogue.register
        self._vocabularies = catalogue.vocabularies
        self._random = random
        # A register that was made at once has numbered its products from 1.
        self._numbers = range(1, catalogue.register.size()[0] + 1)

    def sentence(self) -> tuple[SentenceRecord, Vocabularies]:
        return self._random.choice(self.of_one_set(1))

    def of_one_set(self, least: int) -> list[tuple[SentenceRecord, Vocabularies]]:
        """As many sentences of one set as were asked for, which are of no table."""
        while True:
            some = self._register.sentences(self._random.choice(self._numbers))[1:]
            if len(some) >= least:
                return [(one, self._vocabularies) for one in self._random.sample(some, least)]

    def table(self) -> str:
        while True:
            some = self._register.sentences(self._random.choice(self._numbers))
            if len(some) == 1:
                year = some[0].start // 10000
                return f"Person aggregates / {_word(self._vocabularies.names, some[0].name)} / Count / {year}"


def _line(
    sentence: SentenceRecord,
    vocabularies: Vocabularies,
    *,
    name: bool | str = True,
    theme: bool = False,
    years: int | None = 0,
) -> str:
    """A line that asks for a sentence's year, or so many more before it, and None for one of which nothing is told;
    by its name, any or another; for its characteristic or the theme that is above it."""
    said = sentence.characteristic.split(".")[0] if theme else sentence.characteristic
    year = sentence.start // 10000
    asked = "1800" if years is None else f"{year - years}..{year}" if years else f"{year}"
    called = name if isinstance(name, str) else _word(vocabularies.names, sentence.name) if name else "-"
    return f"Persons / {called} / {_word(vocabularies.characteristics, said)} / {asked}"


def _word(vocabulary: Vocabulary, code: str) -> str:
    return vocabulary.concepts[code].label("en")


def _together(lines: Iterable[str], operator: str = "O") -> list[str]:
    return f" / {operator}#".join(lines).split("#")


def measure(products: int, folder: Path) -> Row:
    """Draws a catalogue, and times all that is asked of it."""
    write(products, folder)
    processes = {"first index": _process(folder, NARROW), "second start": _process(folder, NARROW)}
    changed = folder / "products/p0000.vkd"
    changed.write_text(changed.read_text(encoding="utf-8").replace("access=open", "access=closed", 1), encoding="utf-8")
    processes["a file changed"] = _process(folder, NARROW)
    processes["widest, text"] = _process(folder, WIDEST)
    processes["widest, JSON"] = _process(folder, WIDEST, "--output-format=json")
    catalogue = open_catalogue(folder)
    _, sentences = catalogue.register.size()
    connection = sqlite3.connect(folder / ".vkd/register.sqlite")
    gc.freeze()
    kinds: dict[str, list[float]] = {}
    messages: list[float] = []
    for kind, lines in demands(catalogue, Random(SEED)):
        answered, told = _answered(catalogue, lines)
        kinds.setdefault(kind, []).append(answered)
        messages.append(told)
    floor = [_timed(partial(_looked_up, connection, one)) for one in range(1, 300)]
    widest = _answered(catalogue, [WIDEST])
    return Row(products, sentences, processes, kinds, messages, floor, widest)


def _process(folder: Path, line: str, *options: str) -> Process:
    demand = f"0 / Demand description / q\n1 / {line} / .\n"
    program = [sys.executable, "-m", "vkd_server", "run", "--workspace", str(folder), *options, "-"]
    child = subprocess.Popen(program, stdin=subprocess.PIPE, stdout=subprocess.DEVNULL)
    assert child.stdin is not None
    child.stdin.write(demand.encode())
    child.stdin.close()
    _, status, usage = os.wait4(child.pid, 0)
    assert os.waitstatus_to_exitcode(status) == 0
    return Process(usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024)


def answer_to(catalogue: Catalogue, lines: Sequence[str]) -> tuple[CodedDescription, Answer]:
    """The answer to a demand, with its first twenty covers put together; what was asked, as coded, before it."""
    numbered = "\n".join(f"{at} / {line}" for at, line in enumerate(lines, start=1))
    text = f"0 / Demand description / q\n{numbered} / .\n"
    ((row, description),) = read_document(text, catalogue.parser).pieces()
    demand = catalogue.coder.code(description)
    answer = evaluate(demand, catalogue.register, catalogue.vocabularies, path="", row=row, language="en")
    answer.covers[:20]
    return demand, answer


def _answered(catalogue: Catalogue, lines: Sequence[str]) -> tuple[float, float]:
    """Milliseconds for the answer, and for its message as text."""
    started = time.process_time()
    demand, answer = answer_to(catalogue, lines)
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
    kinds, processes = list(rows[0].kinds), list(rows[0].processes)
    return "\n".join(
        [
            "# Demands as a catalogue grows",
            "",
            f"Python {sys.version.split()[0]} on {os.cpu_count()} cores; made by `benchmarks/scale.py` over catalogues",
            "that `benchmarks/corpus.py` draws. Processor time. What each cost grows with and why:",
            "[docs/scale.md](../docs/scale.md).",
            "",
            "![Demands as a catalogue grows](scale.svg)",
            "",
            "Demands in milliseconds, in one warm process. The floor is what SQLite takes to fetch the sentences of",
            "one characteristic by the register's index.",
            "",
            *_table(
                ("products", "sentences", "median", "p99", "floor", "message", "widest: answer", "its message"),
                map(_demands, rows),
            ),
            "Answers by kind of demand, median and most:",
            "",
            *_table(
                ("products", *kinds),
                ((f"{row.products:,}", *(_kind(row.kinds[kind]) for kind in kinds)) for row in rows),
            ),
            "Whole processes, seconds and megabytes at most:",
            "",
            *_table(("products", *processes, "sentences a second at first"), map(_processes, rows)),
        ]
    )


def _table(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> Iterator[str]:
    yield f"| {' | '.join(heads)} |"
    yield f"|{' --- |' * len(heads)}"
    yield from (f"| {' | '.join(row)} |" for row in rows)
    yield ""


def _demands(row: Row) -> tuple[str, ...]:
    return (
        f"{row.products:,}",
        f"{row.sentences:,}",
        f"{_typical(row):.2f}",
        f"{_slow(row):.1f}",
        f"{statistics.median(row.floor):.3f}",
        f"{statistics.median(row.messages):.2f}",
        f"{row.widest[0]:,.0f}",
        f"{row.widest[1]:,.0f}",
    )


def _processes(row: Row) -> tuple[str, ...]:
    each = (f"{one.seconds:.2f} s, {one.megabytes:.0f} MB" for one in row.processes.values())
    return f"{row.products:,}", *each, f"{row.sentences / row.processes['first index'].seconds:,.0f}"


def _typical(row: Row) -> float:
    return statistics.median(time for times in row.kinds.values() for time in times)


def _slow(row: Row) -> float:
    every = sorted(time for times in row.kinds.values() for time in times)
    return every[len(every) * 99 // 100]


def _kind(times: Sequence[float]) -> str:
    return f"{statistics.median(times):.2f}, {max(times):.1f}"


def main(sizes: Sequence[int]) -> None:
    """Measures, and writes the report and the plot of all that is known."""
    known = json.loads(KEPT.read_text(encoding="utf-8")) if KEPT.exists() else {}
    with TemporaryDirectory() as folder:
        for size in sizes:
            known[str(size)] = measure(size, Path(folder) / str(size))
            KEPT.write_text(json.dumps(known, indent=1), encoding="utf-8")
    rows = [_row(known[size]) for size in sorted(known, key=int)]
    REPORT.write_text(as_markdown(rows), encoding="utf-8")
    growth(REPORT.with_suffix(".svg"), {"demands": _lines(rows), "a kind of demand, most": _lines_by_kind(rows)})
    print(as_markdown(rows))


def _row(kept: Sequence[Any]) -> Row:
    row = Row(*kept)
    return row._replace(processes={name: Process(*one) for name, one in row.processes.items()})


def _lines(rows: Sequence[Row]) -> dict[str, list[tuple[int, float]]]:
    figures: dict[str, Callable[[Row], float]] = {
        "median": _typical,
        "99th percentile": _slow,
        "widest, with its message": lambda row: sum(row.widest),
        "floor": lambda row: statistics.median(row.floor),
    }
    return {name: [(row.products, figure(row)) for row in rows] for name, figure in figures.items()}


def _lines_by_kind(rows: Sequence[Row]) -> dict[str, list[tuple[int, float]]]:
    return {kind: [(row.products, max(row.kinds[kind])) for row in rows] for kind in rows[0].kinds}


if __name__ == "__main__":
    main([int(one) for one in sys.argv[1:]] or SIZES)
