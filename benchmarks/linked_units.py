"""What a table of ten million units costs that are linked over two Parquet files, beside plain SQL by hand.

    .venv/bin/python -m benchmarks.linked_units [ROWS]

Two files of ten million persons each are drawn, nine in ten of them in both, in different orders: occupation and sex in
one, industry and income in the other. `vkd data --private` makes a table of occupation by industry, and the mean income
by industry, a whole process each, with the rules and the log; the same is asked of DuckDB in a process of its own by
the SQL that a person would write, which joins and groups, with and without as little memory, and with the check that
no person stands twice, which vkd makes. The figures must be equal. Processes take turns, three times; of each the
fastest counts. Writes `benchmarks/linked_units.md`.
"""

import csv
import io
import os
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

import duckdb

REPORT = Path(__file__).with_suffix(".md")
ROWS = 10_000_000
TURNS = 3

_CONCEPTS: Mapping[str, str] = {
    "object-types.csv": (
        "code,prefLabel@en,kind,number,unit\n"
        "A,Persons,individual,plural,person\n"
        "C,Person aggregates,aggregate,plural,person\n"
    ),
    "names.csv": (
        "code,prefLabel@en,kind\nP,Population,register\nY,Occupations,classification\nN,Industries,classification\n"
    ),
    "characteristics.csv": (
        "code,prefLabel@en,kind,temporality,classification,identifies,values\n"
        "K1,person,individual,fixed,,global,\n"
        "K2,occupation,individual,status,Y,,\n"
        "K3,sex,individual,fixed,,,1=Man|2=Woman\n"
        "K4,industry,individual,status,N,,\n"
        "K5,income,individual,status,,,\n"
    ),
}
_PRODUCTS = """0 / Product description / first / data=a.parquet; form=parquet; access=restricted; unit-id=person
1 / Persons / Population / person / 2020 / O
2 / " / " / occupation / " / O
3 / " / " / sex / " / .

0 / Product description / second / data=b.parquet; form=parquet; access=restricted; unit-id=person
1 / Persons / Population / person / 2020 / O
2 / " / " / industry / " / O
3 / " / " / income / " / .
"""
_DEMAND = """0 / Demand description / benchmark
1 / Persons / Population / occupation / 2020 / O
2 / " / " / industry / " / O
3 / " / " / income / " / .
"""
_SETTINGS = """[catalogue]
name = "Ten million"
language = "en"
[vocabularies]
object-types = ["object-types.csv"]
names = ["names.csv"]
characteristics = ["characteristics.csv"]
[products]
include = ["products.vkd"]
[disclosure]
threshold = 1
log = "log.jsonl"
"""
_JOINED = "'a.parquet' AS a JOIN 'b.parquet' AS b USING (person)"
_COUNTS = f"SELECT occupation, industry, count(*) FROM {_JOINED} GROUP BY CUBE (occupation, industry)"
_MEANS = f"SELECT industry, avg(income) FROM {_JOINED} GROUP BY CUBE (industry)"
_TWICE = "SELECT count(*) FROM (SELECT person FROM '{0}.parquet' GROUP BY person HAVING count(*) > 1)"
_LEAST = "SET memory_limit = '1GB'"


class Cost(NamedTuple):
    """What a process took: seconds by the clock, seconds of the processors, and megabytes at most."""

    wall: float
    processor: float
    peak: float


class Way(NamedTuple):
    """A way to ask for a table: what it is called, and the command that does."""

    name: str
    command: Sequence[str]


