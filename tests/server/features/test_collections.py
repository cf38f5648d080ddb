"""What is told of collections where one is named: their editions by year, and what changed from one to the next."""

from pathlib import Path

import pytest

from tests.server.features.marked import marked
from tests.server.workspaces import PARSER, workspace
from vkd_catalog.configuration import configuration_for
from vkd_server.features.explain.hover import hover
from vkd_server.features.snapshot import Snapshot
from vkd_server.workspace.background import BackgroundCatalogue

EDITIONS = """
0 / Produktbeskrivelse / ind1970 / collection=IND; title=Inntekt
1 / Personer / Personreg.nov.70 / Yrke        / 1970 / O
2 / "        / "                / Kjønn       / "    / O
3 / "        / "                / Fødselsdato / "    / .

0 / Produktbeskrivelse / ind1972 / collection=ind; title=Inntekt; title@en=Income
1 / Personer / Personreg.nov.70 / Yrke    / 1972 / O
2 / "        / "                / Inntekt / "    / .

0 / Produktbeskrivelse / ind1971 / collection=IND
1 / Personer / Personreg.nov.70 / Yrke        / 1971 / O
2 / "        / "                / Kjønn       / "    / O
3 / "        / "                / Fødselsdato / "    / .

0 / Produktbeskrivelse / alene / collection=Alene
1 / Personer / Personreg.nov.70 / Yrke / ? / .
"""


def said(text: str, folder: Path, language: str = "nb", editions: str = EDITIONS) -> str:
    """What is told at a mark in a document, where some editions are registered."""
    configuration = configuration_for(workspace(folder, {"products/ind.vkd": editions}))
    catalogue = BackgroundCatalogue(configuration._replace(language=language), PARSER)
    catalogue.register.size()
    state, place = marked(text)
    state = Snapshot(state.document, state.path, catalogue, state.lexicon, state.places)
    found = hover(state, place, lambda _: None, catalogue.register)
    return found.text if found else ""


@pytest.mark.parametrize(
    ("collection", "language", "text"),
    [
        (
            "IND",
            "nb",
            "**ind** · samling · 3 utgaver: 1970–1972\n\nInntekt\n\n- 1972: nytt: Inntekt; borte: Fødselsdato, Kjønn",
        ),
        (
            "ind",
            "en",
            "**ind** · collection · 3 editions: 1970–1972\n\nIncome\n\n- 1972: new: Income; gone: Date of birth, Sex",
        ),
        ("Alene", "sv", "**Alene** · samling · 1 utgåva"),
        ("finnes ikke", "nb", "**ny** · produktbeskrivelse · 1 linje"),
    ],
)
def test_a_collection_tells_its_editions_and_what_changed(
    tmp_path: Path, collection: str, language: str, text: str
) -> None:
    header = f"0 / Produktbeskrivelse / ny / collection={collection[:2]}‸{collection[2:]}; form=csv\n"
    assert said(f"{header}1 / Personer / - / Yrke / 1970 / .\n", tmp_path, language) == text


@pytest.mark.parametrize(
    ("identification", "language", "text"),
    [
        (
            "ind1972",
            "nb",
            "Utgave av ind, 1972 (3 utgaver: 1970–1972)\n\nSiden ind1971: nytt: Inntekt; borte: Fødselsdato, Kjønn",
        ),
        ("ind1971", "da", "Udgave af IND, 1971 (3 udgaver: 1970–1972)\n\nSiden ind1970: de samme kendetegn"),
        ("IND1970", "nn", "Utgåve av IND, 1970 (3 utgåver: 1970–1972)"),
    ],
)
def test_an_edition_tells_which_it_is(tmp_path: Path, identification: str, language: str, text: str) -> None:
    header = f"0 / Produktbeskrivelse / ‸{identification} / collection=IND\n"
    found = said(f"{header}1 / Personer / - / Yrke / 1970 / .\n", tmp_path, language)
    assert found.partition("\n\n")[2] == text


def test_editions_that_are_alike(tmp_path: Path) -> None:
    alike = EDITIONS.replace("/ Inntekt ", "/ Kjønn ").replace(
        ' O\n3 / "        / "                / Fødselsdato / "    /', ""
    )
    found = said(
        "0 / Produktbeskrivelse / ny / collection=I‸ND\n1 / Personer / - / Yrke / 1970 / .\n", tmp_path, editions=alike
    )
    assert found.endswith("\n\nAlle utgavene har de samme kjennemerkene.")
