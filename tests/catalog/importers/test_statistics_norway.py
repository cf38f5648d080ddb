"""What Statistics Norway's formats become: Vardok, Vardef, Klass, Datadoc and microdata.no."""

import json
from collections.abc import Mapping
from pathlib import Path

import pytest

from tests.catalog.importers.reading import HERE, Workspace, ran, read_workspace
from vkd_catalog.importers import Importer, ImportSourceError, datadoc, klass, microdata_no, vardef, vardok
from vkd_catalog.importers.klass_addresses import classification_in


def _imported(importer: Importer, source: str, target: Path) -> Workspace:
    ran(importer, HERE / "sources" / source, target)
    return read_workspace(target)


def _filled(row: Mapping[str, str]) -> dict[str, str]:
    return {column: cell for column, cell in row.items() if cell}


def test_a_definition_of_vardok(tmp_path: Path) -> None:
    workspace = _imported(vardok.IMPORTER, "vardok/definitions", tmp_path)
    row = _filled(workspace.characteristics["05_01.wies"])
    assert row.pop("definition@nb").startswith("Yrkesinntekter, kapitalinntekter,")
    assert row == {
        "code": "05_01.wies",
        "prefLabel@nb": "Inntekt etter skatt",
        "notation": "wies",
        "kind": "individual",
        "objectTypes": "A",
        "sensitive": "no",
    }
    assert workspace.characteristics["02_01_10.123"]["classification"] == "91"
    product = workspace.products["Skattestatistikk for personer"]
    assert product.technical["source"] == "SKD - Skattedirektoratet"
    assert product.sentences == [("Personer", "Skattestatistikk for personer", "Toppskattegrunnlag", "?")]


def test_a_definition_in_two_languages_is_one(tmp_path: Path) -> None:
    text = (HERE / "sources/vardok/definitions/2.xml").read_text(encoding="utf-8")
    (tmp_path / "2.xml").write_text(text, encoding="utf-8")
    english = text.replace('xml:lang="nb"', 'xml:lang="en"').replace(
        "Inntekt etter skatt</Title>", "Income after tax</Title>"
    )
    (tmp_path / "2_en.xml").write_text(english, encoding="utf-8")
    ran(vardok.IMPORTER, tmp_path, tmp_path / "out")
    row = read_workspace(tmp_path / "out").characteristics["05_01.wies"]
    assert (row["prefLabel@nb"], row["prefLabel@en"]) == ("Inntekt etter skatt", "Income after tax")


@pytest.mark.parametrize(
    ("address", "number"),
    [
        ("91", "91"),
        ("https://www.ssb.no/en/klass/klassifikasjoner/91", "91"),
        ("https://www.ssb.no/klass/klassifikasjoner/91/versjon/1234/koder", "91"),
        ("http://www.ssb.no/classification/klass/91", "91"),
        ("https://data.ssb.no/api/klass/v1/classifications/91/codes", "91"),
        ("", ""),
    ],
)
def test_an_address_of_klass_names_its_classification(address: str, number: str) -> None:
    assert classification_in(address) == number


def test_the_latest_of_a_definitions_periods_counts(tmp_path: Path) -> None:
    rows = _imported(vardef.IMPORTER, "vardef/definitions", tmp_path).characteristics
    assert _filled(rows["if.wlonn"]) == {
        "code": "if.wlonn",
        "prefLabel@nb": "Lønnsinntekter",
        "definition@nb": "Kontant lønn og naturalytelser.",
        "notation": "wlonn",
        "kind": "individual",
        "objectTypes": "A",
        "sensitive": "no",
        "seeAlso": "be.kjonn",
    }
    assert rows["if"]["prefLabel@nb"] == "Inntekt og formue"
    assert (rows["be.kjonn"]["prefLabel@en"], rows["be.kjonn"]["classification"]) == ("Sex", "2")
    assert (rows["he04.landbakk"]["sensitive"], rows["he04.landbakk"]["prefLabel@nn"]) == ("yes", "Landbakgrunn")


