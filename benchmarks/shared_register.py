"""What a register on a PostgreSQL server costs, beside the embedded one over the same catalogue and the same demands.

    .venv/bin/python -m benchmarks.shared_register [PRODUCTS]

A server of its own is started, where PostgreSQL's binaries are, with the settings that it comes with. For 10,000
products unless told: the mix of demands of `benchmarks/scale.py`, evaluated in a warm process over each register, and
each question that they put to it by itself. Wall time, for a server works beside us; answers are equal, or it fails.
Writes `benchmarks/shared_register.md`.
"""

import gc
import os
import statistics
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from typing import Any, NamedTuple, cast

from benchmarks.corpus import SEED, write
from benchmarks.scale import answer_to, demands
from tests.postgres import MISSING, binaries, prepare_register, running
from vkd_catalog.catalogue import Catalogue, open_catalogue
from vkd_catalog.coding import CodedDescription
from vkd_catalog.evaluation import evaluate
from vkd_catalog.register import Register

REPORT = Path(__file__).with_suffix(".md")
SAFE = {"fsync": "on", "full_page_writes": "on", "shared_buffers": "128MB"}


class Times(NamedTuple):
    """Milliseconds of each demand, and of each question to the register, by its method."""

    demands: list[float]
    questions: dict[str, list[float]]


class Timed:
    """A register that notes how long each of its answers takes."""

    def __init__(self, register: Register, questions: dict[str, list[float]]) -> None:
        self._register = register
        self._questions = questions

    def __getattr__(self, name: str) -> Any:
        asked = getattr(self._register, name)

        def timed(*values: object, **named: object) -> object:
            began = time.perf_counter()
            answer = asked(*values, **named)
            answer = list(answer) if isinstance(answer, Iterator) else answer
            self._questions.setdefault(name, []).append((time.perf_counter() - began) * 1000)
            return answer

        return timed


def main(products: int) -> None:
    """Measures, and writes the report."""
    programs = binaries()
    if programs is None:
        sys.exit(MISSING)
    with TemporaryDirectory() as folder, running(programs, SAFE) as environment:
        os.environ |= environment
        prepare_register()
        root = Path(folder) / "corpus"
        write(products, root)
        with registered(root) as (embedded, _), on_the_server(root) as (shared, seconds):
            coded = [answer_to(shared, lines)[0] for _, lines in demands(embedded, Random(SEED))]
            for one in coded[::5]:
                assert _answered(embedded, embedded.register, one) == _answered(shared, shared.register, one)
            found = {"embedded": measured(embedded, coded), "postgres": measured(shared, coded)}
            REPORT.write_text(report(products, len(coded), found, seconds), encoding="utf-8")


@contextmanager
def registered(root: Path) -> Iterator[tuple[Catalogue, float]]:
    """A catalogue with its register, and how long it took to read its files."""
    catalogue = open_catalogue(root)
    began = time.perf_counter()
    _ = catalogue.register
    yield catalogue, time.perf_counter() - began
    catalogue.register.close()


@contextmanager
def on_the_server(root: Path) -> Iterator[tuple[Catalogue, float]]:
    """The same catalogue, registered on the server."""
    settings = root / "vkd.toml"
    settings.write_text(settings.read_text(encoding="utf-8") + '\n[register]\nengine = "postgres"\n', encoding="utf-8")
    with registered(root) as found:
        import psycopg

        with psycopg.connect(autocommit=True) as connection:
            connection.execute("VACUUM ANALYZE")
        yield found


def measured(catalogue: Catalogue, coded: Sequence[CodedDescription]) -> Times:
    """What the demands cost over a catalogue's register, asked once to be warm."""
    questions: dict[str, list[float]] = {}
    for one in coded:
        _answered(catalogue, catalogue.register, one)
    gc.collect()
    gc.freeze()
    whole = []
    for one in coded:
        began = time.perf_counter()
        _answered(catalogue, catalogue.register, one)
        whole.append((time.perf_counter() - began) * 1000)
    timed = cast(Register, Timed(catalogue.register, questions))
    for one in coded:
        _answered(catalogue, timed, one)
    return Times(whole, questions)


def _answered(catalogue: Catalogue, register: Register, coded: CodedDescription) -> tuple[int, str]:
    """How many covers a demand has, and the grades of the first twenty."""
    covers = evaluate(coded, register, catalogue.vocabularies, path="", row=0, language="en").covers
    return len(covers), str([cover.grade for cover in covers[:20]])


def report(products: int, asked: int, found: dict[str, Times], seconds: float) -> str:
    """The figures as a page."""
    rows = [("a demand, first 20 covers", [one.demands for one in found.values()])]
    methods = sorted(found["postgres"].questions, key=lambda name: -sum(found["postgres"].questions[name]))
    rows += [(f"`{name}`", [one.questions.get(name, [0.0]) for one in found.values()]) for name in methods]
    lines = [
        "# A register on a server beside the embedded one",
        "",
        f"`benchmarks/shared_register.py`: {products} products, {asked} demands, warm; wall milliseconds, p50 / p99."
        f" Registered on the server in {seconds:.0f} s. {os.cpu_count()} processors, load {os.getloadavg()[0]:.1f}.",
        "",
        "| | asked | embedded | postgres | p50, times |",
        "|---|---|---|---|---|",
    ]
    for name, (embedded, shared) in rows:
        times = statistics.median(shared) / max(statistics.median(embedded), 1e-4)
        lines.append(f"| {name} | {len(shared)} | {_said(embedded)} | {_said(shared)} | {times:.1f} |")
    return "\n".join(lines) + "\n"


def _said(times: list[float]) -> str:
    ordered = sorted(times)
    return f"{statistics.median(ordered):.3f} / {ordered[min(len(ordered) - 1, len(ordered) * 99 // 100)]:.2f}"


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 10_000)
