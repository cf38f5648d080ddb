"""How fast demands for several registers are answered over Statistics Denmark's 6,675 data sets, warm in one process.

    make dst
    .venv/bin/python -m benchmarks.joint_covers [CATALOGUE]

The ten demands of `docs/answers/demands/` and generated ones for two and three registers. Writes
`benchmarks/joint_covers.md`. Every time is beside its floor, taken in the same run: what it costs to fetch the
sentences the demand's lines ask for from the register's SQLite file, by its indexes and no more.
"""

import os
import sqlite3
import statistics
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from random import Random
from typing import NamedTuple

from vkd_catalog.catalogue import Catalogue, open_catalogue
from vkd_catalog.coding import ANY, CodedDescription
from vkd_catalog.evaluation import evaluate
from vkd_catalog.evaluation.demand import DemandLine, groups_of
from vkd_catalog.evaluation.seeking import days_of
from vkd_catalog.register import SentenceRecord
from vkd_grammar.document import read_document

ROOT = Path(__file__).parents[1]
REPORT = Path(__file__).with_suffix(".md")
GENERATED = 40
"""Demands of each kind."""
PERSONS = "A"
"""The object type of persons in the imported catalogue, whose data sets are linked by their personal number."""
TIMES = 5
"""Runs of one demand after a first that warms up; the median counts."""


class Timed(NamedTuple):
    """One demand: its kind, how many covers it has, and milliseconds for the answer and for the floor."""

    kind: str
    covers: int
    answer: float
    floor: float


def researchers() -> Iterator[tuple[str, str]]:
    """The ten demands of the documentation."""
    for path in sorted((ROOT / "docs/answers/demands").glob("*.vkd")):
        yield "ten questions", path.read_text(encoding="utf-8")


def generated(catalogue: Catalogue, random: Random) -> Iterator[tuple[str, str]]:
    """Demands for two or three registers: named, named over ten years, or in any register at any time."""
    described = _by_register(catalogue)
    names = sorted(described)
    for registers in (2, 3):
        for kind in ("one year", "ten years", "any register and time"):
            for _ in range(GENERATED):
                chosen = [random.choice(described[name]) for name in random.sample(names, registers)]
                lines = [_line(sentence, kind) for sentence in chosen]
                yield f"{registers} registers, {kind}", _demand(lines)


def _by_register(catalogue: Catalogue) -> dict[str, list[SentenceRecord]]:
    """The sentences of every register of persons, by its name: those of its first and its last data set."""
    found: dict[str, list[int]] = {}
    for number, record in catalogue.register.products():
        found.setdefault(record.path, []).append(number)
    sentences = (
        sentence
        for numbers in found.values()
        for number in {numbers[0], numbers[-1]}
        for sentence in catalogue.register.sentences(number)
        if sentence.object_type == PERSONS
    )
    by_name: dict[str, list[SentenceRecord]] = {}
    for sentence in sentences:
        by_name.setdefault(sentence.name, []).append(sentence)
    return by_name


def _line(sentence: SentenceRecord, kind: str) -> str:
    year = sentence.start // 10000
    name, when = {
        "one year": (f"[{sentence.name}]", f"{year}"),
        "ten years": (f"[{sentence.name}]", f"{year - 9}..{year}"),
        "any register and time": ("-", "-"),
    }[kind]
    return f"[{sentence.object_type}] / {name} / [{sentence.characteristic}] / {when}"


def _demand(lines: Sequence[str]) -> str:
    operators = "O" * (len(lines) - 1) + "."
    numbered = (f"{at} / {line} / {end}" for at, (line, end) in enumerate(zip(lines, operators, strict=True), start=1))
    return "\n".join(["0 / Efterspørgselsbeskrivelse / benchmark", *numbered, ""])


