"""The laws that answers keep, whatever the catalogue (docs/language.md sections 4 and 6)."""

from collections.abc import Callable, Collection, Iterable, Iterator
from random import Random

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from tests.catalog.asking import ask, opened, tried, try_to_ask
from tests.catalog.meanings import ANY, Spec, is_below
from tests.catalog.worlds import CODED, INDIVIDUAL, UNIT, Demand, World, worlds
from vkd_catalog.evaluation import Answer, Cover, NearMiss

SEEDS = st.integers(0, 2**32)


@tried
@given(worlds(), SEEDS)
def test_words_in_any_language_spelling_and_code_give_the_same_answer(world: World, seed: int) -> None:
    random = Random(seed)
    with opened(world.catalogue, random) as one, opened(world.catalogue, random) as other:
        for demand in world.demands:
            first, second = ask(one, demand, random), ask(other, demand, random)
            assert list(first.covers) == list(second.covers)
            assert (first.status, first.near_misses) == (second.status, second.near_misses)
            # Where a ditto stands it decides which edits of the text there are, as the oracle says too.
            whys = [one.why and one.why._replace(relaxations=()) for one in (first, second)]
            assert whys[0] == whys[1]


@tried
@given(worlds(operators="OOE"), SEEDS)
def test_the_order_of_lines_within_a_group_is_irrelevant(world: World, seed: int) -> None:
    random = Random(seed)
    with opened(world.catalogue, random) as catalogue:
        for demand in world.demands:
            places = [random.sample([line.number for line in group], len(group)) for group in demand.groups()]
            order = [number for group in places for number in group]
            shuffled = demand._replace(lines=tuple(demand.lines[number - 1] for number in order))
            was = dict(enumerate(order, start=1))
            answer, other = ask(catalogue, demand), ask(catalogue, shuffled)
            assert list(answer.covers) == [numbered(cover, was.__getitem__) for cover in other.covers]
            assert nearly(answer, lambda line: line) == nearly(other, was.__getitem__)
            if answer.why and other.why:
                assert {frozenset(lines) for lines in answer.why.succeeding} == {
                    frozenset(was[line] for line in lines) for lines in other.why.succeeding
                }
                assert set(answer.why.relaxations) == {
                    relaxation._replace(line=was[relaxation.line]) for relaxation in other.why.relaxations
                }


def nearly(answer: Answer, number: Callable[[int], int]) -> set[NearMiss]:
    """The near misses by the lines' own numbers; of two sets apart, which of their lines is told goes by the order."""
    return {
        miss._replace(line=0, product_line=0) if miss.kind == "unlinkable" else miss._replace(line=number(miss.line))
        for miss in answer.near_misses
    }


@tried
@given(worlds(operators="ONE"), SEEDS)
def test_alternatives_are_the_union_of_what_each_finds(world: World, seed: int) -> None:
    with opened(world.catalogue, Random(seed)) as catalogue:
        for demand in world.demands:
            expected = []
            for number, group in enumerate(demand.groups(), start=1):
                # Alone, a population may lack the classification that another alternative states, so it need not agree.
                alone = demand._replace(
                    lines=tuple(line.spec for line in group),
                    operators="".join("N" if line.negated else "O" for line in group[1:]) + ".",
                )
                found = ask(catalogue, alone, agreeing=False).covers
                expected += [renumbered(cover, number, group[0].number) for cover in found]
            assert sorted(ask(catalogue, demand).covers, key=repr) == sorted(expected, key=repr)


def renumbered(cover: Cover, group: int, first: int) -> Cover:
    """A cover as it is called in a demand where its lines begin at a certain number."""
    return numbered(cover, lambda line: line + first - 1)._replace(group=group)


def numbered(cover: Cover, number: Callable[[int], int]) -> Cover:
    """A cover whose lines are called by other numbers, in the order of these."""
    return cover._replace(
        lines={number(line): cover.lines[line] for line in sorted(cover.lines, key=number)},
        grades={number(line): cover.grades[line] for line in sorted(cover.grades, key=number)},
        lacks={number(line): cover.lacks[line] for line in sorted(cover.lacks, key=number)},
    )


