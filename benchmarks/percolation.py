"""How fast a new product finds the interest profiles it may meet, among ten thousand to a hundred thousand of them.

    make dst
    .venv/bin/python -m benchmarks.percolation [CATALOGUE]

Profiles are drawn from the 6,675 data sets of Statistics Denmark's research registers: one to four lines of one of
them, half of the lines in any register, at a year, ten years or any time. Every twentieth data set then comes as if it
were new. Writes `benchmarks/percolation.md`. The floor, taken in the same run, is to read the new product's sentences
from the register's SQLite file; the ceiling is to match every profile's lines against the product, one by one.
"""

import gc
import os
import statistics
import sys
import time
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from random import Random
from typing import NamedTuple

from vkd_catalog.catalogue import Catalogue, open_catalogue
from vkd_catalog.coding import ANY
from vkd_catalog.evaluation.demand import DemandLine, Group
from vkd_catalog.evaluation.matching import Matcher
from vkd_catalog.percolation import Percolator
from vkd_catalog.register import Found, SentenceRecord
from vkd_grammar.times import span

ROOT = Path(__file__).parents[1]
REPORT = Path(__file__).with_suffix(".md")
SIZES = (10_000, 30_000, 100_000)
EVERY = 20
"""Of so many data sets one comes as a new one."""


class Row(NamedTuple):
    """What was measured with some profiles: seconds to put them in, milliseconds a product when it came first and when
    it came again, and profiles it met."""

    profiles: int
    build: float
    first: Sequence[float]
    times: Sequence[float]
    met: Sequence[int]


def profile(described: Sequence[SentenceRecord], random: Random) -> tuple[Group, ...]:
    """A demand for one to four things that some data set says."""
    chosen = random.sample(described, min(len(described), random.randint(1, 4)))
    lines = []
    for number, sentence in enumerate(chosen, start=1):
        year = sentence.start // 10000
        when = random.choice(
            (
                span(year * 10000 + 101, year * 10000 + 1231),
                span((year - 9) * 10000 + 101, year * 10000 + 1231),
                None,
            )
        )
        name = random.choice((sentence.name, ANY))
        lines.append(DemandLine(number, sentence.object_type, name, sentence.characteristic, when, False))
    return (Group(1, tuple(lines), tuple(lines)),)


def ceiling(profiles: Sequence[tuple[Group, ...]], sentences: Sequence[SentenceRecord], catalogue: Catalogue) -> int:
    """How many profiles a product meets, by matching every line against it."""
    return sum(
        any(_matches(line, sentences, catalogue) for group in groups for line in group.lines) for groups in profiles
    )


def _matches(line: DemandLine, sentences: Sequence[SentenceRecord], catalogue: Catalogue) -> bool:
    matcher = Matcher(catalogue.register, catalogue.vocabularies)
    return bool(matcher.sentence_ranks(line, [Found(0, sentence) for sentence in sentences]))


def measure(size: int, catalogue: Catalogue, said: Sequence[Sequence[SentenceRecord]], random: Random) -> Row:
    """Puts profiles in, and lets some products come."""
    profiles = [profile(random.choice(said), random) for _ in range(size)]
    percolator = Percolator(catalogue.vocabularies)
    build = _timed(partial(_put_in, percolator, profiles))
    gc.freeze()
    new = said[::EVERY]
    first = [_timed(partial(percolator.met_by, one, ())) * 1000 for one in new]
    times = [min(_timed(partial(percolator.met_by, one, ())) for _ in range(3)) * 1000 for one in new]
    met = [len(percolator.met_by(one, ())) for one in new]
    if size == SIZES[0]:
        for at in range(0, len(new), len(new) // 3):
            assert met[at] == ceiling(profiles, new[at], catalogue)
    return Row(size, build, first, times, met)


def _put_in(percolator: Percolator, profiles: Sequence[tuple[Group, ...]]) -> None:
    for at, groups in enumerate(profiles):
        percolator.add(f"p{at}", groups)


def _slow(times: Sequence[float]) -> float:
    """The time that one of a hundred takes longer than."""
    return sorted(times)[len(times) * 99 // 100]


def _timed(work: Callable[[], object]) -> float:
    started = time.perf_counter()
    work()
    return time.perf_counter() - started


def as_markdown(rows: Sequence[Row], floor: float, slowest: float) -> str:
    """The report: a row for each number of profiles."""
    heads = (
        "profiles",
        "put in, s",
        "profiles met: median",
        "most",
        "first: p50 ms",
        "p99 ms",
        "again: p50 ms",
        "p99 ms",
        "p50 / floor",
        "ceiling / p50",
    )
    cells = []
    for row in rows:
        typical = statistics.median(row.times)
        cells.append(
            (
                f"{row.profiles:,}",
                f"{row.build:.1f}",
                f"{statistics.median(row.met):.0f}",
                str(max(row.met)),
                f"{statistics.median(row.first):.2f}",
                f"{_slow(row.first):.1f}",
                f"{typical:.2f}",
                f"{_slow(row.times):.1f}",
                f"{typical / floor:.1f}",
                f"{slowest / typical:,.0f}" if row is rows[0] else "",
            )
        )
    return "\n".join(
        [
            "# From a new product to the profiles it may meet",
            "",
            f"Python {sys.version.split()[0]} on {os.cpu_count()} cores; made by `benchmarks/percolation.py`.",
            f"{len(rows[0].times)} products, each as it first comes, when what its codes lead to is looked up, and",
            "then again, the shortest of three runs, as one that says what others have said. The floor is to read a",
            f"product's sentences from the register's SQLite file ({floor:.2f} ms, the median); the ceiling is to",
            f"match every line of every profile against it ({slowest:,.0f} ms for {rows[0].profiles:,} profiles).",
            "",
            f"| {' | '.join(heads)} |",
            f"|{' --- |' * len(heads)}",
            *(f"| {' | '.join(row)} |" for row in cells),
            "",
        ]
    )


def main(folder: Path) -> None:
    """Measures every size and writes the report."""
    catalogue = open_catalogue(folder)
    numbers = [number for number, _ in catalogue.register.products()]
    said = [catalogue.register.sentences(number) for number in numbers]
    floor = statistics.median(_timed(partial(catalogue.register.sentences, n)) for n in numbers[::EVERY]) * 1000
    random = Random(1972)
    rows = [measure(size, catalogue, said, random) for size in SIZES]
    profiles = [profile(random.choice(said), random) for _ in range(SIZES[0])]
    some = said[:: len(said) // 5]
    slowest = statistics.median(_timed(partial(ceiling, profiles, one, catalogue)) for one in some) * 1000
    REPORT.write_text(as_markdown(rows, floor, slowest), encoding="utf-8")
    print(as_markdown(rows, floor, slowest))


if __name__ == "__main__":
    main(Path(sys.argv[1]) if sys.argv[1:] else ROOT / "build/dst")
