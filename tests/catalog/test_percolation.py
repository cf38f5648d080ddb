"""From a product to the profiles it may meet: what the index finds is what running every profile's lines finds."""

from random import Random

from hypothesis import given
from hypothesis import strategies as st

from tests.catalog.asking import PARSER, opened, tried
from tests.catalog.worlds import Demand, World, worlds
from tests.catalog.writing import demand_text
from vkd_catalog.catalogue import Catalogue
from vkd_catalog.evaluation.computing import computed
from vkd_catalog.evaluation.demand import Group, groups_of
from vkd_catalog.evaluation.matching import Matcher
from vkd_catalog.evaluation.tables import tables_of
from vkd_catalog.percolation import Met, Percolator
from vkd_grammar.document import read_document


@tried
@given(worlds(products=5, demands=8), st.integers(0, 2**32))
def test_a_product_meets_what_running_every_profile_says(world: World, seed: int) -> None:
    random = Random(seed)
    with opened(world.catalogue, random) as catalogue:
        profiles = {f"p{at}": groups(catalogue, demand, random) for at, demand in enumerate(world.demands)}
        archives = {f"p{at}": demand.archive for at, demand in enumerate(world.demands)}
        percolator = Percolator(catalogue.vocabularies)
        for profile, asked in profiles.items():
            percolator.add(profile, asked, archives[profile])
        matcher = Matcher(catalogue.register, catalogue.vocabularies)
        for number, record in catalogue.register.products():
            expected = {
                place: met
                for profile, asked in profiles.items()
                if {"data": "data", "document": "doc"}.get(archives[profile], "") in ("", *record.values)
                for place, met in run(catalogue, matcher, profile, asked, number).items()
            }
            found = percolator.met_by(catalogue.register.sentences(number), record.values)
            assert {(waiter.profile, waiter.group): met for waiter, met in found.items()} == expected


def groups(catalogue: Catalogue, demand: Demand, random: Random) -> tuple[Group, ...]:
    text = demand_text(demand.lines, demand.operators, demand.archive, random)
    ((_, description),) = read_document(text, PARSER).pieces()
    return groups_of(catalogue.coder.code(description), catalogue.vocabularies)


def run(
    catalogue: Catalogue, matcher: Matcher, profile: str, asked: tuple[Group, ...], number: int
) -> dict[tuple[str, int], Met]:
    """What one profile's lines find in the whole register, as far as it is of one product."""
    found = {}
    for group in asked:
        lines = frozenset(line.line for line in group.lines if number in matcher.hits(line))
        computable: set[int] = set()
        for table in tables_of(group.asked, catalogue.vocabularies):
            numbers = {line.line for line in table.lines}
            made = computed(table.lines, table.unit, matcher, catalogue.vocabularies)
            if not numbers <= lines and number in made.hits:
                computable |= numbers
        if lines or computable:
            found[profile, group.number] = Met(lines, frozenset(computable))
    return found
