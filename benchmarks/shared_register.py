"""What a register on a PostgreSQL server costs, beside the embedded one over the same catalogue and the same demands.

    .venv/bin/python -m benchmarks.shared_register [PRODUCTS…]
    .venv/bin/python -m benchmarks.shared_register soak [SECONDS]

A server of its own is started, where PostgreSQL's binaries are, with the settings that it comes with. For each number
of products (10,000 unless told): the mix of demands of `benchmarks/scale/`, evaluated in a warm process over each
register, and each question that they put to it by itself. Wall time, for a server works beside us; answers are equal,
or it fails.

`soak` has 4 write and 50 read at once (`tests/catalog/engines/load.py`), for ten minutes unless told: on one server,
and on one whose sentences lie on two nodes, of which once a minute one is struck dead and started again. It fails where
an answer is torn, incomplete or older than one before it, where a change is lost, and at a trouble that nobody made.

Writes `benchmarks/shared_register.md`; what was measured otherwise before stays in it, from the JSON beside it.
"""

import gc
import json
import os
import statistics
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from typing import Any, NamedTuple, cast

from benchmarks.corpus import SEED, write
from benchmarks.scale.demands import answer_to, demands
from tests.catalog.engines.load import Load, Outcome, under
from tests.postgres import MISSING, binaries, killed, prepare_register, running, spread_register_on
from vkd_catalog.catalogue import Catalogue, open_catalogue
from vkd_catalog.coding import CodedDescription
from vkd_catalog.engines import Place
from vkd_catalog.evaluation import evaluate
from vkd_catalog.register import Register

REPORT = Path(__file__).with_suffix(".md")
KEPT = Path(__file__).with_suffix(".json")
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
            keep(f"{products:09}", report(products, len(coded), found, seconds))


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


def soak(seconds: float) -> None:
    """Has many write and read at once, on one server and on one with two nodes, and writes the report."""
    programs = binaries()
    if programs is None:
        sys.exit(MISSING)
    with running(programs, SAFE) as environment, running(programs, SAFE) as one, running(programs, SAFE) as other:
        os.environ |= environment
        prepare_register()
        spread_register_on([one, other])
        alone = Load(seconds)
        spread = Load(seconds, Place(schema="spread"), pause=_REST, troubles=frozenset({"node", "moved"}))
        for name, load, meanwhile in (
            ("one server", alone, lambda: None),
            ("two nodes, struck dead in turn", spread, lambda: _strike_in_turn((one, other), seconds)),
        ):
            done = under(load, meanwhile)
            assert done.wrong == [], done.wrong
            keep(f"soak {name}", soaked(name, load, done))


_REST = 1.0
"""Seconds that writers rest where sentences lie on nodes, which keep for an hour what is no longer of account."""

_EACH = 60.0
"""Seconds after which a node is struck dead; of less than two minutes, it is done once in the middle."""


def _strike_in_turn(nodes: Sequence[Mapping[str, str]], seconds: float) -> None:
    began, each = time.monotonic(), min(_EACH, seconds / 2)
    for number in range(1, int(seconds / each)):
        time.sleep(max(0.0, began + each * number - time.monotonic()))
        with killed(nodes[number % 2]):
            time.sleep(1)


def soaked(name: str, load: Load, done: Outcome) -> str:
    """What came of a load, as a row."""
    troubles = ", ".join(f"{count} `{kind}`" for kind, count in sorted(done.troubles.items())) or "none"
    cells = (
        name,
        f"{load.seconds:.0f}",
        len(done.changes),
        _said([one * 1000 for one in done.changes]),
        len(done.answers),
        _said([one * 1000 for one in done.answers]),
        troubles,
        f"{os.getloadavg()[0]:.1f}",
    )
    return f"| {' | '.join(map(str, cells))} |"


def keep(name: str, lines: str) -> None:
    """Puts what was measured beside what was before, and writes the report of all."""
    kept = json.loads(KEPT.read_text(encoding="utf-8")) if KEPT.exists() else {}
    kept[name] = lines
    KEPT.write_text(json.dumps(kept, indent=1, ensure_ascii=False, sort_keys=True) + "\n", encoding="utf-8")
    sizes = [kept[one] for one in sorted(kept) if not one.startswith("soak")]
    soaks = [kept[one] for one in sorted(kept) if one.startswith("soak")]
    text = [
        "# A register on a server beside the embedded one",
        *sizes,
        *([f"{_SOAK}\n" + "\n".join(soaks)] if soaks else []),
    ]
    REPORT.write_text("\n\n".join(text) + "\n", encoding="utf-8")


_SOAK = """\
## Many at once

`benchmarks/shared_register.py soak`: 4 write without a pause (on two nodes once a second each) and 50 ask, all in one
process. A change registers two files of five products together; an answer is of at least 20 questions, whose answers
are held against each other. None was torn, incomplete or older than one before it, and no change was lost; where none
was given, the node was named that was dead. Milliseconds, p50 / p99.

| on | seconds | changes | each | answers | each | troubles | load |
|---|---|---|---|---|---|---|---|"""


def report(products: int, asked: int, found: dict[str, Times], seconds: float) -> str:
    """The figures of a size as a part of the page."""
    rows = [("a demand, first 20 covers", [one.demands for one in found.values()])]
    methods = sorted(found["postgres"].questions, key=lambda name: -sum(found["postgres"].questions[name]))
    rows += [(f"`{name}`", [one.questions.get(name, [0.0]) for one in found.values()]) for name in methods]
    lines = [
        f"## {products} products",
        "",
        f"`benchmarks/shared_register.py {products}`: {asked} demands, warm; wall milliseconds, p50 / p99."
        f" Registered on the server in {seconds:.0f} s. {os.cpu_count()} processors, load {os.getloadavg()[0]:.1f}.",
        "",
        "| | asked | embedded | postgres | p50, times |",
        "|---|---|---|---|---|",
    ]
    for name, (embedded, shared) in rows:
        times = statistics.median(shared) / max(statistics.median(embedded), 1e-4)
        lines.append(f"| {name} | {len(shared)} | {_said(embedded)} | {_said(shared)} | {times:.1f} |")
    return "\n".join(lines)


def _said(times: list[float]) -> str:
    ordered = sorted(times)
    return f"{statistics.median(ordered):.3f} / {ordered[min(len(ordered) - 1, len(ordered) * 99 // 100)]:.2f}"


if __name__ == "__main__":
    told = sys.argv[1:]
    if told[:1] == ["soak"]:
        soak(float(told[1]) if len(told) > 1 else 600)
    else:
        for size in map(int, told or ["10000"]):
            main(size)
