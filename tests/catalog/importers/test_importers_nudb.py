"""The NUDB importer: what it makes of the extract, line by line, and the numbers of the whole catalogue."""

import tomllib
from pathlib import Path

import pytest

from tests.catalog.importers.reading import (
    HERE,
    ROOT,
    bytes_of,
    nudb_source,
    problems_of,
    published,
    ran,
    read_workspace,
    unformatted,
)
from vkd_catalog.importers import ImportReport, ImportSourceError, Written, ssb_nudb
from vkd_grammar.words import fold

EXAMPLE = ROOT / "examples/utdanning"


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, ImportReport]:
    target = tmp_path_factory.mktemp("nudb") / "catalogue"
    return target, ran(ssb_nudb.IMPORTER, HERE / "nudb", target)


def test_products(report: tuple[Path, ImportReport]) -> None:
    text = (report[0] / "products/eksamen.vkd").read_text(encoding="utf-8")
    assert text == (
        "# 2026-11-29: laget av `vkd catalogue import ssb-nudb` fra pakken ssb-nudb-config, versjon 2026.10.3 (Statistisk sentralbyrå, lisens MIT).\n"
        "# guessed: Personer og unit-id etter snr; kilden sier ikke hva enhetene er.\n"
        "\n"
        "0 / Produktbeskrivelse / eksamen"
        " / form=parquet; unit-id=snr; publisher=Statistisk sentralbyrå; contact=Dapla-team utd-nudb\n"
        "    ; data=gs://utdanning/nudb-data/eksamen/eksamen_p[0-9]_v*[0-9].parquet\n"
        "    ; processing=utvalg: nus2000 fra og med 600000. omdøpt ved mottak: fodt til pers_foedselsdato\n"
        "    ; quality=høyeste godtatte andel tomme verdier i prosent: snr 4.0, nus2000 0.0\n"
        "1 / Personer / eksamen / snr               / ? / O\n"
        '2 / "        / "       / nus2000           / " / O\n'
        '3 / "        / "       / pers_foedselsdato / " / .\n'
    )
    products = read_workspace(report[0]).products
    assert sorted(products) == ["eksamen", "freg_situttak", "innvbef", "snrkat", "vigo_programomraader"]
    assert products["vigo_programomraader"].sentences == [("Enheter", "vigo_programomraader", "courseCode", "?")]
    assert "unit-id" not in products["vigo_programomraader"].technical


def test_a_set_without_variables_says_so_and_what_it_is_joined_by(report: tuple[Path, ImportReport]) -> None:
    workspace = read_workspace(report[0])
    assert workspace.products["snrkat"].sentences == [("Enheter", "snrkat", "Ikke beskrevet", "?")]
    assert workspace.products["innvbef"].sentences == [
        ("Personer", "innvbef", "snr", "?"),
        ("Personer", "innvbef", "Ikke beskrevet", "?"),
    ]
    assert workspace.characteristics["not-described"]["prefLabel@nb"] == "Ikke beskrevet"
    assert ("data set", "2 data sets") in {(item.kind, item.what) for item in report[1].unmapped}


def test_a_derivation_names_the_sets_that_are_joined(report: tuple[Path, ImportReport]) -> None:
    rows = read_workspace(report[0]).characteristics
    assert rows["pers.pers_invkat"]["derivedFrom"] == "pers.snr+pers.snr@innvbef"
    assert rows["pers.utd_hoeyeste_nus2000"]["derivedFrom"] == ""
    told = {(item.kind, item.what): item.why for item in report[1].unmapped}
    assert told["derived_from", "utd_hoeyeste_nus2000"] == "the data set that is joined is not named; left out"


def test_variables_that_are_in_the_joined_sets_are_taken_from_there(tmp_path: Path) -> None:
    source = nudb_source(tmp_path / "source")
    (source / "variables_joined.toml").write_text(
        "[variables.first]\nunit = 'pers'\nderived_from = ['snr', 'nus2000', 'annen']\nderived_join_keys = ['snr']\n"
        "derived_uses_datasets = ['eksamen', 'snrkat']\n",
        encoding="utf-8",
    )
    ran(ssb_nudb.IMPORTER, source, tmp_path / "out")
    assert read_workspace(tmp_path / "out").characteristics["pers.first"]["derivedFrom"] == (
        "pers.snr+utdatert.annen+pers.snr@eksamen+fag.nus2000@eksamen+pers.snr@snrkat"
    )
    assert problems_of(tmp_path / "out") == set()


