"""`vkd data`: published figures. Whatever the form, the cells are those that a reader in plain Python finds in the same
rows; what cannot be given is refused, and nothing is guessed."""

import csv
import io
import json
import sys
from importlib import import_module
from itertools import product
from pathlib import Path

import duckdb
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.server.cli.conftest import Vkd
from tests.server.workspaces import workspace

FILE, DEMAND = "products/eksempel.vkd", "demands/a.vkd"
HEADER = "0 / Produktbeskrivelse / eksempel / data=archive/a.csv; doc=P:ft70.md; form=csv; access=open\n"
PRODUCT = (
    f"{HEADER}"
    "1 / Personaggregater / Yrkesklassifikasjon     / Sum / 1970..1972:A / O\n"
    '2 / "                / Utdanningsklassifikasjon / "   / "            / .\n'
)
ASKED = (
    "0 / Etterspørselsbeskrivelse / anna\n"
    "1 / Personaggregater / Yrkesklassifikasjon      / Sum / 1970..1971:A / O\n"
    '2 / "                / Utdanningsklassifikasjon / "   / "            / .\n'
)
ONE = "0 / Etterspørselsbeskrivelse / anna\n1 / Personaggregater / {name} / Sum / {time} / .\n"
SIMPLE = f"{HEADER}1 / Personaggregater / Yrkesklassifikasjon / Sum / 1970..1972:A / .\n"
CLASSES = {
    "2": "Y.2",
    "y.2": "Y.2",
    "kontorfunksjonærer": "Y.2",
    "3": "Y.3",
    "selgere": "Y.3",
    "sales workers": "Y.3",
}
YEARS = ("1969", "1970", "1971", "1972")

Cells = dict[tuple[str, ...], float | None]


def laid_out(folder: Path, cells: str, product_text: str = PRODUCT, demand: str = ASKED) -> Path:
    (folder / "products").mkdir(exist_ok=True, parents=True)
    for old in ("dode.vkd", "ft60-person.vkd", "ft70.vkd"):
        (folder / "products" / old).unlink(missing_ok=True)
    root = workspace(folder, {FILE: product_text, DEMAND: demand, "archive/a.csv": cells})
    for old in ("dode.vkd", "ft60-person.vkd", "ft70.vkd"):
        (root / "products" / old).unlink(missing_ok=True)
    return root


def of_csv(text: str, dimensions: tuple[str, ...]) -> Cells:
    rows = csv.DictReader(io.StringIO(text))
    return {tuple(row[one] for one in dimensions): float(row["value"]) if row["value"] else None for row in rows}


def of_json_stat(text: str, dimensions: tuple[str, ...]) -> Cells:
    dataset = json.loads(text)
    assert import_module("jsonstat_validator").validate_jsonstat(dataset)
    ids = [dataset["dimension"][one]["category"]["index"] for one in dataset["id"]]
    cells = dict(zip(product(*ids), dataset["value"], strict=True))
    places = [dataset["id"].index(one) for one in dimensions]
    return {tuple(at[place] for place in places): value for at, value in cells.items()}


def of_parquet(path: Path, dimensions: tuple[str, ...]) -> Cells:
    listed = ", ".join(f'"{one}"' for one in (*dimensions, "value"))
    rows = duckdb.connect().execute(f"SELECT {listed} FROM '{path}'").fetchall()
    return {tuple(row[:-1]): row[-1] for row in rows}


occupation = st.sampled_from(["2", "Y.2", "Kontorfunksjonærer", "3", "SELGERE", "7", ""])
education = st.sampled_from(["1", "2", "x"])
figure = st.sampled_from(["1", "0", "-3", "2.5", "", "..", "1,5", "1e3"])
tables = st.dictionaries(
    st.tuples(st.sampled_from(["2", "3", "7"]), education, st.sampled_from(YEARS)),
    st.tuples(st.integers(0, 2), figure),
    max_size=20,
)
WRITTEN = {"2": ["2", "Y.2", "Kontorfunksjonærer"], "3": ["3", "y.3", "SELGERE"], "7": ["7", "", "?"]}


