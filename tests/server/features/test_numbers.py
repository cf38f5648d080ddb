"""Where an answer's numbers can be had: whose data are on this machine, and may be told."""

from pathlib import Path

import pytest

from tests.server.workspaces import PARSER, workspace
from vkd_catalog.catalogue import Catalogue, open_catalogue
from vkd_catalog.data.figures import Refused
from vkd_grammar.document import read_document
from vkd_server.features.answers.numbers import answer_with_numbers, numbers_as_json, numbers_of
from vkd_server.features.answers.run import Run, run_document
from vkd_server.workspace.public import PublicCatalogue

ADDRESS = "data=archive/a.csv"
PRODUCT = """\
0 / Produktbeskrivelse / eksempel / data=archive/a.csv; doc=P:ft70.md; form=csv; access=open
1 / Personaggregater / Næringsklassifikasjon / Sum / 1970..1972:A / .
"""
DEMAND = "0 / Etterspørselsbeskrivelse / noen\n1 / Personaggregater / {} / Sum / 1970..1971:A / .\n"
ASKED = DEMAND.format("Næringsklassifikasjon")
UNITS = "0 / Etterspørselsbeskrivelse / noen\n1 / Personer / Personreg.nov.70 / Yrke / 19701101 / .\n"
CELLS = "Næring,År,Sum\n1,1970,5\n2,1970,6\n01016050012,1971,7\n"


def laid_out(folder: Path, product: str = PRODUCT) -> Path:
    return workspace(folder, {"products/a.vkd": product, "archive/a.csv": CELLS})


def run(text: str, catalogue: Catalogue) -> Run:
    return next(iter(run_document(read_document(text, PARSER), "a.vkd", catalogue)))


@pytest.mark.parametrize(
    ("product", "demand", "here", "public"),
    [
        (PRODUCT, ASKED, 1, 1),
        (PRODUCT.replace("access=open", "access=restricted"), ASKED, 1, None),
        (PRODUCT.replace("; access=open", ""), ASKED, 1, None),
        (PRODUCT.replace("a.csv", "borte.csv"), ASKED, None, None),
        (PRODUCT.replace("archive/a.csv", "https://example.org/a.csv"), ASKED, None, None),
        (PRODUCT.replace(ADDRESS, "data=ukjent:a.csv"), ASKED, None, None),
        (PRODUCT, DEMAND.format("Utdanningsklassifikasjon").replace("1970..1971:A", "19701101"), 1, 1),
        (PRODUCT, UNITS, None, None),
        (PRODUCT, DEMAND.format("Næringsklassifikasjon").replace("1970..1971:A", "1980"), None, None),
    ],
)
def test_an_answer_whose_data_are_here_has_numbers(
    tmp_path: Path, product: str, demand: str, here: int | None, public: int | None
) -> None:
    own = open_catalogue(laid_out(tmp_path, product))
    assert answer_with_numbers(run(demand, own), own) == here
    anybodys = PublicCatalogue(own.configuration, PARSER)
    assert answer_with_numbers(run(demand, anybodys), anybodys) == public
    anybodys.close()


def test_the_first_answer_with_numbers_is_told(tmp_path: Path) -> None:
    elsewhere = PRODUCT.replace("eksempel", "annet").replace(ADDRESS, "data=https://example.org/a.csv")
    catalogue = open_catalogue(laid_out(tmp_path, PRODUCT + "\n" + elsewhere))
    assert answer_with_numbers(run(ASKED, catalogue), catalogue) == 2


def test_to_the_public_open_data_are_told_and_nothing_like_a_personal_number(tmp_path: Path) -> None:
    catalogue = PublicCatalogue(open_catalogue(laid_out(tmp_path)).configuration, PARSER)
    told = str(numbers_as_json(numbers_of(run(ASKED, catalogue), 1, catalogue)))
    assert "eksempel, linje 1" in told
    for secret in ("archive", "a.csv", "01016050012", str(tmp_path)):
        assert secret not in told
    catalogue.close()


def test_to_the_public_data_that_are_not_open_are_refused(tmp_path: Path) -> None:
    closed = PRODUCT.replace("access=open", "access=closed")
    catalogue = PublicCatalogue(open_catalogue(laid_out(tmp_path, closed)).configuration, PARSER)
    with pytest.raises(Refused) as refused:
        numbers_of(run(ASKED, catalogue), 1, catalogue)
    assert refused.value.key == "not-open"
    catalogue.close()


def test_numbers_of_units_are_refused(tmp_path: Path) -> None:
    catalogue = open_catalogue(laid_out(tmp_path))
    with pytest.raises(Refused) as refused:
        numbers_of(run(UNITS, catalogue), 1, catalogue)
    assert refused.value.key == "of-units"