def test_constants_say_what_identifies_persons_and_what_is_missing(report: tuple[Path, ImportReport]) -> None:
    rows = read_workspace(report[0]).characteristics
    assert {code: row["identifies"] for code, row in rows.items() if row["identifies"]} == {"pers.snr": "global"}
    assert {code: row["missing"] for code, row in rows.items() if row["missing"]} == {"fag.nus2000": "999999"}
    assert ("missing value", "land: 000") in {(item.kind, item.what) for item in report[1].unmapped}


def test_without_constants_nobody_is_said_to_be_a_person(tmp_path: Path) -> None:
    source = nudb_source(tmp_path / "source")
    (source / "constants.toml").unlink()
    ran(ssb_nudb.IMPORTER, source, tmp_path / "out")
    workspace = read_workspace(tmp_path / "out")
    assert {sentence[0] for product in workspace.products.values() for sentence in product.sentences} == {"Enheter"}
    assert all("unit-id" not in product.technical for product in workspace.products.values())


def test_an_old_name_of_several_variables_is_none_of_theirs(tmp_path: Path) -> None:
    source = nudb_source(tmp_path / "source")
    (source / "variables_old.toml").write_text(
        "[variables.one]\nunit = 'x'\nrenamed_from = ['Gammel', 'ene']\n"
        "[variables.other]\nunit = 'x'\nrenamed_from = ['gammel']\n",
        encoding="utf-8",
    )
    report = ran(ssb_nudb.IMPORTER, source, tmp_path / "out")
    rows = read_workspace(tmp_path / "out").characteristics
    assert (rows["x.one"]["altLabel@nb"], rows["x.other"]["altLabel@nb"]) == ("ene", "")
    assert [item.why for item in report.unmapped if item.what == "gammel"] == [
        "of one, other; it would not say which is meant, so it is no synonym"
    ]


def test_characteristics(report: tuple[Path, ImportReport]) -> None:
    rows = read_workspace(report[0]).characteristics
    assert [code for code in rows if "." not in code] == ["pers", "fag", "vg", "utdatert", "ukjent", "not-described"]
    filled = {code: {key: value for key, value in row.items() if value} for code, row in rows.items()}
    assert filled["pers.pers_foedselsdato"] == {
        "code": "pers.pers_foedselsdato",
        "prefLabel@nb": "pers_foedselsdato",
        "altLabel@nb": "fodt_dato",
        "notation": "pers_foedselsdato",
        "kind": "individual",
        "derivedFrom": "pers.snr+pers.snr@freg_situttak",
        "definition@nb": "Personens fødselsdato",
    }
    assert rows["vg.vg_kompetanse_nus"]["derivedFrom"] == "fag.nus2000+pers.snr"
    assert rows["fag.nus2000"]["classification"] == "klass-36"
    assert rows["vg.vg_kompetanse_nus"]["classification"] == "klass-36.Kompetanse"
    assert rows["utdatert.annen"]["classification"] == "klass-variant-2942"
    assert rows["pers.snr"]["classification"] == ""
    assert {row["sensitive"] for row in rows.values()} == {""}


def test_old_names_yield_to_todays(report: tuple[Path, ImportReport]) -> None:
    rows = read_workspace(report[0]).characteristics
    assert rows["fag.gro_fagkode_vigo"]["altLabel@nb"] == ""
    assert rows["utdatert.fagkode"]["seeAlso"] == "fag.gro_fagkode_vigo|fag.nus2000"
    assert rows["ukjent.foedselsdato"]["seeAlso"] == "pers.pers_foedselsdato"
    assert [item.what for item in report[1].unmapped if item.kind == "old name"] == ["fagkode", "foedselsdato"]


