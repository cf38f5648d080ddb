"""What the rules make of a table: each rule by itself, and what holds whatever they are."""

from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.catalog.disclosure.people import Person, crosstab, population
from vkd_catalog.data.crosstab import Crosstab
from vkd_catalog.disclosure.rules import Dominance, Rules, rules_in
from vkd_catalog.disclosure.saying import applied
from vkd_catalog.disclosure.treating import Refusal, Treated, treated

LOG = {"log": "log"}


def people_in(**numbers: int) -> list[Person]:
    """So many units in each class of a dimension a."""
    classes = [one for one, number in numbers.items() for _ in range(number)]
    return [Person(number, {"a": one}) for number, one in enumerate(classes)]


def worth(*values: float) -> list[Person]:
    """A unit of class x for each value."""
    return [Person(number, {"a": "x"}, value) for number, value in enumerate(values)]


def given_as(table: Crosstab, rules: Rules) -> Treated:
    found = treated(table, rules)
    assert isinstance(found, Treated), found
    return found


@pytest.mark.parametrize(
    ("rules", "values", "changed"),
    [
        ({"threshold": 5}, {"x": None, "y": 7, None: None}, {"threshold": 1, "margins": 1}),
        ({"threshold": 1, "round-to": 5}, {"x": 5, "y": 5, None: 10}, {"threshold": 0, "round-to": 2}),
        ({"threshold": 1, "round-to": 2}, {"x": 4, "y": 8, None: 10}, {"threshold": 0, "round-to": 2}),
        ({"zero-below": 8}, {"x": 0, "y": 0, None: None}, {"zero-below": 2, "margins": 1}),
        ({"zero-below": 5}, {"x": 0, "y": 7, None: None}, {"zero-below": 1, "margins": 1}),
        (
            {"threshold": 5, "zero-below": 8, "round-to": 5},
            {"x": 0, "y": 0, None: 10},
            {"zero-below": 2, "threshold": 0, "round-to": 0},
        ),
        ({"threshold": 5, "round-to": 5}, {"x": None, "y": 5, None: 10}, {"threshold": 1, "round-to": 1}),
        ({"threshold": 0, "round-to": 1}, {"x": 3, "y": 7, None: 10}, {"threshold": 0, "round-to": 0}),
    ],
)
def test_counts(rules: dict[str, object], values: dict[str | None, int | None], changed: dict[str, int]) -> None:
    found = given_as(crosstab(people_in(x=3, y=7), "a"), rules_in(rules | LOG))
    assert {place[0]: value for place, value in found.values.items()} == values
    assert {one.key: one.number for one in found.changed} == changed


@pytest.mark.parametrize(
    ("values", "rules", "is_given"),
    [
        ((1, 1, 1, 1), Rules(threshold=5), False),
        ((1, 1, 1, 1, 1), Rules(threshold=5), True),
        ((85, 5, 5, 5), Rules(threshold=1, dominance=Dominance(1, 85)), True),
        ((86, 5, 5, 4), Rules(threshold=1, dominance=Dominance(1, 85)), False),
        ((50, 40, 5, 5), Rules(threshold=1, dominance=Dominance(2, 85)), False),
        ((-50, 40, -5, 5), Rules(threshold=1, dominance=Dominance(2, 85)), False),
        ((100, 50, 9), Rules(threshold=1, p_percent=10), False),
        ((100, 50, 10), Rules(threshold=1, p_percent=10), True),
        ((100,), Rules(threshold=1, p_percent=10), False),
        ((0, 0), Rules(threshold=1, p_percent=10, dominance=Dominance(1, 50)), True),
    ],
)
@pytest.mark.parametrize("function", ["sum", "mean"])
def test_sums_and_means(values: tuple[float, ...], rules: Rules, is_given: bool, function: str) -> None:
    table = crosstab(worth(*values), "a", "sum" if function == "sum" else "mean")
    found = given_as(table, rules).values[("x",)]
    expected = sum(values) if function == "sum" else sum(values) / len(values)
    assert found == (pytest.approx(expected) if is_given else None)


def test_too_few_units_in_all() -> None:
    table = crosstab(people_in(x=3, y=7), "a")
    assert treated(table, Rules(threshold=1, minimum_population=11)) == Refusal("minimum-population", {"minimum": 11})
    assert isinstance(treated(table, Rules(threshold=1, minimum_population=10)), Treated)


@pytest.mark.parametrize(("most", "is_given"), [(0.0, False), (0.4, False), (0.5, True), (1.0, True)])
def test_too_many_cells_withheld(most: float, is_given: bool) -> None:
    """Of four cells, margins counted, one is withheld for itself and one beside it."""
    table = crosstab(people_in(x=3, y=7, z=8), "a")
    found = treated(table, Rules(threshold=5, refuse_above=most))
    assert isinstance(found, Treated) == is_given
    if isinstance(found, Refusal):
        assert (found.key, found.facts["withheld"], found.facts["cells"]) == ("refuse-above", 2, 4)


