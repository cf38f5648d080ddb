"""Free words where an editor looks things up: workspace symbols where nothing is called so, and the catalogue's search."""

import pytest

from tests.server.features.marked import census
from vkd_catalog.register import Called
from vkd_server.features.explain.browsing import found
from vkd_server.features.navigation import workspace_symbols as symbols
from vkd_server.features.navigation.workspace_symbols import workspace_symbols

CATALOGUE = census("nb")[0]


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("lønsinntekt", "Lønnsinntekt [K6.1]"),
        ("salg av varer", "Omsetning [K9]"),
        ("inntekten sum", "Sum inntekt [S2]"),
    ],
)
def test_a_symbol_is_found_by_free_words(text: str, first: str) -> None:
    assert workspace_symbols(text, CATALOGUE)[0].name == first


@pytest.mark.parametrize(
    ("text", "kind", "code"),
    [
        ("inntekt", "characteristics", "K6"),
        ("income", "characteristics", "K6"),
        ("inntketen", "characteristics", "K6"),
        ("ft60", "product", "ft60-person"),
    ],
)
def test_the_catalogue_is_searched_by_free_words(text: str, kind: str, code: str) -> None:
    first, *_ = found(CATALOGUE, text).entries
    assert (first.kind, first.id) == (kind, code)


def test_what_nobody_means_is_not_found() -> None:
    assert workspace_symbols("xqzvw", CATALOGUE) == []
    assert found(CATALOGUE, "xqzvw") == ([], 0)


def test_names_are_looked_into_only_where_too_few_begin_so(monkeypatch: pytest.MonkeyPatch) -> None:
    """To look into each of a million takes long; what begins with the text comes first anyhow."""
    expected = workspace_symbols("person", CATALOGUE)
    assert len(expected) > 1
    monkeypatch.setattr(symbols, "MOST", 1)
    looked_into: list[bool] = []
    holding = CATALOGUE.register.holding

    def noted(text: str, most: int, *, inside: bool = True) -> list[Called]:
        looked_into.append(inside)
        return holding(text, most, inside=inside)

    monkeypatch.setattr(CATALOGUE.register, "holding", noted)
    assert workspace_symbols("person", CATALOGUE) == expected[:1]
    assert looked_into == [False]
    assert workspace_symbols("ersonreg", CATALOGUE)
    assert looked_into == [False, False, True]