def test_names(report: tuple[Path, ImportReport]) -> None:
    rows = read_workspace(report[0]).names
    assert [(code, row["kind"], row["notation"], row["seeAlso"]) for code, row in rows.items()] == [
        ("freg_situttak", "register", "", ""),
        ("snrkat", "register", "", ""),
        ("innvbef", "register", "", ""),
        ("vigo_programomraader", "register", "", ""),
        ("eksamen", "register", "", ""),
        ("klass-36", "classification", "36", ""),
        ("klass-36.Kompetanse", "classification", "", ""),
        ("klass-139", "classification", "139", "klass-36"),
        ("klass-variant-2942", "classification", "", ""),
    ]


def test_object_types_have_all_four_forms(report: tuple[Path, ImportReport]) -> None:
    rows = read_workspace(report[0]).object_types.values()
    forms = [(row["unit"], row["kind"], row["number"]) for row in rows]
    kinds = [(kind, number) for kind in ("individual", "aggregate") for number in ("plural", "singular")]
    assert forms == [(unit, *form) for unit in ("person", "unit") for form in kinds]
    assert all(row[f"prefLabel@{language}"] for row in rows for language in ("nb", "da", "sv", "en"))


def test_what_could_not_be_mapped_is_reported(report: tuple[Path, ImportReport]) -> None:
    told = {(item.kind, item.what) for item in report[1].unmapped}
    assert told >= {
        ("data set", "snrkat"),
        ("variable", "courseCode"),
        ("variable", "foedselsdato"),
        ("definition", "5 of 10 variables"),
        ("klass_codelist", "2 of 10 variables"),
        ("outdated_comment", "annen"),
        ("key", "dtype (10 of 10 variables)"),
        ("file", "settings.toml"),
    }
    text = (report[0] / "IMPORT.md").read_text(encoding="utf-8")
    for expected in ("2026.10.3", "MIT", "snrkat", "courseCode", "| products | 5 |", "- products/eksamen.vkd"):
        assert expected in text
    assert "Permission is hereby granted" in (report[0] / "LICENSE.md").read_text(encoding="utf-8")


def test_what_is_written_has_no_problem(report: tuple[Path, ImportReport]) -> None:
    assert problems_of(report[0]) == set()
    assert unformatted(report[0]) == []


def _variables(text: str) -> str:
    return f"[variables]\n[variables.snr]\nunit = 'pers'\n{text}"


@pytest.mark.parametrize(
    ("file", "text", "message"),
    [
        ("variables.toml", "[variables\n", r"variables\.toml: is not TOML: .*line 1"),
        ("variables.toml", "variables = 1", r"variables\.toml: variables is not a table"),
        ("variables.toml", "[variables]\nsnr = 1", r"variables\.snr is not a table"),
        ("variables.toml", _variables("renamed_from = 'a'"), r"variables\.snr\.renamed_from is not a list"),
        ("variables.toml", _variables("renamed_from = [1]"), "holds something that is not a name"),
        ("variables.toml", _variables("klass_codelist = 'x'"), r"klass_codelist is not a whole number"),
        ("variables.toml", _variables("description_short = 1"), r"description_short is not text"),
        ("datasets_shared.toml", "[datasets.a]\nthresholds_empty = 1", r"datasets\.a\.thresholds_empty is not a table"),
        (
            "constants.toml",
            "[constants]\nvalid_personal_ids_prio = 1",
            "valid_personal_ids_prio is not a list of names",
        ),
        ("constants.toml", "[constants]\nmissing_vals = {a = 1}", "missing_vals is not a table of texts"),
        ("datasets_shared.toml", "a = \udcff", "is not UTF-8 \\(byte 4\\)"),
    ],
)
def test_a_source_that_cannot_be_read_is_named_with_its_place(
    tmp_path: Path, file: str, text: str, message: str
) -> None:
    source = nudb_source(tmp_path / "source")
    (source / file).write_bytes(text.encode("utf-8", "surrogateescape"))
    with pytest.raises(ImportSourceError, match=message):
        ran(ssb_nudb.IMPORTER, source, tmp_path / "out")
    assert not (tmp_path / "out").exists()


