"""RegiStream: releases, scopes and variables in two languages, and bundles that lack something."""

from pathlib import Path
from shutil import copytree

import pytest

from tests.catalog.importers.reading import HERE, ran, read_workspace
from vkd_catalog.importers import ImportSourceError, registream

_BUNDLE = HERE / "sources/registream/bundle"


def test_a_release_of_a_scope_is_an_edition(tmp_path: Path) -> None:
    ran(registream.IMPORTER, _BUNDLE, tmp_path)
    workspace = read_workspace(tmp_path)
    product = workspace.products["LISA Individer 16 år och äldre 2005"]
    assert product.technical["collection"] == "LISA Individer 16 år och äldre"
    assert product.technical["unit-id"] == "Löpnummer"
    scope = "Longitudinell integrationsdatabas – Individer 16 år och äldre"
    assert product.sentences == [
        ("Enheter", scope, word, "2005") for word in ("Kön", "Löneinkomst", "Löpnummer", "Kommun")
    ]
    assert workspace.products["ELEV Höstterminen_2020"].sentences == [
        ("Enheter", "Register över elever", "Kön", "20201015")
    ]
    assert workspace.products["ELEV Vårterminen_2021"].sentences == [
        ("Enheter", "Register över elever", "Inte beskriven", "?")
    ]
    assert (workspace.characteristics["kon"]["values@sv"], workspace.characteristics["kon"]["values@en"]) == (
        "1=Man|2=Kvinna",
        "1=Male|2=Female",
    )


def test_the_two_core_tables_are_a_vocabulary(tmp_path: Path) -> None:
    source = tmp_path / "scb"
    copytree(_BUNDLE, source)
    for name in ("scope", "release_sets", "manifest"):
        for path in source.glob(f"scb_{name}_*.csv"):
            path.unlink()
    for path in source.glob("*.csv"):
        path.rename(source / path.name.removeprefix("scb_"))
    report = ran(registream.IMPORTER, source, tmp_path / "out")
    workspace = read_workspace(tmp_path / "out")
    assert workspace.products == {}
    assert workspace.characteristics["kon"]["values@en"] == "1=Male|2=Female"
    assert "product" in {one.kind for one in report.unmapped}


@pytest.mark.parametrize(
    ("name", "text", "message"),
    [
        ("variables_eng.csv", "name;label\n", "lacks the column variable_name"),
        ("variables_eng.csv", b"variable_name;variable_label\n\xff;a\n", "is not UTF-8"),
        ("other.csv", "a;b\n", "holds no tables of RegiStream"),
    ],
)
def test_what_is_no_bundle_is_refused(tmp_path: Path, name: str, text: str | bytes, message: str) -> None:
    source = tmp_path / "source"
    source.mkdir()
    (source / name).write_bytes(text if isinstance(text, bytes) else text.encode())
    with pytest.raises(ImportSourceError, match=message):
        ran(registream.IMPORTER, source, tmp_path / "out")
    assert not (tmp_path / "out").exists()
