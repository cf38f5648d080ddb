"""The answers in numbers: counted without looking at each, yet as if each had been looked at."""

import shutil
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from random import Random
from typing import NamedTuple

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.catalog.asking import ask, opened, tried
from tests.catalog.meanings import ANY
from tests.catalog.worlds import Demand, World, worlds
from vkd_catalog.catalogue import Catalogue, open_catalogue
from vkd_catalog.evaluation import GRADES, Answer, Cover, Grade, evaluate
from vkd_catalog.evaluation.cover_counts import EVER, Value, Years, tally
from vkd_catalog.message import MessageOptions, message_of
from vkd_catalog.message.as_markdown import as_markdown
from vkd_catalog.message.as_text import as_text
from vkd_catalog.register import SentenceRecord
from vkd_grammar.document import read_document
from vkd_grammar.times import Mask, read_time

CENSUS = Path(__file__).parents[2] / "examples/folketelling"
PRODUCTS = "".join(
    f"0 / Produktbeskrivelse / {register}-{year} / unit-id=Fødselsnummer; access=open\n"
    f"1 / Personer / {name} / {characteristic} / {year} / .\n\n"
    for register, name, characteristic in (
        ("yrke", "Personreg.nov.60", "Yrke"),
        ("inntekt", "Personregisteret", "Inntekt"),
        ("lønn", "Personreg.nov.70", "Lønnsinntekt"),
    )
    for year in range(1950, 1965)
    if (register, year) != ("lønn", 1955)
)
DEMAND = """0 / Etterspørselsbeskrivelse / mange
1 / Personer / - / Yrke / - / O
2 / Personer / - / Inntekt / - / .
"""


@pytest.fixture(scope="module")
def catalogue(tmp_path_factory: pytest.TempPathFactory) -> Catalogue:
    """The census vocabularies with a product for each year of three registers."""
    root = tmp_path_factory.mktemp("many") / "census"
    shutil.copytree(CENSUS, root, ignore=shutil.ignore_patterns(".vkd", "*.vkd"))
    (root / "products").mkdir(exist_ok=True)
    (root / "products/many.vkd").write_text(PRODUCTS, encoding="utf-8")
    return open_catalogue(root)


def answered(text: str, catalogue: Catalogue, language: str = "en", limit: int = 3) -> tuple[Answer, str, str]:
    """The answer to a demand, and its message as text and as Markdown."""
    ((row, description),) = read_document(text, catalogue.parser).pieces()
    demand = catalogue.coder.code(description)
    answer = evaluate(
        demand, catalogue.register, catalogue.vocabularies, path="a.vkd", row=row, language=language, max_sets=2
    )
    message = message_of(demand, answer, catalogue, MessageOptions(limit, 2))
    return answer, as_text(message), as_markdown(message)


def numbers_in(text: str) -> list[list[str]]:
    """The rows of the table of numbers in a message as text, as words between wide gaps."""
    table = text.partition("The answers in numbers:\n")[2].partition("\n\n")[0]
    return [[cell for cell in line.strip().split("  ") if cell] for line in table.split("\n")]


def test_a_thousand_answers_are_told_in_a_few_lines(catalogue: Catalogue) -> None:
    answer, text, markdown = answered(DEMAND, catalogue)
    assert len(answer.covers) == 15 * 29
    assert "Shown here: 3 of 435 answers, the best first." in text
    rows = [[cell.strip() for cell in row] for row in numbers_in(text)]
    assert rows == [
        ["Broken down by", "Found", "Answers"],
        ["Degree of match", "exactly what was asked", "225"],
        ["part of what was asked for", "210"],
        ["Register", "Population register + Population register Nov. 60", "225"],
        ["Population register Nov. 60 + Population register Nov. 70", "210"],
        ["Year", "each year 1950–1964", "29"],
        ["different years", "406"],
        ["Line 1, name", "Population register Nov. 60", "435"],
        ["Lines 1 and 2, time", "each year 1950–1964"],
        ["Line 2, name", "Population register", "225"],
        ["Population register Nov. 70", "210"],
    ]
    assert "### The answers in numbers" in markdown
    assert "| Year | each year 1950–1964 | 29 |" in markdown


def test_years_stand_alone_where_they_are_few_and_gaps_show_where_they_are_many(catalogue: Catalogue) -> None:
    few = "0 / Demand description / x\n1 / Persons / - / Occupation / 1958.. / .\n"
    assert ["Year", "1958", "1"] in [[cell.strip() for cell in row] for row in numbers_in(answered(few, catalogue)[1])]
    gap = "0 / Demand description / x\n1 / Persons / Personreg.nov.70 / Lønnsinntekt / - / .\n"
    rows = [[cell.strip() for cell in row] for row in numbers_in(answered(gap, catalogue)[1])]
    assert ["Year", "each year 1950–1954", "5"] in rows
    assert ["each year 1956–1964", "9"] in rows


