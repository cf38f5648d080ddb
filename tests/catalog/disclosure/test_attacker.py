"""An attacker with all tables of one log does not learn the count or the total of a small group: not under the rules that
docs/disclosure.md recommends. Under others the same attacker does, or this would show nothing.

`VKD_TABLES=1000` has it try a thousand tables.
"""

import os
import random
import tomllib
from collections.abc import Mapping, Sequence
from itertools import product
from pathlib import Path

import numpy as np

from tests.catalog.disclosure.attacker import (
    THRESHOLD,
    Attack,
    Found,
    Released,
    World,
    attacked,
    given_in_one_log,
    reading_of,
    small_places,
    suppressed,
)
from tests.catalog.disclosure.people import Person, crosstab, population, random_people
from vkd_catalog.data.crosstab import Crosstab, Place
from vkd_catalog.disclosure.rules import RECOMMENDED, Rules, rules_in
from vkd_catalog.disclosure.treating import Treated, treated

TABLES = int(os.environ.get("VKD_TABLES", "40"))
RULES = rules_in({key: tomllib.loads(f"value = {value}")["value"] for key, value in RECOMMENDED.items()})._replace(
    # It refuses most of these tables, which are the hardest to protect.
    minimum_population=None
)
ROUNDED = Rules(threshold=1, round_to=3)
NOTHING = Rules(threshold=1)


def of_what_is_given(tables: Sequence[Crosstab], rules: Rules, log: Path) -> Found:
    """What becomes known of tables of the same units that are asked for one after the other."""
    given = [
        (table, one.values) for table, one in zip(tables, given_in_one_log(tables, rules, log), strict=True) if one
    ]
    return attacked([table for table, _ in given], [values for _, values in given], rules)


def in_all(found: Sequence[Found]) -> Found:
    return Found(sum(one.small for one in found), sum(one.known for one in found))


def test_no_small_count_is_known_under_the_rules_that_are_recommended(tmp_path: Path) -> None:
    found: dict[str, list[Found]] = {"recommended": [], "rounded": [], "suppressed": []}
    for seed in range(TABLES):
        table = crosstab(random_people(seed, 2), "ab")
        rounded = treated(table, ROUNDED)
        assert isinstance(rounded, Treated)
        found["recommended"].append(of_what_is_given([table], RULES, tmp_path / f"{seed}"))
        found["rounded"].append(attacked([table], [rounded.values], ROUNDED))
        found["suppressed"].append(attacked([table], [suppressed(table)], Rules(threshold=THRESHOLD)))
    small = in_all(found["recommended"]).small
    assert small > 0.95 * in_all(found["suppressed"]).small
    assert in_all(found["recommended"]) == Found(small, 0)
    assert in_all(found["rounded"]).known > 0
    assert in_all(found["suppressed"]).known > small / 2


