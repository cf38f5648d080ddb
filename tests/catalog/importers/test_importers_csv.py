"""CSV: what the export writes comes back equal; tables that were edited, or are not all there, say what they can."""

import csv
import io
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, given, settings

from tests.catalog.importers.reading import ran, read_workspace
from tests.catalog.importers.test_importers_skos import held, tables, write_tables
from tests.catalog.worlds import World, worlds
from tests.catalog.writing import write_catalogue
from tests.tidy.tree import ROOT
from vkd_catalog.catalogue import Catalogue, open_catalogue
from vkd_catalog.exporters import Stated
from vkd_catalog.exporters import tables as export
from vkd_catalog.importers import ImportSourceError, exported_tables


def exported(catalogue: Catalogue, folder: Path) -> Path:
    """A catalogue's tables, as they are written."""
    folder.mkdir()
    for file in export.EXPORTER.files(catalogue, Stated(licence="CC BY 4.0")):
        (folder / file.name).write_text(file.text, encoding="utf-8", newline="")
    return folder


def there_and_back(catalogue: Catalogue, folder: Path) -> Catalogue:
    ran(exported_tables.IMPORTER, exported(catalogue, folder / "csv"), folder / "back")
    return open_catalogue(folder / "back")


def said(catalogue: Catalogue) -> list[tuple[object, ...]]:
    """What the products say: their technical data, addresses in full, and sentences."""
    register = catalogue.register
    found: list[tuple[object, ...]] = []
    for number, product in register.products():
        values = {key: text for key, text in product.values.items() if key not in ("data", "doc")}
        addresses = {
            key: catalogue.resolve(product.values[key]).target for key in ("data", "doc") if key in product.values
        }
        found.append((product.identification, values, addresses, product.unit_id, register.sentences(number)))
    register.close()
    return found


@pytest.mark.parametrize("example", ["folketelling", "registre-dk", "utdanning", "norden/dk", "norden/se", "norden/no"])
def test_the_examples_come_back_equal(example: str, tmp_path: Path) -> None:
    catalogue = open_catalogue(ROOT / "examples" / example)
    back = there_and_back(catalogue, tmp_path)
    assert held(back) == held(catalogue)
    assert said(back) == said(catalogue)
    assert back.configuration[2:4] == catalogue.configuration[2:4]


@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(tables())
def test_whatever_vocabularies_say_comes_back_equal(rows: dict[str, list[dict[str, str]]]) -> None:
    if not any(rows.values()):
        return
    with TemporaryDirectory() as place:
        folder = Path(place)
        write_tables(folder / "catalogue", rows)
        catalogue = open_catalogue(folder / "catalogue")
        assert held(there_and_back(catalogue, folder)) == held(catalogue)


@settings(max_examples=30, deadline=None, suppress_health_check=list(HealthCheck))
@given(worlds())
def test_whatever_products_say_comes_back_equal(world: World) -> None:
    with TemporaryDirectory() as place:
        root = Path(place) / "t"
        root.mkdir()
        write_catalogue(world.catalogue, root, Random(0))
        catalogue = open_catalogue(root)
        (found, expected) = (said(one) for one in (there_and_back(catalogue, Path(place)), catalogue))
        # A description has sentences; what lies in no archive of this machine is told and left out.
        assert [(one[0], *one[3:]) for one in found] == [(one[0], *one[3:]) for one in expected if one[4]]


def test_what_is_edited_in_a_spreadsheet_is_read(tmp_path: Path) -> None:
    folder = exported(open_catalogue(ROOT / "examples/norden/dk"), tmp_path / "csv")
    for path in folder.glob("*.csv"):
        rows = list(csv.reader(io.StringIO(path.read_text(encoding="utf-8"), newline="")))
        out = io.StringIO()
        csv.writer(out, delimiter=";", lineterminator="\r\n").writerows(rows)
        path.write_bytes(out.getvalue().encode("cp1252"))
    ran(exported_tables.IMPORTER, folder, tmp_path / "back")
    assert "Højeste fuldførte uddannelse" in read_workspace(tmp_path / "back").characteristics["HFUDD"].values()
    assert list(read_workspace(tmp_path / "back").products) == ["BEF", "FORM"]


def test_what_cannot_be_mapped_is_named(tmp_path: Path) -> None:
    folder = exported(open_catalogue(ROOT / "examples/norden/dk"), tmp_path / "csv")
    products = folder / "products.csv"
    text = products.read_text(encoding="utf-8").replace("identification,", "identification,colour,")
    text = (
        text.replace("BEF,", "BEF,blue,")
        .replace("FORM,", "FORM,,")
        .replace("https://data.example.dk/dok", "nowhere.md", 1)
    )
    products.write_text(f"{text}EMPTY,,\n", encoding="utf-8")
    with (folder / "sentences.csv").open("a", encoding="utf-8") as file:
        file.write("OTHER,1,Personer,Befolkningen,Køn,2020,PERS,BEF,KOEN\n")
    report = ran(exported_tables.IMPORTER, folder, tmp_path / "back")
    assert [(one.kind, one.what) for one in report.unmapped] == [
        ("column", "colour"),
        ("address (doc)", "BEF"),
        ("product", "EMPTY"),
        ("sentences", "OTHER"),
    ]


@pytest.mark.parametrize(
    ("name", "content", "why"),
    [
        ("other.csv", b"a,b\n", "holds none of the tables"),
        ("mappings.tsv", b"subject_id\n", "holds none of the tables"),
        ("names.csv", b"\x00\x00", "cannot be read as a table"),
    ],
)
def test_what_is_no_export_is_refused(name: str, content: bytes, why: str, tmp_path: Path) -> None:
    (tmp_path / name).write_bytes(content)
    with pytest.raises(ImportSourceError, match=why):
        ran(exported_tables.IMPORTER, tmp_path, tmp_path / "out")
