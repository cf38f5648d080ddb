"""Every figure that `vkd data` computes of single units is the one that plain Python computes of the same files: over random
sets, linked or not, in several editions, with values missing, classes written in every way, and rules that round."""

import csv
import io
import random
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from itertools import product
from math import inf
from pathlib import Path
from typing import NamedTuple

import duckdb
import pytest

from tests.server.cli.conftest import Vkd

SEEDS = range(30)
YEARS = (2018, 2019, 2020)
SETTINGS = """[catalogue]
name = "Oracle"
language = "en"
[vocabularies]
object-types = ["object-types.csv"]
names = ["names.csv"]
characteristics = ["characteristics.csv"]
[products]
include = ["pop.vkd", "work.vkd"]
[disclosure]
log = "log.jsonl"
"""
OBJECT_TYPES = """code,prefLabel@en,kind,number,unit
U.1,Person,individual,singular,person
U.2,Persons,individual,plural,person
U.3,Aggregate of persons,aggregate,singular,person
U.4,Aggregates of persons,aggregate,plural,person
"""
NAMES = """code,prefLabel@en,altLabel@en,kind,notation
R1,Population register,,register,
R2,Work register,,register,
S,Sexes,,classification,
S.1,Male,Men,class,1
S.2,Female,Women,class,2
G,Regions,,classification,
G.1,North,,class,N
G.2,South,The south,class,S
G.3,Islands,,class,I
"""
CHARACTERISTICS = """code,prefLabel@en,kind,classification,identifies,function,of,values@en,missing
ID,Person number,individual,,global,,,,
SEX,Sex,individual,S,,,,,
REG,Region,individual,G,,,,,
OCC,Occupation,individual,,,,,1=Sells|2=Builds|9=Not known,9
INC,Income,individual,,,,,,
CNT,Number of persons,aggregate,,,count,,,
"""
SPELT = {
    "SEX": {"1": ("1", "S.1", "Male", " men ", "MALE"), "2": ("2", "S.2", "Female", "women")},
    "REG": {"N": ("N", "1", "G.1", "north"), "S": ("S", "G.2", "the  South"), "I": ("I", "Islands", "3")},
    "OCC": {"1": ("1", "sells", "Sells"), "2": ("2", "Builds")},
}
"""How files write each category, which goes by its notation, else its value."""

NO_CATEGORY = {"SEX": ("", "7", "S"), "REG": ("", "X", "G.9"), "OCC": ("", "9", "Not known", "3")}
"""What is no category, or says that it is missing: who has it is in no table by this."""

POPULATION = """0 / Product description / pop{name} / data={file}; form={form}; access=restricted; unit-id=Person number{more}
1 / Persons / Population register / Person number / {time} / O
2 / "       / "                   / Sex           / "      / O
3 / "       / "                   / Region        / "      / .
"""
WORK = """0 / Product description / work / data={file}; form={form}; access=restricted; unit-id=Person number; columns=PAY=Income
1 / Persons / Work register / Person number / 2020 / O
2 / "       / "             / Occupation    / "    / O
3 / "       / "             / Income        / "    / .
"""
DEMAND = """0 / Demand description / oracle
1 / Persons / Population register / Sex        / {year} / O
2 / "       / "                   / Region     / "      / O
3 / "       / Work register       / Occupation / 2020   / O
4 / "       / "                   / Income     / "      / .
"""
COLUMNS = ("SEX", "REG", "OCC")
Unit = dict[str, str]
Cells = dict[tuple[str, ...], float | None]


class Stated(NamedTuple):
    """The rules that the workspace states; 0 for a rule that it does not."""

    threshold: int
    zero_below: int
    round_to: int
    winsorise: int
    dominance: int
    p_percent: int

    def section(self) -> str:
        lines = [f"threshold = {self.threshold}", f"zero-below = {self.zero_below}", f"round-to = {self.round_to}"]
        lines += [f"winsorise = {self.winsorise}"] * bool(self.winsorise)
        lines += [f"dominance = [1, {self.dominance}]"] * bool(self.dominance)
        lines += [f"p-percent = {self.p_percent}"] * bool(self.p_percent)
        return "\n".join(lines) + "\n"


class World(NamedTuple):
    """Random sets: of each year the population with sex and region, and who works in 2020, with occupation and income.
    What stands in a file is each unit's row; `said` is the category that it says, missing where there is none."""

    population: Mapping[int, Mapping[str, Unit]]
    work: Mapping[str, Unit]


def world(draw: random.Random) -> World:
    everybody = [str(one) for one in draw.sample(range(1, 10**6), 120)]
    population = {
        year: {one: {"SEX": cell(draw, "SEX"), "REG": cell(draw, "REG")} for one in draw.sample(everybody, 90)}
        for year in YEARS
    }
    pay = ("", "0", "-12.5", "1e3", "7")
    work = {
        one: {"OCC": cell(draw, "OCC"), "INC": draw.choice((*pay, str(draw.randint(1, 900))))}
        for one in draw.sample(everybody, 80)
    }
    return World(population, work)


def cell(draw: random.Random, column: str) -> str:
    categories = SPELT[column]
    if draw.random() < 0.1:
        return draw.choice(NO_CATEGORY[column])
    return draw.choice(categories[draw.choices(list(categories), [9, 5, 1][: len(categories)])[0]])


def category(column: str, written: str) -> str | None:
    return next((one for one, spelt in SPELT[column].items() if written in spelt), None)


