"""`vkd data --private`: tables of single units, by hand. Nothing is given without rules, and nothing is guessed."""

import csv
import io
import json
from importlib import import_module
from pathlib import Path

import duckdb
import pytest

from tests.server.cli.conftest import Called, Vkd
from tests.server.workspaces import workspace

DEMAND = "demands/a.vkd"
RULES = '\n[disclosure]\nthreshold = 1\nlog = "log.jsonl"\n'
PRODUCT = "0 / Produktbeskrivelse / {name} / data=archive/{file}; form=csv; access=restricted; unit-id=Fødselsnummer\n"
SIXTY = (
    PRODUCT.format(name="a60", file="a60.csv")
    + "1 / Personer / Personreg.nov.60 / Fødselsnummer / 19601101 / O\n"
    + '2 / "        / "               / Yrke          / "        / O\n'
    + '3 / "        / "               / Kjønn         / "        / .\n'
)
SEVENTY = (
    PRODUCT.format(name="a70", file="a70.csv")
    + "1 / Personer / Personreg.nov.70 / Fødselsnummer / 19701101 / O\n"
    + '2 / "        / "               / Yrke          / "        / O\n'
    + '3 / "        / "               / Inntekt       / "        / .\n'
)
PEOPLE_60 = "Fødselsnummer,Yrke,Kjønn\n1,2,1\n2,2,Kvinne\n3,Y.3,1\n4,selgere,2\n5,7,1\n6,,1\n"
PEOPLE_70 = "Fødselsnummer;Yrke;Inntekt\n1;3;100\n2;2;200,5\n3;3;50.5\n4;2;-7\n7;3;9\n5;2;1\n"
OCCUPATION = "0 / Etterspørselsbeskrivelse / anna\n1 / Personaggregater / Yrkesklassifikasjon / Sum / 19601101 / .\n"
BOTH = (
    "0 / Etterspørselsbeskrivelse / berit\n"
    "1 / Personer / Personreg.nov.60 / Yrke    / 19601101 / O\n"
    '2 / "        / "               / Kjønn   / "        / O\n'
    '3 / "        / Personreg.nov.70 / Yrke    / 19701101 / O\n'
    '4 / "        / "               / Inntekt / "        / .\n'
)

Cells = dict[tuple[str, ...], float | None]


def laid_out(folder: Path, demand: str, files: dict[str, str], rules: str = RULES) -> Path:
    folder.mkdir(exist_ok=True, parents=True)
    root = workspace(folder, {DEMAND: demand, **files})
    for old in ("dode.vkd", "ft60-person.vkd", "ft70.vkd"):
        (root / "products" / old).unlink(missing_ok=True)
    with (root / "vkd.toml").open("a", encoding="utf-8") as settings:
        settings.write(rules)
    return root


def people(folder: Path, demand: str, rules: str = RULES, **changed: str) -> Path:
    files = {
        "products/a60.vkd": SIXTY,
        "products/a70.vkd": SEVENTY,
        "archive/a60.csv": PEOPLE_60,
        "archive/a70.csv": PEOPLE_70,
    }
    names = {"a60": "archive/a60.csv", "a70": "archive/a70.csv", "p60": "products/a60.vkd", "p70": "products/a70.vkd"}
    return laid_out(folder, demand, files | {names[name]: text for name, text in changed.items()}, rules)


def cells(called: Called, *dimensions: str) -> Cells:
    assert called.err == ""
    rows = csv.DictReader(io.StringIO(called.out))
    return {tuple(row[one] for one in dimensions): float(row["value"]) if row["value"] else None for row in rows}


def test_a_table_that_can_be_computed_is(vkd: Vkd, tmp_path: Path) -> None:
    people(tmp_path, OCCUPATION)
    called = vkd("data", DEMAND, "--private", "--output-format", "csv", cwd=tmp_path)
    assert cells(called, "Y", "time") == {
        ("Y.2", "19601101"): 2,
        ("Y.3", "19601101"): 2,
        ("_T", "19601101"): 4,
    }