def test_a_source_without_data_sets_is_none(tmp_path: Path) -> None:
    source = nudb_source(tmp_path / "source")
    for path in source.glob("datasets*.toml"):
        path.unlink()
    with pytest.raises(ImportSourceError, match=r"no datasets\*\.toml"):
        ran(ssb_nudb.IMPORTER, source, tmp_path / "out")


def test_odd_names_become_legal_codes_and_repeats_are_reported(tmp_path: Path) -> None:
    source = nudb_source(tmp_path / "source")
    (source / "variables_odd.toml").write_text(
        "[variables.'a.b/c']\nunit = 'x y'\nderived_from = ['gone']\n[variables.snr]\nunit = 'pers'\n", encoding="utf-8"
    )
    (source / "datasets_odd.toml").write_text(
        "[datasets.'odd/set']\nvariables = ['a.b/c', 'SNR', 'snr', 'snr']\n", encoding="utf-8"
    )
    report = ran(ssb_nudb.IMPORTER, source, tmp_path / "out")
    told = {(item.kind, item.what) for item in report.unmapped}
    assert {
        ("derived_from", "a.b/c"),
        ("variables entry", "snr"),
        ("variable", "SNR"),
        ("variable", "snr"),
    } <= told
    workspace = read_workspace(tmp_path / "out")
    assert workspace.characteristics["x_y.a_b_c"]["notation"] == "a.b/c"
    # SNR and snr are one word, so each is written by its code.
    assert [sentence[2] for sentence in workspace.products["odd\\/set"].sentences] == [
        "a.b\\/c",
        "[ukjent.SNR]",
        "[pers.snr]",
    ]
    assert problems_of(tmp_path / "out") == {"VKD602"}


# The whole catalogue, counted in the source without the importer. It is committed as an example.


def test_the_committed_example_has_the_numbers_of_the_package() -> None:
    workspace = read_workspace(EXAMPLE)
    defined = [row for row in workspace.characteristics.values() if "." in row["code"]]
    sentences = [sentence for product in workspace.products.values() for sentence in product.sentences]
    assert len(workspace.products) == 26
    assert len(defined) == 279 + 9
    # What the sets list, then what four of them are joined by, and that twelve list nothing.
    assert len(sentences) == 417 + 4 + 12
    assert sum(sentence[2] == "Ikke beskrevet" for sentence in sentences) == 12
    assert {sentence[3] for sentence in sentences} == {"?"}
    assert sum(row["code"].startswith("ukjent.") for row in defined) == 9
    # 204 old names, less four that defined variables bear today and one that a data set lists.
    assert sum(len([word for word in row["altLabel@nb"].split("|") if word]) for row in defined) == 204 - 4 - 1
    assert sum(not row["definition@nb"] for row in defined) == 131 + 9
    assert problems_of(EXAMPLE) == set()
    assert unformatted(EXAMPLE) == []


def test_the_committed_example_is_what_the_package_gives_today(tmp_path: Path) -> None:
    source = published("nudb_config", "ssb-nudb")
    if source is None:
        pytest.skip("the package ssb-nudb-config is not here; make demo fetches it")
    report = ran(ssb_nudb.IMPORTER, source, tmp_path)
    written = bytes_of(tmp_path)
    assert written == {name: data for name, data in bytes_of(EXAMPLE).items() if name in written}
    assert Written("products", 26) in report.written
    assert Written("characteristics", 288 + 18 + 1) in report.written
    assert _counted_in(source / "nudb_config/config_tomls") == (279, 26, 14, 9, 417)


def _counted_in(folder: Path) -> tuple[int, int, int, int, int]:
    """Variables, data sets, data sets that list variables, variables listed but not defined, and listings."""
    tables = [tomllib.loads(path.read_text(encoding="utf-8")) for path in folder.glob("*.toml")]
    variables = [name for table in tables for name in table.get("variables", {})]
    sets = [entry for table in tables for entry in table.get("datasets", {}).values()]
    listed = [name for entry in sets for name in entry.get("variables", [])]
    with_variables = sum("variables" in entry for entry in sets)
    assert len({fold(name) for name in variables}) == len(variables)
    return len(variables), len(sets), with_variables, len(set(listed) - set(variables)), len(listed)
