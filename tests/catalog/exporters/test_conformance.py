"""What every exporter must do, whatever it writes. A new one is in the list with a reader of its own, or this fails."""

import csv
import io
import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path, PurePath
from typing import Any, NamedTuple
from urllib.parse import unquote
from xml.etree import ElementTree

import pytest
from rdflib import DCAT, DCTERMS, RDF, Graph

from tests.server.workspaces import MAPPINGS, workspace
from tests.tidy.tree import ROOT
from vkd_catalog.catalogue import Catalogue, open_catalogue
from vkd_catalog.exporters import EXPORTERS, ExportedFile, Exporter, Stated
from vkd_catalog.vocabulary.concept import code_above
from vkd_server.cli import run_command
from vkd_server.workspace.public import to_hand_out

EXAMPLES = ("folketelling", "registre-dk", "utdanning")
DIFFICULT = 'code,prefLabel@nb,altLabel@nb,prefLabel@en\nÅ,"Sær ""rar"" \\\\ <b>&amp;</b> {x}",\U0001f600|it\'s,\u2028x\nÅ.b-_1,%41/#?,,\n'
"""Names with what other formats have a meaning for: quotes, backslashes, marks of XML and URIs, rare characters."""

DIFFICULT_PRODUCT = (
    '0 / Produktbeskrivelse / "a" <b> %41#\U0001f600 / title=Sær "rar" \\ <b>&amp;</b> {x}; title@en=\u2028it\'s; updated=20200229\n'
    "1 / Personer / [Å] / Yrke / 1970..:A / O\n2 / Personer / [Å] / Inntekt / ? / .\n"
)

STATED = Stated(
    licence="https://creativecommons.org/licenses/by/4.0/",
    access_body="Body",
    access_body_contact="https://body.example.no/ask",
    health_category="HRAD",
    contact="data@example.no",
)


def options(stated: Stated) -> list[str]:
    """What is stated, as the command line takes it."""
    said = [(name, text) for name, text in stated._asdict().items() if isinstance(text, str) and text]
    return [part for name, text in said for part in (f"--{name.replace('_', '-')}", text)]


class Exported(NamedTuple):
    """What a reader of a format finds of one concept: its words are pairs of language and text."""

    vocabulary: str
    code: str
    above: str
    words: frozenset[tuple[str, str]]


class Described(NamedTuple):
    """What a reader of a format finds of one product: its titles, and how many characteristics it has."""

    identification: str
    titles: frozenset[str]
    characteristics: int


def read_skos(files: Sequence[ExportedFile]) -> Iterator[Exported]:
    """The concepts in SKOS, found by the addresses that they have and lead to."""
    for file in files:
        scheme, *rest = json.loads(file.text)["@graph"]
        start = f"{scheme['@id']}:"
        for one in rest:
            if one["@type"] == "skos:Concept":
                yield Exported(
                    scheme["@id"].rpartition(":")[2],
                    unquote(one["@id"].removeprefix(start)),
                    unquote(one.get("broader", "").removeprefix(start)),
                    frozenset(_words_of(one)),
                )


def _words_of(concept: dict[str, Any]) -> Iterator[tuple[str, str]]:
    yield from concept.get("prefLabel", {}).items()
    for language, texts in concept.get("altLabel", {}).items():
        yield from ((language, text) for text in texts)


def read_tables(files: Sequence[ExportedFile]) -> Iterator[Exported]:
    """The concepts in CSV, by the names of the columns."""
    for file in files:
        if file.name.split(".")[0] in ("object-types", "names", "characteristics", "times"):
            rows = list(csv.DictReader(io.StringIO(file.text, newline="")))
            codes = {row["code"] for row in rows}
            for row in rows:
                labels = [(column, cell) for column, cell in row.items() if "Label@" in column]
                words = {
                    (column.partition("@")[2], word) for column, cell in labels for word in cell.split("|") if word
                }
                above = code_above(row["code"])
                vocabulary = file.name.removesuffix(".csv")
                yield Exported(vocabulary, row["code"], above if above in codes else "", frozenset(words))