@pytest.mark.parametrize(
    ("arguments", "dimensions", "expected"),
    [
        (["1"], ("K5",), {("Y.2",): 2, ("Y.3",): 2, ("_T",): 4}),
        (
            ["1,3"],
            ("K5@19601101", "K5@19701101"),
            {
                ("Y.2", "Y.2"): 1,
                ("Y.2", "Y.3"): 1,
                ("Y.2", "_T"): 2,
                ("Y.3", "Y.2"): 1,
                ("Y.3", "Y.3"): 1,
                ("Y.3", "_T"): 2,
                ("_T", "Y.2"): 2,
                ("_T", "Y.3"): 2,
                ("_T", "_T"): 4,
            },
        ),
        (["2", "--of", "4", "--function", "sum"], ("K4",), {("1",): 151.5, ("2",): -7, ("_T",): 144.5}),
        (["2", "--of", "4", "--function", "mean"], ("K4",), {("1",): 50.5, ("2",): -7, ("_T",): 36.125}),
    ],
)
def test_units_found_in_all_sets_are_crossed(
    vkd: Vkd, tmp_path: Path, arguments: list[str], dimensions: tuple[str, ...], expected: Cells
) -> None:
    people(tmp_path, BOTH)
    called = vkd("data", DEMAND, "--private", "--output-format", "csv", "--table", *arguments, cwd=tmp_path)
    assert cells(called, *dimensions) == expected


def test_every_format_tells_rules_sources_and_that_a_person_checks(vkd: Vkd, tmp_path: Path) -> None:
    people(tmp_path, BOTH, '\n[disclosure]\nthreshold = 2\nround-to = 3\nlog = "log.jsonl"\n')
    asked = ("data", DEMAND, "--private", "--language", "en", "--table", "1")
    revision = vkd("run", DEMAND, "--output-format", "json", cwd=tmp_path).json["catalogue"]["revision"]
    assert vkd(*asked, cwd=tmp_path).out.splitlines() == [
        "Count",
        "Occupation            Time      Count",
        "────────────────────  ────────  ─────",
        "Y.2 Clerical workers  19601101      3",
        "Y.3 Sales workers     19601101      3",
        "_T Total              19601101      3",
        "Sources: a60, line 2; a70, line 2.",
        "Left out: units with other values than those that the vocabulary has: “Yrke”.",
        "",
        f"The catalogue's revision: {revision}.",
        "These figures are given under the rules in vkd.toml:",
        "  threshold = 2: no cell changed",
        "  round-to = 3: 3 cells changed",
        "A person must check these figures before they are released; how many cells were changed is not released.",
    ]
    dataset = json.loads(vkd(*asked, "--output-format", "json-stat", cwd=tmp_path).out)
    assert import_module("jsonstat_validator").validate_jsonstat(dataset)
    assert dataset["id"] == ["S1", "K5", "time"]
    assert dataset["dimension"]["K5"]["category"]["index"] == ["Y.2", "Y.3", "_T"]
    assert dataset["value"] == [3, 3, 3]
    assert dataset["extension"]["sources"] == [{"product": "a60", "line": 2}, {"product": "a70", "line": 2}]
    assert dataset["extension"]["disclosure_control"] == {
        "rules": [
            {"key": "threshold", "value": "2", "changed": 0},
            {"key": "round-to", "value": "3", "changed": 3},
        ],
        "check": "A person must check these figures before they are released; how many cells were changed is not released.",
    }
    vkd(*asked, "--output-format", "parquet", "--to", "o.parquet", cwd=tmp_path)
    rows = duckdb.connect().execute(f"SELECT \"K5\", value, product, line FROM '{tmp_path / 'o.parquet'}'").fetchall()
    assert rows == [("Y.2", 3, "a60; a70", "2; 2"), ("Y.3", 3, "a60; a70", "2; 2"), ("_T", 3, "a60; a70", "2; 2")]


