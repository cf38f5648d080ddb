"""Words for the columns of a product's data: for one that is not known, and for all that a file has."""

from pathlib import Path

import pytest

from tests.server.workspaces import PARSER, workspace
from vkd_catalog.catalogue import Catalogue, open_catalogue
from vkd_grammar.document import read_document
from vkd_grammar.text import Position, Span, split_lines
from vkd_server.features.diagnostics import diagnose_document
from vkd_server.features.lexicon import Lexicon
from vkd_server.features.refactoring.columns import chosen_words, data_at, described_columns
from vkd_server.features.refactoring.fixes import applied
from vkd_server.features.snapshot import Snapshot

PATH = "products/ny.vkd"
PRODUCT = (
    "0 / Produktbeskrivelse / ny / data=data/a.csv; form=csv\n1 / Personer / Personreg.nov.70 / Kjønn / 1970 / .\n"
)


@pytest.fixture
def catalogue(tmp_path: Path) -> Catalogue:
    files = {"data/a.csv": "Kjønn;yrke1;Alder\n1;2;3\n", "data/b2019.csv": "Kjønn;Alder\n", "data/c.bin": "x"}
    return open_catalogue(workspace(tmp_path, dict(files)), PARSER)


def state(text: str, catalogue: Catalogue) -> Snapshot:
    return Snapshot(read_document(text, PARSER), PATH, catalogue, Lexicon(catalogue.vocabularies), lambda _: ())


def at(row: int) -> Span:
    return Span(Position(row, 0), Position(row, 0))


def errors(text: str, catalogue: Catalogue) -> list[str]:
    found = diagnose_document(read_document(text, PARSER), PATH, catalogue)
    return [one.code for one in found if one.severity == "error"]


@pytest.mark.parametrize(
    ("before", "row", "after"),
    [
        (
            PRODUCT + "# unknown: yrke1 (nearest: Yrke, Alder)\n",
            2,
            "0 / Produktbeskrivelse / ny / data=data/a.csv\n    ; form=csv\n    ; kolonner=yrke1=Yrke\n"
            "1 / Personer / Personreg.nov.70 / Kjønn / 1970 / O\n"
            '2 / "        / "                / Yrke  / "    / .\n',
        ),
        (
            "# Først.\n0 / Produktbeskrivelse / ny / data=data/a.csv\n# unknown: Yrke (nearest: Yrke)\n# Mer.\n"
            '1 / Personer / Personreg.nov.70 / Kjønn / 1970 / O\n2 / " / " / " / 1971 / .\n',
            2,
            "# Først.\n0 / Produktbeskrivelse / ny / data=data/a.csv\n"
            "1 / Personer / Personreg.nov.70 / Yrke  / 1970 / O\n# Mer.\n"
            '2 / "        / "                / Kjønn / "    / O\n'
            '3 / "        / "                / "     / 1971 / .\n',
        ),
    ],
)
def test_a_near_word_makes_the_line_a_sentence(catalogue: Catalogue, before: str, row: int, after: str) -> None:
    first, *_ = chosen_words(state(before, catalogue), at(row))
    assert applied(split_lines(before), first.edits) == after
    assert errors(after, catalogue) == []


@pytest.mark.parametrize(
    ("text", "titles"),
    [
        (PRODUCT + "# unknown: a (nearest: Yrke, Alder [K3], Hest)\n", ["a som Yrke", "a som Alder"]),
        (PRODUCT + "# unknown: a (nearest: –)\n", []),
        (PRODUCT + "# Yrke\n", []),
        ("# unknown: a (nearest: Yrke)\n", []),
        ("1 / Personer / - / Yrke / 1970 / .\n# unknown: a (nearest: Yrke)\n", []),
        ("0 / Produktbeskrivelse / a / form=csv\n1 / skrot\n# unknown: a (nearest: Yrke)\n", []),
    ],
)
def test_where_words_are_offered(catalogue: Catalogue, text: str, titles: list[str]) -> None:
    row = text.count("\n") - 1
    found = [one.title for one in chosen_words(state(text, catalogue), at(row))]
    assert [title.removeprefix("Beskriv kolonnen ") for title in found] == titles


def test_the_columns_of_a_file_are_said(catalogue: Catalogue) -> None:
    now = state(PRODUCT, catalogue)
    after = applied(split_lines(PRODUCT), described_columns(now, at(0)))
    assert after == (
        "0 / Produktbeskrivelse / ny / data=data/a.csv\n    ; form=csv\n"
        "1 / Personer / Personreg.nov.70 / Kjønn / 1970 / O\n"
        '2 / "        / "                / Alder / "    / .\n'
        "# unknown: yrke1 (nearest: Yrke)\n"
    )
    assert errors(after, catalogue) == []
    assert described_columns(state(after, catalogue), at(0)) == (), "there is nothing new to say"


@pytest.mark.parametrize(
    ("address", "name"),
    [
        ("data/b{year}.csv", "b2019.csv"),
        ("data/none.csv", ""),
        ("data/c.bin", ""),
        ("https://example.org/a.csv", ""),
        ("data", ""),
    ],
)
def test_which_file_an_address_leads_to(catalogue: Catalogue, address: str, name: str) -> None:
    text = PRODUCT.replace("data/a.csv", address).replace("/ 1970 /", "/ 2015..2020:A /")
    found = data_at(state(text, catalogue), at(0))
    assert (found.name if found else "") == name


def test_only_on_the_line_of_the_address_and_not_to_the_public(catalogue: Catalogue) -> None:
    assert data_at(state(PRODUCT, catalogue), at(1)) is None
    catalogue.is_public = True
    assert data_at(state(PRODUCT, catalogue), at(0)) is None