def number(text: str) -> float | None:
    try:
        return float(text)
    except ValueError:
        return None


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(tables)
def test_every_format_has_the_cells_that_are_asked_for(
    vkd: Vkd, tmp_path_factory: pytest.TempPathFactory, table: dict[tuple[str, str, str], tuple[int, str]]
) -> None:
    folder = tmp_path_factory.mktemp("w")
    lines = [f"{WRITTEN[one][way]};{level};{year};{value}" for (one, level, year), (way, value) in table.items()]
    laid_out(folder, "\n".join(["Yrke;Utdanning;År;Antall", *lines, ""]))
    expected: Cells = {
        (f"Y.{one}", level, year): number(value)
        for (one, level, year), (_, value) in table.items()
        if one != "7" and year in ("1970", "1971")
    }
    dimensions = ("Y", "U", "time")
    called = vkd("data", DEMAND, "--output-format", "csv", cwd=folder)
    if not expected:
        assert (called.code, called.out) == (1, "")
        return
    assert of_csv(called.out, dimensions) == expected
    assert of_json_stat(vkd("data", DEMAND, "--output-format", "json-stat", cwd=folder).out, dimensions) == {
        at: expected.get(at) for at in product(*({one[place] for one in expected} for place in range(3)))
    }
    assert vkd("data", DEMAND, "--output-format", "parquet", "--to", "o.parquet", cwd=folder).code == 0
    assert of_parquet(folder / "o.parquet", dimensions) == expected


def test_each_figure_cites_what_it_rests_on(vkd: Vkd, tmp_path: Path) -> None:
    laid_out(
        tmp_path,
        "Yrke;År;Sum\n2;1970;5\n3;1971;7\n9;1970;1\n",
        SIMPLE,
        ONE.format(name="Yrkesklassifikasjon", time="1970..1972:A"),
    )
    revision = vkd("run", DEMAND, "--output-format", "json").json["catalogue"]["revision"]
    rows = list(csv.DictReader(io.StringIO(vkd("data", DEMAND, "--output-format", "csv").out)))
    assert {(row["product"], row["line"], row["revision"], row["disclosure_control"]) for row in rows} == {
        ("eksempel", "1", revision, "none")
    }
    assert vkd("data", DEMAND, "--language", "en").out.splitlines() == [
        "Count",
        "Classification of occupations  Time  Count  Source",
        "─────────────────────────────  ────  ─────  ────────────────",
        "Y.2 Clerical workers           1970      5  eksempel, line 1",
        "Y.3 Sales workers              1971      7  eksempel, line 1",
        "Left out: 1 row with values that are no class: “9”.",
        "There are no figures for 1 period: “1972”.",
        "",
        f"The catalogue's revision: {revision}.",
        "These are published figures as they stand in the data. No disclosure control has been applied to them.",
    ]
    dataset = json.loads(vkd("data", DEMAND, "--output-format", "json-stat", "--language", "en").out)
    assert dataset["extension"]["revision"] == revision
    assert dataset["extension"]["sources"] == [{"product": "eksempel", "line": 1}]
    assert dataset["note"][0].startswith("These are published figures")


@pytest.mark.parametrize(
    ("name", "time", "cells"),
    [
        ("Yrkesklassifikasjon", "1970", {("Y.2", "1970"): 5, ("Y.3", "1970"): 6}),
        ("Yrkesklassifikasjon", "-", {("Y.2", "1970"): 5, ("Y.3", "1970"): 6, ("Y.2", "1971"): 7}),
        ("Yrkesklassifikasjon", "1971..1975:A", {("Y.2", "1971"): 7}),
        ("-", "1971", {("Y.2", "1971"): 7}),
    ],
)
def test_the_classes_and_times_asked_for_and_no_others(
    vkd: Vkd, tmp_path: Path, name: str, time: str, cells: Cells
) -> None:
    laid_out(tmp_path, "Yrke;År;Sum\n2;1970;5\n3;1970;6\n2;1971;7\n", SIMPLE, ONE.format(name=name, time=time))
    assert of_csv(vkd("data", DEMAND, "--output-format", "csv").out, ("Y", "time")) == cells


