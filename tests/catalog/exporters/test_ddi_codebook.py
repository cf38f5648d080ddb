"""Codebooks that vkd writes: they are valid, and read back they say what the catalogue said."""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, NamedTuple
from zipfile import ZipFile

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.tidy.tree import ROOT
from vkd_catalog.catalogue import Catalogue, open_catalogue
from vkd_catalog.exporters import Stated
from vkd_catalog.exporters import ddi_codebook as exporter
from vkd_catalog.importers import Importer, Request, ddi_codebook, run_import
from vkd_catalog.importers.drafting import drafted
from vkd_catalog.importers.object_types import PERSON, UNIT
from vkd_catalog.importers.stated import DataSet, Group, Holding, Register, StatedValue, Text, Variable
from vkd_catalog.importers.stated import Stated as Source
from vkd_catalog.importers.units import unit_of

etree: Any = pytest.importorskip("lxml.etree")

HERE = Path(__file__).parent
NOTHING = Stated()
"""Who exports says nothing of the catalogue."""


class Said(NamedTuple):
    """What a catalogue says, as far as DDI-Codebook can hold it too."""

    products: Mapping[str, tuple[Mapping[str, str], Sequence[tuple[str, ...]], Sequence[str]]]
    characteristics: Mapping[str, tuple[object, ...]]


@pytest.fixture(scope="module")
def schema(tmp_path_factory: pytest.TempPathFactory) -> Any:
    """The schema of DDI-Codebook 2.5."""
    folder = tmp_path_factory.mktemp("schema")
    with ZipFile(HERE / "ddi-codebook-2.5.zip") as archive:
        archive.extractall(folder)
    return etree.XMLSchema(etree.parse(folder / "codebook.xsd"))


@pytest.mark.parametrize("example", ["folketelling", "registre-dk", "utdanning"])
def test_a_codebook_is_valid(schema: Any, example: str) -> None:
    files = list(exporter.EXPORTER.files(open_catalogue(ROOT / "examples" / example), NOTHING))
    assert files
    for file in files:
        schema.assertValid(etree.fromstring(file.text.encode()))


def test_an_example_is_read_back_as_it_was(tmp_path: Path) -> None:
    catalogue = open_catalogue(ROOT / "examples/utdanning")
    assert _held(_back(catalogue, tmp_path)) == _held(catalogue)


def test_what_is_said_of_aggregates_is_counted(schema: Any) -> None:
    files = {
        file.name: file.text
        for file in exporter.EXPORTER.files(open_catalogue(ROOT / "examples/folketelling"), NOTHING)
    }
    left_out = {name: text for name, text in files.items() if "speak of aggregates" in text}
    assert left_out
    assert all("<var " not in text for text in left_out.values())


# Random catalogues.

WORDS = st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs", "Zl", "Zp", "Cn", "Co")), max_size=12)
PLAIN = WORDS.map(lambda text: " ".join(text.split())).filter(bool)
LABELS = st.dictionaries(st.sampled_from(["nb", "en", "fi", ""]), PLAIN, min_size=1, max_size=3).map(
    lambda said: tuple(Text(text, language) for language, text in said.items())
)
UNITS = st.sampled_from([PERSON, UNIT, unit_of("Household"), unit_of("Storfe"), unit_of("Kolli")])
TIMES = st.sampled_from(["1970", "19701101", "1970..1980", "1990..2000:A", "?", "2001K1", "..", "1999.."])
KEYS = st.sampled_from(
    ["collection", "population", "source", "quality", "processing", "publisher", "contact", "licence", "version"]
)


@st.composite
def variables(draw: st.DrawFn) -> Sequence[Variable]:
    """Some variables, in a group or in none."""
    return [
        Variable(
            f"v{number}",
            draw(LABELS),
            draw(st.sampled_from(["", "g1", "g2"])),
            draw(st.sampled_from(["", f"N{number}", f"kolonne {number}"])),
            draw(st.just(()) | LABELS),
            values=[StatedValue(value, draw(st.just(()) | LABELS)) for value in draw(st.sets(st.sampled_from("129")))],
            missing=draw(st.sampled_from([[], ["9"], ["-1", "9"]])),
            temporality=draw(st.sampled_from(["", "fixed", "status", "event"])),
            sensitive=draw(st.sampled_from(["", "yes", "no"])),
            measure=draw(st.sampled_from(["", "kr", "år / \\"])),
            identifies=draw(st.sampled_from(["", "global", "series"])),
        )
        for number in range(draw(st.integers(1, 4)))
    ]


