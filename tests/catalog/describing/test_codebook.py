"""Codebooks: which column says what, code lists in a cell or a row a value, and tables that are none."""

from collections.abc import Mapping
from pathlib import Path

import pytest

from vkd_catalog.describing.code_lists import read_code_list, read_values, says_nothing
from vkd_catalog.describing.codebook import Codebook, codebook_in
from vkd_catalog.describing.readers import read_table
from vkd_catalog.describing.table import UnreadableError

SAMPLES = Path(__file__).parent / "samples"


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("1=Ja; 2=Nei; 9=Uoppgitt", {"1": "Ja", "2": "Nei", "9": "Uoppgitt"}),
        ("1: Ja, 2: Nei", {"1": "Ja", "2": "Nei"}),
        ("1 = Ja, helt, 2 = Nei", {"1": "Ja, helt", "2": "Nei"}),
        ("1 - Mann\n2 - Kvinne", {"1": "Mann", "2": "Kvinne"}),
        ("1=Ja|2=Nei", {"1": "Ja", "2": "Nei"}),
        ("{1: 'Ja', 2: 'Nei'}", {"1": "Ja", "2": "Nei"}),
        ('{"1": "Ja"}', {"1": "Ja"}),
        ("1=man 2=woman", {"1": "man", "2": "woman"}),
        ("A=Alene", {"A": "Alene"}),
        ("0-120", {}),
        ("Fritekst", {}),
        ("0301 Oslo", {}),
        ("", {}),
        ("{" * 5000, {}),
    ],
)
def test_code_lists_as_people_write_them(text: str, values: Mapping[str, str]) -> None:
    assert read_code_list(text) == values


@pytest.mark.parametrize(
    ("text", "values"), [("9", ("9",)), ("9, 99", ("9", "99")), ("8=Vet ikke;9=Uoppgitt", ("8", "9")), ("", ())]
)
def test_missing_values(text: str, values: tuple[str, ...]) -> None:
    assert read_values(text) == values


def test_labels_that_say_that_there_is_no_value() -> None:
    assert all(map(says_nothing, ("Uoppgitt", "uppgift saknas", "Uoplyst", "Not stated", "(missing)", "Ikke besvart")))
    assert not any(map(says_nothing, ("Vil ikke svare", "Ja", "Mangler bad", "No", "Uoppgitt sivilstand")))


def book(folder: Path, text: str, known: list[str] | None = None, **given: str) -> Codebook | None:
    (folder / "k.csv").write_text(text, encoding="utf-8")
    return codebook_in(read_table(folder / "k.csv"), given, known)


def test_a_row_a_variable(tmp_path: Path) -> None:
    found = book(
        tmp_path,
        "Variabel;Etikett;Beskrivelse;Verdier;Missing;Enhet;Sensitiv;Type\n"
        "inn;Inntekt;Lønn og annet;;;kroner;ja;tall\n"
        "ja;Svar;;1=Ja|2=Nei|9=Ubesvart;9;;nei;kode\n",
    )
    assert found
    assert found.headings["definition"] == "Beskrivelse"
    income, answer = (one.column for one in found.variables)
    assert (income.label, income.definition, income.measure, income.sensitive) == (
        "Inntekt",
        "Lønn og annet",
        "kroner",
        "yes",
    )
    assert (answer.values, answer.missing) == ({"1": "Ja", "2": "Nei", "9": "Ubesvart"}, ("9",))


@pytest.mark.parametrize("repeated", [True, False])
def test_a_row_a_value(tmp_path: Path, repeated: bool) -> None:
    name = "kjonn" if repeated else ""
    found = book(
        tmp_path, f"variable,label,code,value label\nkjonn,Kjønn,1,Menn\n{name},,2,Kvinner\nalder,Alder,,\n", ["kjonn"]
    )
    assert found
    assert [(one.column.name, one.column.label, dict(one.column.values)) for one in found.variables] == [
        ("kjonn", "Kjønn", {"1": "Menn", "2": "Kvinner"}),
        ("alder", "Alder", {}),
    ]


def test_in_a_workbook() -> None:
    found = codebook_in(read_table(SAMPLES / "kodebok.xlsx"), {}, [])
    assert found
    assert [one.column.name for one in found.variables] == ["lnr", "kjonn", "sivst"]
    assert found.variables[1].column.values == {"1": "Menn", "2": "Kvinner"}


def test_a_mapping_that_is_given_counts(tmp_path: Path) -> None:
    found = book(tmp_path, "A,B,C\nx,X-en,1=en\n", name="A", label="B", values="C")
    assert found
    assert (found.variables[0].column.label, found.variables[0].column.values) == ("X-en", {"1": "en"})


@pytest.mark.parametrize(
    ("given", "why"),
    [({"name": "Z"}, "no column is called Z; there are A, B"), ({"nam": "A"}, "nam is nothing that a codebook says")],
)
def test_a_mapping_that_names_nothing_is_told(tmp_path: Path, given: dict[str, str], why: str) -> None:
    with pytest.raises(UnreadableError, match=why):
        book(tmp_path, "A,B\nx,y\n", None, **given)


@pytest.mark.parametrize(
    ("text", "known"),
    [
        ("navn,alder\nPer,3\n", []),
        ("name,title\nAnne,Director\n", []),
        ("variabel,etikett\nx,X\ny,Y\n", ["a", "b", "c", "d"]),
        ("kode,tekst\n1,Ja\n2,Nei\n", ["a"]),
    ],
)
def test_what_is_no_codebook(tmp_path: Path, text: str, known: list[str]) -> None:
    assert book(tmp_path, text, known) is None
