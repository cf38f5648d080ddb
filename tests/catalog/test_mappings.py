"""Mappings: what is read of a file, what is wrong where, and what a concept reaches through them."""

from collections.abc import Iterator
from random import Random
from typing import Any

import pytest

from tests.catalog.asking import EXAMPLES
from tests.catalog.reading.asking import answers
from tests.catalog.reading.facts import ANY, Catalogue, Demand, MappingRow
from tests.catalog.reading.matching import Matcher
from tests.catalog.reading.worlds import world
from tests.catalog.reading.writing import FIELDS, demand_text
from vkd_catalog.problems import UnreadableMapping
from vkd_catalog.vocabulary import build_vocabularies, read_mappings, read_vocabulary
from vkd_catalog.vocabulary.links import Link, Links, Predicate, Reach

HEADER = "subject_id\tpredicate_id\tobject_id\n"


def links(*written: str) -> Links:
    """Mappings written as `a exact b`."""
    found = []
    for one in written:
        subject, predicate, target = one.split()
        found.append(Link(subject, f"{predicate}Match", target))  # type: ignore[arg-type]
    return Links(found)


def reach(code: str, *written: str) -> Reach:
    return links(*written).reach(code)


def said(same: str, below: str, close: str = "") -> Reach:
    return Reach(frozenset(same.split()), frozenset(below.split()), frozenset(close.split()))


@pytest.mark.parametrize(
    ("written", "found"),
    [
        ((), said("a", "a")),
        (("a exact b",), said("a b", "a b")),
        (("b exact a", "b exact c"), said("a b c", "a b c")),
        (("a narrow b",), said("a", "a b")),
        (("b broad a",), said("a", "a b")),
        (("a broad b",), said("a", "a")),
        (("a.1 exact b",), said("a", "a b")),
        (("a.1.2 narrow b", "b.7 exact c"), said("a", "a b c")),
        (("a narrow b", "b narrow a"), said("a", "a b")),
        (("a close b",), said("a", "a", "b")),
        (("b close a",), said("a", "a", "b")),
        (("a close b", "b close c"), said("a", "a", "b")),
        (("a close b", "b exact c", "c narrow d"), said("a", "a", "b c d")),
        (("a narrow b", "b.1 close c"), said("a", "a b", "c")),
        (("a close b", "a exact b"), said("a b", "a b")),
        (("a close a.1",), said("a", "a")),
        (("a related b",), said("a", "a")),
        (("ab exact c",), said("a", "a")),
    ],
)
def test_what_a_concept_reaches(written: tuple[str, ...], found: Reach) -> None:
    assert reach("a", *written) == found


def test_what_stands_above_a_concept() -> None:
    mapped = links("a.1 exact b.1", "b broad c", "c.9 narrow a", "x close a.1")
    assert set(mapped.above("a.1")) == {"a", "b", "c", "c.9"}


@pytest.mark.parametrize("predicate", ["skos:exactMatch", "http://www.w3.org/2004/02/skos/core#exactMatch"])
@pytest.mark.parametrize("separator", ["\t", ",", ";"])
def test_a_file_as_it_may_be_written(predicate: str, separator: str) -> None:
    rows = [
        ["#curie_map:", ""],
        ["mapping_justification", "object_id", "predicate_id", "subject_id"],
        ["semapv:Manual", "B", predicate, "A"],
    ]
    text = "\n".join(separator.join(row) if at else row[0] for at, row in enumerate(rows))
    file = read_mappings("m.tsv", f"\ufeff{text}\n".encode())
    assert [(one.subject, one.predicate, one.object, one.row) for one in file.rows] == [("A", "exactMatch", "B", 2)]
    assert file.problems == ()


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        (f"{HEADER}A\tskos:sameMatch\tB\n", [(1, 2, "predicate", "skos:sameMatch")]),
        (f"{HEADER}A\texactMatch\tB\n", [(1, 2, "predicate", "exactMatch")]),
        (f"{HEADER}\nX\tskos:exactMatch\tY\n", [(2, 0, "id", "X"), (2, 18, "id", "Y")]),
        (f"{HEADER}A\tskos:exactMatch\tN\n", [(1, 18, "vocabulary", "N")]),
        ("# first\nsubject_id\tobject_id\nA\tB\n", [(1, 0, "column", "predicate_id")]),
        ("", [(0, 0, "column", "subject_id")]),
        (f"{HEADER}A\n", [(1, 0, "predicate", "")]),
    ],
)
def test_what_is_wrong_where(text: str, wrong: list[tuple[int, int, str, str]]) -> None:
    vocabularies = [
        read_vocabulary("c.csv", b"code\nA\nB\n", "characteristics"),
        read_vocabulary("n.csv", b"code\nN\n", "names"),
    ]
    found = build_vocabularies(vocabularies, [read_mappings("m.tsv", text.encode())]).problems["m.tsv"]
    facts = [(one.row, one.start, one.of(UnreadableMapping)) for one in found]
    assert [(row, start, one.reason, one.value) for row, start, one in facts] == wrong


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"PK\x03\x04\x14\x00", "workbook"),
        (b"%PDF-1.7\n", "not-text"),
        (bytes(range(32)), "not-text"),
        # Marks of an encoding with nothing behind them are a text without columns.
        (b"\xff\xfe", "column"),
        (b"\xef\xbb\xbf", "column"),
    ],
)
def test_a_file_in_which_there_is_no_text(data: bytes, reason: str) -> None:
    problems = read_mappings("m.tsv", data).problems
    assert [(one.row, one.start, one.of(UnreadableMapping).reason) for one in problems] == [(0, 0, reason)]


