"""A plain table of variables: what its columns are is guessed, shown, and can be given."""

from pathlib import Path

import pytest

from tests.catalog.importers.asked import answered
from tests.catalog.importers.reading import HERE, ran, read_workspace
from vkd_catalog.importers import ImportReport, ImportSourceError, MissingExtraError, Request, run_import, table

TABLE = HERE / "sources/table/variabler.csv"


def read(tmp_path: Path, text: str, **columns: str) -> ImportReport:
    (tmp_path / "t.csv").write_text(text, encoding="utf-8")
    return run_import(table.IMPORTER, Request(tmp_path / "t.csv", columns=columns), tmp_path / "out")


def test_the_columns_are_shown_with_what_they_were_taken_for(tmp_path: Path) -> None:
    report = ran(table.IMPORTER, TABLE, tmp_path / "out")
    shown = [(one.what, one.why) for one in report.unmapped if one.kind == "column"]
    assert shown[:2] == [
        ("Variabelnavn of variabler.csv", "name, a guess"),
        ("Etikett of variabler.csv", "label, a guess"),
    ]
    assert shown[-1] == ("Merknad of variabler.csv", "not known; not read")


def test_a_set_is_a_product_and_a_variable_of_one_name_and_meaning_one_concept(tmp_path: Path) -> None:
    ran(table.IMPORTER, TABLE, tmp_path / "out")
    workspace = read_workspace(tmp_path / "out")
    assert {name: [one[2:] for one in product.sentences] for name, product in workspace.products.items()} == {
        "person": [("Kjønn", "2005..2020"), ("Alder", "2005.."), ("Bostedskommune", "2005..2020")],
        "husholdning": [("Bostedskommune", "?"), ("Antall personer", "?"), ("Kjønn på hovedperson", "?")],
    }
    assert workspace.characteristics["kjonn"]["values@nb"] == "1=Mann|2=Kvinne|9=Uoppgitt"
    assert workspace.characteristics["ant_pers"]["measure"] == "personer"


@pytest.mark.parametrize(
    ("demand", "answers"),
    [
        ("1 / - / person / Alder / 2010 / O\n2 / - / person / Kjønn / 2010 / .", [("person", "exact")]),
        ("1 / - / - / Antall personer / 2010 / .", [("husholdning", "unstated")]),
        ("1 / - / person / Kjønn / 2021 / .", []),
    ],
)
def test_a_demand_is_answered(tmp_path: Path, demand: str, answers: list[tuple[str, str]]) -> None:
    ran(table.IMPORTER, TABLE, tmp_path / "out")
    assert answered(tmp_path / "out", demand) == answers


def test_columns_can_be_given(tmp_path: Path) -> None:
    text = "X,Y,Z\nalder,Alder i år,2010\n"
    with pytest.raises(ImportSourceError, match="no column reads as the names of variables"):
        read(tmp_path, text)
    report = read(tmp_path, text, name="X", label="Y", time="Z")
    assert ("X of t.csv", "name, as given") in [(one.what, one.why) for one in report.unmapped]
    [product] = read_workspace(tmp_path / "out").products.values()
    assert [one[2:] for one in product.sentences] == [("Alder i år", "2010")]


def test_rows_of_values_are_one_variable(tmp_path: Path) -> None:
    read(tmp_path, "Variable,Label,Code,Category,Dataset\nsex,Sex,1,Men,p\n,,2,Women,\nage,Age,,,p\n")
    workspace = read_workspace(tmp_path / "out")
    assert workspace.characteristics["sex"]["values@en"] == "1=Men|2=Women"
    assert list(workspace.products) == ["p"]


@pytest.mark.parametrize(
    ("columns", "message"),
    [({"navn": "X"}, "navn is nothing that a column says"), ({"name": "A"}, "no column is called A")],
)
def test_what_is_given_wrongly_is_named(tmp_path: Path, columns: dict[str, str], message: str) -> None:
    with pytest.raises(ImportSourceError, match=message):
        read(tmp_path, "X,Y\na,b\n", **columns)


def test_a_workbook_without_the_extra_names_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(__import__("sys").modules, "python_calamine", None)
    (tmp_path / "t.xlsx").write_bytes(b"PK\x03\x04")
    with pytest.raises(MissingExtraError, match=r"vkd-server\[describe\]"):
        ran(table.IMPORTER, tmp_path / "t.xlsx", tmp_path / "out")


def test_what_is_given_is_not_guessed_anew(tmp_path: Path) -> None:
    read(tmp_path, "Variable,Description\nsex,What it means\n", definition="Description")
    row = read_workspace(tmp_path / "out").characteristics["sex"]
    assert (row["prefLabel@en"], row["definition@en"]) == ("sex", "What it means")
