"""The smallest set of editions that keeps what all have is the one that trying every set finds, and is found without that."""

from collections.abc import Callable, Sequence
from itertools import combinations
from random import Random

from hypothesis import given
from hypothesis import strategies as st

from tests.catalog.asking import tried
from vkd_catalog.evaluation.smallest import smallest

YEARS = st.lists(st.frozensets(st.integers(0, 5)), min_size=1, max_size=7)
"""The years that each edition has."""


def having_all(years: Sequence[frozenset[int]]) -> Callable[[Sequence[int]], bool]:
    """Whether some editions have all the years that any has."""
    every = frozenset().union(*years)
    return lambda editions: frozenset().union(*(years[one] for one in editions)) == every


@tried
@given(YEARS, st.randoms())
def test_it_is_the_first_of_the_smallest_sets(years: list[frozenset[int]], random: Random) -> None:
    ordered = random.sample(range(len(years)), len(years))
    keeps = having_all(years)
    sets = (some for size in range(1, len(years) + 1) for some in combinations(ordered, size))
    assert smallest(ordered, keeps) == next(filter(keeps, sets))


def test_sixty_editions_that_overlap_are_not_tried_in_every_way() -> None:
    keeps = having_all([frozenset((year, year + 1, year + 2)) for year in range(60)])
    asked: list[int] = []

    def counted(editions: Sequence[int]) -> bool:
        asked.append(len(editions))
        return keeps(editions)

    assert smallest(range(60), counted) == (0, *range(2, 60, 3))
    assert len(asked) < 1000
