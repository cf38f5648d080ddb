"""Refactorings keep what a description means; those that make another description make one that means the same."""

from pathlib import Path

import pytest

from tests.server.features.marked import marked, snapshot
from tests.server.workspaces import PARSER
from vkd_catalog.catalogue import Catalogue, open_catalogue
from vkd_grammar.document import read_document
from vkd_grammar.text import Position, Span
from vkd_server.features.fixes import applied
from vkd_server.features.lexicon import Lexicon
from vkd_server.features.refactorings import Refactoring, refactorings
from vkd_server.features.run import run_document
from vkd_server.features.snapshot import Snapshot

EXAMPLES = Path(__file__).parents[3] / "examples"
HEADER = "0 / Etterspørselsbeskrivelse / b\n"
ODD = (
    '1 / Person / xy12 / Yrke / 1970 / O\n2 / Personer / " / Yrke / 1970 / O\n3 / Person / " / Kjønn / 1970 / .\n',
    '1 / Personer / P.X / Yrkke / 1970 / O\nskrot\n3 / " / " / Yrkke / 1970 / N\r\n4 / " / " / " / " / .',
    '1 / " / " / " / " / O\n2 / " / - / Yrke / 196----- / E\n3 / Personer [A] / - / YRKE / 196----- / .',
    "1 / Personer / Personreg.nov.70 / Yrke / 1970 / O\r\n2 / Persons / [P.70] / Sex / 19700101..19701231 / .\r\n",
)


def at_row(state: Snapshot, row: int) -> list[Refactoring]:
    return list(refactorings(state, Span(Position(row, 0), Position(row, 0))))


def meanings(text: str, catalogue: Catalogue) -> list[list[object]]:
    coded = [catalogue.coder.code(one) for one in read_document(text, PARSER).descriptions]
    return [[(one.kind, one.identification), *[line[2:] for line in one.sentences]] for one in coded]


def check(text: str, catalogue: Catalogue, lexicon: Lexicon) -> set[str]:
    """Carries out everything that is offered anywhere in a text; the kinds that were."""
    document = read_document(text, PARSER)
    state = Snapshot(document, "a.vkd", catalogue, lexicon, catalogue.places_of)
    before = meanings(text, catalogue)
    seen = set()
    for row in range(len(document.lines)):
        for one in at_row(state, row):
            if (one.edits, one.kind) in seen:
                continue
            seen.add((one.edits, one.kind))
            after = meanings(applied(document.lines, one.edits), catalogue)
            number = document.index_at(row)
            if one.kind.endswith((".demand", ".product")):
                made = after.pop(number + 1)
                assert made[1:] == before[number][1:]
                assert made[0] == (one.kind.rpartition(".")[2], before[number][0][1])  # type: ignore[index]
            assert after == before, one
    return {kind.rpartition(".")[2] for _, kind in seen}


@pytest.mark.parametrize("example", ["folketelling", "utdanning", "registre-dk"])
def test_every_refactoring_of_the_examples_keeps_their_meaning(example: str) -> None:
    catalogue = open_catalogue(EXAMPLES / example, PARSER)
    lexicon = Lexicon(catalogue.vocabularies)
    done = set()
    for path in sorted((EXAMPLES / example).glob("*/*.vkd")):
        text = "".join(path.read_bytes().decode().splitlines(keepends=True)[:25])
        done |= check(text, catalogue, lexicon)
    assert {"unfold", "unfoldLine", "demand"} <= done


@pytest.mark.parametrize("lines", ODD)
def test_odd_descriptions_keep_their_meaning(lines: str) -> None:
    state = snapshot(HEADER + lines)
    check(HEADER + lines, state.catalogue, state.lexicon)


def offered(text: str, language: str = "nb") -> dict[str, str]:
    """What a document becomes by each kind that is offered at the mark."""
    state, place = marked(text, language)
    found = refactorings(state, Span(place, place))
    return {one.kind.rpartition(".")[2]: applied(state.document.lines, one.edits) for one in found}


def test_dittos_are_written_out_and_back_and_columns_stay() -> None:
    folded = (
        "0 / Produktbeskrivelse / x\n1 / Personer / Personreg.nov.70 / Yrke  / 19701101 / O\n"
        '2 / "        / "                / "     / "        / O\n3 / "        / "‸                / Kjønn / "        / .\n'
    )
    full = (
        "0 / Produktbeskrivelse / x\n1 / Personer / Personreg.nov.70 / Yrke  / 19701101 / O\n"
        "2 / Personer / Personreg.nov.70 / Yrke  / 19701101 / O\n3 / Personer‸ / Personreg.nov.70 / Kjønn / 19701101 / .\n"
    )
    assert offered(folded)["unfold"] == full.replace("‸", "")
    assert offered(full)["fold"] == folded.replace("‸", "")
    lines = folded.replace("‸", "").splitlines(keepends=True)
    assert offered(folded)["unfoldLine"] == "".join(lines[:3]) + full.replace("‸", "").splitlines(keepends=True)[3]
    assert set(offered(folded)) == {"unfoldLine", "unfold", "demand"}
    assert set(offered(full)) == {"fold", "demand"}


def test_a_demand_made_from_a_product_finds_it() -> None:
    text = (EXAMPLES / "folketelling/products/ft70.vkd").read_text(encoding="utf-8")
    state = snapshot(text)
    made = next(one for one in at_row(state, 3) if one.kind.endswith("demand"))
    whole = applied(state.document.lines, made.edits)
    assert "\n\n0 / Etterspørselsbeskrivelse / ft70-person\n1 / Personer" in whole
    assert "\n\n# 1972, s. 13: tabellen" in whole
    answers = [one.answer for one in run_document(read_document(whole, PARSER), "a.vkd", state.catalogue)]
    assert [(one.covers[0].members, one.covers[0].grade) for one in answers] == [(("ft70-person",), "exact")]


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("‸0 / Etterspørselsbeskrivelse / b\n1 / Personer / Personreg.nov.70 / Yrke / 1970 / .\n", {"product"}),
        ("‸0 / Etterspørselsbeskrivelse / b\n1 / Personer / - / Yrke / 1970 / .\n", set()),
        ("‸0 / Etterspørselsbeskrivelse / b\n1 / Personer / Personreg.nov.70 / Yrke / ----1101 / .\n", set()),
        ("‸0 / Etterspørselsbeskrivelse / b\n1 / Personer / Personreg.nov.70 / Yrkke / 1970 / .\n", set()),
        ("‸0 / Produktbeskrivelse / b\n", set()),
        ("‸skrot\n", set()),
        ("‸", set()),
    ],
)
def test_what_is_offered(text: str, kinds: set[str]) -> None:
    assert set(offered(text)) == kinds


@pytest.mark.parametrize(
    ("language", "title"),
    [
        ("nb", "Lag et produkt av denne etterspørselen"),
        ("sv", "Gör en produkt av denna efterfrågan"),
        ("da", "Lav et produkt af denne efterspørgsel"),
        ("en", "Make a product from this demand"),
    ],
)
def test_titles_speak_the_catalogues_language(language: str, title: str) -> None:
    state = snapshot(HEADER + "1 / Personer / Personreg.nov.70 / Yrke / 1970 / .\n", language)
    assert [one.title for one in at_row(state, 0)] == [title]