def test_no_small_count_is_known_from_several_tables_of_the_same_units(tmp_path: Path) -> None:
    found, plain = [], []
    for seed in range(max(5, TABLES // 5)):
        people = random_people(seed, 3, most=4)
        tables = [crosstab(people, dimensions) for dimensions in ("ab", "bc", "a", "ac", "cb")]
        found.append(of_what_is_given(tables, RULES, tmp_path / f"{seed}"))
        plain.append(attacked(tables, [suppressed(table) for table in tables], Rules(threshold=THRESHOLD)))
    assert in_all(found).small > 0.95 * in_all(plain).small
    assert in_all(found).known == 0
    assert in_all(plain).known > in_all(plain).small / 2


def some_of(people: Sequence[Person], draw: random.Random) -> list[Person]:
    """All but a part of the units: one in ten, or a few, or most of a class and a few others."""
    share = draw.choice([0.002, 0.01, 0.1, 0.4])
    of_class = draw.choice([share, 0.9])
    return [one for one in people if draw.random() > (of_class if one.of["a"] == "0" else share)]


def differences_known(
    tables: Sequence[Crosstab], values: Sequence[Mapping[Place, float | None]], lacking: Crosstab, rules: Rules
) -> int:
    """Of how many small groups that the second population lacks the attacker knows the number."""
    world = World({"a": tables[0].axes[0].categories}, ("P", "PQ"))
    reading = reading_of(rules)
    attack = Attack(world, [Released("a", name, one, reading) for name, one in zip("PQ", values, strict=True)])
    bounds = [(attack.bounds("P", {"a": place[0]}, lacking="Q"), number) for place, number in small_places(lacking)]
    assert all(least <= number <= most for (least, most), number in bounds)
    return sum(least == most for (least, most), _ in bounds)


def test_no_small_group_is_known_that_one_of_two_populations_lacks(tmp_path: Path) -> None:
    """The units of P, and those of them that are in Q too, by the same dimensions, which the attacker subtracts."""
    given_both = known = known_without_log = 0
    for seed in range(3 * TABLES):
        draw = random.Random(seed)
        people = population(seed, (2, 3), draw.choice([60, 200, 600, 2000]))
        fewer = some_of(people, draw)
        ids = {one.id for one in fewer}
        tables = [crosstab(people, "a"), crosstab(fewer, "a")]
        lacking = crosstab([one for one in people if one.id not in ids], "a")
        given = given_in_one_log(tables, RULES, tmp_path / f"{seed}")
        if all(given):
            given_both += 1
            known += differences_known(tables, [one.values for one in given if one], lacking, RULES)
        exact = [treated(table, NOTHING) for table in tables]
        values = [one.values for one in exact if isinstance(one, Treated)]
        known_without_log += differences_known(tables, values, lacking, NOTHING)
    assert given_both > TABLES / 5
    assert known == 0
    assert known_without_log > TABLES / 5


def test_no_total_of_a_small_group_follows_from_other_totals(tmp_path: Path) -> None:
    """Sums are given as they are, so what follows from them is linear: a withheld total is known where it is made up
    of those that are given. With margins as they are, that is what most are."""
    rules = Rules(threshold=THRESHOLD)
    hidden = known = known_with_margins = 0
    for seed in range(TABLES):
        people = random_people(seed, 3, most=3)
        tables = [crosstab(people, dimensions, "sum", of="pay") for dimensions in ("ab", "ac", "a", "bc", "abc")]
        given = given_in_one_log(tables, rules, tmp_path / f"{seed}")
        told = [{place for place, value in one.values.items() if value is not None} if one else set() for one in given]
        large = [{place for place, cell in table.cells.items() if cell.number >= THRESHOLD} for table in tables]
        for table, one in zip(tables, given, strict=True):
            if one:
                small = [place for place, _ in small_places(table)]
                hidden += len(small)
                known += sum(follows(table, place, tables, told) for place in small)
                known_with_margins += sum(follows(table, place, tables, large) for place in small)
    assert hidden > TABLES
    assert known == 0
    assert known_with_margins > hidden / 2


def follows(table: Crosstab, place: Place, tables: Sequence[Crosstab], told: Sequence[set[Place]]) -> bool:
    """Whether the total of a cell is a sum of totals that are told, each taken so many times or subtracted."""
    categories = {axis.code: axis.categories for one in tables for axis in one.axes}
    letters = sorted(categories)
    inner = list(product(*(categories[letter] for letter in letters)))

    def parts(of: Crosstab, at: Place) -> list[int]:
        wanted = dict(zip((axis.code for axis in of.axes), at, strict=True))
        return [int(all(wanted.get(x) in (None, own) for x, own in zip(letters, one, strict=True))) for one in inner]

    rows = [parts(one, at) for one, places in zip(tables, told, strict=True) for at in sorted(places, key=str)]
    if not rows:
        return False
    known = np.array(rows)
    return bool(np.linalg.matrix_rank(np.vstack([known, parts(table, place)])) == np.linalg.matrix_rank(known))
