"""A collection answers as one product that held all its editions would, at a cost that follows how many collections there are."""

from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from random import Random
from typing import Any
from unittest.mock import patch

import pytest

from tests.catalog.asking import EXAMPLES, PARSER, ask_text
from tests.catalog.reading.asking import answers
from tests.catalog.reading.cases import CHARACTERISTICS, NAMES, OBJECT_TYPES
from tests.catalog.reading.facts import ANY, Catalogue, Demand, Line, Product, Sentence
from tests.catalog.reading.worlds import world
from tests.catalog.reading.writing import demand_text, write
from vkd_catalog.catalogue import open_catalogue
from vkd_catalog.evaluation.choosing import Chooser

YEARS = (2018, 2019, 2020, 2021)
EACH_YEAR = ("{}", "{}1101", "{}K1", "{}0101..{}0531", "{}01..{}12:M")
ASKED = ("2019", "2018..2020", "2018..2021:A", "2017..2019:A", "2019K1", "20191101", "----1101", ANY, "2010", "201901")


def in_each_year(product: Product, random: Random) -> list[Product]:
    """A product's sentences as editions say them, one for each year, each sentence in the same way."""
    ways = [random.choice(EACH_YEAR) for _ in product.sentences]
    return [
        product._replace(
            identification=f"c{year}",
            collection="c",
            sentences=tuple(
                one._replace(time=way.format(year, year)) for one, way in zip(product.sentences, ways, strict=True)
            ),
        )
        for year in YEARS
    ]


def asked_of(product: Product, random: Random) -> Demand:
    """A demand of one or two lines, at one time, each of a sentence that a product has, or of any name."""
    time = random.choice(ASKED)
    names = {one.name: one for one in random.sample(product.sentences, min(2, len(product.sentences)))}
    rows = [one for one in names.values() if one.object_type == product.sentences[0].object_type]
    if len(rows) == 1 and random.random() < 0.5:
        rows = [rows[0]._replace(name=ANY)]
    lines = (
        Line(number, (one.object_type,), (one.name,), (one.characteristic,), time)
        for number, one in enumerate(rows, start=1)
    )
    return Demand(tuple(lines), "O" * (len(rows) - 1) + ".")


@pytest.mark.parametrize("first", range(0, EXAMPLES, 10))
def test_editions_answer_as_one_product_with_all_their_sentences(first: int) -> None:
    for seed in range(first, first + 10):
        random, drawn = Random(seed), world(seed).catalogue
        product = random.choice(drawn.products)._replace(collection="", series="", access="open", updated="")
        editions = in_each_year(product, random)
        whole = product._replace(sentences=tuple(one for edition in editions for one in edition.sentences))
        demand = asked_of(product, random)
        by_editions, by_one = (
            [
                (cover["grade"], cover["grades"], cover["lacks"])
                for got in answers(drawn._replace(products=tuple(some)), [demand])
                for cover in got["covers"]
            ]
            for some in (editions, [whole])
        )
        assert by_editions == by_one, (seed, demand_text(demand))


# What an answer costs


def counted(folder: Path, collections: int, editions: int) -> Counter[str]:
    """How often the register is asked and a set of candidates is looked at, for a demand that collections answer together."""
    products = [
        Product(
            f"{collection}{year}",
            (Sentence("A", "R", "F", f"{year}"), Sentence("A", "R", f"B{collection}", f"{year}")),
            collection=f"c{collection}",
            unit_id=(("F",),),
            access="open",
        )
        for collection in range(collections)
        for year in range(2000, 2000 + editions)
    ]
    characteristics = CHARACTERISTICS | {f"B{one}": CHARACTERISTICS["B"] for one in range(collections)}
    lines = tuple(Line(one + 1, ("A",), ("R",), (f"B{one}",), "2000..2004:A") for one in range(collections))
    demand = Demand(lines, "O" * (collections - 1) + ".")
    folder.mkdir()
    write(Catalogue(OBJECT_TYPES, NAMES, characteristics, tuple(products)), [demand], folder)
    catalogue = open_catalogue(folder, PARSER)
    counts: Counter[str] = Counter()
    register: Any = type(catalogue.register)
    best = Chooser.best
    find = register.find

    def counted_find(self: Any, *asked: Any) -> Any:
        counts["questions"] += 1
        return find(self, *asked)

    def counted_best(self: Chooser, members: Sequence[Any]) -> Any:
        counts["choices"] += 1
        return best(self, members)

    with patch.object(register, "find", counted_find), patch.object(Chooser, "best", counted_best):
        answer, problems = ask_text(catalogue, demand_text(demand), 3)
    catalogue.register.close()
    assert not problems
    (cover,) = answer.covers
    assert (cover.grade, len(cover.members)) == ("exact", 5 * collections)
    return counts


def test_what_a_demand_costs_follows_the_collections_and_not_their_editions(tmp_path: Path) -> None:
    few, many = (counted(tmp_path / f"{editions}", 3, editions) for editions in (5, 50))
    assert few == many
    assert counted(tmp_path / "two", 2, 50)["questions"] < many["questions"]
