"""How the catalogue of Statistics Denmark's research registers behaves, from ten of its registers to all of them.

    python -m benchmarks.dst_catalogue build/sources/dst-fsv [N...]

For each number of registers (all that have data sets, unless told): import, first index, second start, check, and
demands one after another in one process. Writes `benchmarks/dst_catalogue.md`. Every command is a process of its own,
timed from start to end, the shortest of three runs, with the most memory it held. It takes some minutes.
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
from vkd_server.features.answers.run import RunOptions, run_document

SIZES = (10, 50, 150, 526)
REPORT = Path(__file__).with_suffix(".md")
OPTIONS = RunOptions(3, None, None)


class Cost(NamedTuple):
    """What one process took: seconds from start to end, seconds on a processor, and megabytes at most."""

    seconds: float
    processor: float
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
seconds = time.perf_counter() - started
print(os.waitstatus_to_exitcode(status), seconds, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024)
"""
"""A process counts the memory of the one that started it as its own, so a small one starts what is measured."""


def measured(command: Sequence[str]) -> Cost:
    """Runs a command to its end. RuntimeError where it fails."""
    launched = subprocess.run([sys.executable, "-ISc", _LAUNCHER, *command], capture_output=True, text=True, check=True)
    code, seconds, processor, megabytes = launched.stdout.split()
    if code != "0":
        raise RuntimeError(f"{' '.join(command)} ended with {code}: {launched.stderr}")
    return Cost(float(seconds), float(processor), float(megabytes))


def best(command: Sequence[str], before: Callable[[], object] = bool, times: int = 3) -> Cost:
    """The shortest of several runs, since other work on the machine only ever adds; the most memory of any.

    `before` is called ahead of each run, and not timed.
    """
    costs = []
    for _ in range(times):
        before()
        costs.append(measured(command))
    seconds, processor, megabytes = zip(*costs, strict=True)
    return Cost(min(seconds), min(processor), max(megabytes))


def row(source: Path, registers: Sequence[str], folder: Path) -> Row:
    """Everything about the catalogue of some registers, built in `folder`."""
    extract(source, folder / "source", registers)
    workspace = folder / "catalogue"
    vkd = [sys.executable, "-m", "vkd_server"]
    cache = workspace / ".vkd"
    source_folder = str(folder / "source")
    imported = best([*vkd, "catalogue", "import", "dst-fsv", "--from", source_folder, "--to", str(workspace)])
    texts = list(demands(workspace))
    demand = folder / "demand.vkd"
    demand.write_text(texts[0], encoding="utf-8")
    run = [*vkd, "run", "--workspace", str(workspace), str(demand)]
    check = [*vkd, "check", str(workspace)]

    def forget() -> None:
        shutil.rmtree(cache, ignore_errors=True)

    first = best(run, forget)
    second = best(run)
    cold = best(check, forget)
    again = best(check)
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
    """Milliseconds for each demand in one process, in order of size: the shortest of three."""
    catalogue = Catalogue(configuration_for(workspace))
    times = []
    for text in texts:
        document = read_document(text, catalogue.parser)
        taken = []
        for _ in range(3):
            started = time.perf_counter()
            answers = list(run_document(document, "demand.vkd", catalogue, OPTIONS))
            taken.append(time.perf_counter() - started)
        if [found.answer.status for found in answers] != ["found"]:
            raise RuntimeError(f"not found, though a product says so:\n{text}")
        times.append(min(taken) * 1000)
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


_ABOUT = """\
# The catalogue of Statistics Denmark's research registers

Python {version} on {cores} cores; made by `benchmarks/dst_catalogue.py`. Each step is a process of its own, the
shortest of three: seconds from start to end, seconds on a processor (the difference is other work on the machine), and
the most memory it held. First index is a demand on a catalogue that was never read, second start the same once more,
unchanged; so for check. Demands are put one after another in one process: the median, and what 99 of 100 stay below."""


def as_markdown(rows: Sequence[Row]) -> str:
    """The report: a line a size, and how much each measure grew from the first to the last."""
    lines = [_ABOUT.format(version=sys.version.split()[0], cores=os.cpu_count())]
    for title, unit, take in (
        ("From start to end", "s", lambda cost: cost.seconds),
        ("On a processor", "s", lambda cost: cost.processor),
        ("Memory", "MB", lambda cost: cost.megabytes),
    ):
        columns = ["registers", "products", "sentences", *(f"{step} {unit}" for step in _STEPS)]
        values = [[*_size(row), *map(take, _costs(row))] for row in rows]
        lines += ["", f"## {title}", "", *_table(columns, values)]
    columns = ["registers", "products", "sentences", "demand ms", "slow demand ms"]
    values = [[*_size(row), row.demand, row.slow_demand] for row in rows]
    return "\n".join([*lines, "", "## Demands", "", *_table(columns, values), ""])


_STEPS = ("import", "first index", "second start", "check", "check again")


def _size(row: Row) -> list[float]:
    return [row.registers, row.products, row.sentences]


def _costs(row: Row) -> list[Cost]:
    return [row.imported, row.first, row.second, row.check, row.check_again]


def _table(columns: Sequence[str], values: Sequence[Sequence[float]]) -> list[str]:
    cells = [[_short(number) for number in line] for line in values]
    grew = [f"{last / first:.1f} x" for first, last in zip(values[0], values[-1], strict=True)]
    return [f"| {' | '.join(line)} |" for line in (columns, ["---:"] * len(columns), *cells, grew)]


def _short(number: float) -> str:
    return f"{number:.2f}" if number < 10 and number != int(number) else f"{number:,.0f}"


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
