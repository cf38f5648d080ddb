"""What one asks of a data set before using it: answered where the product states it, and said to be not stated."""

import shutil
from pathlib import Path

import pytest

from vkd_catalog.catalogue import Catalogue, open_catalogue
from vkd_catalog.evaluation import evaluate
from vkd_catalog.message import MessageOptions, message_of
from vkd_catalog.message.as_text import as_text
from vkd_grammar.document import read_document

CENSUS = Path(__file__).parents[2] / "examples/folketelling"
PRODUCTS = """0 / Produktbeskrivelse / alt / access=restricted, etter søknad; unit-id=Personnummer; series=s-17
    ; tittel=Alt om alle; title@en=All of everybody; oppdatert=20240131; versjon=2; lisens=CC BY 4.0; kolonner=YRKE=Yrke
    ; utgiver=Byrået; populasjon=Alle bosatte; samling=Tellinger; pid=doi:10.1/x
    ; source=Skjema A og B; quality=2 prosent frafall; processing=Rettet maskinelt
1 / Personer / Personreg.nov.60 / Yrke   / 19601101 / O
2 / "        / "                / Alder  / "        / O
3 / "        / Personregisteret / Næring / "        / .

0 / Produktbeskrivelse / samme / access=open; unit-id=Fødselsnummer; series=s-17
1 / Personer / Personreg.nov.60 / Yrke / 19601101 / .

0 / Produktbeskrivelse / annen / access=open; unit-id=Fødselsnummer; series=s-18
1 / Personer / Personreg.nov.60 / Yrke / 19601101 / .

0 / Produktbeskrivelse / uviss / access=open; unit-id=Fødselsnummer
1 / Personer / Personreg.nov.60 / Yrke / 19601101 / .

0 / Produktbeskrivelse / lukket / access=closed; unit-id=Fødselsnummer; series=s-17
1 / Personer / Personreg.nov.60 / Yrke / 19601101 / .

0 / Produktbeskrivelse / taus
1 / Personer / Personreg.nov.60 / Yrke / 19601101 / .
"""
DEMAND = "0 / Demand description / me\n1 / Persons / Personreg.nov.60 / Yrke / 19601101 / .\n"
ABOUT = "What the products state of themselves:\n"


@pytest.fixture(scope="module")
def catalogue(tmp_path_factory: pytest.TempPathFactory) -> Catalogue:
    root = tmp_path_factory.mktemp("detail") / "census"
    shutil.copytree(CENSUS, root, ignore=shutil.ignore_patterns(".vkd", "*.vkd"))
    (root / "products").mkdir(exist_ok=True)
    (root / "products/all.vkd").write_text(PRODUCTS, encoding="utf-8")
    return open_catalogue(root)


def told(catalogue: Catalogue, asked: str = DEMAND, **options: bool) -> dict[str, dict[str, str]]:
    """What a message tells of each product, by the question's label."""
    ((row, description),) = read_document(asked, catalogue.parser).pieces()
    demand = catalogue.coder.code(description)
    answer = evaluate(demand, catalogue.register, catalogue.vocabularies, path="a.vkd", row=row, language="en")
    text = as_text(message_of(demand, answer, catalogue, MessageOptions(**{"detail": True, **options})), 500)
    found: dict[str, dict[str, str]] = {}
    product = ""
    for line in text.partition(ABOUT)[2].partition("\n\n")[0].split("\n"):
        if line.startswith("      "):
            label, _, value = line.strip().partition("  ")
            found[product][label] = value.strip()
        elif line:
            product = line.strip()
            found[product] = {}
    return found


def test_what_is_stated_is_told(catalogue: Catalogue) -> None:
    assert told(catalogue)["alt (All of everybody)"] == {
        "Units": "Persons (Population register Nov. 60 and Population register)",
        "Identified by": "Personal identity number, series s-17",
        "Sources": "Skjema A og B",
        "Processing": "Rettet maskinelt",
        "Standards": "Classification of occupations, Classification of ages and Classification of industries",
        "Quality": "2 prosent frafall",
        "Usable together with": "products with the same unit-id and series; here: samme; not known: taus and uviss",
        "Access": "restricted, etter søknad",
        "Title": "Alt om alle",
        "Title (en)": "All of everybody",
        "Collection": "Tellinger",
        "Columns": "YRKE=Yrke",
        "Population": "Alle bosatte",
        "Publisher": "Byrået",
        "Licence": "CC BY 4.0",
        "Version": "2",
        "Persistent identifier": "doi:10.1/x",
        "Updated": "20240131",
    }


def test_a_table_has_no_units_to_identify(catalogue: Catalogue) -> None:
    table = "0 / Produktbeskrivelse / tabell / form=px\n1 / Personaggregater / Yrke / Sum / 1960 / .\n"
    demand = "0 / Demand description / me\n1 / Person aggregates / Yrke / Sum / 1960 / .\n"
    file = Path(catalogue.root) / "products/tabell.vkd"
    file.write_text(table, encoding="utf-8")
    silent = told(open_catalogue(catalogue.root), demand)["tabell"]
    file.unlink()
    assert (silent["Identified by"], silent["Usable together with"]) == ("does not apply", "does not apply")
    assert silent["Sources"] == "not stated"


def test_what_is_not_stated_is_said_to_be_so(catalogue: Catalogue) -> None:
    silent = told(catalogue)["taus"]
    asked = ("Identified by", "Sources", "Processing", "Quality", "Usable together with", "Access")
    assert {silent[question] for question in asked} == {"not stated"}


@pytest.mark.parametrize(
    ("product", "usable"),
    [
        ("samme", "products with the same unit-id and series; here: alt (All of everybody); not known: taus and uviss"),
        ("annen", "products with the same unit-id and series; not known: taus and uviss"),
        ("uviss", "products with the same unit-id; not known: alt (All of everybody), annen, samme and taus"),
        ("lukket", "nothing, since it is closed"),
    ],
)
def test_what_it_can_be_used_with_is_what_it_can_be_linked_to(catalogue: Catalogue, product: str, usable: str) -> None:
    assert told(catalogue)[product]["Usable together with"] == usable


def test_a_series_is_not_for_the_public(catalogue: Catalogue) -> None:
    assert told(catalogue, public=True)["alt (All of everybody)"]["Identified by"] == "Personal identity number"


def test_it_is_told_only_where_it_is_asked_for(catalogue: Catalogue) -> None:
    assert told(catalogue, detail=False) == {}
