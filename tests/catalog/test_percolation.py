"""From a product to the profiles it may meet: what the index finds is what running every profile's lines finds."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from random import Random
from typing import NamedTuple

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.catalog import reading
from tests.catalog.asking import EXAMPLES, PARSER, opened, tried
from tests.catalog.reading import worlds as reading_worlds
from tests.catalog.reading.cases import CASES, Case
from tests.catalog.reading.writing import demand_text as told_text
from tests.catalog.reading.writing import write
from tests.catalog.worlds import Demand, World, worlds
from tests.catalog.writing import demand_text
from vkd_catalog.catalogue import Catalogue, open_catalogue
from vkd_catalog.evaluation.computing import computed
from vkd_catalog.evaluation.demand import Group, groups_of
from vkd_catalog.evaluation.matching import Matcher
from vkd_catalog.evaluation.tables import tables_of
from vkd_catalog.one_product import Among
from vkd_catalog.percolation import Met, Percolator
from vkd_catalog.register import ProductRecord, Registered, SentenceRecord
from vkd_grammar.document import read_document


@tried
@given(worlds(products=5, demands=8), st.integers(0, 2**32))
def test_a_product_meets_what_running_every_profile_says(world: World, seed: int) -> None:
    random = Random(seed)
    with opened(world.catalogue, random) as catalogue:
        profiles = {
            f"p{at}": Profile(groups(catalogue, demand, random), demand.archive)
            for at, demand in enumerate(world.demands)
        }
        for number, record in catalogue.register.products():
            assert met(catalogue, profiles, record.identification) == run(catalogue, profiles, number)


@pytest.mark.parametrize("first", range(0, EXAMPLES, 10))
def test_also_where_collections_mappings_and_named_sets_answer(first: int, tmp_path: Path) -> None:
    for seed in range(first, first + 10):
        drawn = reading_worlds.world(seed, 8)
        catalogue = read(drawn.catalogue, drawn.demands, tmp_path / str(seed))
        profiles = asked_in(catalogue, drawn.demands)
        for number, record in catalogue.register.products():
            expected = run(catalogue, profiles, number)
            assert met(catalogue, profiles, record.identification) == expected, (seed, record.identification)
        catalogue.register.close()


NAMED = [case for case in CASES if "named set" in case.sentence]


@pytest.mark.parametrize("case", NAMED, ids=lambda case: case.sentence)
def test_a_product_meets_what_it_answers_with_a_set_that_a_derivation_names(case: Case, tmp_path: Path) -> None:
    catalogue = read(case.catalogue, [case.demand], tmp_path / "all")
    profiles = asked_in(catalogue, [case.demand])
    members = {member for cover in case.covers for member in cover.split()[1:]}
    for number, record in catalogue.register.products():
        found = met(catalogue, profiles, record.identification)
        assert found == run(catalogue, profiles, number)
        assert members <= {record.identification} or record.identification not in members or found["p0", 1].joint
        assert record.identification not in members or found
    catalogue.register.close()


def test_it_does_so_before_it_is_registered_and_in_the_place_of_what_was(tmp_path: Path) -> None:
    case = next(case for case in NAMED if case.sentence == "a part in a named set stands there under whatever name")
    catalogue = read(case.catalogue, [case.demand], tmp_path / "all")
    profiles = asked_in(catalogue, [case.demand])
    found = {one.identification: met(catalogue, profiles, one.identification) for one in case.products}
    for at, product in enumerate(case.products):
        others = case.products[:at] + case.products[at + 1 :]
        for there in (others, (*others, product._replace(sentences=product.sentences[:0] + others[0].sentences))):
            without = read(case.catalogue._replace(products=there), [case.demand], tmp_path / f"{at}-{len(there)}")
            number = catalogue.register.numbered(product.identification)
            assert number is not None
            told = registered(catalogue, number)
            assert percolated(without, profiles, *told) == found[product.identification]
            without.register.close()
    catalogue.register.close()


class Profile(NamedTuple):
    """What a profile asks for, and in which archive."""

    groups: tuple[Group, ...]
    archive: str


Profiles = Mapping[str, Profile]
Places = dict[tuple[str, int], Met]
"""What is met, by profile and group."""


def read(told: reading.Catalogue, demands: Sequence[reading.Demand], folder: Path) -> Catalogue:
    folder.mkdir()
    write(told, demands, folder)
    return open_catalogue(folder, PARSER)


def asked_in(catalogue: Catalogue, demands: Sequence[reading.Demand]) -> Profiles:
    found = {}
    for at, demand in enumerate(demands):
        ((_, description),) = read_document(told_text(demand), PARSER).pieces()
        asked = groups_of(catalogue.coder.code(description), catalogue.vocabularies)
        found[f"p{at}"] = Profile(asked, demand.archive)
    return found


def met(catalogue: Catalogue, profiles: Profiles, identification: str) -> Places:
    """What the percolator finds of a product in its register."""
    number = catalogue.register.numbered(identification)
    assert number is not None
    return percolated(catalogue, profiles, *registered(catalogue, number))


def registered(catalogue: Catalogue, number: int) -> Registered:
    return catalogue.register.product(number), catalogue.register.sentences(number)


def percolated(
    catalogue: Catalogue, profiles: Profiles, record: ProductRecord, sentences: Sequence[SentenceRecord]
) -> Places:
    percolator = Percolator(catalogue.vocabularies)
    for name, profile in profiles.items():
        percolator.add(name, profile.groups, profile.archive)
    among = Among(record.identification, sentences, catalogue.register)
    found = percolator.met_by(sentences, record.values, among)
    return {(waiter.profile, waiter.group): met for waiter, met in found.items()}


def groups(catalogue: Catalogue, demand: Demand, random: Random) -> tuple[Group, ...]:
    text = demand_text(demand.lines, demand.operators, demand.archive, random)
    ((_, description),) = read_document(text, PARSER).pieces()
    return groups_of(catalogue.coder.code(description), catalogue.vocabularies)


def run(catalogue: Catalogue, profiles: Profiles, number: int) -> Places:
    """What running every profile's lines finds in the whole register, as far as it is of one product."""
    stated = catalogue.register.product(number).values
    found: Places = {}
    for name, profile in profiles.items():
        if {"data": "data", "document": "doc"}.get(profile.archive, "") in ("", *stated):
            for group in profile.groups:
                met = run_group(catalogue, group, number)
                if met.lines or met.computable:
                    found[name, group.number] = met
    return found


def run_group(catalogue: Catalogue, group: Group, number: int) -> Met:
    matcher = Matcher(catalogue.register, catalogue.vocabularies)
    hits = {line.line: matcher.hits(line).get(number, ()) for line in group.lines}
    lines = frozenset(line for line, some in hits.items() if some)
    joint = frozenset(line for line in lines if all(hit.beside or hit.needs for hit in hits[line]))
    computable: set[int] = set()
    for table in tables_of(group.asked, catalogue.vocabularies):
        numbers = {line.line for line in table.lines}
        made = computed(table.lines, table.unit, matcher, catalogue.vocabularies)
        if not numbers <= lines and number in made.hits:
            computable |= numbers
    return Met(lines, frozenset(computable), joint)