def read_product_tables(files: Sequence[ExportedFile]) -> Iterator[Described]:
    """The products in CSV, with the characteristics of their sentences."""
    tables = {file.name: list(csv.DictReader(io.StringIO(file.text, newline=""))) for file in files}
    held: dict[str, set[str]] = {}
    for row in tables.get("sentences.csv", ()):
        held.setdefault(row["product"], set()).add(row["characteristic-code"])
    for row in tables.get("products.csv", ()):
        titles = frozenset(cell for column, cell in row.items() if column.startswith("title") and cell)
        name = row["identification"]
        yield Described(name, titles or frozenset({name}), len(held.get(name, ())))


def read_dcat(files: Sequence[ExportedFile]) -> Iterator[Described]:
    """The data sets in DCAT; each of its keywords is the word of a characteristic in some language."""
    for file in files:
        graph = Graph().parse(data=file.text, format="turtle")
        for one in graph.subjects(RDF.type, DCAT.Dataset):
            titles = frozenset(map(str, graph.objects(one, DCTERMS.title)))
            yield Described(str(graph.value(one, DCTERMS.identifier)), titles, -1)


def read_schema_org(files: Sequence[ExportedFile]) -> Iterator[Described]:
    """The data sets in schema.org's words."""
    for file in files:
        for one in json.loads(file.text)["@graph"]:
            if one["@type"] == "Dataset":
                names = one["name"] if isinstance(one["name"], list) else [{"@value": one["name"]}]
                titles = frozenset(name["@value"] for name in names)
                yield Described(one["identifier"][0], titles, len(one.get("variableMeasured", ())))


def read_codebooks(files: Sequence[ExportedFile]) -> Iterator[Described]:
    """The studies of DDI-Codebook, a file each."""
    for file in files:
        titles, *_ = ElementTree.fromstring(file.text).iter("{ddi:codebook:2_5}titlStmt")
        said = {one.tag.partition("}")[2]: [each.text or "" for each in titles.iter(one.tag)] for one in titles}
        yield Described(said["IDNo"][0], frozenset((*said["titl"], *said.get("parTitl", ()))), -1)


def read_sssom(files: Sequence[ExportedFile]) -> Iterator[tuple[str, str, str]]:
    """The mappings, without the name of the catalogue that each id begins with."""
    for file in files:
        lines = [line for line in file.text.splitlines(keepends=True) if not line.startswith("#")]
        for row in csv.DictReader(lines, delimiter="\t"):
            subject, target = (row[name].partition(":")[2] for name in ("subject_id", "object_id"))
            yield subject, row["predicate_id"], target


CONCEPTS: Mapping[str, Callable[[Sequence[ExportedFile]], Iterator[Exported]]] = {"skos": read_skos, "csv": read_tables}
PRODUCTS: Mapping[str, Callable[[Sequence[ExportedFile]], Iterator[Described]]] = {
    "csv": read_product_tables,
    "dcat-ap": read_dcat,
    "health-dcat-ap": read_dcat,
    "schema-org": read_schema_org,
    "ddi-codebook": read_codebooks,
}
LINKS: Mapping[str, Callable[[Sequence[ExportedFile]], Iterator[tuple[str, str, str]]]] = {"sssom": read_sssom}
"""For each exporter what reads its files as another tool would, by what they hold."""


def held(catalogue: Catalogue) -> Iterator[Exported]:
    """What the catalogue itself says of its concepts."""
    for vocabulary in catalogue.vocabularies.four:
        for concept in vocabulary.concepts.values():
            above = code_above(concept.code)
            words = frozenset((label.language, label.text) for label in (*concept.preferred, *concept.synonyms))
            yield Exported(vocabulary.name, concept.code, above if above in vocabulary.concepts else "", words)


def described(catalogue: Catalogue, *, counted: bool, stating: bool) -> Iterator[Described]:
    """What the catalogue itself says of its products, of those alone that are `stating` their conditions."""
    for number, product in catalogue.register.products():
        titles = frozenset(text for key, text in product.values.items() if key.partition("@")[0] == "title")
        codes = {sentence.characteristic for sentence in catalogue.register.sentences(number)}
        if "access" in product.values or not stating:
            name = product.identification
            yield Described(name, titles or frozenset({name}), len(codes) if counted else -1)


