"""Monikers, linked editing, and the next line shown in grey."""

import pytest

from tests.server.features.marked import marked
from vkd_grammar.text import content
from vkd_server.features.completion.inline import inline_completion
from vkd_server.features.completion.next_line import next_line
from vkd_server.features.navigation.linked_editing import linked
from vkd_server.features.navigation.monikers import Moniker, moniker
from vkd_server.features.refactoring.fixes import applied

PRODUCT = "0 / Produktbeskrivelse / Å  b / unit-id=Yrke\n"
DEMAND = "0 / Etterspørselsbeskrivelse / b\n"
FIRST = "1 / Person / xy12 / Yrke / 1970 / O\n"


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (DEMAND + "1 / Personer / - / Yr‸ke / 1970 / .\n", Moniker("characteristics/K5", "import")),
        (DEMAND + "1 / Persons / - / Occu‸pation / 1970 / .\n", Moniker("characteristics/K5", "import")),
        (DEMAND + "1 / Personer / - / [K5‸] / 1970 / .\n", Moniker("characteristics/K5", "import")),
        (DEMAND + '1 / Personer / - / Yrke / 1970 / O\n2 / "‸ / " / " / " / .\n', Moniker("object-types/A", "import")),
        (PRODUCT.replace("Å", "Å‸"), Moniker("products/å b", "export")),
        (PRODUCT.replace("=Yrke", "=Yr‸ke"), Moniker("characteristics/K5", "import")),
        (DEMAND.replace("/ b", "/ b‸"), None),
        (DEMAND + "1 / Personer / - / Yrk‸ / 1970 / .\n", None),
        ("‸", None),
    ],
)
def test_monikers(text: str, found: Moniker | None) -> None:
    assert moniker(*marked(text)) == found


@pytest.mark.parametrize(
    ("text", "places"),
    [
        (
            DEMAND + "1 / Person / xy‸12 / Yrke / 1970 / O\n2 / Person / xy12 / Kjønn / 1970 / .\n",
            ["1:13-17", "2:13-17"],
        ),
        (
            DEMAND + FIRST + '2 / " / " / Kjønn / 1970 / O\n3 / Person / ‸xy12 / Yrke / 1970 / .\n',
            ["1:13-17", "3:13-17"],
        ),
        (DEMAND + "1 / Person / xy‸12 / Yrke / 1970 / O\n2 / Person / XY12 / Kjønn / 1970 / .\n", []),
        (DEMAND + "1 / Person / xy‸12 / Yrke / 1970 / O\n2 / Person / z9 / Kjønn / 1970 / .\n", []),
        (DEMAND + "1 / Person / xy‸12 / Yrke / 1970 / .\n" + DEMAND + FIRST, []),
        (DEMAND + "1 / Personer / [P.70‸] / Yrke / 1970 / O\n2 / Personer / [P.70] / Kjønn / 1970 / .\n", []),
        (DEMAND + "1 / Person / xy12 / Yr‸ke / 1970 / O\n2 / Person / xy12 / Yrke / 1970 / .\n", []),
        ("‸", []),
    ],
)
def test_only_what_names_the_same_unit_is_linked(text: str, places: list[str]) -> None:
    found = linked(*marked(text))
    assert [f"{span.start.row}:{span.start.column}-{span.end.column}" for span in found] == places


@pytest.mark.parametrize(
    ("text", "inserted"),
    [
        (DEMAND + FIRST.replace("O\n", "O‸\n"), '\n2 / " / " / '),
        (DEMAND + FIRST + '2 / " / " / Kjønn / " / E ‸', '\n3 / " / " / '),
        (DEMAND + FIRST + '2 / " / " / Kjønn / " / E\n‸', '3 / " / " / '),
        (DEMAND.replace("\n", "‸\n"), "\n1 / "),
        ((DEMAND + FIRST).replace("\n", "\r\n").replace("O\r", "O‸\r"), '\r\n2 / " / " / '),
        (DEMAND + FIRST.replace("O\n", "O‸\n") + "2 / Person / xy12 / Kjønn / 1970 / .\n", None),
        (DEMAND + FIRST.replace("O\n", "O‸\n") + "# Mer\n", None),
        (DEMAND + FIRST.replace("/ O\n", "/ .‸\n"), None),
        (DEMAND + FIRST.replace("Yrke", "Yr‸ke"), None),
        (DEMAND + FIRST.replace("/ 1970 / O\n", "‸"), None),
        ("‸", None),
        ("# Bare prat‸\n", None),
    ],
)
def test_the_next_line_is_offered_where_nothing_follows(text: str, inserted: str | None) -> None:
    found = inline_completion(*marked(text))
    assert (found.text if found else None) == inserted


def test_it_is_what_enter_would_have_begun() -> None:
    before, at = marked(DEMAND + FIRST.replace("O\n", "O‸\n"))
    offered = inline_completion(before, at)
    assert offered is not None
    entered, _ = marked(DEMAND + FIRST + "\n")
    by_enter = applied(entered.document.lines, list(next_line(entered, 2)))
    assert applied(before.document.lines, [offered]).rstrip("\n") == by_enter.rstrip("\n")
    assert content(before.document.lines[0]) in by_enter
