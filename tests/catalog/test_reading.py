"""The slow reading of docs/language.md section 6 says of small demands what was worked out by hand."""

from collections import Counter

import pytest

from tests.catalog.reading.cases import CASES, Case
from tests.catalog.reading.covers import covers
from tests.catalog.reading.facts import GRADES
from tests.catalog.reading.linkage import VERDICTS, YES
from tests.catalog.reading.matching import Matcher
from tests.catalog.reading.worlds import world


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.sentence)
def test_the_reading_of_a_sentence(case: Case) -> None:
    found = covers(case.catalogue, case.demand)
    assert [" ".join((cover.grade, *cover.members)) for cover in found] == list(case.covers)
    if case.linkage:
        verdicts = [pair.verdict for pair in found[0].linkage if not pair.across]
        assert VERDICTS[max(verdicts, default=YES)] == case.linkage
    if case.lacks:
        assert found[0].lacks == {1: case.lacks}


def test_random_demands_are_answered_in_every_way() -> None:
    """A generator that seldom finds something would prove little: half the demands are answered, and each grade is met."""
    seen: Counter[str] = Counter()
    for seed in range(150):
        drawn = world(seed)
        matcher = Matcher(drawn.catalogue)
        for demand in drawn.demands:
            found = covers(drawn.catalogue, demand, matcher)
            seen["demands"] += 1
            seen["answered"] += bool(found)
            seen["several sets"] += any(len(cover.candidates) > 1 for cover in found)
            seen["several editions"] += any(len(cover.members) > len(cover.candidates) for cover in found)
            seen["periods lacking"] += any(cover.lacks for cover in found)
            seen["population"] += any(cover.populations for cover in found)
            seen["senses"] += any(cover.senses for cover in found)
            seen.update({cover.grade for cover in found})
            pairs = {(pair.across, VERDICTS[pair.verdict]) for cover in found for pair in cover.linkage}
            seen.update(f"across {verdict}" if across else f"linkage {verdict}" for across, verdict in pairs)
    assert seen["answered"] > seen["demands"] * 0.4
    assert seen["several sets"] > seen["demands"] * 0.04
    ways = {*GRADES, "several editions", "periods lacking", "population", "senses", "linkage yes", "linkage unknown"}
    assert {*ways, "across unknown", "across no"} <= seen.keys()
