"""Profiles that are not run again: what they would have been answered is what they were answered."""

from collections.abc import Sequence
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from typing import NamedTuple

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.catalog import reading
from tests.catalog.asking import EXAMPLES, PARSER, ask, ask_text, tried
from tests.catalog.meanings import Product
from tests.catalog.reading.cases import CASES
from tests.catalog.reading.worlds import world
from tests.catalog.reading.writing import demand_text, write
from tests.catalog.test_percolation import groups
from tests.catalog.worlds import Demand, World, worlds
from tests.catalog.writing import product_text, write_catalogue
from vkd_catalog.catalogue import Catalogue, open_catalogue
from vkd_catalog.evaluation.demand import groups_of
from vkd_catalog.profiles import Conditions, products_of
from vkd_catalog.register import Register
from vkd_catalog.searched import Searched, Waiting, may_differ, searched_now
from vkd_catalog.vocabulary import Vocabularies
from vkd_grammar.document import read_document


@tried
@given(worlds(products=6, demands=6), st.integers(0, 2**32))
def test_a_profile_that_need_not_be_run_is_answered_as_before(drawn: World, seed: int) -> None:
    random = Random(seed)
    with TemporaryDirectory() as folder:
        root = Path(folder)
        write_catalogue(drawn.catalogue._replace(products=()), root, random)
        files = len(drawn.catalogue.products) // 2 + 1
        write_files(drawn.catalogue.products, root, files)
        catalogue = open_catalogue(root, PARSER)
        had = {f"p{at}": answered(catalogue, demand) for at, demand in enumerate(drawn.demands)}
        waiting = {
            f"p{at}": Waiting(groups(catalogue, demand, random), demand.archive, had[f"p{at}"])
            for at, demand in enumerate(drawn.demands)
        }
        before = searched_now(catalogue.register, "", None)
        catalogue.register.close()
        write_files(changed(drawn.catalogue.products, random), root, files)
        catalogue = open_catalogue(root, PARSER)
        now = searched_now(catalogue.register, "", before)
        assert now == searched_now(catalogue.register, "", None)
        again = may_differ(waiting, before, now, catalogue.register, catalogue.vocabularies)
        have = {f"p{at}": answered(catalogue, demand) for at, demand in enumerate(drawn.demands)}
        assert {name for name in had if had[name] != have[name]} <= again
        assert not may_differ(waiting, now, now, catalogue.register, catalogue.vocabularies)
        catalogue.register.close()


def answered(catalogue: Catalogue, demand: Demand) -> dict[str, Conditions]:
    return dict(products_of(ask(catalogue, demand._replace(max_sets=3))))


def write_files(products: Sequence[Product], root: Path, files: int) -> None:
    """Products in files by their number, each spelled as it always is."""
    for at in range(files):
        some = [one for one in products if int(one.identification[1:]) % files == at]
        text = "".join(f"{product_text(one, Random(one.identification))}\n" for one in some)
        (root / f"products/file{at}.vkd").write_text(text, encoding="utf-8")


def changed(products: Sequence[Product], random: Random) -> list[Product]:
    """The products after a while: some are gone, some say what another says, some state other conditions."""
    kept: list[Product] = []
    for product in products:
        what = random.choice(("same", "same", "same", "gone", "sentences", "conditions", "linkage"))
        other = random.choice(products)
        if what == "sentences":
            kept.append(product._replace(sentences=other.sentences))
        elif what == "conditions":
            kept.append(product._replace(access=other.access, data=other.data, doc=other.doc))
        elif what == "linkage":
            kept.append(product._replace(unit_id=other.unit_id, series=other.series))
        elif what == "same":
            kept.append(product)
    return kept


@pytest.mark.parametrize("first", range(0, EXAMPLES, 10))
def test_nor_where_collections_mappings_and_named_sets_answer(first: int, tmp_path: Path) -> None:
    for seed in range(first, first + 10):
        random, drawn = Random(seed), world(seed)
        fewer = drawn.catalogue._replace(products=without_some(drawn.catalogue.products, random))
        before, now = (
            at_once(told, drawn.demands, tmp_path / f"{seed}-{at}") for at, told in enumerate((fewer, drawn.catalogue))
        )
        for one, other in ((before, now), (now, before)):
            again = may_differ(one.waiting, one.searched, other.searched, other.register, other.vocabularies)
            differ = {name for name in one.found if one.found[name] != other.found[name]}
            assert differ <= again, (seed, differ)
        before.register.close()
        now.register.close()


def test_a_profile_is_run_again_where_a_set_comes_that_a_derivation_names(tmp_path: Path) -> None:
    case = next(case for case in CASES if case.sentence == "a part in a named set stands there under whatever name")
    fewer = case.catalogue._replace(products=case.products[:1])
    before, now = (at_once(told, [case.demand], tmp_path / f"{at}") for at, told in enumerate((fewer, case.catalogue)))
    assert before.found["0"].keys() < now.found["0"].keys()
    assert may_differ(before.waiting, before.searched, now.searched, now.register, now.vocabularies) == {"0"}
    before.register.close()
    now.register.close()


def without_some(products: Sequence[reading.Product], random: Random) -> tuple[reading.Product, ...]:
    """Products of which one is gone, and another says one thing less."""
    kept = random.sample(products, len(products) - 1)
    longest = max(kept, key=lambda one: len(one.sentences))
    fewer = longest._replace(sentences=longest.sentences[:-1] or longest.sentences)
    return tuple(fewer if one is longest else one for one in kept)


class AtOnce(NamedTuple):
    """A catalogue at one time: what was searched, what profiles waited for, and what they found."""

    register: Register
    vocabularies: Vocabularies
    searched: Searched
    waiting: dict[str, Waiting]
    found: dict[str, dict[str, Conditions]]


def at_once(told: reading.Catalogue, demands: Sequence[reading.Demand], folder: Path) -> AtOnce:
    folder.mkdir()
    write(told, demands, folder)
    catalogue = open_catalogue(folder, PARSER)
    waiting, found = {}, {}
    for at, demand in enumerate(demands):
        ((_, description),) = read_document(demand_text(demand), PARSER).pieces()
        asked = groups_of(catalogue.coder.code(description), catalogue.vocabularies)
        found[str(at)] = dict(products_of(ask_text(catalogue, demand_text(demand), demand.max_sets)[0]))
        waiting[str(at)] = Waiting(asked, demand.archive, found[str(at)])
    searched = searched_now(catalogue.register, "", None)
    return AtOnce(catalogue.register, catalogue.vocabularies, searched, waiting, found)
