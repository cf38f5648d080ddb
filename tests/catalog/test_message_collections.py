"""What a message says of collections: editions as years, what they give together, and the periods that lack."""

import shutil
from pathlib import Path

import pytest

from vkd_catalog.catalogue import Catalogue, open_catalogue
from vkd_catalog.evaluation import evaluate
from vkd_catalog.message import MessageOptions, message_of
from vkd_catalog.message.as_text import as_text
from vkd_grammar.document import read_document

CENSUS = Path(__file__).parents[2] / "examples/folketelling"
PRODUCTS = "".join(
    f"0 / Produktbeskrivelse / inntekt{year} / unit-id=Fødselsnummer; access=open; collection=Inntekt\n"
    f"1 / Personer / Personregisteret / Inntekt / {year} / .\n\n"
    for year in (1950, 1951, 1952, 1954)
)


@pytest.fixture(scope="module")
def catalogue(tmp_path_factory: pytest.TempPathFactory) -> Catalogue:
    """The census vocabularies with a collection that lacks a year."""
    root = tmp_path_factory.mktemp("collections") / "census"
    shutil.copytree(CENSUS, root, ignore=shutil.ignore_patterns(".vkd", "*.vkd"))
    (root / "products").mkdir(exist_ok=True)
    (root / "products/incomes.vkd").write_text(PRODUCTS, encoding="utf-8")
    return open_catalogue(root)


def text(catalogue: Catalogue, time: str) -> str:
    written = f"0 / Demand description / q\n1 / Personer / Personregisteret / Inntekt / {time} / .\n"
    ((row, description),) = read_document(written, catalogue.parser).pieces()
    demand = catalogue.coder.code(description)
    answer = evaluate(demand, catalogue.register, catalogue.vocabularies, path="q.vkd", row=row, language="en")
    return as_text(message_of(demand, answer, catalogue, MessageOptions()))


@pytest.mark.parametrize(
    ("time", "says"),
    [
        ("1951", ["1 answer: Inntekt 1951, exactly what was asked.", "inntekt1951, line 1  exact\n"]),
        (
            "1950..1952",
            [
                "1 answer: Inntekt 1950–1952, exactly what was asked.",
                "Inntekt 1950–1952, line 1  exact\n",
            ],
        ),
        (
            "1951..1954:A",
            [
                "1 answer: Inntekt 1951–1952, 1954, covers only part of the time.",
                "Line 1: lacks 1953",
                "Inntekt 1951–1952, 1954  open    not stated",
                "Inntekt 1951–1952, 1954, line 1  only part of the time\n",
            ],
        ),
    ],
)
def test_editions_are_told_as_years(catalogue: Catalogue, time: str, says: list[str]) -> None:
    message = text(catalogue, time)
    assert [one for one in says if one not in message] == [], message


def test_of_what_is_not_there_the_nearest_times_are_told_first(catalogue: Catalogue) -> None:
    assert "Nothing answers line 1. Nearest in time is Inntekt 1951–1952, 1954." in " ".join(
        text(catalogue, "1956").split()
    )
