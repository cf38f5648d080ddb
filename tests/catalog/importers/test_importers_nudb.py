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
    read_workspace,
    unformatted,
)
from vkd_catalog.importers import ImportReport, ImportSourceError, Written, ssb_nudb
from vkd_grammar.words import fold

EXAMPLE = ROOT / "examples/utdanning"


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, ImportReport]:
    target = tmp_path_factory.mktemp("nudb") / "catalogue"
    return target, ssb_nudb.run(HERE / "nudb", target)


def test_products(report: tuple[Path, ImportReport]) -> None:
    text = (report[0] / "products/eksamen.vkd").read_text(encoding="utf-8")
    assert text == (
        "# Kilde: Statistisk sentralbyrå, pakken ssb-nudb-config, versjon 2026.10.3, lisens MIT.\n"
        "\n"
        "0 / Produktbeskrivelse / eksamen / form=parquet; unit-id=snr; contact=Dapla-team utd-nudb\n"
        "    ; data=gs://utdanning/nudb-data/eksamen/eksamen_p[0-9]_v*[0-9].parquet\n"
        "    ; processing=utvalg: nus2000 fra og med 600000. omdøpt ved mottak: fodt til pers_foedselsdato\n"
        "    ; quality=høyeste godtatte andel tomme verdier i prosent: snr 4.0, nus2000 0.0\n"
        "1 / Personer / eksamen / snr               / .. / O\n"
        '2 / "        / "       / nus2000           / "  / O\n'
        '3 / "        / "       / pers_foedselsdato / "  / .\n'
    )
    products = read_workspace(report[0]).products
    assert sorted(products) == ["eksamen", "freg_situttak", "vigo_programomraader"]
    assert products["vigo_programomraader"].sentences == [("Enheter", "vigo_programomraader", "courseCode", "..")]
    assert "unit-id" not in products["vigo_programomraader"].technical


def test_characteristics(report: tuple[Path, ImportReport]) -> None:
    rows = read_workspace(report[0]).characteristics
    assert [code for code in rows if "." not in code] == ["pers", "fag", "vg", "utdatert", "ukjent"]
    filled = {code: {key: value for key, value in row.items() if value} for code, row in rows.items()}
    assert filled["pers.pers_foedselsdato"] == {
        "code": "pers.pers_foedselsdato",
        "prefLabel@nb": "pers_foedselsdato",
        "altLabel@nb": "fodt_dato",
        "notation": "pers_foedselsdato",
        "kind": "individual",
        "derivedFrom": "pers.snr",
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
        ("definition", "5 of 8 variables"),
        ("klass_codelist", "2 of 8 variables"),
        ("outdated_comment", "annen"),
        ("key", "dtype (8 of 8 variables)"),
        ("key", "derived_join_keys (1 of 8 variables)"),
        ("file", "settings.toml"),
    }
    text = (report[0] / "IMPORT.md").read_text(encoding="utf-8")
    for expected in ("2026.10.3", "MIT", "snrkat", "courseCode", "| products | 3 |", "- products/eksamen.vkd"):
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
        ("datasets_shared.toml", "a = \udcff", "is not UTF-8 \\(byte 4\\)"),
    ],
)
def test_a_source_that_cannot_be_read_is_named_with_its_place(
    tmp_path: Path, file: str, text: str, message: str
) -> None:
    source = nudb_source(tmp_path / "source")
    (source / file).write_bytes(text.encode("utf-8", "surrogateescape"))
    with pytest.raises(ImportSourceError, match=message):
        ssb_nudb.run(source, tmp_path / "out")
    assert not (tmp_path / "out").exists()


def test_a_source_without_data_sets_is_none(tmp_path: Path) -> None:
    source = nudb_source(tmp_path / "source")
    for path in source.glob("datasets*.toml"):
        path.unlink()
    with pytest.raises(ImportSourceError, match=r"no datasets\*\.toml"):
        ssb_nudb.run(source, tmp_path / "out")


def test_odd_names_become_legal_codes_and_repeats_are_reported(tmp_path: Path) -> None:
    source = nudb_source(tmp_path / "source")
    (source / "variables_odd.toml").write_text(
        "[variables.'a.b/c']\nunit = 'x y'\nderived_from = ['gone']\n[variables.snr]\nunit = 'pers'\n", encoding="utf-8"
    )
    (source / "datasets_odd.toml").write_text(
        "[datasets.'odd/set']\nvariables = ['a.b/c', 'SNR', 'snr', 'snr']\n", encoding="utf-8"
    )
    report = ssb_nudb.run(source, tmp_path / "out")
    told = {(item.kind, item.what) for item in report.unmapped}
    assert {
        ("derived_from", "a.b/c from gone"),
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
    assert len(workspace.products) == 14
    assert len(defined) == 279 + 9
    assert sum(len(product.sentences) for product in workspace.products.values()) == 417
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
    report = ssb_nudb.run(source, tmp_path)
    written = bytes_of(tmp_path)
    assert written == {name: data for name, data in bytes_of(EXAMPLE).items() if name in written}
    assert Written("products", 14) in report.written
    assert Written("characteristics", 288) in report.written
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
