"""What is given in one log: tables that together tell of a small group are refused, others are not."""

from collections.abc import Sequence
from pathlib import Path

import pytest

from tests.catalog.disclosure.people import Person, crosstab, population, random_people
from vkd_catalog.data.crosstab import Crosstab
from vkd_catalog.disclosure.answering import Asked, answered
from vkd_catalog.disclosure.rules import Dominance, Rules
from vkd_catalog.disclosure.saying import refusal
from vkd_catalog.disclosure.treating import Refusal

RULES = Rules(threshold=5, zero_below=8, round_to=5)
PLAIN = Rules(threshold=5)


def outcome(tables: Sequence[Crosstab], path: Path, rules: Rules | Sequence[Rules] = RULES) -> list[str]:
    """What becomes of tables that are asked for one after the other: given, or the key of the refusal."""
    each = [rules] * len(tables) if isinstance(rules, Rules) else rules
    found = [
        answered([Asked(table, {"demand": f"demand {number}"})], one, path)
        for number, (table, one) in enumerate(zip(tables, each, strict=True), 1)
    ]
    return [one.key if isinstance(one, Refusal) else "given" for one in found]


EVERYBODY = population(1, (2, 3, 4), 600)
"""600 units by a (2), b (3) and c (4)."""

OTHERS = population(2, (2, 3, 4), 600, first=10_001)
"""As many others."""


def without(people: Sequence[Person], number: int) -> list[Person]:
    """All but the last so many."""
    return list(people[: len(people) - number])


@pytest.mark.parametrize("number", [1, 4])
@pytest.mark.parametrize("dimensions", [("a", "a"), ("ab", "c"), ("", "abc")])
def test_a_population_that_lacks_a_few(number: int, dimensions: tuple[str, str], tmp_path: Path) -> None:
    fewer = without(EVERYBODY, number)
    first, second = dimensions
    tables = [crosstab(EVERYBODY, first), crosstab(fewer, second)]
    assert outcome(tables, tmp_path / "one") == ["given", "difference"]
    assert outcome(tables[::-1], tmp_path / "two") == ["given", "difference"]


@pytest.mark.parametrize("number", [1, 2])
def test_a_population_in_which_a_few_are_others(number: int, tmp_path: Path) -> None:
    others = [*without(EVERYBODY, number), *OTHERS[:number]]
    assert outcome([crosstab(EVERYBODY, "a"), crosstab(others, "a")], tmp_path / "log") == ["given", "difference"]


def test_populations_that_differ_by_many_or_have_nothing_in_common(tmp_path: Path) -> None:
    fewer = [one for one in EVERYBODY if one.id % 3]
    tables = [crosstab(one, "a") for one in (EVERYBODY, fewer, OTHERS, [*EVERYBODY[:300], *OTHERS[:280]])]
    assert outcome(tables, tmp_path / "log") == ["given"] * 4


def test_the_same_table_again_and_the_same_units_by_others_dimensions(tmp_path: Path) -> None:
    tables = [crosstab(EVERYBODY, dimensions) for dimensions in ("ab", "ab", "ba", "ac", "bc", "abc", "a", "")]
    assert outcome(tables, tmp_path / "log") == ["given"] * len(tables)


def test_a_cell_that_lacks_a_few(tmp_path: Path) -> None:
    """Many are missing in all, but three of those of class 0, which has more than fifty."""
    few = [one for one in EVERYBODY if one.of["a"] == "0"][:3]
    many = [one for one in EVERYBODY if one.of["a"] == "1"][:40]
    fewer = [one for one in EVERYBODY if one not in few and one not in many]
    assert outcome([crosstab(EVERYBODY, "a"), crosstab(fewer, "a")], tmp_path / "one") == ["given", "cells"]
    # A class of one is the population of the other.
    only = [one for one in fewer if one.of["a"] == "0"]
    assert outcome([crosstab(EVERYBODY, "a"), crosstab(only, "b")], tmp_path / "two") == ["given", "cells"]
    assert outcome([crosstab(only, "b"), crosstab(EVERYBODY, "a")], tmp_path / "three") == ["given", "cells"]


def test_a_class_by_itself_is_a_cell_that_was_given(tmp_path: Path) -> None:
    only = [one for one in EVERYBODY if one.of["a"] == "0"]
    assert (
        outcome([crosstab(EVERYBODY, "ab"), crosstab(only, "b"), crosstab(only, "bc")], tmp_path / "log")
        == ["given"] * 3
    )


def test_a_whole_after_its_parts(tmp_path: Path) -> None:
    """All but three are in one of two parts, which say nothing of the three by themselves."""
    parts = EVERYBODY[:300], EVERYBODY[300:597]
    tables = [*(crosstab(part, "a") for part in parts), crosstab(EVERYBODY, "b")]
    assert outcome(tables, tmp_path / "one") == ["given", "given", "rest"]
    assert outcome([tables[2], tables[0], tables[1]], tmp_path / "two") == ["given", "given", "rest"]


