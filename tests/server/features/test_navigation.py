"""From a place to the places that belong to it."""

import pytest

from tests.server.features.marked import marked
from vkd_server.features.navigation.definition import Place, products_with, type_definition
from vkd_server.features.navigation.identifications import product_at
from vkd_server.features.navigation.naming import MOST_HIGHLIGHTS, Uses, concept_at, highlights
from vkd_server.features.navigation.selections import selections

HEADER = "0 / Etterspørselsbeskrivelse / b\n"
LINES = """\
1 / Personer / - / Yrke / 1970 / O
2 / " / Døde / " / Folketellingen 1970 / O
3 / Persons / [P.D] / Occupation [K5] / " / O
skrot / Personer / Døde / Yrke / Folketellingen 1970 / O / 7
4 / " / - / " / - / .
0 / Produktbeskrivelse / p / unit-id = Yrke , [K4]; form=csv; columns=Y = Yrke,KJ=Kjønn
1 / Individ / Selgere / Kjønn / 1970 / .
"""


@pytest.mark.parametrize(
    ("before", "code", "words"),
    [
        ("/ Pers", "A", ["1:Personer", '2:"', "3:Persons"]),
        ('2 / "', "A", ["1:Personer", '2:"', "3:Persons"]),
        ("- / Yrke", "K5", ["1:Yrke", '2:"', "3:Occupation [K5]", "6:Yrke", "6:Yrke"]),
        ("unit-id = ", "K5", ["1:Yrke", '2:"', "3:Occupation [K5]", "6:Yrke", "6:Yrke"]),
        ("Yrke , [K", "K4", ["6:Kjønn", "6:[K4]", "7:Kjønn"]),
        ("columns=Y = Y", "K5", ["1:Yrke", '2:"', "3:Occupation [K5]", "6:Yrke", "6:Yrke"]),
        ("columns=", None, []),
        ("/ Dø", "P.D", ["2:Døde", "3:[P.D]"]),
        ("/ Folke", "T2", ["2:Folketellingen 1970", '3:"']),
        ("/ 19", None, []),
        ("skr", None, []),
        ('4 / "', None, []),
        ("3", None, []),
        ("form=", None, []),
        ("0 / Prod", None, []),
    ],
)
def test_uses_of_a_concept(before: str, code: str | None, words: list[str]) -> None:
    text = HEADER + LINES
    at = text.index(before) + len(before)
    state, place = marked(text[:at] + "‸" + text[at:])
    meant = concept_at(state, place)
    assert (meant.concept.code if meant else None) == code
    if meant is not None:
        uses = Uses(meant, state.catalogue)
        found = [use for row, description in state.document.pieces() for use in uses.within(row, description)]
        assert sorted(f"{use.row}:{state.line(use.row)[use.start : use.end]}" for use in found) == words
        assert all(use.ditto == (state.line(use.row)[use.start] == '"') for use in found)


def test_highlights_are_those_nearest_to_the_cursor() -> None:
    before, after = (
        (HEADER + "1 / Personer / - / Yrke / 1970 / .\n") * 900,
        HEADER + "1 / Pers‸oner / - / Yrke / 1970 / .\n",
    )
    found = highlights(*marked(before + after + before))
    assert len(found) == MOST_HIGHLIGHTS
    rows = [use.row for use in found]
    assert rows == sorted(rows)
    assert abs((1801 - rows[0]) - (rows[-1] - 1801)) <= 2
    assert (
        len(
            highlights(
                *marked(before.replace("Yrke", "Kjønn") + after.replace("Pers‸oner / - / Yrke", "Personer / - / Yr‸ke"))
            )
        )
        == 1
    )
    assert highlights(*marked("‸")) == []


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("# til\n0 / Produktbeskrivelse / ‸p-1 / form=csv", "p-1"),
        ("0 / Produktbeskrivelse / p-1‸", "p-1"),
        ("0 / Produktbeskrivelse‸ / p-1", ""),
        ("0 / Produktbeskrivelse‸", ""),
        ("0 / Etterspørselsbeskrivelse / p‸-1", ""),
        ("‸", ""),
    ],
)
def test_identification_of_a_product(text: str, name: str) -> None:
    assert product_at(*marked(text)) == name