def test_the_rules_are_listed_as_they_are_stated() -> None:
    section = {"threshold": 5, "dominance": [2, 85.5], "winsorise": [1, 99], "refuse-above": 0.5, "p-percent": 10} | LOG
    rules = rules_in(section)
    table = crosstab(worth(*range(1, 30)), "a", "sum")._replace(winsorised=2)
    found = [(one.key, one.value, one.changed) for one in applied(given_as(table, rules), rules)]
    assert found == [
        ("threshold", "5", 0),
        ("dominance", "[2, 85.5]", 0),
        ("p-percent", "10", 0),
        ("winsorise", "[1, 99]", 2),
        ("refuse-above", "0.5", None),
    ]


MAYBE = st.none() | st.integers(0, 12)
ANY_RULES = st.builds(
    Rules,
    threshold=st.integers(1, 12),
    zero_below=MAYBE,
    round_to=st.none() | st.integers(1, 10),
    dominance=st.none() | st.builds(Dominance, st.integers(1, 3), st.integers(50, 100)),
    p_percent=st.none() | st.integers(1, 50),
    **dict.fromkeys(("minimum_population", "winsorise", "refuse_above", "log"), st.none()),
)
TABLES = st.builds(
    lambda seed, sizes, number: population(seed, sizes, number),
    st.integers(0, 10_000),
    st.lists(st.integers(1, 4), min_size=1, max_size=3),
    st.integers(1, 120),
)
FUNCTIONS = st.sampled_from(["count", "sum", "mean"])
Draw = Callable[..., None]


@settings(max_examples=150, deadline=None)
@given(TABLES, ANY_RULES, FUNCTIONS)
def test_what_holds_whatever_the_rules_are(people: list[Person], rules: Rules, function: str) -> None:
    letters = "".join(people[0].of)
    table = crosstab(people, letters, function)  # type: ignore[arg-type]
    found = given_as(table, rules)
    assert found.values.keys() == table.cells.keys()
    for place, cell in table.cells.items():
        value = found.values[place]
        if 0 < cell.number < rules.smallest_group:
            assert value in ((0, None) if function == "count" else (None,)), "a small group is told of"
            assert place in found.hidden
        if place in found.hidden:
            assert cell.number, "an empty cell hides nothing"
        if function != "count" and value is not None:
            assert value == pytest.approx(cell.total if function == "sum" else cell.total / cell.number)
        if function == "count" and value is not None and rules.round_to:
            assert value % rules.round_to == 0
            assert place in found.hidden or 2 * abs(value - cell.number) <= rules.round_to
    shown = {place for place, value in found.values.items() if value is not None and table.cells[place].number}
    if found.is_exact:
        for hidden in found.hidden:
            beside = [
                place
                for place in shown - found.hidden
                if all(a in (None, b) for a, b in zip(place, hidden, strict=True))
            ]
            assert beside == [], "an exact margin beside a treated cell"


@settings(max_examples=60, deadline=None)
@given(TABLES, ANY_RULES)
def test_a_margin_is_treated_as_the_same_number_in_a_cell_is(people: list[Person], rules: Rules) -> None:
    """Where counts are rounded; exact ones lose their margins beside cells that are hidden."""
    rules = rules._replace(round_to=max(2, rules.round_to or 2))
    table = crosstab(people, "".join(people[0].of))
    found = given_as(table, rules)
    by_number: dict[int, set[float | None]] = {}
    for place, cell in table.cells.items():
        by_number.setdefault(cell.number, set()).add(found.values[place])
    assert [one for one in by_number.values() if len(one) > 1] == []


@settings(max_examples=60, deadline=None)
@given(TABLES, ANY_RULES, FUNCTIONS, st.sampled_from([0, 0.25, 0.5, 0.75]))
def test_what_is_refused_is_what_would_withhold_more(
    people: list[Person], rules: Rules, function: str, most: float
) -> None:
    table = crosstab(people, "".join(people[0].of), function)  # type: ignore[arg-type]
    values = list(given_as(table, rules).values.values())
    found = treated(table, rules._replace(refuse_above=most))
    assert isinstance(found, Refusal) == (values.count(None) / len(values) > most)


@settings(max_examples=60, deadline=None)
@given(TABLES, st.integers(1, 10), st.integers(1, 10))
def test_rounding_what_was_rounded_changes_nothing(people: list[Person], base: int, zero_below: int) -> None:
    """As long as what is rounded is not below what becomes 0."""
    rules = Rules(threshold=1, zero_below=zero_below, round_to=base)
    once = given_as(crosstab(people, "a"), rules).values
    numbers = {place[0]: int(value or 0) for place, value in once.items() if place[0]}
    twice = given_as(crosstab(people_in(**{f"c{key}": number for key, number in numbers.items()}), "a"), rules).values
    for key, number in numbers.items():
        again = twice.get((f"c{key}",), 0)
        assert again == number or number < zero_below
