"""From a demand's line to the products' lines that answer it, and back, each found at its line number."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.server.lsp.client import Json, connected
from tests.server.lsp.test_requests import Session
from tests.server.workspaces import workspace

DEMANDS = """0 / Etterspørselsbeskrivelse / enheter
1 / Personer / Personreg.nov.70 / Alder / 19701101 / O
2 / " / " / Yrke / " / N
3 / " / - / Omsetning / - / .

0 / Etterspørselsbeskrivelse / tabeller
1 / Personaggregater / Yrke / Sum / 19701101 / O
2 / " / Personreg.nov.70 / " / " / O
3 / " / Utdanning / " / 1971 / E
4 / " / Yrke / " / 19701101 / .
"""
PRODUCTS = """0 / Produktbeskrivelse / person / data=F:x; access=open
1 / Personer / Personreg.nov.70 / Fødselsdato / 19701101 / O
2 / " / " / Yrke / " / .
0 / Produktbeskrivelse / tabell / data=F:x; access=open
1 / Personaggregater / Yrkesklassifikasjon / Sum / 19701101 / .
"""

ANSWERED = {1: [1], 2: [2], 3: [], 6: [1, 2, 4], 7: [1, 2], 8: [], 9: [4]}
"""Rows of the demands, each with the rows of the products that answer it: directly, derived, to be computed, a table."""


@pytest.fixture
def session(tmp_path: Path) -> Iterator[Session]:
    root = workspace(tmp_path, {"demands/d.vkd": DEMANDS, "products/p.vkd": PRODUCTS})
    for file in (*root.glob("demands/eks*"), *root.glob("products/[!p]*")):
        file.unlink()
    with connected() as client:
        yield Session(client, root)


def rows(locations: Json) -> list[int]:
    return sorted(one["range"]["start"]["line"] for one in locations)


def test_what_answers_a_line_and_what_a_line_answers_are_the_same_pairs(session: Session) -> None:
    session.start()
    demands, products = session.open("demands/d.vkd"), session.open("products/p.vkd")
    found = {
        row: rows(session.ask("textDocument/definition", demands, position={"line": row, "character": 0}))
        for row in ANSWERED
    }
    assert found == ANSWERED
    context = {"includeDeclaration": True}
    for row in (1, 2, 4):
        place = {"line": row, "character": 0}
        locations = session.ask("textDocument/references", products, position=place, context=context)
        assert {one["uri"] for one in locations} <= {demands}
        assert rows(locations) == [line for line, answers in ANSWERED.items() if row in answers]