def test_versions_of_a_classification_follow_each_other(tmp_path: Path) -> None:
    rows = _imported(klass.IMPORTER, "klass/versions", tmp_path).names
    said = {code: (row["kind"], row["notation"], row["validFrom"], row["validTo"]) for code, row in rows.items()}
    assert said == {
        "6": ("classification", "6", "", ""),
        "6.30": ("classification", "", "20090101", ""),
        "6.30.A": ("class", "A", "", ""),
        "6.30.02": ("class", "02", "", ""),
        "6.30.A.01": ("class", "01", "", ""),
        "6.30.A.01.01_1": ("class", "01.1", "", ""),
        "6.30.A.01.01_1.01_11": ("class", "01.11", "", ""),
        "6.31": ("classification", "", "20020101", "20081231"),
        "6.31.01": ("class", "01", "", ""),
        "6.32": ("classification", "", "19940101", "20011231"),
        "702": ("classification", "702", "", ""),
        "702.01": ("class", "01", "20230901", ""),
        "702.28": ("class", "28", "20230901", "20240430"),
    }
    assert rows["6.30.A.01"]["altLabel@nb"] == "Jordb."
    assert rows["6.30.A.01"]["definition@nb"] == "Med tjenester."


def test_answers_of_klass_in_several_languages_are_one(tmp_path: Path) -> None:
    listed = {"id": 2, "name": "Kjønn", "versions": [{"id": 2, "name": "Kjønn 1993"}]}
    items = [{"code": "1", "name": "Mann"}, {"code": "2", "name": "Kvinne"}]
    english = [{"code": "2", "name": "Female"}, {"code": "1", "name": "Male"}]
    for name, said in {
        "2.json": listed,
        "2_en.json": {"id": 2, "name": "Sex", "versions": [{"id": 2, "name": "Sex 1993"}]},
        "version-2.json": {"version_id": 2, "name": "Kjønn 1993", "classificationItems": items},
        "version-2.en.json": {"version_id": 2, "name": "Sex 1993", "classificationItems": english},
        "codes_702.json": {"codes": [{"code": "01", "name": "Adresse"}]},
        "codes_702_en.json": {"codes": [{"code": "01", "name": "Address"}]},
    }.items():
        (tmp_path / name).write_text(json.dumps(said), encoding="utf-8")
    ran(klass.IMPORTER, tmp_path, tmp_path / "out")
    rows = read_workspace(tmp_path / "out").names
    assert {code: (row["prefLabel@nb"], row["prefLabel@en"]) for code, row in rows.items()} == {
        "2": ("Kjønn", "Sex"),
        "2.2": ("Kjønn 1993", "Sex 1993"),
        "2.2.1": ("Mann", "Male"),
        "2.2.2": ("Kvinne", "Female"),
        "702": ("Klass 702", ""),
        "702.01": ("Adresse", "Address"),
    }


def test_a_class_has_no_code_of_a_version(tmp_path: Path) -> None:
    for name, said in {
        "2.json": {"id": 2, "name": "Kjønn", "versions": [{"id": 2, "name": "Kjønn 1993"}]},
        "codes_2.json": {"codes": [{"code": "2", "name": "Kvinne"}]},
    }.items():
        (tmp_path / name).write_text(json.dumps(said), encoding="utf-8")
    ran(klass.IMPORTER, tmp_path, tmp_path / "out")
    rows = read_workspace(tmp_path / "out").names
    assert {code: row["prefLabel@nb"] for code, row in rows.items()} == {
        "2": "Kjønn",
        "2.2": "Kjønn 1993",
        "2.2_2": "Kvinne",
    }


def test_a_data_set_with_pseudonyms_states_their_series(tmp_path: Path) -> None:
    workspace = _imported(datadoc.IMPORTER, "datadoc/files", tmp_path)
    product = workspace.products["person_data_v1"]
    assert product.technical["series"] == "TINK-DAEAD/ssb-common-key-1"
    assert product.technical["access"] == "restricted, SENSITIVE"
    assert product.technical["collection"] == "person_data"
    rows = {row["notation"]: row for row in workspace.characteristics.values() if row["identifies"]}
    assert {name: row["identifies"] for name, row in rows.items()} == {"pers_id": "series"}


