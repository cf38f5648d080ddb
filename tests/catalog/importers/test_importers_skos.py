"""SKOS: what the export writes comes back equal, in every spelling; what others write keeps its hierarchy."""

import csv
import io
from collections.abc import Mapping, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

import pyoxigraph
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.catalog.importers.reading import ROOT, ran, read_workspace
from vkd_catalog.catalogue import Catalogue, open_catalogue
from vkd_catalog.exporters import Stated
from vkd_catalog.exporters import skos as export
from vkd_catalog.importers import ImportSourceError, Request, run_import, skos
from vkd_catalog.vocabulary import VOCABULARY_NAMES, Concept

SPELLINGS = {
    ".ttl": pyoxigraph.RdfFormat.TURTLE,
    ".rdf": pyoxigraph.RdfFormat.RDF_XML,
    ".jsonld": pyoxigraph.RdfFormat.JSON_LD,
}
HEAD = "@prefix skos: <http://www.w3.org/2004/02/skos/core#> . @prefix : <http://e.com/> . @prefix xkos: <http://rdf-vocabulary.ddialliance.org/xkos#> .\n"


def said(concept: Concept) -> tuple[object, ...]:
    """All that a concept says, but for where it stands; languages in any order."""
    values = {one.value: sorted(one.labels) for one in concept.values}
    words = [sorted(labels) for labels in (concept.preferred, concept.synonyms, concept.definitions)]
    return (*words, values, *concept._replace(preferred=(), synonyms=(), definitions=(), values=(), source="", row=0))


def held(catalogue: Catalogue) -> dict[tuple[str, str], tuple[object, ...]]:
    return {
        (each.name, code): said(one) for each in catalogue.own_vocabularies.four for code, one in each.concepts.items()
    }


def there_and_back(catalogue: Catalogue, folder: Path, ending: str) -> Catalogue:
    """A catalogue's vocabularies exported, spelt in another way, and imported again."""
    (folder / "skos").mkdir()
    for file in export.EXPORTER.files(catalogue, Stated()):
        path = folder / "skos" / Path(file.name).with_suffix(ending)
        quads = list(pyoxigraph.parse(file.text, format=pyoxigraph.RdfFormat.JSON_LD))
        triples = [quad.triple for quad in quads]
        if ending == ".jsonld":
            path.write_text(file.text, encoding="utf-8")
        else:
            path.write_bytes(pyoxigraph.serialize(triples, format=SPELLINGS[ending]) or b"")
    ran(skos.IMPORTER, folder / "skos", folder / "back")
    return open_catalogue(folder / "back")


@pytest.mark.parametrize("ending", SPELLINGS)
@pytest.mark.parametrize("example", ["folketelling", "registre-dk", "utdanning"])
def test_the_examples_come_back_equal(example: str, ending: str, tmp_path: Path) -> None:
    catalogue = open_catalogue(ROOT / "examples" / example)
    back = there_and_back(catalogue, tmp_path, ending)
    assert held(back) == held(catalogue)
    assert back.configuration.name == catalogue.configuration.name


WORD = st.text("aÅé 1.\"\\/'<&>{}%:#,;-😀", min_size=1, max_size=8).map(str.strip).filter(bool)
SEGMENT = st.text("aÅ1-_", min_size=1, max_size=3)
DAY = st.sampled_from(["", "19700101", "20201231"])


@st.composite
def tables(draw: st.DrawFn) -> dict[str, list[dict[str, str]]]:
    """Four vocabularies that say whatever their columns can hold, of which each concept may name the one before."""
    codes: dict[str, list[str]] = {name: draw(_codes()) for name in VOCABULARY_NAMES}
    return {name: [draw(_row(name, code, codes)) for code in codes[name]] for name in VOCABULARY_NAMES}


@st.composite
def _codes(draw: st.DrawFn) -> list[str]:
    found = list(draw(st.lists(SEGMENT, unique=True, max_size=3)))
    return found + [f"{found[0]}.{segment}" for segment in draw(st.lists(SEGMENT, unique=True, max_size=2)) if found]


@st.composite
def _row(draw: st.DrawFn, name: str, code: str, codes: Mapping[str, list[str]]) -> dict[str, str]:
    def some(values: Sequence[str]) -> str:
        return draw(st.sampled_from(["", *values]))

    row = {
        "code": code,
        "prefLabel@nb": draw(WORD),
        "prefLabel@en": draw(st.one_of(st.just(""), WORD)),
        "altLabel@nb": "|".join(dict.fromkeys(draw(st.lists(WORD, max_size=2)))),
        "definition@sv": draw(st.one_of(st.just(""), WORD)),
        "notation": draw(st.one_of(st.just(""), st.just(code), WORD)),
        "seeAlso": some([one for one in codes[name] if one != code]),
    }
    own = {
        "object-types": {"kind": some(["individual", "aggregate"]), "number": some(["plural"]), "unit": some(["x"])},
        "names": {
            "kind": some(["register", "class"]),
            "objectTypes": some(codes["object-types"]),
            "validFrom": draw(DAY),
        },
        "times": {"from": "19700101", "to": "19701231"},
        "characteristics": {
            "kind": some(["individual", "aggregate"]),
            "temporality": some(["event", "fixed"]),
            "classification": some(codes["names"]),
            "values": some(["1=Ja|2", "1=Nei|2=Ja"]),
            "values@nb": some(["1=Ja|3=Vet ikke"]),
            "missing": some(["1", "9|1"]),
            "derivedFrom": some(["+".join(codes["characteristics"][:2]), "|".join(codes["characteristics"][:2])]),
            "sensitive": some(["yes", "no"]),
            "identifies": some(["global"]),
            "function": some(["sum"]),
            "of": some(codes["characteristics"]),
            "measure": some(["kr; %"]),
        },
    }[name]
    return {**row, **own}