@pytest.fixture(params=EXPORTERS, ids=lambda exporter: exporter.name)
def exporter(request: pytest.FixtureRequest) -> Exporter:
    chosen: Exporter = request.param
    return chosen


@pytest.fixture(params=[*EXAMPLES, "difficult"])
def catalogue(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Catalogue]:
    """The examples, and one with words that are difficult to write."""
    if request.param in EXAMPLES:
        found = open_catalogue(ROOT / "examples" / request.param)
    else:
        files = {
            "vocabulary/names.csv": DIFFICULT,
            "products/difficult.vkd": DIFFICULT_PRODUCT,
            MAPPINGS: "subject_id\tpredicate_id\tobject_id\nÅ\tskos:closeMatch\tÅ.b-_1\nÅ\tskos:closeMatch\tdk:BEF\n",
        }
        found = open_catalogue(workspace(tmp_path, files))
    yield found
    found.register.close()


def test_every_exporter_is_tried_here() -> None:
    assert {*CONCEPTS, *PRODUCTS, *LINKS} == {exporter.name for exporter in EXPORTERS}
    assert all(exporter.summary and "\n" not in exporter.summary for exporter in EXPORTERS)


@pytest.mark.parametrize("name", CONCEPTS)
def test_what_is_written_says_what_the_catalogue_says(name: str, catalogue: Catalogue) -> None:
    found = list(CONCEPTS[name](written(name, catalogue)))
    assert len(found) == len(set(found))
    assert set(found) == set(held(catalogue))


@pytest.mark.parametrize("name", PRODUCTS)
def test_what_is_written_says_which_products_there_are(name: str, catalogue: Catalogue) -> None:
    found = list(PRODUCTS[name](written(name, catalogue)))
    assert len(found) == len(set(found))
    is_counted = all(one.characteristics >= 0 for one in found)
    assert set(found) == set(described(catalogue, counted=is_counted, stating=name == "health-dcat-ap"))


@pytest.mark.parametrize("name", LINKS)
def test_what_is_written_says_how_concepts_are_mapped(name: str, catalogue: Catalogue) -> None:
    rows = [row for file in catalogue.own_vocabularies.mappings for row in file.rows]
    said = {(row.subject, f"skos:{row.predicate}", row.object.rpartition(":")[2]) for row in rows}
    assert set(LINKS[name](written(name, catalogue))) == said


def written(name: str, catalogue: Catalogue) -> list[ExportedFile]:
    (exporter,) = (one for one in EXPORTERS if one.name == name)
    return list(exporter.files(catalogue, STATED))


def test_the_files_are_plain_text_in_the_folder_itself(exporter: Exporter, catalogue: Catalogue) -> None:
    files = list(exporter.files(catalogue, STATED))
    assert len({file.name.casefold() for file in files}) == len(files)
    assert files or exporter.name in ("sssom", "health-dcat-ap")
    assert all(PurePath(file.name).parts == (file.name,) and not file.name.startswith(".") for file in files)
    assert all(file.text.endswith("\n") and "\r" not in file.text and file.text.encode() for file in files)


def test_the_same_catalogue_gives_the_same_files(exporter: Exporter, catalogue: Catalogue) -> None:
    again = open_catalogue(catalogue.root)
    texts = [[(file.name, file.text) for file in exporter.files(one, STATED)] for one in (again, catalogue)]
    assert texts[0] == texts[1]
    again.register.close()


def test_a_catalogue_that_holds_nothing_gives_no_files(exporter: Exporter, tmp_path: Path) -> None:
    assert list(exporter.files(open_catalogue(tmp_path), STATED)) == []


def test_the_command_writes_these_files_and_no_others(
    exporter: Exporter, catalogue: Catalogue, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    target = tmp_path / "out/of"
    call = [
        "catalogue",
        "export",
        exporter.name,
        "--workspace",
        str(catalogue.root),
        "--to",
        str(target),
        *options(STATED),
    ]
    assert run_command(call) == 0
    texts = {file.name: file.text for file in exporter.files(to_hand_out(catalogue), STATED)}
    assert capsys.readouterr().out.splitlines() == [str(target / name) for name in texts]
    assert {path.name: path.read_bytes().decode() for path in target.glob("*")} == texts
