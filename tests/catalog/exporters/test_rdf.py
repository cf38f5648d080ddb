"""What is written in RDF is what its profiles ask for, and says what the catalogue says, read by another program."""

import json
import shutil
from itertools import product
from pathlib import Path
from urllib.parse import unquote

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyshacl import validate
from rdflib import DCAT, DCTERMS, RDF, SKOS, Graph, Literal, Namespace, URIRef

from tests.catalog.exporters.test_conformance import EXAMPLES, STATED
from tests.tidy.tree import ROOT
from vkd_catalog.catalogue import Catalogue, open_catalogue
from vkd_catalog.exporters import EXPORTERS, Stated, turtle
from vkd_catalog.exporters.addresses import Addresses
from vkd_server.workspace.public import to_hand_out

HERE = Path(__file__).parent
XKOS = Namespace("http://rdf-vocabulary.ddialliance.org/xkos#")
BASE = "https://data.example.no/"


@pytest.fixture(scope="module")
def dcat_ap() -> Graph:
    return Graph().parse(HERE / "dcat-ap-shapes.ttl")


@pytest.fixture(scope="module")
def health() -> Graph:
    return Graph().parse(HERE / "health-shapes.ttl")


def graphs_of(name: str, catalogue: Catalogue, stated: Stated) -> list[Graph]:
    """What each file of an export says."""
    (exporter,) = (one for one in EXPORTERS if one.name == name)
    form = "json-ld" if name == "skos" else "turtle"
    graphs = [Graph().parse(data=file.text, format=form) for file in exporter.files(catalogue, stated)]
    catalogue.register.close()
    return graphs


def graph_of(name: str, catalogue: Catalogue, stated: Stated) -> Graph:
    """What the only file of an export says."""
    (graph,) = graphs_of(name, catalogue, stated)
    return graph


@pytest.mark.parametrize(
    "stated", [Stated(), STATED._replace(base=BASE, publisher='Kontoret "A"')], ids=["bare", "stated"]
)
@pytest.mark.parametrize("name", [*EXAMPLES, "norden/dk", "norden/se"])
def test_dcat_ap_is_kept(name: str, stated: Stated, dcat_ap: Graph) -> None:
    graph = graph_of("dcat-ap", to_hand_out(open_catalogue(ROOT / "examples" / name)), stated)
    conforms, _, report = validate(graph, shacl_graph=dcat_ap)
    assert conforms, report
    assert len(list(graph.subjects(RDF.type, DCAT.Catalog))) == 1


@pytest.mark.parametrize("name", ["folketelling", "registre-dk"])
def test_health_dcat_ap_is_kept(name: str, dcat_ap: Graph, health: Graph) -> None:
    graphs = graphs_of("health-dcat-ap", to_hand_out(open_catalogue(ROOT / "examples" / name)), STATED)
    assert all(list(graph.subjects(RDF.type, DCAT.Dataset)) for graph in graphs)
    for graph, shapes in product(graphs, (dcat_ap, health)):
        conforms, _, report = validate(graph, shacl_graph=shapes)
        assert conforms, report


def test_what_dcat_says_of_a_set() -> None:
    catalogue = to_hand_out(open_catalogue(ROOT / "examples/norden/dk"))
    graph = graph_of("dcat-ap", catalogue, Stated(base=BASE, licence="CC BY 4.0"))
    one = URIRef(f"{BASE}dataset/BEF")
    assert (one, DCTERMS.title, Literal("Befolkningen", lang="da")) in graph
    (period,) = graph.objects(one, DCTERMS.temporal)
    assert [str(graph.value(period, name)) for name in (DCAT.startDate, DCAT.endDate)] == ["2019-01-01", "2022-12-31"]
    (distribution,) = graph.objects(one, DCAT.distribution)
    assert graph.value(distribution, DCAT.accessURL) == URIRef("https://data.example.dk/bef.parquet")
    rights = URIRef("http://publications.europa.eu/resource/authority/access-right/RESTRICTED")
    assert graph.value(one, DCTERMS.accessRights) == rights
    assert {"Personnummer", "Køn", "Højeste fuldførte uddannelse"} == set(map(str, graph.objects(one, DCAT.keyword)))