def laid_out(folder: Path, made: World, draw: random.Random, rules: str, year: int) -> None:
    """The workspace with the sets as files, of a form that is drawn: all editions in one, or a file for each year."""
    files = {"vkd.toml": SETTINGS + rules, "object-types.csv": OBJECT_TYPES, "names.csv": NAMES}
    files |= {"characteristics.csv": CHARACTERISTICS, "demand.vkd": DEMAND.format(year=year)}
    kind = draw.choice(["editions", "years"])
    for each in YEARS:
        write(folder / f"pop-{each}.csv", ("Person number", "Sex", "REG"), made.population[each], draw)
    if kind == "editions":
        more = "; collection=POP"
        files["pop.vkd"] = "\n".join(
            POPULATION.format(name=f"-{one}", file=f"pop-{one}.csv", form="csv", more=more, time=one) for one in YEARS
        )
    else:
        time = f"{YEARS[0]}..{YEARS[-1]}:A"
        files["pop.vkd"] = POPULATION.format(name="", file="pop-{year}.csv", form="csv", more="", time=time)
    form = draw.choice(["csv", "parquet"])
    write(folder / "work.csv", ("Person number", "Occupation", "PAY"), made.work, draw)
    if form == "parquet":
        read = f"read_csv('{folder / 'work.csv'}', all_varchar = true)"
        duckdb.sql(f"COPY (SELECT * FROM {read}) TO '{folder / 'work.parquet'}' (FORMAT parquet)")
    files["work.vkd"] = WORK.format(file=f"work.{form}", form=form)
    for name, text in files.items():
        (folder / name).write_text(text, encoding="utf-8")


def write(path: Path, head: Sequence[str], units: Mapping[str, Unit], draw: random.Random) -> None:
    mark = draw.choice([",", ";"])
    rows = [(one, *said.values()) for one, said in units.items()]
    draw.shuffle(rows)
    path.write_text("".join(mark.join(row) + "\n" for row in (head, *rows)), encoding="utf-8")


def expected(made: World, year: int, columns: Sequence[str], function: str, rules: Stated) -> Cells:
    """The table as plain Python makes it: of the units in all sets that are asked for, with a category in each column."""
    groups: dict[tuple[str, ...], list[float]] = defaultdict(list)
    linked = [made.population[year][one] | made.work[one] for one in made.population[year].keys() & made.work.keys()]
    if function != "count":
        linked = [said for said in linked if said["INC"]]
    values = [0.0 if function == "count" else float(said["INC"]) for said in linked]
    least, most = ends(values, rules.winsorise)
    for said, value in zip(linked, values, strict=True):
        classes = [category(column, said[column]) for column in columns]
        for place in product(*((own or "", "_T") for own in classes)) if None not in classes else ():
            groups[place].append(min(max(value, least), most))
    every = product(*((*SPELT[column], "_T") for column in columns))
    cells = {place: figure(groups[place], function, rules) for place in every}
    if function == "count" and rules.round_to > 1:
        return cells
    told_as = {"count": (None, 0)}.get(function, (None,))
    hidden = [place for place, value in cells.items() if groups[place] and value in told_as]
    return {place: value if place in hidden or not is_above(place, hidden) else None for place, value in cells.items()}


def ends(values: Sequence[float], per_cent: int) -> tuple[float, float]:
    """The values between which all but so many per cent at each end lie, between two values in proportion."""
    if not per_cent or not values:
        return -inf, inf
    ordered = sorted(values)

    def at(share: float) -> float:
        place = share * (len(ordered) - 1)
        below = int(place)
        above = min(below + 1, len(ordered) - 1)
        return ordered[below] + (place - below) * (ordered[above] - ordered[below])

    return at(per_cent / 100), at(1 - per_cent / 100)


def figure(values: Sequence[float], function: str, rules: Stated) -> float | None:
    number = len(values)
    if function == "count":
        if number < rules.zero_below:
            return 0
        return (
            None
            if 0 < number < rules.threshold
            else (2 * number + rules.round_to) // (2 * rules.round_to) * rules.round_to
        )
    largest = sorted(map(abs, values), reverse=True)
    if number < max(rules.threshold, 1):
        return None
    if rules.dominance and sum(largest[:1]) * 100 > rules.dominance * sum(largest):
        return None
    if rules.p_percent and sum(largest[2:]) * 100 < rules.p_percent * largest[0]:
        return None
    return sum(values) if function == "sum" else sum(values) / number


def is_above(place: tuple[str, ...], others: Iterable[tuple[str, ...]]) -> bool:
    """Whether a cell is a margin of one of some others."""
    return any(
        place != other and all(own in ("_T", theirs) for own, theirs in zip(place, other, strict=True))
        for other in others
    )


@pytest.mark.parametrize("seed", SEEDS)
def test_what_is_computed_is_what_plain_python_computes(vkd: Vkd, tmp_path: Path, seed: int) -> None:
    draw = random.Random(seed)
    made, year = world(draw), draw.choice(YEARS)
    rules = Stated(*(draw.choice(of) for of in ((0, 1, 3), (0, 0, 4), (1, 3, 5), (0, 0, 5), (0, 60), (0, 10))))
    laid_out(tmp_path, made, draw, rules.section(), year)
    columns = draw.sample(COLUMNS, draw.randint(1, 3))
    function = draw.choice(["count", "sum", "mean"])
    lines = ",".join(str(1 + COLUMNS.index(column)) for column in columns)
    asked = ["--of", "4", "--function", function] if function != "count" else []
    form = ("--private", "--output-format", "csv")
    called = vkd("data", "demand.vkd", *form, "--table", lines, *asked, cwd=tmp_path)
    assert called.err == ""
    rows = csv.DictReader(io.StringIO(called.out))
    found = {tuple(row[one] for one in columns): float(row["value"]) if row["value"] else None for row in rows}
    wanted = expected(made, year, columns, function, rules)
    assert found.keys() == wanted.keys()
    assert found == {place: None if value is None else pytest.approx(value) for place, value in wanted.items()}