def test_nothing_is_counted_where_all_is_shown_and_nothing_left_open(catalogue: Catalogue) -> None:
    text = "0 / Demand description / x\n1 / Persons / Personreg.nov.60 / Occupation / 1950..1953 / .\n"
    assert "in numbers" in answered(text, catalogue)[1]
    assert "in numbers" not in answered(text, catalogue, limit=4)[1]


@pytest.mark.parametrize(
    ("language", "heading", "year"),
    [
        ("nb", "Svarene i tall", "hvert år 1950–1964"),
        ("sv", "Svaren i siffror", "varje år 1950–1964"),
        ("da", "Svarene i tal", "hvert år 1950–1964"),
        ("en", "The answers in numbers", "each year 1950–1964"),
    ],
)
def test_numbers_are_told_in_four_languages(catalogue: Catalogue, language: str, heading: str, year: str) -> None:
    _, text, markdown = answered(DEMAND, catalogue, language)
    assert heading in text
    assert year in text
    assert f"### {heading}" in markdown


# What is counted, against looking at every cover


@tried
@given(worlds("OOOE", products=8), st.integers(0, 2**32))
def test_counts_are_those_of_looking_at_every_cover(world: World, seed: int) -> None:
    random = Random(seed)
    with opened(world.catalogue, random) as catalogue:
        for demand in world.demands:
            answer = ask(catalogue, demand, random)
            counted = tally(answer.covers)
            looked = [said(cover, answer, catalogue) for cover in answer.covers]
            assert counted.grades == Counter(cover.grade for cover in answer.covers)
            registers = {frozenset(counted.names[one] for one in some): n for some, n in counted.registers.items()}
            assert registers == Counter(frozenset(one.name for one in best(says)) for says in looked)
            assert counted.years == Counter(years(says) for says in looked)
            assert {
                (line, field, value): count
                for (line, field), found in counted.values.items()
                for value, count in found.items()
            } == Counter(value for says in looked for value in values(demand, says))


class Said(NamedTuple):
    """A sentence of a member that answers a line, and how well."""

    line: int
    product: str
    grade: Grade
    sentence: SentenceRecord


def said(cover: Cover, answer: Answer, catalogue: Catalogue) -> list[Said]:
    """All that a cover says in answer to a demand."""
    sentences = {
        (name, sentence.line): sentence
        for name in cover.members
        for sentence in catalogue.register.sentences(answer.products[name].number)
    }
    return [
        Said(line, match.product, match.grade, sentences[match.product, match.line])
        for line, matches in cover.lines.items()
        for match in matches
    ]


def by_line(says: Iterable[Said]) -> dict[tuple[int, str], list[SentenceRecord]]:
    """For each line and product the sentences that answer best."""
    found: dict[tuple[int, str], list[Said]] = {}
    for one in says:
        found.setdefault((one.line, one.product), []).append(one)
    return {
        key: [one.sentence for one in some if GRADES.index(one.grade) == min(GRADES.index(had.grade) for had in some)]
        for key, some in found.items()
    }


def best(says: Iterable[Said]) -> Iterator[SentenceRecord]:
    return (sentence for sentences in by_line(says).values() for sentence in sentences)


def years(says: Iterable[Said]) -> Years | None:
    """The years that are in the stretch of every line and product."""
    common = EVER
    for sentences in by_line(says).values():
        dated = [sentence for sentence in sentences if sentence.is_dated]
        if dated:
            first, last = min(one.start for one in dated) // 10000, max(one.end for one in dated) // 10000
            common = max(common[0], first), min(common[1], last)
    return common if common[0] <= common[1] else None


def values(demand: Demand, says: Iterable[Said]) -> set[tuple[int, str, Value]]:
    """What one cover has in the fields that were left open."""
    found: set[tuple[int, str, Value]] = set()
    for line, _, _, sentence in says:
        asked = demand.lines[line - 1]
        if asked.object_type == ANY:
            found.add((line, "object-type", sentence.object_type))
        if asked.name == ANY:
            found.add((line, "name", sentence.name))
        if asked.characteristic == ANY:
            found.add((line, "characteristic", sentence.characteristic))
        if asked.time == ANY or isinstance(read_time(asked.time), Mask):
            found.add((line, "time", (sentence.start // 10000, sentence.end // 10000)))
    return found