@pytest.mark.filterwarnings("ignore:ConjunctiveGraph:DeprecationWarning")
def test_skos_says_what_is_related_and_which_levels_a_classification_has(tmp_path: Path) -> None:
    (tmp_path / "names.csv").write_text(
        "code,prefLabel@nb,kind,seeAlso\nY,Yrke,classification,\nY.1,Bønder,class,Y|Y.2\nY.2,Fiskere,class,\nY.2.1,Torskefiskere,class,\n",
        encoding="utf-8",
    )
    (tmp_path / "vkd.toml").write_text(
        '[catalogue]\nname = "K"\n[vocabularies]\nnames = ["names.csv"]\nmappings = ["m.tsv"]\n', encoding="utf-8"
    )
    (tmp_path / "m.tsv").write_text(
        "subject_id\tpredicate_id\tobject_id\nY.1\tskos:broadMatch\tY.2\n", encoding="utf-8"
    )
    graph = graph_of("skos", open_catalogue(tmp_path), Stated(base=BASE, licence=STATED.licence))
    names = {code: URIRef(f"{BASE}names/{code}") for code in ("Y", "Y.1", "Y.2", "Y.2.1")}
    assert set(graph.objects(names["Y.1"], SKOS.related)) == {names["Y.2"]}
    assert set(graph.objects(names["Y.1"], SKOS.broadMatch)) == {names["Y.2"]}
    assert (URIRef(f"{BASE}names"), DCTERMS.title, Literal("K: navn", lang="nb")) in graph
    assert (URIRef(f"{BASE}names"), DCTERMS.license, URIRef(STATED.licence)) in graph
    (scheme,) = graph.subjects(XKOS.numberOfLevels, None)
    (listed,) = graph.objects(scheme, XKOS.levels)
    levels = list(graph.items(listed))
    assert [str(graph.value(level, XKOS.depth)) for level in levels] == ["1", "2"]
    assert [set(graph.objects(level, SKOS.member)) for level in levels] == [
        {names["Y.1"], names["Y.2"]},
        {names["Y.2.1"]},
    ]


def test_mappings_are_read_by_a_workspace_that_names_the_catalogue_so(tmp_path: Path) -> None:
    shutil.copytree(ROOT / "examples/norden/dk", tmp_path / "dk")
    settings = tmp_path / "dk/vkd.toml"
    text = settings.read_text(encoding="utf-8")
    settings.write_text(text.replace("[vocabularies]", '[vocabularies]\nmappings = ["m.tsv"]'), encoding="utf-8")
    mapped = "subject_id\tpredicate_id\tobject_id\nKOEN\tskos:closeMatch\tFORMUE\n"
    (tmp_path / "dk/m.tsv").write_text(mapped, encoding="utf-8")
    (exporter,) = (one for one in EXPORTERS if one.name == "sssom")
    (file,) = exporter.files(
        open_catalogue(tmp_path / "dk"), Stated(licence="https://creativecommons.org/publicdomain/zero/1.0/")
    )
    (tmp_path / file.name).write_text(file.text, encoding="utf-8")
    (tmp_path / "vkd.toml").write_text(
        f'[vocabularies]\nmappings = ["{file.name}"]\n[catalogues]\ndanmark = "dk"\n', encoding="utf-8"
    )
    workspace = open_catalogue(tmp_path)
    assert workspace.vocabularies.problems[file.name] == ()
    assert workspace.vocabularies.characteristics.reach("danmark:KOEN").close == {"danmark:FORMUE"}


def test_data_sets_for_search_have_what_search_asks_for() -> None:
    catalogue = to_hand_out(open_catalogue(ROOT / "examples/registre-dk"))
    (exporter,) = (one for one in EXPORTERS if one.name == "schema-org")
    (file,) = exporter.files(catalogue, Stated(base=BASE))
    whole, *sets = json.loads(file.text)["@graph"]
    assert whole["@type"] == "DataCatalog"
    assert all(50 <= len(one["description"]) <= 5000 and one["name"] for one in sets)
    assert sets[0]["temporalCoverage"] == "1988-01-01/1988-12-31"
    assert sets[0]["isPartOf"]["name"] == "ADOP"
    catalogue.register.close()


@given(st.text(st.characters(exclude_categories=["Cs"])), st.sampled_from(["", "nb", "zh-Hant", "not a tag"]))
def test_any_text_is_read_back_as_it_was(text: str, language: str) -> None:
    graph = Graph().parse(data=f"<a:b> <a:c> {turtle.literal(text, language)} .", format="turtle")
    (found,) = graph.objects()
    assert (str(found), getattr(found, "language", None) or "") == (text, language if " " not in language else "")


@given(st.text(st.characters(exclude_categories=["Cs"]), min_size=1))
def test_any_name_makes_an_address_of_its_own(name: str) -> None:
    addresses = Addresses(open_catalogue(ROOT / "examples/norden/dk"), Stated(base=BASE))
    graph = Graph().parse(data=f"{turtle.iri(addresses.of('dataset', name))} <a:b> <a:c> .", format="turtle")
    (found,) = graph.subjects()
    assert unquote(str(found)) == f"{BASE}dataset/{name}"
