"""Profiles that are not run again: what they would have been answered is what they were answered."""

from collections.abc import Sequence
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

from hypothesis import given
from hypothesis import strategies as st

from tests.catalog.asking import PARSER, ask, tried
from tests.catalog.meanings import Product
from tests.catalog.test_percolation import groups
from tests.catalog.worlds import Demand, World, worlds
from tests.catalog.writing import product_text, write_catalogue
from vkd_catalog.catalogue import Catalogue, open_catalogue
from vkd_catalog.profiles import Conditions, products_of
from vkd_catalog.searched import Waiting, may_differ, searched_now


@tried
@given(worlds(products=6, demands=6), st.integers(0, 2**32))
def test_a_profile_that_need_not_be_run_is_answered_as_before(world: World, seed: int) -> None:
    random = Random(seed)
    with TemporaryDirectory() as folder:
        root = Path(folder)
        write_catalogue(world.catalogue._replace(products=()), root, random)
        files = len(world.catalogue.products) // 2 + 1
        write(world.catalogue.products, root, files)
        catalogue = open_catalogue(root, PARSER)
        had = {f"p{at}": answered(catalogue, demand) for at, demand in enumerate(world.demands)}
        waiting = {
            f"p{at}": Waiting(groups(catalogue, demand, random), demand.archive, had[f"p{at}"])
            for at, demand in enumerate(world.demands)
        }
        before = searched_now(catalogue.register, "", None)
        catalogue.register.close()
        write(changed(world.catalogue.products, random), root, files)
        catalogue = open_catalogue(root, PARSER)
        now = searched_now(catalogue.register, "", before)
        assert now == searched_now(catalogue.register, "", None)
        again = may_differ(waiting, before, now, catalogue.register, catalogue.vocabularies)
        have = {f"p{at}": answered(catalogue, demand) for at, demand in enumerate(world.demands)}
        assert {name for name in had if had[name] != have[name]} <= again
        assert not may_differ(waiting, now, now, catalogue.register, catalogue.vocabularies)
        catalogue.register.close()


def answered(catalogue: Catalogue, demand: Demand) -> dict[str, Conditions]:
    return dict(products_of(ask(catalogue, demand._replace(max_sets=3))))


def write(products: Sequence[Product], root: Path, files: int) -> None:
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