class Floor:
    """What any answer costs at least: the sentences its lines ask for, fetched by the indexes of the register's file.

    The catalogue has no concepts below others, so each field asks for one code.
    """

    def __init__(self, catalogue: Catalogue) -> None:
        self._connection = sqlite3.connect(catalogue.root / ".vkd/register.sqlite")
        self._terms = dict(self._connection.execute("SELECT code, number FROM term"))

    def fetch(self, demand: CodedDescription, catalogue: Catalogue) -> int:
        """How many sentences there are."""
        groups = groups_of(demand, catalogue.vocabularies)
        return sum(len(self._sentences(line)) for group in groups for line in group.lines)

    def _sentences(self, line: DemandLine) -> list[tuple[int, ...]]:
        asked = {"characteristic": line.characteristic, "name": line.name, "object_type": line.object_type}
        values = {column: self._terms.get(code or "", -1) for column, code in asked.items() if code != ANY}
        conditions = [f"{column} = :{column}" for column in values]
        stretch = days_of(line.time)
        if stretch is not None:
            conditions.append("start <= :last AND stop >= :first")
            values |= {"first": stretch[0], "last": stretch[1]}
        where = " AND ".join(conditions)
        return self._connection.execute(f"SELECT * FROM sentence WHERE {where}", values).fetchall()


def measure(catalogue: Catalogue, floor: Floor, kind: str, text: str) -> Timed:
    """Times one demand, and its floor."""
    ((row, description),) = read_document(text, catalogue.parser).pieces()
    demand = catalogue.coder.code(description)
    assert not any(problem.code.startswith(("VKD0", "VKD1")) for problem in demand.problems), text

    def answer() -> int:
        found = evaluate(demand, catalogue.register, catalogue.vocabularies, path="", row=row, language="da")
        return len(found.covers) if found.covers[:20] else 0

    return Timed(kind, answer(), _median(answer), _median(lambda: floor.fetch(demand, catalogue)))


def _median(work: Callable[[], object]) -> float:
    """Milliseconds, after a first run that warms up."""
    work()
    times = []
    for _ in range(TIMES):
        started = time.perf_counter()
        work()
        times.append(time.perf_counter() - started)
    return statistics.median(times) * 1000


def as_markdown(timed: Sequence[Timed]) -> str:
    """The report: a row for each kind of demand, and one for all that are generated or asked."""
    kinds = dict.fromkeys(one.kind for one in timed)
    rows = [(kind, [one for one in timed if one.kind == kind]) for kind in kinds]
    heads = ("demands", "how many", "most covers", "p50 ms", "p99 ms", "p50 / floor", "p99 / floor", "floor p50 ms")
    return "\n".join(
        [
            "# Joint covers over Statistics Denmark's research registers",
            "",
            f"Python {sys.version.split()[0]} on {os.cpu_count()} cores; made by `benchmarks/joint_covers.py`.",
            f"Each demand is answered whole, its first twenty covers put together: the median of {TIMES} runs, warm,",
            "in one process. The floor is one indexed SQLite lookup a line, of the same sentences; ratios are of",
            "percentiles.",
            "",
            f"| {' | '.join(heads)} |",
            f"|{' --- |' * len(heads)}",
            *(_row(kind, some) for kind, some in (*rows, ("all", timed))),
            "",
        ]
    )


def _row(kind: str, timed: Sequence[Timed]) -> str:
    answers, floors = sorted(one.answer for one in timed), sorted(one.floor for one in timed)
    typical, slow = _at(answers, 50), _at(answers, 99)
    cells = (kind, str(len(timed)), f"{max(one.covers for one in timed):,}", f"{typical:.2f}", f"{slow:.1f}")
    ratios = (f"{typical / _at(floors, 50):.1f}", f"{slow / _at(floors, 99):.1f}", f"{_at(floors, 50):.3f}")
    return f"| {' | '.join((*cells, *ratios))} |"


def _at(ordered: Sequence[float], percent: int) -> float:
    """A percentile by nearest rank: of few values, the 99th is the greatest."""
    return ordered[max(0, -(-len(ordered) * percent // 100) - 1)]


def main(folder: Path) -> None:
    """Measures and writes the report."""
    catalogue = open_catalogue(folder)
    catalogue.register.size()
    floor = Floor(catalogue)
    demands = [*researchers(), *generated(catalogue, Random(1972))]
    timed = [measure(catalogue, floor, kind, text) for kind, text in demands]
    REPORT.write_text(as_markdown(timed), encoding="utf-8")
    print(as_markdown(timed))


if __name__ == "__main__":
    main(Path(sys.argv[1]) if sys.argv[1:] else ROOT / "build/dst")