def test_any_aggregate_is_the_one_that_the_data_have(vkd: Vkd, tmp_path: Path) -> None:
    demand = ONE.format(name="Yrkesklassifikasjon", time="1971").replace("/ Sum /", "/ - /")
    laid_out(tmp_path, "Yrke;År;Sum\n2;1970;5\n2;1971;7\n", SIMPLE, demand)
    assert of_csv(vkd("data", DEMAND, "--output-format", "csv").out, ("Y", "time")) == {("Y.2", "1971"): 7}


def test_a_single_aggregate_is_one_row_of_the_table(vkd: Vkd, tmp_path: Path) -> None:
    demand = "0 / Etterspørselsbeskrivelse / anna\n1 / Personaggregat / Selgere / Sum / 1970 / .\n"
    laid_out(tmp_path, "Yrke;År;Sum\n2;1970;5\n3;1970;6\n2;1971;7\n", SIMPLE, demand)
    assert of_csv(vkd("data", DEMAND, "--output-format", "csv").out, ("Y", "time")) == {("Y.3", "1970"): 6}


def test_a_file_for_each_year(vkd: Vkd, tmp_path: Path) -> None:
    text = SIMPLE.replace("archive/a.csv", "archive/t{year}.csv")
    laid_out(tmp_path, "", text, ONE.format(name="Yrkesklassifikasjon", time="1970..1972:A"))
    for year in (1969, 1970, 1972):
        (tmp_path / f"archive/t{year}.csv").write_text(f"Yrke,Sum\n2,{year}\n", encoding="utf-8")
    found = of_csv(vkd("data", DEMAND, "--output-format", "csv").out, ("Y", "time"))
    assert found == {("Y.2", "1970"): 1970, ("Y.2", "1972"): 1972}


@pytest.mark.parametrize(
    ("cells", "said"),
    [
        ("Yrke;År;Sum\n2;1980;5\n", "The data have no rows for the classes and times asked for."),
        ("Yrke;Sum\n2;5\n", "The data of eksempel do not say which time each row is for."),
        ("År;Sum\n1970;5\n", "The data of eksempel have no column for Yrkesklassifikasjon."),
        ("Yrke;År\n2;1970\n", "The data of eksempel have no column for Sum."),
        (
            "Yrke;Y;År;Sum\n2;2;1970;5\n",
            "Which column of the data of eksempel is Yrkesklassifikasjon is not clear: columns can say it.",
        ),
        (
            "Yrke;Kjønn;År;Sum\n2;1;1970;5\n2;2;1970;6\n",
            "Several rows of the data of eksempel are for the same classes and time. "
            "Columns that no sentence describes: Kjønn.",
        ),
        ("", "A file of eksempel cannot be read as its form says (empty): vkd check --data says more."),
    ],
)
def test_what_cannot_be_given_is_refused_in_one_line(vkd: Vkd, tmp_path: Path, cells: str, said: str) -> None:
    laid_out(tmp_path, cells, SIMPLE, ONE.format(name="Yrkesklassifikasjon", time="1970"))
    called = vkd("data", DEMAND, "--language", "en")
    assert (called.code, called.out, called.err) == (1, "", f"vkd data: {said}\n")