def test_exact_figures_beside_what_is_withheld(tmp_path: Path) -> None:
    """A class whose total was given is not divided so that one part can be worked out, and the other way round."""
    people = [*EVERYBODY, *(Person(5000 + one, {"a": "0", "b": "9", "c": "0"}, 7.0) for one in range(3))]
    whole, divided = (crosstab(people, dimensions, "sum", of="pay") for dimensions in ("a", "ab"))
    other = crosstab(people, "ab", "sum", of="age")
    count = crosstab(people, "ab")
    # Sums may tell of how many they are, and then the counts beside them tell of the three.
    expected = ["given", "otherwise", "given", "together"]
    assert outcome([whole, divided, other, count], tmp_path / "one", PLAIN) == expected
    assert outcome([divided, whole], tmp_path / "two", PLAIN) == ["given", "otherwise"]
    mean = crosstab(people, "a", "mean", of="pay")
    assert outcome([divided, mean], tmp_path / "three", PLAIN) == ["given", "otherwise"]


def test_exact_figures_by_classes_that_may_be_parts_of_others(tmp_path: Path) -> None:
    """Three of class 00 are withheld, which with 01 makes up class 0 of the coarser division."""
    fine = [
        Person(one.id, one.of | {"b": one.of["a"] + ("0" if one.id in (1, 2, 3) else str(1 + one.id % 2))}, one.value)
        for one in EVERYBODY
    ]
    coarse = [Person(one.id, one.of | {"b": one.of["a"]}, one.value) for one in EVERYBODY]
    small = Person(9999, {"a": "7", "b": "7", "c": "7"}, 1.0)
    tables = [crosstab([*people, small], "b", "sum", of="pay") for people in (coarse, fine)]
    assert outcome(tables, tmp_path / "one", PLAIN) == ["given", "divided"]
    assert outcome(tables[::-1], tmp_path / "two", PLAIN) == ["given", "divided"]


def test_the_same_counts_by_other_rules(tmp_path: Path) -> None:
    table = crosstab(EVERYBODY, "ab")
    rules = [RULES, RULES._replace(round_to=7), RULES._replace(zero_below=60), RULES]
    assert outcome([table] * 4, tmp_path / "log", rules) == ["given", "otherwise", "otherwise", "given"]


def test_a_sum_with_and_without_what_dominates_it(tmp_path: Path) -> None:
    people = [*EVERYBODY, Person(7777, {"a": "0", "b": "0", "c": "0"}, 1e9)]
    rules = PLAIN._replace(dominance=Dominance(1, 80))
    tables = [crosstab(one, "a", "sum", of="pay") for one in (people, EVERYBODY)]
    assert outcome(tables, tmp_path / "log", rules) == ["given", "difference"]


def test_units_that_are_identified_in_another_way(tmp_path: Path) -> None:
    fewer = crosstab(without(EVERYBODY, 2), "a", units="person|pseudonym")
    households = fewer._replace(units="household|pseudonym")
    tables = [crosstab(EVERYBODY, "a"), fewer, households]
    assert outcome(tables, tmp_path / "log") == ["given", "identified", "given"]


def test_tables_of_one_demand_are_given_together_or_not_at_all(tmp_path: Path) -> None:
    tables = [Asked(crosstab(one, "a"), {"demand": "both"}) for one in (EVERYBODY, without(EVERYBODY, 2))]
    found = answered(tables, RULES, tmp_path / "log")
    assert isinstance(found, Refusal)
    assert (tmp_path / "log").read_text(encoding="utf-8") == ""


def test_the_message_says_which_was_given(tmp_path: Path) -> None:
    path = tmp_path / "log"
    outcome([crosstab(OTHERS, "a"), crosstab(EVERYBODY, "a")], path)
    found = answered([Asked(crosstab(without(EVERYBODY, 1), "a"), {"demand": "third"})], RULES, path)
    assert isinstance(found, Refusal)
    said = refusal(found, "en")
    assert "fewer than 5" in said
    assert "demand 2" in said
    assert "line 2 of the log" in said


def test_counts_beside_exact_figures_that_say_how_many_a_small_group_is(tmp_path: Path) -> None:
    """The four of x lie between the margins, 10 (8 to 12) and 15 (13 to 17), and the exact numbers of the others."""

    def people(**numbers: int) -> list[Person]:
        cells = [one for one, number in numbers.items() for _ in range(number)]
        return [Person(number, {"a": cell[0], "b": cell[1]}, number) for number, cell in enumerate(cells)]

    def asked(*tables: tuple[list[Person], str]) -> list[str]:
        path = tmp_path / str(len(list(tmp_path.iterdir())))
        return outcome([crosstab(one, "ab", kind, of="pay" if kind != "count" else "") for one, kind in tables], path)  # type: ignore[arg-type]

    known = people(xs=4, xt=8, ys=9, yt=30)
    assert asked((known, "count"), (known, "mean")) == ["given", "together"]
    assert asked((known, "mean"), (known, "count")) == ["given", "together"]
    assert asked((known, "sum"), (known, "mean")) == ["given", "given"]
    open_ = people(xs=3, xt=10, ys=11, yt=30)
    assert asked((open_, "count"), (open_, "mean"), (open_, "sum")) == ["given", "given", "given"]


@pytest.mark.parametrize(
    ("seed", "rules", "last"), [(94, RULES, "alone"), (25, RULES._replace(zero_below=5), "together")]
)
def test_rounded_counts_that_say_how_many_a_small_group_is(seed: int, rules: Rules, last: str, tmp_path: Path) -> None:
    """Few do; these a random drawing came upon: a table that does alone, and one that does with two others."""
    people = random_people(seed, 3, most=4)
    tables = [crosstab(people, dimensions) for dimensions in ("ab", "ac", "bc")]
    assert outcome(tables, tmp_path / "log", rules) == ["given", "given", last]
