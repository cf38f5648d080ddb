"""The register's questions beside those who could answer them instead, over drawn catalogues.

    build/peers/bin/pip install --requirement benchmarks/peers/requirements.txt
    PYTHONPATH=build/peers/lib/python3.11/site-packages .venv/bin/python -m benchmarks.peers [PRODUCTS…]

Of each size (10,000, 100,000 and 1,000,000 unless told) every peer takes in the same sentences, already coded to
numbers, and answers the same questions: which products have such a sentence, how many, and the first twenty. Answers
must be equal, or the run ends; one that is not installed is named as skipped, and some are not tried with more than
they bear. Beside them stand the same questions asked of the register, and whole demands: read, coded, graded, covers
in order. Processor time, warm. What was measured before of other sizes stays (`benchmarks/peers.json`); of all that is
known `benchmarks/peers.md` is written, and the plot beside it. Catalogues are drawn once, into `build/scale`.
"""

import gc
import json
import os
import sqlite3
import statistics
import sys
import time
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from random import Random
from typing import Any, NamedTuple

from benchmarks.corpus import SEED, drawn
from benchmarks.peers.engines import PEERS
from benchmarks.peers.questions import Answer, Numbering, Question, answered, columns, questions
from benchmarks.plots import growth
from benchmarks.scale.demands import WIDEST, answer_to, demands
from vkd_catalog.catalogue import open_catalogue

SIZES = (10_000, 100_000, 1_000_000)
FLOOR = "SQLite by hand"
"""The peer that ratios are to."""
REPORT = Path(__file__).parents[1] / "peers.md"
KEPT = REPORT.with_suffix(".json")


class Row(NamedTuple):
    """One that answered: seconds to take the sentences in, milliseconds of each question; the widest is the last."""

    products: int
    name: str
    taken_in: float | None
    times: Sequence[float]

    @property
    def typical(self) -> float:
        return statistics.median(self.times)

    @property
    def slow(self) -> float:
        """The 99th percentile of all but the widest, by nearest rank."""
        ordered = sorted(self.times[:-1])
        return ordered[len(ordered) * 99 // 100]


def measure(products: int) -> list[Row]:
    """Has each in turn answer the questions about a catalogue."""
    catalogue = open_catalogue(drawn(products))
    _, many = catalogue.register.size()
    stored = sqlite3.connect(catalogue.root / ".vkd/register.sqlite")
    numbering = Numbering(stored)
    asked = questions(catalogue, numbering, [*demands(catalogue, Random(SEED)), ("widest", [WIDEST])])
    sentences = columns(stored, numbering)
    stored.close()
    assert len(sentences.product) == many
    gc.freeze()
    answers = [answered(catalogue, numbering, one) for one in asked]
    rows = [
        Row(products, "vkd, whole demands", None, _times(lambda one: answer_to(catalogue, one.lines), asked)),
        Row(products, "vkd, the register", None, _times(partial(answered, catalogue, numbering), asked)),
    ]
    for name, peer in PEERS.items():
        if products <= peer.at_most:
            started = peer.clock()
            try:
                with peer.open(sentences) as ask:
                    taken_in = peer.clock() - started
                    _prove(name, ask, asked, answers)
                    rows.append(Row(products, name, taken_in, _times(ask, asked, peer.clock)))
            except ModuleNotFoundError as error:
                print(f"{name} is skipped: {error} is not there.", file=sys.stderr)
    return rows


def _prove(name: str, ask: Callable[[Question], Answer], asked: Sequence[Question], answers: Sequence[Answer]) -> None:
    """Ends the run where a peer answers otherwise than the register; it is warm then."""
    for question, answer in zip(asked, answers, strict=True):
        if ask(question) != answer:
            sys.exit(f"{name} answers {question.lines} otherwise: {ask(question)}, and the register {answer}.")


def _times(
    ask: Callable[[Question], object], asked: Sequence[Question], clock: Callable[[], float] = time.process_time
) -> tuple[float, ...]:
    times = []
    for question in asked:
        started = clock()
        ask(question)
        times.append((clock() - started) * 1000)
    return tuple(times)


def as_markdown(rows: Sequence[Row]) -> str:
    """The report."""
    return "\n".join(
        [
            "# The register beside its peers",
            "",
            f"Python {sys.version.split()[0]} on {os.cpu_count()} cores; made by `benchmarks/peers/`, whose docstring",
            "says how. All answers are equal. Milliseconds of processor time; ratios are to SQLite by hand. A peer has",
            "the sentences as numbers and tells products; a whole demand reads the text, codes it, grades every",
            "sentence, chooses editions and puts covers in order.",
            "",
            "![What an answer costs as the catalogue grows](peers.svg)",
            "",
            "| products | who answers | takes in, s | median | p99 | widest | median / SQLite | p99 / SQLite |",
            "| --- | --- | --- | --- | --- | --- | --- | --- |",
            *(_row(row, _floor(rows, row.products)) for row in rows),
            "",
        ]
    )


def _floor(rows: Sequence[Row], products: int) -> Row:
    return next(row for row in rows if (row.products, row.name) == (products, FLOOR))


def _row(row: Row, beside: Row) -> str:
    cells = (
        f"{row.products:,}",
        row.name,
        "" if row.taken_in is None else f"{row.taken_in:.1f}",
        f"{row.typical:.3f}",
        f"{row.slow:.2f}",
        f"{row.times[-1]:,.1f}",
        f"{row.typical / beside.typical:.1f}",
        f"{row.slow / beside.slow:.1f}",
    )
    return f"| {' | '.join(cells)} |"


def main(sizes: Sequence[int]) -> None:
    """Measures and writes the report."""
    known: dict[str, Sequence[Sequence[Any]]] = json.loads(KEPT.read_text("utf-8")) if KEPT.exists() else {}
    for size in sizes:
        known[str(size)] = measure(size)
        KEPT.write_text(json.dumps(known, separators=(",", ":")), encoding="utf-8")
    rows = [Row(*one) for size in sorted(known, key=int) for one in known[size]]
    REPORT.write_text(as_markdown(rows), encoding="utf-8")
    growth(
        REPORT.with_suffix(".svg"),
        {
            "median": _lines(rows, lambda row: row.typical),
            "99th percentile": _lines(rows, lambda row: row.slow),
            "the widest": _lines(rows, lambda row: row.times[-1]),
        },
    )
    print(as_markdown(rows))


def _lines(rows: Sequence[Row], figure: Callable[[Row], float]) -> dict[str, list[tuple[int, float]]]:
    lines: dict[str, list[tuple[int, float]]] = {}
    for row in rows:
        lines.setdefault(row.name, []).append((row.products, figure(row)))
    return lines


if __name__ == "__main__":
    main([int(one) for one in sys.argv[1:]] or SIZES)