def test_a_file_in_another_encoding_is_read() -> None:
    file = read_mappings("m.tsv", f"{HEADER}A\tskos:exactMatch\tB\n".encode("utf-16"))
    assert ([one.row for one in file.rows], file.problems) == ([1], ())


@pytest.mark.parametrize("predicate", ["exact", "narrow", "close", "broad", "related"])
def test_a_mapping_links_its_own_vocabulary_alone(predicate: Predicate) -> None:
    files = [read_vocabulary(f"{name}.csv", b"code\nA\nB\n", name) for name in ("characteristics", "names")]
    text = f"{HEADER}A\tskos:{predicate}Match\tC\n".encode()
    mapped = build_vocabularies(
        [*files, read_vocabulary("t.csv", b"code\nA\nC\n", "times")], [read_mappings("m", text)]
    )
    assert mapped.names.reach("A") == mapped.characteristics.reach("A") == said("A", "A")


@pytest.mark.parametrize("first", range(0, EXAMPLES, 10))
def test_an_exact_mapping_makes_two_concepts_one(first: int) -> None:
    """A demand with either finds the same, whatever else is mapped, and whichever of them sentences say."""
    for seed in range(first, first + 10):
        random, drawn = Random(seed), world(seed)
        demand = random.choice(drawn.demands)
        field, code = random.choice(list(codes_of(demand)) or [("name", "R")])
        catalogue = with_another(drawn.catalogue, field, code)
        with_code, with_other = answers(catalogue, [demand, saying(demand, field, code)])
        assert with_code["status"] == with_other["status"]
        assert with_code["covers"] == with_other["covers"], (seed, demand_text(demand))
        if field != "name":
            # Which names sentences have orders covers.
            (with_either,) = answers(said_by_some(catalogue, field, code, random), [demand])
            assert with_code["covers"] == with_either["covers"], (seed, demand_text(demand))


OTHER = "OTHER"
"""A concept that is mapped to another as the same."""


def codes_of(demand: Demand) -> Iterator[tuple[str, str]]:
    """The fields and codes that a demand's lines mean, of words with one sense."""
    for line in demand.lines:
        for field in FIELDS:
            codes = getattr(line, field)
            if len(codes) == 1 and codes[0] != ANY and not codes[0].startswith("="):
                yield field, codes[0]


def with_another(catalogue: Catalogue, field: str, code: str) -> Catalogue:
    """A catalogue with another concept that says of itself what one does, and is mapped to it."""
    matcher = Matcher(catalogue)
    vocabulary = {"object_type": "object_types", "name": "names", "characteristic": "characteristics"}[field]
    told = {"object_type": matcher.objects, "name": matcher.names, "characteristic": matcher.characteristics}[field]
    changed: dict[str, Any] = {
        vocabulary: {**getattr(catalogue, vocabulary), OTHER: told.of(code)},
        "mappings": (*catalogue.mappings, MappingRow(OTHER, "exactMatch", code)),
    }
    return catalogue._replace(**changed)


def said_by_some(catalogue: Catalogue, field: str, code: str, random: Random) -> Catalogue:
    """A catalogue in which some sentences say the other concept instead of a code."""
    products = (
        product._replace(
            sentences=tuple(
                one._replace(**{field: OTHER}) if getattr(one, field) == code and random.random() < 0.5 else one
                for one in product.sentences
            )
        )
        for product in catalogue.products
    )
    return catalogue._replace(products=tuple(products))


def saying(demand: Demand, field: str, code: str) -> Demand:
    """A demand that says the other concept instead of a code."""
    other: dict[str, Any] = {field: (OTHER,)}
    lines = (line._replace(**other) if getattr(line, field) == (code,) else line for line in demand.lines)
    return demand._replace(lines=tuple(lines))
