"""What a message tells of words of several senses: how many answers there are in each."""

import shutil
from pathlib import Path

import pytest

from vkd_catalog.catalogue import Catalogue, open_catalogue
from vkd_catalog.evaluation import evaluate
from vkd_catalog.message import MessageOptions, message_of
from vkd_catalog.message.as_text import as_text
from vkd_grammar.document import read_document

CENSUS = Path(__file__).parents[2] / "examples/folketelling"
NAMES = (
    "M,Hovedgrupper,,Main groups,classification,E,,\nM.5,Industri,,Industry,class,E,,\nM.6,Industri,,Trade,class,E,,\n"
)
PRODUCTS = "".join(
    f"0 / Produktbeskrivelse / {name} / form=csv; access=open\n1 / Bedrifter / [{code}] / Omsetning / {year} / .\n"
    for name, code, year in (("a", "N.2", 1970), ("b", "N.2.0", 1970), ("c", "M.5", 1970), ("d", "M.5", 1971))
)


@pytest.fixture(scope="module")
def catalogue(tmp_path_factory: pytest.TempPathFactory) -> Catalogue:
    """The census with classes of two classifications that are called the same."""
    root = tmp_path_factory.mktemp("senses") / "census"
    shutil.copytree(CENSUS, root, ignore=shutil.ignore_patterns(".vkd", "*.vkd"))
    (root / "products").mkdir(exist_ok=True)
    (root / "products/all.vkd").write_text(PRODUCTS, encoding="utf-8")
    with (root / "vocabulary/names.csv").open("a", encoding="utf-8") as file:
        file.write(NAMES)
    return open_catalogue(root)


@pytest.mark.parametrize(
    ("line", "told"),
    [
        (
            "Bedrifter / Industri / Omsetning / 1970",
            "Line 1  Answers by sense: Manufacturing [N.2] 2, Industry [M.5] 1 and Trade [M.6] 0.",
        ),
        (
            "Bedrifter / Industri / Omsetning / 1971",
            "Line 1  Answers by sense: Industry [M.5] 1, Manufacturing [N.2] 0 and Trade [M.6] 0.",
        ),
        ("Bedrifter / Industri / Omsetning / 1990", ""),
        ("Bedrifter / Industri [N.2] / Omsetning / 1970", ""),
        ("Personer / Industri / Yrke / 1970", ""),
    ],
)
def test_answers_are_counted_by_sense(catalogue: Catalogue, line: str, told: str) -> None:
    text = f"0 / Demand description / me\n1 / {line} / .\n"
    ((row, description),) = read_document(text, catalogue.parser).pieces()
    demand = catalogue.coder.code(description)
    answer = evaluate(demand, catalogue.register, catalogue.vocabularies, path="a.vkd", row=row, language="en")
    message = as_text(message_of(demand, answer, catalogue, MessageOptions()), 500)
    assert [one.strip() for one in message.splitlines() if "by sense" in one] == ([told] if told else [])