@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(tables(), st.sampled_from(list(SPELLINGS)))
def test_whatever_a_catalogue_says_comes_back_equal(rows: dict[str, list[dict[str, str]]], ending: str) -> None:
    if not any(rows.values()):
        return
    with TemporaryDirectory() as place:
        folder = Path(place)
        write_tables(folder / "catalogue", rows)
        catalogue = open_catalogue(folder / "catalogue")
        assert held(there_and_back(catalogue, folder, ending)) == held(catalogue)


def write_tables(root: Path, rows: dict[str, list[dict[str, str]]]) -> None:
    root.mkdir()
    tables = [f'{name} = ["{name}.csv"]' for name in rows]
    (root / "vkd.toml").write_text('[catalogue]\nname = "a: b"\n[vocabularies]\n' + "\n".join(tables), encoding="utf-8")
    for name, concepts in rows.items():
        out = io.StringIO()
        writer = csv.DictWriter(out, concepts[0] if concepts else ["code"], lineterminator="\n")
        writer.writeheader()
        writer.writerows(concepts)
        (root / f"{name}.csv").write_text(out.getvalue(), encoding="utf-8")


@pytest.mark.parametrize(
    ("statements", "codes"),
    [
        ('skos:inScheme :s ; skos:prefLabel "a" . :b skos:inScheme :s ; skos:broader :a ; skos:prefLabel "b"', ["s", "s.a", "s.a.b"]),
        ('a skos:Concept ; skos:narrower :b . :b a skos:Concept ; skos:broader :a', ["a", "a.b"]),
        ('a skos:Concept ; skos:broader :b . :b a skos:Concept ; skos:broader :a', ["b", "b.a"]),
        ('a skos:Concept ; skos:broader :a', ["a"]),
        ('a skos:Concept ; skos:notation "01" . :b a skos:Concept ; skos:broader :a ; skos:notation "01.2"', ["01", "01.2"]),
        ('a skos:Concept ; skos:notation "1/2" . :b a skos:Concept ; skos:notation "1 2"', ["1_2", "1_2_2"]),
        ('a skos:Concept ; xkos:isPartOf :b . :b a skos:Concept', ["b", "b.a"]),
    ],
)  # fmt: skip
def test_codes_are_the_path_to_a_concept(statements: str, codes: list[str], tmp_path: Path) -> None:
    (tmp_path / "a.ttl").write_text(f"{HEAD}:a {statements} .", encoding="utf-8")
    ran(skos.IMPORTER, tmp_path / "a.ttl", tmp_path / "out")
    assert sorted(read_workspace(tmp_path / "out").names) == codes


def test_who_asks_may_say_which_vocabulary_it_is(tmp_path: Path) -> None:
    (tmp_path / "a.ttl").write_text(
        f'{HEAD}:a a skos:Concept ; skos:inScheme :s ; skos:prefLabel "Alder"@nb .', "utf-8"
    )
    run_import(skos.IMPORTER, Request(tmp_path / "a.ttl", "characteristics"), tmp_path / "out")
    held = open_catalogue(tmp_path / "out").own_vocabularies
    assert [*held.called("characteristics").concepts] == ["a"]
    assert not held.called("names").concepts


@pytest.mark.parametrize(
    ("name", "text", "message"),
    [
        ("a.ttl", f"{HEAD}:a a skos:Concept\n:b", ":3: cannot be read"),
        ("a.rdf", "<rdf>", "cannot be read"),
        ("a.jsonld", '{"@context": "http://e.com/c"}', "cannot be read"),
        ("a.ttl", f"{HEAD}:a a :b .", "holds no concepts"),
    ],
)
def test_what_cannot_be_read_is_named(name: str, text: str, message: str, tmp_path: Path) -> None:
    (tmp_path / name).write_text(text, encoding="utf-8")
    with pytest.raises(ImportSourceError, match=message):
        ran(skos.IMPORTER, tmp_path / name, tmp_path / "out")


def test_mappings_come_back_as_they_were(tmp_path: Path) -> None:
    rows = [{"code": code, "prefLabel@nb": code} for code in ("A", "A.B", "C", "D")]
    write_tables(tmp_path / "catalogue", {"names": rows})
    mapped = {("A", "skos:exactMatch", "C"), ("A.B", "skos:broadMatch", "D"), ("C", "skos:closeMatch", "D")}
    lines = ["subject_id\tpredicate_id\tobject_id", *("\t".join(row) for row in sorted(mapped))]
    (tmp_path / "catalogue/map.tsv").write_text("\n".join(lines), encoding="utf-8")
    settings = tmp_path / "catalogue/vkd.toml"
    settings.write_text(settings.read_text(encoding="utf-8") + '\nmappings = ["map.tsv"]\n', encoding="utf-8")
    there_and_back(open_catalogue(tmp_path / "catalogue"), tmp_path, ".ttl")
    written = (tmp_path / "back/vocabulary/mappings.tsv").read_text(encoding="utf-8").splitlines()
    assert {tuple(line.split("\t")) for line in written[2:]} == mapped
