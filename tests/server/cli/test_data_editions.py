"""`vkd data --private` over times, editions and unit-ids of several kinds, worked out by hand."""

import csv
import io
from pathlib import Path

import pytest

from tests.server.cli.conftest import Vkd

FILES = {
    "vkd.toml": """[catalogue]
name = "T"
language = "en"
[vocabularies]
object-types = ["o.csv"]
names = ["n.csv"]
characteristics = ["c.csv"]
[products]
include = ["p.vkd"]
[disclosure]
threshold = 1
log = "log"
""",
    "o.csv": """code,prefLabel@en,kind,number,unit
A,Persons,individual,plural,person
A1,Person,individual,singular,person
C,Person aggregates,aggregate,plural,person
C1,Person aggregate,aggregate,singular,person
""",
    "n.csv": """code,prefLabel@en,kind,notation
P,Population,register,
P.1,Students,register,
Y,Occupations,classification,
Y.1,Clerks,class,10
Y.1.1,Typists,class,11
Y.2,Sellers,class,20
G,Places,classification,
""",
    "c.csv": """code,prefLabel@en,kind,temporality,classification,identifies,values,missing,function,of
K1,pid,individual,fixed,,global,,,,
K1b,series,individual,fixed,,,,,,
K1c,number,individual,fixed,,,,,,
K2,occupation,individual,status,Y,,,99,,
K3,sex,individual,fixed,,,1=Man|2=Woman,9,,
K4,origin,individual,status,G,,,,,
K5,destination,individual,status,G,,,,,
K6,income,individual,accumulated,,,,-1,,
K7,age,individual,status,,,,,,
S1,Count,aggregate,status,,,,,count,
S2,Total income,aggregate,accumulated,,,,,sum,K6
S3,Mean income,aggregate,accumulated,,,,,mean,K6
""",
    "p.vkd": """0 / Product description / inc-2019 / data=d/inc{year}.csv; form=csv; unit-id=pid; access=restricted; collection=INC
1 / Persons / Population / pid / 2019 / O
2 / " / " / income / 2019 / .

0 / Product description / inc-2020 / data=d/inc{year}.csv; form=csv; unit-id=pid; access=restricted; collection=INC
1 / Persons / Population / pid / 2020 / O
2 / " / " / income / 2020 / .

0 / Product description / reg / data=d/reg.csv; form=csv; unit-id=pid; access=restricted
1 / Persons / Population / pid / 2018..2020:A / O
2 / " / " / sex / " / O
3 / " / " / occupation / " / .

0 / Product description / moves / data=d/moves.csv; form=csv; unit-id=series+number; access=restricted
1 / Persons / Students / origin / 20200101 / O
2 / " / " / destination / " / O
3 / " / " / age / " / .

0 / Product description / moves2 / data=d/moves2.csv; form=csv; unit-id=series+number; series=S; access=restricted
1 / Persons / Students / occupation / 20200101 / .

0 / Product description / moves3 / data=d/moves3.csv; form=csv; unit-id=number+series; series=S; access=restricted
1 / Persons / Students / age / 20200101 / .

0 / Product description / noid / data=d/noid.csv; form=csv; access=restricted
1 / Persons / Students / occupation / 2015 / O
2 / " / " / sex / " / .
""",
    "d/inc2019.csv": "pid,income\n1,100\n2,200\n3,-1\n",
    "d/inc2020.csv": "pid,income\n1,110\n2,210\n4,400\n",
    "d/moves.csv": "series,number,origin,destination,age\na,1,X,Y,20\na,2,X,X,20\nb,1,Y,X,31\n",
    "d/moves2.csv": "series,number,occupation\na,1,10\na,2,Sellers\nb,9,10\n",
    "d/moves3.csv": "series,number,age\na,1,40\na,2,40\nb,1,41\n",
    "d/noid.csv": "occupation,sex\n10,1\n10,1\n20,2\n",
    "d/reg.csv": "pid;sex;occupation;year\n1;1;10;2018\n1;1;11;2019\n1;1;11;2020\n2;2;20;2019\n2;2;10;2020\n3;Man;20;2019\n3;1;99;2020\n4;9;20;2020\n",
}
HEADER = "0 / Demand description / d\n"

Cells = dict[tuple[str, ...], float]