def test_a_variable_of_microdata_no_is_a_set_of_its_own(tmp_path: Path) -> None:
    workspace = _imported(microdata_no.IMPORTER, "microdata-no/listed", tmp_path)
    product = workspace.products["INNTEKT_WLONN"]
    assert product.technical == {
        "unit-id": "Person – identifikator (no.ssb.fdb)",
        "series": "no.ssb.fdb",
        "title": "Lønnsinntekter",
    }
    assert product.sentences[1] == ("Personer", "no.ssb.fdb", "Lønnsinntekter", "1993..2023:A")
    assert "distribution" not in workspace.products
    rows = workspace.characteristics
    assert (rows["INNTEKT_WLONN"]["temporality"], rows["BEFOLKNING_KJOENN"]["temporality"]) == ("accumulated", "fixed")
    assert rows["topic-Valg.VALG_STEMTE"]["values@nb"] == "1=Ja|0=Nei"


def test_metadata_that_is_handed_in_to_microdata_no(tmp_path: Path) -> None:
    workspace = _imported(microdata_no.IMPORTER, "microdata-no/sets", tmp_path)
    assert _filled(workspace.characteristics["topic-BEFOLKNING.BEFOLKNING_SIVILSTAND"]) == {
        "code": "topic-BEFOLKNING.BEFOLKNING_SIVILSTAND",
        "prefLabel@nb": "Sivilstand",
        "definition@nb": "Sivilstand i forhold til ekteskapslovgivningen",
        "notation": "BEFOLKNING_SIVILSTAND",
        "kind": "individual",
        "objectTypes": "A",
        "temporality": "event",
        "classification": "19",
        "missing": "0",
        "sensitive": "no",
        "values@nb": "1=Ugift|2=Gift",
    }
    assert workspace.characteristics["topic-BEFOLKNING.BEFOLKNING_INNTEKT"]["measure"] == "Norske Kroner"


@pytest.mark.parametrize(
    ("importer", "said", "message"),
    [
        (vardef.IMPORTER, {"short_name": "a"}, "the document has no name: it is not a definition"),
        (vardef.IMPORTER, [1], r"\[0\] is not an object"),
        (vardef.IMPORTER, {"short_name": "a", "name": "b", "unit_types": "20"}, "unit_types is not a list"),
        (klass.IMPORTER, {}, "holds nothing of Klass"),
        (klass.IMPORTER, {"codes": [{"name": "a"}]}, r"codes\[0\] has no code"),
        (klass.IMPORTER, {"versions": {}}, "versions is not a list"),
        (datadoc.IMPORTER, {"datadoc": {}}, "holds no dataset"),
        (datadoc.IMPORTER, {"variables": [{}]}, r"variables\[0\] has no short_name"),
        (datadoc.IMPORTER, {"dataset": [], "variables": [{"short_name": "a"}]}, "dataset is not an object"),
        (microdata_no.IMPORTER, {}, "holds neither variables, measureVariables nor dataStructures"),
        (microdata_no.IMPORTER, {"dataStructures": [{}]}, r"dataStructures\[0\] has no name"),
    ],
)
def test_what_is_not_in_shape_is_refused_with_its_place(
    tmp_path: Path, importer: Importer, said: object, message: str
) -> None:
    path = tmp_path / "a.json"
    path.write_text(json.dumps(said), encoding="utf-8")
    with pytest.raises(ImportSourceError, match=message) as refused:
        ran(importer, path, tmp_path / "out")
    assert refused.value.path == path
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize(
    "importer",
    [vardef.IMPORTER, klass.IMPORTER, datadoc.IMPORTER, microdata_no.IMPORTER],
    ids=lambda importer: importer.name,
)
@pytest.mark.parametrize(
    ("text", "message", "line"),
    [
        (b'{\n"a": ', "is not JSON: Expecting value", 2),
        (b'{"a": "\xff"}', "is not UTF-8", 0),
        (b"[" * 100_000, "is nested too deep", 0),
        (b"[1" + b"0" * 5_000 + b"]", "is not JSON", 0),
    ],
    ids=["cut short", "not UTF-8", "deep", "a long number"],
)
def test_what_is_no_json_is_refused_with_its_line(
    tmp_path: Path, importer: Importer, text: bytes, message: str, line: int
) -> None:
    path = tmp_path / "a.json"
    path.write_bytes(text)
    with pytest.raises(ImportSourceError, match=message) as refused:
        ran(importer, path, tmp_path / "out")
    assert (refused.value.path, refused.value.line) == (path, line)