@pytest.mark.parametrize(
    ("rules", "arguments", "words"),
    [
        ("", [], "--private"),
        ("", ["--private"], "[disclosure]"),
        ("[disclosure]\nthreshold = 5\n", [], "--private"),
        ("[disclosure]\nthreshold = 5\n", ["--private"], "lacks log"),
        ("[disclosure]\nlog = 'log'\nround-to = 5\n", ["--private"], "lacks threshold"),
        ("[disclosure]\nlog = 'nowhere/log'\nthreshold = 5\n", ["--private"], "nowhere/log cannot be used"),
        ("[disclosure]\nlog = 'products'\nthreshold = 5\n", ["--private"], "products cannot be used"),
        ("[disclosure]\nlog = '/dev/null'\nthreshold = 5\n", ["--private"], "null cannot be used"),
    ],
)
def test_single_units_take_private_rules_and_a_log(
    vkd: Vkd, tmp_path: Path, rules: str, arguments: list[str], words: str
) -> None:
    text = HEADER.replace("access=open", "access=closed") + "1 / Personer / Personreg.nov.70 / Yrke / 19701101 / .\n"
    demand = "0 / Etterspørselsbeskrivelse / anna\n1 / Personer / Personreg.nov.70 / Yrke / 19701101 / .\n"
    root = laid_out(tmp_path, "Yrke\n2\n", text, demand)
    with open(root / "vkd.toml", "a", encoding="utf-8") as settings:
        settings.write(f"\n{rules}")
    called = vkd("data", DEMAND, "--language", "en", *arguments)
    assert (called.code, called.out, called.err.count("\n")) == (2, "", 1)
    assert words in called.err


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        (["--output-format", "parquet"], 2, "--to"),
        (["--extract"], 2, "--to"),
        (["--extract", "--to", "x.csv"], 2, "--private"),
        (["--table", "1"], 2, "--private"),
        (["--table", "a"], 2, "no list of line numbers"),
        (["--of", "1"], 2, "--function"),
        (["--of", "1", "--function", "sum"], 2, "--table"),
        (["--cover", "2"], 1, "no answer number 2"),
        (["--cover", "0"], 2, ""),
    ],
)
def test_wrong_calls_are_told_in_one_line(
    vkd: Vkd, tmp_path: Path, arguments: list[str], code: int, words: str
) -> None:
    laid_out(tmp_path, "Yrke;År;Sum\n2;1970;5\n", SIMPLE, ONE.format(name="Yrkesklassifikasjon", time="1970"))
    called = vkd("data", DEMAND, "--language", "en", *arguments)
    assert (called.code, called.out) == (code, "")
    assert words in called.err