@pytest.mark.parametrize(
    ("demand", "arguments", "dimensions", "expected"),
    [
        pytest.param(
            "1 / Person aggregates / Occupations / Count / 2018..2020:A / .",
            [],
            ("Y", "time"),
            {
                ("10", "2018"): 1,
                ("10", "2020"): 1,
                ("11", "2019"): 1,
                ("11", "2020"): 1,
                ("20", "2019"): 2,
                ("20", "2020"): 1,
                ("_T", "2018"): 1,
                ("_T", "2019"): 3,
                ("_T", "2020"): 3,
            },
            id="a column of times",
        ),
        pytest.param(
            "1 / Person aggregate / Clerks / Count / 2020 / .",
            [],
            ("Y",),
            {("10",): 2, ("_T",): 2},
            id="a class with those below it",
        ),
        pytest.param(
            "1 / Person aggregates / Clerks / Count / 2020 / .",
            [],
            ("Y",),
            {("11",): 1, ("_T",): 1},
            id="the classes below a class",
        ),
        pytest.param(
            "1 / Person aggregate / Population / Total income / 2019..2020:A / .",
            [],
            ("time",),
            {("2019",): 300, ("2020",): 720},
            id="a file for each year, and a missing value",
        ),
        pytest.param(
            '1 / Person aggregates / Places / Count / 2020 / O\n2 / " / " / " / " / .',
            [],
            ("K4", "K5"),
            {
                ("X", "X"): 1,
                ("X", "Y"): 1,
                ("X", "_T"): 2,
                ("Y", "X"): 1,
                ("Y", "_T"): 1,
                ("_T", "X"): 2,
                ("_T", "Y"): 1,
                ("_T", "_T"): 3,
            },
            id="two names of one classification, which has no classes",
        ),
        pytest.param(
            '1 / Persons / Population / sex / 2019..2020:A / O\n2 / " / " / income / " / .',
            ["--table", "1", "--of", "2", "--function", "mean"],
            ("K3", "time"),
            {
                ("1", "2019"): 100,
                ("2", "2019"): 200,
                ("_T", "2019"): 150,
                ("1", "2020"): 110,
                ("2", "2020"): 210,
                ("_T", "2020"): 160,
            },
            id="editions linked with a register of years",
        ),
        pytest.param(
            '1 / Persons / Clerks / sex / 2020 / O\n2 / " / Population / income / 2020 / .',
            ["--table", "1", "--of", "2", "--function", "sum"],
            ("K3",),
            {("1",): 110, ("2",): 210, ("_T",): 320},
            id="the units of a class are picked out",
        ),
        pytest.param(
            '1 / Persons / Population / occupation / 2019 / O\n2 / " / " / occupation / 2020 / .',
            ["--table", "1,2"],
            ("K2@20190101", "K2@20200101"),
            {
                ("11", "11"): 1,
                ("11", "_T"): 1,
                ("20", "10"): 1,
                ("20", "_T"): 1,
                ("_T", "10"): 1,
                ("_T", "11"): 1,
                ("_T", "_T"): 2,
            },
            id="a set linked with itself at another time",
        ),
        pytest.param(
            '1 / Persons / Students / occupation / 20200101 / O\n2 / " / " / age / 20200101 / .',
            ["--table", "1,2"],
            ("K2", "K7"),
            {("10", "40"): 1, ("10", "_T"): 1, ("20", "40"): 1, ("20", "_T"): 1, ("_T", "40"): 2, ("_T", "_T"): 2},
            id="two characteristics identify a unit together, in any order",
        ),
        pytest.param(
            '1 / Persons / Students / sex / 2015 / O\n2 / " / " / occupation / 2015 / .',
            ["--table", "1,2"],
            ("K3", "K2"),
            {
                ("1", "10"): 2,
                ("1", "_T"): 2,
                ("2", "20"): 1,
                ("2", "_T"): 1,
                ("_T", "10"): 2,
                ("_T", "20"): 1,
                ("_T", "_T"): 3,
            },
            id="nothing identifies units",
        ),
    ],
)
def test_figures_are_those_worked_out(
    vkd: Vkd, tmp_path: Path, demand: str, arguments: list[str], dimensions: tuple[str, ...], expected: Cells
) -> None:
    laid_out(tmp_path, demand)
    called = vkd("data", "q.vkd", "--private", "--output-format", "csv", *arguments, cwd=tmp_path)
    rows = csv.DictReader(io.StringIO(called.out))
    found = {tuple(row[one] for one in dimensions): float(row["value"]) for row in rows}
    assert (called.err, {at: value for at, value in found.items() if value}) == ("", expected)


def test_an_extract_of_several_years_says_which(vkd: Vkd, tmp_path: Path) -> None:
    laid_out(tmp_path, '1 / Persons / Population / sex / 2019..2020:A / O\n2 / " / " / income / " / .')
    assert vkd("data", "q.vkd", "--private", "--extract", "--to", "x.csv", cwd=tmp_path).code == 0
    header, *rows = (tmp_path / "x.csv").read_text(encoding="utf-8").splitlines()
    assert header == "Time,sex,income"
    assert sorted(rows) == ["2019,1,100", "2019,2,200", "2019,Man,-1", "2020,1,110", "2020,2,210", "2020,9,400"]


def laid_out(folder: Path, demand: str) -> None:
    (folder / "d").mkdir()
    for name, text in {**FILES, "q.vkd": f"{HEADER}{demand}\n"}.items():
        (folder / name).write_text(text, encoding="utf-8")
