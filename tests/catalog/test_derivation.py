"""What characteristics are derived from: ways as long, as branching and as circular as one likes."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.catalog.asking import PARSER
from vkd_catalog.catalogue import open_catalogue
from vkd_catalog.evaluation import Answer, evaluate
from vkd_grammar.document import read_document

ASKED = "0 / Etterspørselsbeskrivelse / x\n1 / [A] / [P] / [Q0] / 1970 / .\n"


MAPPED = """\
[vocabularies]
object-types = ["object-types.csv"]
names = ["names.csv"]
characteristics = ["characteristics.csv"]
mappings = ["m.sssom.tsv"]

[products]
include = ["*.vkd"]
"""


def answer(root: Path, sources: Iterator[str], *has: int, asked: str = "Q0") -> Answer:
    """What finds Q0, or another, where `sources` are what Q0, Q1 … are derived from and one product has some of them."""
    rows = [f"Q{number},individual,{cell}" for number, cell in enumerate(sources)]
    lines = [
        f"{line} / [A] / [P] / [Q{number}] / 1970 / {'.' if line == len(has) else 'O'}"
        for line, number in enumerate(has, start=1)
    ]
    (root / "characteristics.csv").write_text("\n".join(["code,kind,derivedFrom", *rows, ""]))
    (root / "names.csv").write_text("code,kind\nP,register\n")
    (root / "object-types.csv").write_text("code,kind,number\nA,individual,plural\n")
    (root / "p.vkd").write_text("\n".join(["0 / Produktbeskrivelse / p", *lines, ""]))
    catalogue = open_catalogue(root, PARSER)
    ((row, description),) = read_document(ASKED.replace("Q0", asked), PARSER).pieces()
    demand = catalogue.coder.code(description)
    assert demand.problems == ()
    return evaluate(demand, catalogue.register, catalogue.vocabularies, path="", row=row, language="nb")


@pytest.mark.parametrize(("asked", "has"), [("Q0", 1), ("Q0", 3), ("Q2", 1)])
def test_what_is_the_same_as_something_derived_is_derived_too(tmp_path: Path, asked: str, has: int) -> None:
    """Q0 is the same as Q2, and that one is derived from Q1, which is the same as Q3."""
    (tmp_path / "vkd.toml").write_text(MAPPED)
    same = "".join(f"{one}\tskos:exactMatch\t{other}\n" for one, other in (("Q0", "Q2"), ("Q1", "Q3")))
    (tmp_path / "m.sssom.tsv").write_text(f"subject_id\tpredicate_id\tobject_id\n{same}")
    got = answer(tmp_path, iter(("", "", "Q1", "")), has, asked=asked)
    assert [(cover.grade, cover.members) for cover in got.covers] == [("derived", ("p",))]


def matched(got: Answer) -> list[int]:
    """The lines of the product that match, once there is an answer."""
    return [match.line for cover in got.covers for match in cover.lines[1]]


@pytest.mark.parametrize("length", [1, 30, 2000])
def test_a_long_chain_is_followed_to_its_end(tmp_path: Path, length: int) -> None:
    chain = (f"Q{number + 1}" if number < length else "" for number in range(length + 1))
    got = answer(tmp_path, chain, length)
    assert [(cover.grade, cover.members) for cover in got.covers] == [("derived", ("p",))]


@pytest.mark.parametrize(
    ("cell", "has", "lines"),
    [
        ("Q{0}+Q{1}", (60, 61), [1, 2]),
        ("Q{0}+Q{1}", (60,), []),
        ("Q{0}|Q{1}", (60, 61), [1, 2]),
        ("Q{0}|Q{1}", (61,), [1]),
        ("Q{0}+Q{1}|Q{0}", (60,), [1]),
    ],
)
def test_each_concept_of_a_branching_way_is_worked_out_once(
    tmp_path: Path, cell: str, has: tuple[int, ...], lines: list[int]
) -> None:
    got = answer(tmp_path, (cell.format(n + 1, n + 2) if n < 60 else "" for n in range(62)), *has)
    assert matched(got) == lines


@pytest.mark.parametrize("length", [3, 6, 7, 1500])
def test_a_circle_is_gone_round_once(tmp_path: Path, length: int) -> None:
    circle = (f"Q{(number + 1) % length}" for number in range(length))
    assert matched(answer(tmp_path, circle, length // 2)) == [1]


@pytest.mark.parametrize("count", [5, 30])
def test_concepts_that_are_all_derived_from_each_other(tmp_path: Path, count: int) -> None:
    every = ["|".join(f"Q{other}" for other in range(count) if other != number) for number in range(count)]
    assert matched(answer(tmp_path, iter(every), count - 1, 1)) == [1, 2]


def test_who_is_derived_from_nothing_there_is_is_found_as_it_is(tmp_path: Path) -> None:
    assert matched(answer(tmp_path, iter(["Q1+X", ""]), 1)) == []
    assert matched(answer(tmp_path, iter(["Q1+X|Q1", ""]), 1)) == [1]
