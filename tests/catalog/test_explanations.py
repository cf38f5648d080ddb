"""What is told beside the covers holds: each edit gives what it promises, what is to be observed is nowhere, facts are stated."""

import re
from collections.abc import Iterator
from random import Random

from hypothesis import given
from hypothesis import strategies as st

from tests.catalog.asking import HARMLESS, ask, ask_text, opened, tried
from tests.catalog.worlds import Demand, World, worlds
from tests.catalog.writing import demand_text
from vkd_catalog.evaluation import Answer

SEEDS = st.integers(0, 2**32)
FIELDS = ("object-type", "name", "characteristic", "time")


@tried
@given(worlds(), SEEDS)
def test_each_edit_made_in_the_text_gives_the_answers_it_promises(world: World, seed: int) -> None:
    """The text is written with dittos, which repeat what is edited above them."""
    random = Random(seed)
    with opened(world.catalogue, random) as catalogue:
        for demand in world.demands:
            text = demand_text(demand.lines, demand.operators, demand.archive, random)
            why = ask_text(catalogue, text, demand.max_sets)[0].why
            for line, field, to, covers in why.relaxations if why else ():
                edited = without_line(text, line) if field is None else with_field(text, line, field, to or "")
                answer, problems = ask_text(catalogue, edited, demand.max_sets)
                assert problems <= HARMLESS
                assert len(answer.covers) == covers > 0


def with_field(text: str, line: int, field: str, to: str) -> str:
    """A demand with another text in one field."""
    header, *rows = cut(text)
    rows[line - 1][1 + FIELDS.index(field)] = f" {to} "
    return joined([header, *rows])


def without_line(text: str, line: int) -> str:
    """A demand without a line, which takes along the operator before it; what dittos below it mean is written out."""
    header, *rows = cut(text)
    for below in rows[line : line + 1]:
        for place in range(1, 5):
            if below[place].strip() == '"':
                below[place] = next(one[place] for one in reversed(rows[:line]) if one[place].strip() != '"')
    if line > 1 and rows[line - 2][5].strip() != "E":
        rows[line - 2][5] = rows[line - 1][5]
    del rows[line - 1]
    for number, row in enumerate(rows, start=1):
        row[0] = str(number)
    return joined([header, *rows])


def cut(text: str) -> list[list[str]]:
    """A demand's lines, each as its fields."""
    return [re.split(r"(?<!\\)/", line) for line in text.rstrip("\n").split("\n")]


def joined(rows: list[list[str]]) -> str:
    return "".join("/".join(row) + "\n" for row in rows)


@tried
@given(worlds(), SEEDS)
def test_what_is_to_be_observed_is_found_by_no_line_alone(world: World, seed: int) -> None:
    """Neither in any archive, nor at another time or under another name; of units, for tables are asked for together."""
    random = Random(seed)
    with opened(world.catalogue, random) as catalogue:
        for demand in world.demands:
            found = ask(catalogue, demand, random)
            for number in found.to_observe:
                near = {miss.kind for miss in found.near_misses if miss.line == number}
                assert not near & {"other-time", "other-name"}
                spec = demand.lines[number - 1]
                if spec.characteristic not in ("S", "S.1", "T", "V"):
                    # What has a line of a table in another archive may lack the others.
                    assert "archive" not in near
                    alone = ask(catalogue, Demand((spec,), "."), random, agreeing=False)
                    assert not alone.covers


@tried
@given(worlds(), SEEDS)
def test_the_facts_told_are_those_of_all_products_named_and_are_what_these_state(world: World, seed: int) -> None:
    random = Random(seed)
    products = {product.identification: product for product in world.catalogue.products}
    characteristics = world.catalogue.characteristics
    with opened(world.catalogue, random) as catalogue:
        for demand in world.demands:
            answer = ask(catalogue, demand, random)
            assert set(answer.products) == set(named_in(answer))
            for name, facts in answer.products.items():
                stated = products[name]
                assert (facts.data, facts.doc, facts.access) == (
                    stated.data or None,
                    stated.doc or None,
                    stated.access or None,
                )
                sensitive = {characteristics[one.characteristic].sensitive for one in stated.sentences}
                assert facts.sensitive == ("yes" if "yes" in sensitive else "not assessed" if "" in sensitive else "no")


def named_in(answer: Answer) -> Iterator[str]:
    """The products that an answer names."""
    for cover in answer.covers:
        yield from cover.members
    for miss in answer.near_misses:
        yield miss.product
        yield from [miss.beside] if miss.beside else ()
