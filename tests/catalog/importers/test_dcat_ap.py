"""DCAT-AP: what its data sets become, in each syntax, and files that are none."""

from pathlib import Path

import pytest

from tests.catalog.exporters.test_conformance import STATED
from tests.catalog.importers.reading import HERE, ran, read_workspace
from tests.tidy.tree import ROOT
from vkd_catalog.catalogue import open_catalogue
from vkd_catalog.exporters import EXPORTERS
from vkd_catalog.importers import ImportSourceError, MissingExtraError, dcat_ap
from vkd_server.workspace.public import to_hand_out

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


_COLUMNS = """\
@prefix csvw: <http://www.w3.org/ns/csvw#> .
@prefix dcat: <http://www.w3.org/ns/dcat#> .
@prefix dcterms: <http://purl.org/dc/terms/> .
@prefix health: <http://healthdataportal.eu/ns/health#> .
<https://example.org/1> a dcat:Dataset ; dcterms:title "Opphold"@nb ; health:hasVariables _:group .
_:group csvw:table [ csvw:column _:age, [ csvw:name "LEGE/x" ], [ csvw:datatype "string" ], _:group ;
    csvw:tableSchema [ csvw:column [ csvw:name "KJONN" ; csvw:titles "Kjønn"@nb ; dcterms:description "Kjønn"@nb ] ] ] .
_:age csvw:name "ALDER" ; csvw:title "Alder"@nb ; dcterms:description "Fylte år"@nb ; csvw:propertyUrl <https://example.org/a> .
<https://example.org/2> a dcat:Dataset ; dcterms:title "Besøk"@nb ; health:hasVariables
    [ csvw:table [ csvw:column [ csvw:name "A" ; csvw:title "Alder ved besøk"@nb ; csvw:propertyUrl <https://example.org/a> ] ] ] .
<https://example.org/3> a dcat:Dataset ; dcterms:title "Tomt"@nb ; health:hasVariables <https://example.org/3>, "x", <nowhere:> .
"""


def test_the_columns_of_a_data_set_are_its_variables(tmp_path: Path) -> None:
    source = tmp_path / "a.ttl"
    source.write_text(_COLUMNS, encoding="utf-8")
    ran(dcat_ap.IMPORTER, source, tmp_path / "out")
    workspace = read_workspace(tmp_path / "out")
    said = {name: sorted(sentence[2] for sentence in product.sentences) for name, product in workspace.products.items()}
    assert said["1"] == ["Alder", "Kjønn", r"LEGE\/x"]
    assert said["2"] == ["Alder"], "columns that have the same address are the same"
    assert said["3"] == ["Ikke beskrevet"]
    text = (tmp_path / "out/vocabulary/characteristics.csv").read_text(encoding="utf-8")
    assert "Fylte år" in text
    assert "ALDER" in text


def test_what_health_dcat_ap_says_of_variables_comes_back(tmp_path: Path) -> None:
    catalogue = open_catalogue(ROOT / "examples/folketelling")
    (exporter,) = (one for one in EXPORTERS if one.name == "health-dcat-ap")
    (tmp_path / "in").mkdir()
    for file in exporter.files(to_hand_out(catalogue), STATED):
        (tmp_path / "in" / file.name).write_text(file.text, encoding="utf-8")
    catalogue.register.close()
    ran(dcat_ap.IMPORTER, tmp_path / "in", tmp_path / "out")
    products = read_workspace(tmp_path / "out").products
    assert [one[2] for one in products["ft70-person"].sentences] == ["Fødselsdato", "Yrke", "Fødselsnummer", "Inntekt"]


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