def test_a_withheld_cell_is_empty(vkd: Vkd, tmp_path: Path) -> None:
    people(tmp_path, BOTH, '\n[disclosure]\nthreshold = 2\nround-to = 2\nlog = "log.jsonl"\n')
    asked = ("data", DEMAND, "--private", "--table", "1,2", "--output-format")
    found = cells(vkd(*asked, "csv", cwd=tmp_path), "K5", "K4")
    assert found["Y.2", "1"] is None
    assert found["_T", "_T"] == 4
    assert None in json.loads(vkd(*asked, "json-stat", cwd=tmp_path).out)["value"]


@pytest.mark.parametrize(
    ("demand", "arguments", "rules", "words"),
    [
        (OCCUPATION, [], RULES, "--private"),
        (OCCUPATION, ["--private"], "", "no section [disclosure]"),
        (OCCUPATION, ["--private"], "\n[disclosure]\nthreshold = 3\n", "lacks log"),
        (OCCUPATION, ["--private"], '\n[disclosure]\nthreshold = 3\nlog = "no/such/log"\n', "cannot be used"),
        (BOTH, ["--private"], RULES, "--table"),
        (BOTH, ["--private", "--extract", "--to", "x.csv"], "", "no section [disclosure]"),
    ],
)
def test_nothing_is_computed_without_private_rules_and_log(
    vkd: Vkd, tmp_path: Path, demand: str, arguments: list[str], rules: str, words: str
) -> None:
    people(tmp_path, demand, rules)
    called = vkd("data", DEMAND, "--language", "en", *arguments, cwd=tmp_path)
    assert (called.code, called.out, called.err.count("\n")) == (2, "", 1)
    assert words in called.err


@pytest.mark.parametrize(
    ("changed", "arguments", "said"),
    [
        ({"a60": "Fødselsnummer,Kjønn\n1,1\n"}, ["1"], "no column for Yrke (line 2 of its description)."),
        ({"a60": "Nr,Yrke,Kjønn\n1,2,1\n"}, ["1"], "no column for Fødselsnummer, which its unit-id states."),
        ({"a60": PEOPLE_60 + "1,3,1\n"}, ["1"], "A unit stands in several rows of the data of a60"),
        ({"a70": PEOPLE_70 + "1;3;1\n"}, ["1"], "A unit stands in several rows of the data of a70"),
        (
            {"a60": PEOPLE_60.replace("Kjønn", "Year")},
            ["1"],
            "have nothing for the time 19601101 (line 1 of the demand)",
        ),
        ({"a60": "Fødselsnummer,Yrke,Yrke,Kjønn\n1,2,2,1\n"}, ["1"], "is not clear: columns can say it."),
        ({"a60": ""}, ["1"], "cannot be read as its form says (empty)"),
        ({}, ["9"], "Line 9 is none of the lines"),
    ],
)
def test_what_is_not_there_is_named(
    vkd: Vkd, tmp_path: Path, changed: dict[str, str], arguments: list[str], said: str
) -> None:
    people(tmp_path, BOTH, **changed)
    called = vkd("data", DEMAND, "--private", "--language", "en", "--table", *arguments, cwd=tmp_path)
    assert (called.code, called.out, called.err.count("\n")) == (1, "", 1)
    assert said in called.err


