"""DCAT-AP: what its data sets become, in each syntax, and files that are none."""

from pathlib import Path

import pytest

from tests.catalog.importers.reading import HERE, ran, read_workspace
from vkd_catalog.importers import ImportSourceError, MissingExtraError, dcat_ap

_FOLDER = HERE / "sources/dcat-ap"


def test_a_data_set_becomes_a_product_and_its_series_a_collection(tmp_path: Path) -> None:
    report = ran(dcat_ap.IMPORTER, _FOLDER / "catalogue.jsonld", tmp_path)
    workspace = read_workspace(tmp_path)
    assert workspace.settings["catalogue"]["name"] == "Åpne data"
    assert report.licence == "http://publications.europa.eu/resource/authority/licence/CC_BY_4_0"
    product = workspace.products["valg-2021"]
    assert product.technical == {
        "collection": "Valgresultater",
        "form": "CSV, json",
        "access": "open",
        "version": "1.1",
        "updated": "20220105",
        "title": "Valgresultat 2021",
        "title@en": "Election result 2021",
        "data": "https://example.org/d/1.csv",
        "doc": "https://example.org/d/1/page",
        "publisher": "Valgdirektoratet",
        "contact": "Data, data@example.org",
    }
    assert product.sentences == [("Enheter", "Valgresultater", "Ikke beskrevet", "?")]
    assert workspace.products["valg-2025"].technical["access"] == "closed"
    assert "# tid: 2021" in (tmp_path / "products/catalogue.vkd").read_text(encoding="utf-8")
    assert ("time", "1 sets") in {(one.kind, one.what) for one in report.unmapped}


def test_what_several_files_say_of_one_data_set_is_one_product(tmp_path: Path) -> None:
    ran(dcat_ap.IMPORTER, _FOLDER, tmp_path)
    products = read_workspace(tmp_path).products
    assert set(products) == {"1T2p3o4B", "1W2o3p4T", "valg-2021", "valg-2025", "3"}
    assert products["3"].technical["pid"] == "https://doi.org/10.5072/3"


@pytest.mark.parametrize(
    ("name", "text", "message", "line"),
    [
        ("a.ttl", "<a> <b> .\n", "cannot be read", 1),
        ("a.ttl", "<http://a> a <http://b> .\n", "holds no dcat:Dataset", 0),
        ("a.rdf", "<rdf:RDF", "cannot be read", 0),
        ("a.jsonld", "{", "cannot be read", 0),
        ("a.jsonld", '{"@context": "https://elsewhere.example/context.jsonld"}', "cannot be read", 0),
    ],
)
def test_what_is_no_dcat_is_refused(tmp_path: Path, name: str, text: str, message: str, line: int) -> None:
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    with pytest.raises(ImportSourceError, match=message) as refused:
        ran(dcat_ap.IMPORTER, path, tmp_path / "out")
    assert refused.value.line >= line
    assert not (tmp_path / "out").exists()


def test_the_extra_is_named_where_it_is_missing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(__import__("sys").modules, "pyoxigraph", None)
    with pytest.raises(MissingExtraError, match=r"needs the extra rdf: pip install 'vkd-server\[rdf\]'"):
        ran(dcat_ap.IMPORTER, _FOLDER / "catalogue.rdf", tmp_path / "out")