@tried
@given(worlds(), SEEDS)
def test_another_product_takes_no_cover_away(world: World, seed: int) -> None:
    """A cover is judged by its members alone, negation and all; but a table takes the place of what could be computed."""
    fewer = world.catalogue._replace(products=world.catalogue.products[:-1])
    added = {product.identification for product in world.catalogue.products[-1:]}
    random = Random(seed)
    with opened(fewer, random) as before, opened(world.catalogue, random) as after:
        for demand in world.demands:
            had, has = ask(before, demand).covers, ask(after, demand).covers
            kept = [cover for cover in has if not added & set(cover.members)]
            # Which of two as good comes first depends on how many products have their names.
            assert sorted(cover for cover in had if "computable" not in grades(cover)) == sorted(
                cover for cover in kept if "computable" not in grades(cover)
            )
            assert all(cover in had for cover in kept)


def grades(cover: Cover) -> set[str]:
    """The grade of each line."""
    return {matches[0].grade for matches in cover.lines.values()}


@tried
@given(worlds(), SEEDS)
def test_a_demand_made_from_a_product_finds_it(world: World, seed: int) -> None:
    random = Random(seed)
    with opened(world.catalogue, random) as catalogue:
        for product in world.catalogue.products:
            demand = Demand(product.sentences, "O" * (len(product.sentences) - 1) + ".")
            answer, problems = try_to_ask(catalogue, demand, random)
            (alone,) = [cover for cover in answer.covers if cover.members == (product.identification,)]
            # A singular aggregate with a classification (VKD202) asks for the plural, which is broader than was said; and
            # a table is of the population that its description states, though no line of that table asks for it.
            of_fewer = any(match.population for matches in alone.lines.values() for match in matches)
            assert alone.grade == "exact" or (alone.grade == "narrower" and (of_fewer or "VKD202" in problems))


@pytest.mark.parametrize("field", Spec._fields)
@tried
@given(worlds(demands=1, conjunctions=False), SEEDS)
def test_dont_care_finds_what_any_value_finds(field: str, world: World, seed: int) -> None:
    """Also the populations of tables, which no demand asks for alone, though a don't-care is answered by them.

    What is derived from two characteristics together may be found by don't-care alone, where no value has both. What is
    fixed holds at every time, but by a don't-care characteristic is found only when the rest of its set holds.
    """
    random = Random(seed)
    line = world.demands[0].lines[0]
    # No individual can be asked for by a classification, though a don't-care is answered by what one of them says.
    individual = line.characteristic == ANY or line.characteristic in INDIVIDUAL
    assume(field != "object_type" or not (line.name == UNIT or (individual and line.name in ("K.Y", "K.U", "W"))))
    sentences = [sentence for product in world.catalogue.products for sentence in product.sentences]
    with opened(world.catalogue, random) as catalogue:

        def found_with(spec: Spec) -> Iterator[Cover]:
            answer, problems = try_to_ask(catalogue, world.demands[0]._replace(lines=(spec,), operators="."))
            tables = spec.object_type in ("C", "C.2", "G") and spec.characteristic not in INDIVIDUAL
            population = tables and spec.name.split(".")[0] == "R"
            allowed = not problems or (population and problems == {"VKD201"})
            # A table that must be computed is asked for by the name of a classification, which no don't-care stands for.
            return (one for one in answer.covers if one.grade != "computable" and allowed)

        def is_by_what_is_fixed(cover: Cover) -> bool:
            numbers = {record.identification: number for number, record in catalogue.register.products()}
            found = [one for matches in cover.lines.values() for one in matches]
            said = {(name, one.line): one for name in numbers for one in catalogue.register.sentences(numbers[name])}
            return all(said[one.product, one.line].fixed for one in found)

        found = {cover.members for cover in found_with(line._replace(**{field: ANY}))}
        with_values = [
            cover
            for value in values(field, sentences)
            for spec in specs(line, field, value)
            for cover in found_with(spec)
        ]
        excused = is_by_what_is_fixed if field == "characteristic" and line.time != ANY else lambda _: False
        assert {cover.members for cover in with_values if not excused(cover)} <= found
        assert found <= {cover.members for cover in with_values}


def values(field: str, sentences: Iterable[Spec]) -> Collection[str]:
    """Everything that could stand in a field, as far as it can make a difference."""
    if field == "time":
        return {sentence.time for sentence in sentences}
    return {*CODED[field.replace("_", "-") + "s"], *([UNIT] if field == "name" else [])}


def specs(line: Spec, field: str, value: str) -> Iterable[Spec]:
    """A line with a value; the name of one unit stands with the singular, which the asked plural is above."""
    if value not in (UNIT, "I"):
        return [line._replace(**{field: value})]
    return [
        line._replace(name=value, object_type=one)
        for one in ("A.1", "E.1")
        if line.object_type in (ANY, one) or is_below(one, line.object_type)
    ]
