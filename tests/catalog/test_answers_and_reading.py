"""`vkd run` answers as the slow reading does: of demands worked out by hand, and of thousands of random ones.

`VKD_EXAMPLES` says how many random catalogues are asked, each four demands.
"""

import os

import pytest

from tests.catalog.reading.asking import answers, differences
from tests.catalog.reading.cases import CASES, Case
from tests.catalog.reading.shrinking import smallest_difference
from tests.catalog.reading.worlds import world

EXAMPLES = int(os.environ.get("VKD_EXAMPLES", "200"))
AT_A_TIME = 25


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.sentence)
def test_a_demand_worked_out_by_hand(case: Case) -> None:
    (got,) = answers(case.catalogue, [case.demand])
    covers = [" ".join((cover["grade"], *sorted(cover["members"]))) for cover in got["covers"]]
    assert covers == list(case.covers)
    assert case.near <= {(miss["kind"], miss["product"]) for miss in got["near_misses"]}
    assert [difference for _, difference in differences(case.catalogue, [case.demand])] == []


@pytest.mark.parametrize("first", range(0, EXAMPLES, AT_A_TIME))
def test_random_demands(first: int) -> None:
    for seed in range(first, first + AT_A_TIME):
        drawn = world(seed)
        for place, difference in differences(drawn.catalogue, drawn.demands):
            pytest.fail(f"world {seed}: {difference}\n\n{smallest_difference(drawn.catalogue, drawn.demands[place])}")
