"""How the catalogue of Statistics Denmark's research registers behaves, from ten of its registers to all of them.

    python -m benchmarks.dst_catalogue build/sources/dst-fsv [N...]

For each number of registers (all that have data sets, unless told): import, first index, second start, check, and
demands one after another in one process. Writes `benchmarks/dst_catalogue.md`. Every command is a process of its own,
timed from start to end, with the most memory it held; what is repeated is a median. It takes some minutes.
"""

import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from benchmarks.dst_extract import extract, registers_in
from vkd_catalog.catalogue import Catalogue
from vkd_catalog.configuration import configuration_for
from vkd_grammar.document import read_document
from vkd_server.features.run import RunOptions, run_document

SIZES = (10, 50, 150, 526)
REPORT = Path(__file__).with_suffix(".md")
OPTIONS = RunOptions(3, None, None)


class Cost(NamedTuple):
    """What one process took: seconds from start to end, and megabytes at most."""

    seconds: float
    megabytes: float


class Row(NamedTuple):
    """All that was measured for one number of registers. Demands are in milliseconds: median, and 99 of 100 within."""

    registers: int
    products: int
    sentences: int
    imported: Cost
    first: Cost
    second: Cost
    check: Cost
    check_again: Cost
    demand: float
    slow_demand: float


_LAUNCHER = """
import os, sys, time
started = time.perf_counter()
quiet = [(os.POSIX_SPAWN_OPEN, 1, os.devnull, os.O_WRONLY, 0)]
_, status, usage = os.wait4(os.posix_spawn(sys.argv[1], sys.argv[1:], os.environ, file_actions=quiet), 0)
print(os.waitstatus_to_exitcode(status), time.perf_counter() - started, usage.ru_maxrss / 1024)
"""
"""A process counts the memory of the one that started it as its own, so a small one starts what is measured."""


def measured(command: Sequence[str]) -> Cost:
    """Runs a command to its end. RuntimeError where it fails."""
    launched = subprocess.run([sys.executable, "-ISc", _LAUNCHER, *command], capture_output=True, text=True, check=True)
    code, seconds, megabytes = launched.stdout.split()
    if code != "0":
        raise RuntimeError(f"{' '.join(command)} ended with {code}: {launched.stderr}")
    return Cost(float(seconds), float(megabytes))


def median(run: Callable[[], Cost], times: int = 5) -> Cost:
    """The middle one of several runs, by time and by memory apart."""
    costs = [run() for _ in range(times)]
    return Cost(statistics.median(c.seconds for c in costs), statistics.median(c.megabytes for c in costs))