def test_a_missing_extra_is_told_by_name(vkd: Vkd, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    laid_out(tmp_path, "Yrke;År;Sum\n2;1970;5\n", SIMPLE, ONE.format(name="Yrkesklassifikasjon", time="1970"))
    monkeypatch.setitem(sys.modules, "duckdb", None)
    called = vkd("data", DEMAND)
    assert (called.code, called.err) == (2, "vkd: vkd data needs the extra data: pip install 'vkd-server[data]'\n")


@pytest.mark.parametrize(
    ("form", "second", "code", "words"),
    [
        (
            "text",
            "1 / Personaggregater / Yrkesklassifikasjon / Sum / 1999 / .",
            1,
            "demands/a.vkd:5: Nothing answers berit",
        ),
        (
            "csv",
            "1 / Personaggregater / Yrkesklassifikasjon / Sum / 1972 / .",
            1,
            "demands/a.vkd:5: The data have no rows",
        ),
        ("json-stat", "1 / Tull / Yrkesklassifikasjon / Sum / 1972 / .", 1, "demands/a.vkd:5: berit cannot be read"),
        (
            "parquet",
            "1 / Personer / - / Yrke / - / .",
            2,
            "demands/a.vkd:5: What berit asks for has to be made of data",
        ),
    ],
)
def test_what_cannot_be_given_hides_no_other_demand(
    vkd: Vkd, tmp_path: Path, form: str, second: str, code: int, words: str
) -> None:
    first = ONE.format(name="Yrkesklassifikasjon", time="1970")
    last = first.replace("anna", "cecilie").replace("1970", "1971")
    demand = f"{first}\n\n0 / Etterspørselsbeskrivelse / berit\n{second}\n\n{last}"
    laid_out(tmp_path, "Yrke;År;Sum\n2;1970;5\n2;1971;6\n", SIMPLE, demand)
    units = SIMPLE.replace("eksempel", "enheter").replace("access=open", "access=closed; unit-id=Fødselsnummer")
    units = units.partition("\n")[0] + "\n1 / Personer / Personreg.nov.70 / Yrke / 19701101 / .\n"
    (tmp_path / "products" / "enheter.vkd").write_text(units, encoding="utf-8")
    called = vkd("data", DEMAND, "--language", "en", "--output-format", form, "--to", f"o.{form}", cwd=tmp_path)
    assert (called.code, called.out, called.err.count("\n")) == (code, "", 1)
    assert f"vkd data: {words}" in called.err
    written = tmp_path / f"o.{form}"
    if form == "csv":
        assert of_csv(written.read_text(encoding="utf-8"), ("Y", "time")) == {("Y.2", "1970"): 5, ("Y.2", "1971"): 6}
    elif form == "parquet":
        assert of_parquet(written, ("Y", "time")) == {("Y.2", "1970"): 5, ("Y.2", "1971"): 6}
    elif form == "json-stat":
        found = json.loads(written.read_text(encoding="utf-8"))
        assert [one["value"] for one in found["link"]["item"]] == [[5], [6]]
        assert import_module("jsonstat_validator").validate_jsonstat(found)
    else:
        assert written.read_text(encoding="utf-8").count("eksempel, line 1") == 2


def test_nothing_is_written_where_nothing_is_given(vkd: Vkd, tmp_path: Path) -> None:
    demand = ONE.format(name="Næringsklassifikasjon", time="1970")
    laid_out(tmp_path, "Yrke;År;Sum\n2;1970;5\n", SIMPLE, f"{demand}\n{demand}")
    called = vkd("data", DEMAND, "--language", "en", "--to", "o", cwd=tmp_path)
    assert (called.code, called.err.count("\n")) == (1, 2)
    assert not (tmp_path / "o").exists()


def test_nothing_that_answers_is_told(vkd: Vkd, tmp_path: Path) -> None:
    laid_out(tmp_path, "Yrke;År;Sum\n2;1970;5\n", SIMPLE, ONE.format(name="Næringsklassifikasjon", time="1970"))
    called = vkd("data", DEMAND, "--language", "en")
    assert (called.code, called.err) == (1, "vkd data: Nothing answers anna: vkd run says why.\n")


NORDEN = """\
[catalogue]
name = "Norden"
language = "nb"
[vocabularies]
names = ["names.csv"]
mappings = ["same.tsv"]
[catalogues]
no = "no"
"""
OWN_CLASSES = "code,prefLabel@nb,kind\nYR,Jobber,classification\nYR.1,Salg,class\n"
SAME = "subject_id\tpredicate_id\tobject_id\n{name}\tskos:exactMatch\tno:{other}\n"


@pytest.mark.parametrize(
    ("name", "same", "cells"),
    [
        ("no:Yrkesklassifikasjon", ("YR", "Y"), {("no:Y.2", "1970"): 5, ("no:Y.3", "1970"): 6}),
        ("Jobber", ("YR", "Y"), {("no:Y.2", "1970"): 5, ("no:Y.3", "1970"): 6}),
        ("Salg", ("YR.1", "Y.3"), {("no:Y.3", "1970"): 6}),
    ],
)
def test_another_catalogues_figures_by_its_words_and_by_what_is_mapped_to_them(
    vkd: Vkd, tmp_path: Path, name: str, same: tuple[str, str], cells: Cells
) -> None:
    laid_out(tmp_path / "no", "Yrke;År;Sum\n2;1970;5\nSelgere;1970;6\n2;1971;7\n", SIMPLE)
    object_type = "no:Personaggregat" if name == "Salg" else "no:Personaggregater"
    files = {
        "vkd.toml": NORDEN,
        "names.csv": OWN_CLASSES,
        "same.tsv": SAME.format(name=same[0], other=same[1]),
        "a.vkd": f"0 / Etterspørselsbeskrivelse / anna\n1 / {object_type} / {name} / no:Sum / 1970 / .\n",
    }
    for path, text in files.items():
        (tmp_path / path).write_text(text, encoding="utf-8")
    called = vkd("data", "a.vkd", "--output-format", "csv", cwd=tmp_path)
    assert of_csv(called.out, ("no:Y", "time")) == cells, called.err
    assert {row["product"] for row in csv.DictReader(io.StringIO(called.out))} == {"no:eksempel"}
    assert "no:eksempel, line 1" in vkd("data", "a.vkd", "--language", "en", cwd=tmp_path).out