@st.composite
def sources(draw: st.DrawFn) -> Source:
    """A source with some sets, which hold some of its variables."""
    held = draw(variables())
    registers = [Register("r1", draw(LABELS)), Register("r2", draw(LABELS))]
    sets = [
        DataSet(
            f"set {number}",
            "r1",
            "sets",
            draw(UNITS),
            draw(st.lists(TIMES, min_size=1, max_size=2, unique=True)),
            draw(st.just(()) | LABELS),
            {
                **draw(st.dictionaries(KEYS, PLAIN, max_size=4)),
                **draw(st.sampled_from([{}, {"access": "on-application, etter søknad"}, {"access": "restricted"}])),
                **draw(st.sampled_from([{}, {"doc": "https://a.example/b"}, {"updated": "20200229", "form": "csv"}])),
            },
            [[held[0].key]] if draw(st.booleans()) else [],
            [
                Holding(one.key, draw(st.none() | UNITS), (), draw(st.sampled_from(["r1", "r2"])))
                for one in held[: draw(st.integers(1, len(held)))]
            ],
        )
        for number in range(draw(st.integers(1, 3)))
    ]
    groups = [Group("g1", draw(LABELS)), Group("g2", draw(LABELS), "g1")]
    return Source("x", "x", registers=registers, groups=groups, variables=held, sets=sets)


@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(sources())
def test_a_catalogue_is_read_back_as_it_was(schema: Any, source: Source) -> None:
    with TemporaryDirectory() as place:
        folder = Path(place)
        run_import(Importer("x", "x", lambda _: drafted(source)), Request(folder), folder / "first")
        catalogue = open_catalogue(folder / "first")
        for file in exporter.EXPORTER.files(catalogue, NOTHING):
            schema.assertValid(etree.fromstring(file.text.encode()))
        assert _held(_back(catalogue, folder)) == _held(catalogue)


def _back(catalogue: Catalogue, folder: Path) -> Catalogue:
    """The catalogue that is imported from what this one is exported as."""
    (folder / "exported").mkdir()
    for file in exporter.EXPORTER.files(catalogue, NOTHING):
        (folder / "exported" / file.name).write_text(file.text, encoding="utf-8")
    run_import(ddi_codebook.IMPORTER, Request(folder / "exported"), folder / "back")
    return open_catalogue(folder / "back")


def _held(catalogue: Catalogue) -> Said:
    products = {}
    used: set[str] = set()
    for number, record in catalogue.register.products():
        sentences = catalogue.register.sentences(number)
        used.update(one.characteristic for one in sentences)
        said = [tuple(_said(catalogue, one)) for one in sentences]
        values = {key: value for key, value in record.values.items() if key not in ("unit-id", "columns")}
        products[record.identification] = (values, sorted(said), record.unit_id)
    concepts = catalogue.vocabularies.characteristics.concepts
    return Said(products, {code: _characteristic(catalogue, code) for code in sorted(used) if code in concepts})


def _said(catalogue: Catalogue, sentence: Any) -> Iterator[str]:
    """A sentence without the codes that an import makes itself: those of object types and names."""
    yield catalogue.vocabularies.object_types.concepts[sentence.object_type].unit
    yield str(sorted(catalogue.vocabularies.names.concepts[sentence.name].preferred))
    yield sentence.characteristic
    yield str(sentence.time)


def _characteristic(catalogue: Catalogue, code: str) -> tuple[object, ...]:
    one = catalogue.vocabularies.characteristics.concepts[code]
    values = sorted((value.value, sorted(value.labels)) for value in one.values)
    return (
        *(sorted(labels) for labels in (one.preferred, one.synonyms, one.definitions)),
        one.notation,
        values,
        sorted(one.missing),
        *(one.temporality, one.sensitive, one.measure, one.identifies),
    )