@pytest.mark.parametrize(
    ("arguments", "changed", "said"),
    [
        (["2", "--of", "3", "--function", "sum"], {}, "Yrke (line 3) says which class a unit is in"),
        (["1", "--of", "2", "--function", "mean"], {}, "Kjønn (line 2) says which class a unit is in"),
        (["2", "--of", "5", "--function", "mean"], {}, "Fødselsdato (line 5) holds dates"),
        (["2,6"], {}, "Fødselsnummer (line 6) says which unit it is"),
        (["2", "--of", "6", "--function", "sum"], {}, "Fødselsnummer (line 6) says which unit it is"),
        (["2,5"], {}, "No value of Fødselsdato (line 5) is that of as many units"),
        (["4"], {"a70": PEOPLE_70.replace("200,5", "100").replace("50.5", "100")}, ""),
        (["2", "--of", "4", "--function", "mean"], {"a70": PEOPLE_70.replace("100", "19601101")}, ""),
    ],
)
def test_what_is_no_division_and_no_amount_is_refused(
    vkd: Vkd, tmp_path: Path, arguments: list[str], changed: dict[str, str], said: str
) -> None:
    born = "19{0}1101".format
    p60 = SIXTY.replace("/ .", "/ O") + '4 / "        / "               / Fødselsdato   / "        / .\n'
    lines = PEOPLE_60.splitlines()
    a60 = "\n".join([f"{lines[0]},Fødselsdato", *(f"{line},{born(at)}" for at, line in enumerate(lines[1:], 10))])
    demand = BOTH.replace("/ .", "/ O") + (
        "5 / Personer / Personreg.nov.60 / Fødselsdato   / 19601101 / O\n"
        '6 / "        / "               / Fødselsnummer / "        / .\n'
    )
    people(tmp_path, demand, **{"a60": a60, "p60": p60} | changed)
    called = vkd("data", DEMAND, "--private", "--language", "en", "--table", *arguments, cwd=tmp_path)
    assert said in called.err
    assert (called.code, called.out == "", called.err.count("\n")) == ((1, True, 1) if said else (0, False, 0))


def test_that_most_units_share_no_value_is_said(vkd: Vkd, tmp_path: Path) -> None:
    people(
        tmp_path,
        BOTH,
        '\n[disclosure]\nthreshold = 2\nround-to = 2\nlog = "log.jsonl"\n',
        a70="Fødselsnummer;Yrke;Inntekt\n1;3;100\n2;2;100\n3;3;50\n4;2;7\n5;2;8\n",
    )
    called = vkd("data", DEMAND, "--private", "--language", "en", "--table", "4", cwd=tmp_path)
    assert (called.code, called.err) == (0, "")
    assert "few have the same value of “Inntekt”" in called.out


def test_what_the_rules_do_not_allow_is_refused_and_says_which(vkd: Vkd, tmp_path: Path) -> None:
    people(tmp_path, BOTH, '\n[disclosure]\nminimum-population = 10\nthreshold = 2\nlog = "log.jsonl"\n')
    called = vkd("data", DEMAND, "--private", "--table", "1", "--language", "en", cwd=tmp_path)
    assert (called.code, called.out, called.err.count("\n")) == (1, "", 1)
    assert "minimum-population" in called.err


def test_an_extract_has_what_is_asked_for_and_nothing_else(vkd: Vkd, tmp_path: Path) -> None:
    people(tmp_path, BOTH)
    called = vkd("data", DEMAND, "--private", "--extract", "--to", "x.csv", "--language", "en", cwd=tmp_path)
    assert (called.code, called.out, called.err) == (0, "", "")
    header, *rows = csv.reader(io.StringIO((tmp_path / "x.csv").read_text(encoding="utf-8")))
    assert header == ["Occupation 19601101", "Sex", "Occupation 19701101", "Income"]
    assert sorted(rows) == [
        ["2", "1", "3", "100"],
        ["2", "Kvinne", "2", "200,5"],
        ["7", "1", "2", "1"],
        ["Y.3", "1", "3", "50.5"],
        ["selgere", "2", "2", "-7"],
    ]
    noted = json.loads((tmp_path / "log.jsonl").read_text(encoding="utf-8").splitlines()[-1])
    assert (noted["kind"], noted["about"]["products"]) == ("extract", ["a60", "a70"])
    assert vkd("data", DEMAND, "--private", "--extract", "--to", "x.parquet", cwd=tmp_path).code == 0
    assert len(duckdb.connect().execute(f"SELECT * FROM '{tmp_path / 'x.parquet'}'").fetchall()) == 5