def row(source: Path, registers: Sequence[str], folder: Path) -> Row:
    """Everything about the catalogue of some registers, built in `folder`."""
    extract(source, folder / "source", registers)
    workspace = folder / "catalogue"
    vkd = [sys.executable, "-m", "vkd_server"]
    imported = measured(
        [*vkd, "catalogue", "import", "dst-fsv", "--from", str(folder / "source"), "--to", str(workspace)]
    )
    texts = list(demands(workspace))
    demand = folder / "demand.vkd"
    demand.write_text(texts[0], encoding="utf-8")
    run = [*vkd, "run", "--workspace", str(workspace), str(demand)]
    check = [*vkd, "check", str(workspace)]
    first = measured(run)
    second = median(lambda: measured(run))
    shutil.rmtree(workspace / ".vkd", ignore_errors=True)
    cold = measured(check)
    again = median(lambda: measured(check), 3)
    times = warm(workspace, texts)
    descriptions = _descriptions(workspace)
    return Row(
        len(registers),
        len(descriptions),
        sum(len(lines) for lines in descriptions),
        imported,
        first,
        second,
        cold,
        again,
        statistics.median(times),
        times[len(times) * 99 // 100],
    )


def demands(workspace: Path) -> Iterator[str]:
    """Demands for up to four lines of some products, each once with the register's name and once with any name."""
    descriptions = _descriptions(workspace)
    for lines in descriptions[:: max(1, len(descriptions) // 100)]:
        object_type, name, first, time_, _ = (field.strip() for field in lines[0].split(" / ")[1:])
        characteristics = [first, *(line.split(" / ")[3].strip() for line in lines[1:4])]
        for asked in (name, "-"):
            operators = "O" * (len(characteristics) - 1) + "."
            sentences = [
                f"{number} / {object_type} / {asked} / {word} / {time_} / {operator}"
                for number, (word, operator) in enumerate(zip(characteristics, operators, strict=True), start=1)
            ]
            yield "\n".join(["0 / Efterspørgselsbeskrivelse / benchmark", *sentences]) + "\n"


def warm(workspace: Path, texts: Sequence[str]) -> list[float]:
    """Milliseconds for each demand in one process, in order of size; each is put once before it is timed."""
    catalogue = Catalogue(configuration_for(workspace))
    times = []
    for text in texts:
        document = read_document(text, catalogue.parser)
        for _ in range(2):
            started = time.perf_counter()
            answers = list(run_document(document, "demand.vkd", catalogue, OPTIONS))
            taken = time.perf_counter() - started
        if [found.answer.status for found in answers] != ["found"]:
            raise RuntimeError(f"not found, though a product says so:\n{text}")
        times.append(taken * 1000)
    return sorted(times)


def _descriptions(workspace: Path) -> list[list[str]]:
    """The sentences of every product description, as lines."""
    found: list[list[str]] = []
    for path in sorted(workspace.glob("products/*.vkd")):
        for line in path.read_text(encoding="utf-8").splitlines():
            if line.startswith("0 /"):
                found.append([])
            elif line[:1].isdigit():
                found[-1].append(line)
    return found


def as_markdown(rows: Sequence[Row]) -> str:
    """The report: a line a size, and how much each measure grew from the first to the last."""
    steps = ("import", "first index", "second start", "check", "check again")
    columns = ["registers", "products", "sentences", *(f"{step} s" for step in steps), "demand ms", "slow demand ms"]
    columns += [f"{step} MB" for step in steps]
    cells = [(str(r.registers), f"{r.products:,}", f"{r.sentences:,}", *map(_short, _measures(r))) for r in rows]
    grew = [f"{last / first:.1f}" for first, last in zip(_measures(rows[0]), _measures(rows[-1]), strict=True)]
    sizes = [f"{rows[-1][at] / rows[0][at]:.1f}" for at in range(3)]  # type: ignore[operator]
    lines = [f"| {' | '.join(line)} |" for line in (*cells, ("times " + sizes[0], *sizes[1:], *grew))]
    return "\n".join(
        [
            "# The catalogue of Statistics Denmark's research registers",
            "",
            f"Python {sys.version.split()[0]} on {os.cpu_count()} cores; made by `benchmarks/dst_catalogue.py`.",
            "First index is a demand on a catalogue that was never read, second start the same once more, unchanged.",
            "Demands are timed in one process, register open: the median, and the time that 99 of 100 stay within.",
            "",
            f"| {' | '.join(columns)} |",
            f"|{' --- |' * len(columns)}",
            *lines,
            "",
        ]
    )


def _measures(row: Row) -> list[float]:
    costs = (row.imported, row.first, row.second, row.check, row.check_again)
    return [*(cost.seconds for cost in costs), row.demand, row.slow_demand, *(cost.megabytes for cost in costs)]


def _short(number: float) -> str:
    return f"{number:.3g}" if number < 100 else f"{number:.0f}"


def main(source: Path, sizes: Sequence[int]) -> None:
    """Measures every size and writes the report."""
    every = registers_in(source)
    rows = []
    for size in sizes:
        some = [every[index * len(every) // size] for index in range(min(size, len(every)))]
        with tempfile.TemporaryDirectory() as folder:
            rows.append(row(source, some, Path(folder)))
        print(rows[-1])
    REPORT.write_text(as_markdown(rows), encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]), [int(size) for size in sys.argv[2:]] or SIZES)