def draw(folder: Path, rows: int) -> None:
    """Writes the two files; the persons of each are in an order of their own, and a tenth is in one file only."""
    connection = duckdb.connect()
    connection.execute(
        "COPY (SELECT (i * 2654435761 % ?)::BIGINT AS person, (hash(i) % 40)::VARCHAR AS occupation,"
        f" (1 + hash(i + 7) % 2)::VARCHAR AS sex FROM range(?) t(i)) TO '{folder}/a.parquet' (FORMAT parquet)",
        [_prime_above(rows), rows],
    )
    connection.execute(
        "COPY (SELECT (i * 40503 % ?)::BIGINT + ? AS person, (hash(i + 3) % 20)::VARCHAR AS industry,"
        f" (hash(i + 5) % 900000)::BIGINT AS income FROM range(?) t(i)) TO '{folder}/b.parquet' (FORMAT parquet)",
        [_prime_above(rows), rows // 10, rows],
    )
    connection.close()
    for name, text in {**_CONCEPTS, "products.vkd": _PRODUCTS, "demand.vkd": _DEMAND, "vkd.toml": _SETTINGS}.items():
        (folder / name).write_text(text, encoding="utf-8")


def _prime_above(number: int) -> int:
    """The first prime from a number on: multiplying by what it does not divide then meets every remainder once."""
    return next(one for one in range(number, 2 * number) if all(one % two for two in range(2, int(one**0.5) + 1)))


def ways(table: str) -> Iterator[Way]:
    """The ways to ask for one of the two tables."""
    arguments = ["1,2"] if table == "counts" else ["2", "--of", "3", "--function", "mean"]
    vkd = ["-m", "vkd_server", "data", "demand.vkd", "--private", "--output-format", "csv", "--table", *arguments]
    question = _COUNTS if table == "counts" else _MEANS
    yield Way("`vkd data --private`", vkd)
    yield Way("plain SQL", _asking(question))
    yield Way("plain SQL, 1 GB", _asking(_LEAST, question))
    yield Way("plain SQL, 1 GB, that checks", _asking(_LEAST, _TWICE.format("a"), _TWICE.format("b"), question))


def _asking(*questions: str) -> list[str]:
    """A program that asks DuckDB questions, and prints the answer to the last as CSV."""
    program = (
        "import csv, duckdb, sys\n"
        "connection = duckdb.connect()\n"
        "connection.execute('SET enable_progress_bar = false')\n"
        f"for question in {questions!r}:\n"
        "    answer = connection.execute(question)\n"
        "csv.writer(sys.stdout).writerows(answer.fetchall())\n"
    )
    return ["-c", program]


def run(way: Way, folder: Path) -> tuple[Cost, str]:
    """What a way costs, and what it writes."""
    # What one table tells is not compared with another time it was asked for.
    (folder / "log.jsonl").unlink(missing_ok=True)
    reading, writing = os.pipe()
    started = os.times()
    process = subprocess.Popen([sys.executable, *way.command], cwd=folder, stdout=writing)
    os.close(writing)
    with os.fdopen(reading, encoding="utf-8") as file:
        written = file.read()
    _, status, used = os.wait4(process.pid, 0)
    if status:
        raise SystemExit(f"{way.name} ended with {status}")
    cost = Cost(os.times().elapsed - started.elapsed, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024)
    return cost, written


def figures(written: str, *, is_vkd: bool) -> dict[tuple[str, ...], float]:
    """The figures of a table, by their categories: empty for all of them."""
    if not is_vkd:
        return {tuple(row[:-1]): float(row[-1]) for row in csv.reader(io.StringIO(written))}
    found = csv.DictReader(io.StringIO(written))
    names = [name for name in found.fieldnames or () if f"{name}_label" in (found.fieldnames or ()) and name != "time"]
    return {tuple(row[name].replace("_T", "") for name in names): float(row["value"]) for row in found}


def measure(table: str, folder: Path) -> list[tuple[Way, Cost]]:
    """The ways to ask for a table, each with what it costs at its best. Raises SystemExit where figures differ."""
    best: dict[str, Cost] = {}
    answers: dict[str, dict[tuple[str, ...], float]] = {}
    for _ in range(TURNS):
        for number, way in enumerate(ways(table)):
            cost, written = run(way, folder)
            best[way.name] = min(cost, best.get(way.name, cost), key=lambda one: one.processor)
            answers[way.name] = figures(written, is_vkd=number == 0)
    first, *others = answers.values()
    for other in others:
        if first.keys() != other.keys() or any(abs(value - other[at]) > 1e-6 * value for at, value in first.items()):
            raise SystemExit(f"the figures of {table} differ")
    return [(way, best[way.name]) for way in ways(table)]


def report(rows: int, starts: Mapping[str, float], measured: Mapping[str, Sequence[tuple[Way, Cost]]]) -> str:
    """The report in Markdown."""
    lines = [
        "# Ten million units linked over two Parquet files" if rows == ROWS else f"# {rows:,} units linked",
        "",
        f"Python {sys.version.split()[0]}, DuckDB {duckdb.__version__} on {os.cpu_count()} cores; made by",
        f"`benchmarks/linked_units.py`: {rows:,} rows in each file, whole processes, the fastest of {TURNS}.",
        "The figures are equal. Ratios are of processor time, to plain SQL in the same run; the machine was busy with",
        "other things too, so that they vary by a tenth.",
        "*That checks* asks also whether a person stands twice in a file, which vkd knows from its one join. *Start*",
        "is what the same process takes with ten persons: Python, DuckDB, and of vkd the catalogue and the demand.",
    ]
    for table, costs in measured.items():
        plain = next(cost for way, cost in costs if way.name == "plain SQL")
        lines += ["", f"## {'Occupation by industry' if table == 'counts' else 'Mean income by industry'}", ""]
        lines += ["| | s by the clock | processor s | ratio | start | ratio without | peak MB |", f"|{' --- |' * 7}"]
        for way, cost in costs:
            ratio = cost.processor / plain.processor
            start = starts[way.name]
            rest = (cost.processor - start) / (plain.processor - starts["plain SQL"])
            seconds = f"{cost.wall:.1f} | {cost.processor:.2f}"
            lines.append(f"| {way.name} | {seconds} | {ratio:.2f} | {start:.2f} | {rest:.2f} | {cost.peak:,.0f} |")
    return "\n".join(lines) + "\n"


def main() -> None:
    """Draws the files, asks for the tables in turn, and writes the report."""
    rows = int(sys.argv[1]) if len(sys.argv) > 1 else ROWS
    with TemporaryDirectory(prefix="vkd-benchmark-") as name, TemporaryDirectory(prefix="vkd-benchmark-") as small:
        folder = Path(name)
        draw(Path(small), 10)
        draw(folder, rows)
        starts = {way.name: min(run(way, Path(small))[0].processor for _ in range(TURNS)) for way in ways("counts")}
        text = report(rows, starts, {table: measure(table, folder) for table in ("counts", "means")})
    print(text)
    if rows == ROWS:
        REPORT.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