@pytest.mark.parametrize(
    ("line", "row"),
    [
        ("Person‸ / - / Yrke / 1970 / .", 1),
        ("Personer‸ / - / Yrke / 1970 / .", None),
        ("Personer / - / Lønns‸inntekt / 1970 / .", 6),
        ("Personer / - / Yrkk‸e / 1970 / .", None),
    ],
)
def test_the_concept_above(line: str, row: int | None) -> None:
    found = type_definition(*marked(f"{HEADER}1 / {line}\n"))
    assert (found.row if found else None) == row


FT60, FT70, TABLE, DEAD = (
    Place("products/ft60-person.vkd", 1),
    Place("products/ft70.vkd", 1),
    Place("products/ft70.vkd", 9),
    Place("products/dode.vkd", 1),
)


@pytest.mark.parametrize(
    ("line", "places"),
    [
        ("Personer / - / Yr‸ke / 1970 / .", [FT60, FT70]),
        ("Personer / Personregister‸et / Yrke / 1970 / .", [DEAD, FT60, FT70]),
        ("Personer / Døde‸ / Yrke / 1970 / .", [DEAD]),
        ("Personer / - / Yrke / 1960-årene‸ / .", [DEAD, FT60, FT70]),
        ("Personer / - / Yrke / Folketellingen 1970‸ / .", [FT60, FT70, TABLE]),
        ("Bedrift‸er / - / Yrke / 1970 / .", []),
        ("Personer / ‸- / Yrke / 1970 / .", []),
    ],
)
def test_information_sets_that_use_a_concept(line: str, places: list[Place]) -> None:
    snapshot, position = marked(f"{HEADER}1 / {line}\n")
    meant = concept_at(snapshot, position)
    assert (products_with(meant, snapshot.catalogue) if meant else []) == places


SELECTED = """\
# om

# tekst
0 / Etterspørselsbeskrivelse / b / arc‸hive = both; profile=no
  ; arkiv = ‸data
1 / Personer / - / Yrke / 1970 / O
  2 / " /‸ Døde  / " / " / E\t
3 / Personer / - / Yrke / 1970 / .
skr‸ot
‸

0 / Produktbeskrivelse / p
1 / Personer / - / Yrke‸ / 1970 / .
"""


@pytest.mark.parametrize(
    ("which", "spans"),
    [
        (0, [(3, 35, 3, 42), (3, 35, 3, 49), (3, 0, 3, 61), (2, 0, 8, 5), (2, 0, 10, 0), (0, 0, 13, 0)]),
        (1, [(4, 12, 4, 16), (4, 4, 4, 16), (4, 2, 4, 16), (2, 0, 8, 5), (2, 0, 10, 0), (0, 0, 13, 0)]),
        (2, [(6, 2, 6, 27), (5, 0, 6, 28), (2, 0, 8, 5), (2, 0, 10, 0), (0, 0, 13, 0)]),
        (3, [(8, 0, 8, 5), (7, 0, 8, 5), (2, 0, 8, 5), (2, 0, 10, 0), (0, 0, 13, 0)]),
        (4, [(9, 0, 9, 0), (2, 0, 10, 0), (0, 0, 13, 0)]),
        (5, [(12, 19, 12, 23), (12, 0, 12, 34), (11, 0, 12, 34), (0, 0, 13, 0)]),
    ],
)
def test_selections(which: int, spans: list[tuple[int, int, int, int]]) -> None:
    parts = SELECTED.split("‸")
    state, place = marked("".join(parts[: which + 1]) + "‸" + "".join(parts[which + 1 :]))
    assert [(*span.start, *span.end) for span in selections(state, place)] == spans


def test_selections_of_nothing() -> None:
    state, place = marked("‸")
    assert [(*span.start, *span.end) for span in selections(state, place)] == [(0, 0, 0, 0)]
