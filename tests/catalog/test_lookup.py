"""Free words: what they find, by what of it and how, the strictest way first; whatever was kept of an earlier look-up."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vkd_catalog.catalogue import Catalogue, open_catalogue
from vkd_catalog.lookup import HOW, KINDS, Hit, lookup
from vkd_catalog.lookup.terms import skeleton, split, stem, words_of
from vkd_catalog.register import Ask, Codes, Standing

SETTINGS = """[catalogue]
name = "Free words"
language = "nb"
[vocabularies]
object-types = ["types.csv"]
names = ["names.csv"]
characteristics = ["characteristics.csv"]
[products]
include = ["products.vkd"]
"""
TYPES = "code,prefLabel@nb,kind,number,unit\nA,Personer,individual,plural,person\n"
NAMES = """code,prefLabel@nb,prefLabel@en,kind
P,Folkeregisteret,Population register,register
P.20,Folkeregisteret 2020,,register
P.21,Folkeregisteret 2021,,register
L,Lønn,Wages,register
"""
CHARACTERISTICS = """code,prefLabel@nb,altLabel@nb,prefLabel@en,notation,kind,values@nb,definition@nb
I,Inntekt,,Income,INNT,individual,,Det en person får utbetalt i løpet av kalenderåret
I.L,Lønn,Arbeidsvederlag,Earnings,,individual,,
I.K,Kapitalinntekt,,Capital income,,individual,,Avkastning av formue
Y,Yrke,Stilling,Occupation,,individual,,
B,Blåbærplukking,,Berry picking,,individual,1=Ja|2=Sjelden eller aldri,
É,Études,,Studies,,individual,,
"""
PRODUCT = """0 / Produktbeskrivelse / {id} / title={title}{more}; form=csv; access=open
1 / Personer / {name} / Inntekt / {year} / O
2 / " / " / [I.L] / " / .
"""
PRODUCTS = "\n".join(
    [
        *(
            PRODUCT.format(
                id=f"skatt{year}", title=f"Skattelisten {year}", more="; collection=SKATT", name="[P]", year=year
            )
            for year in (2019, 2020, 2021)
        ),
        PRODUCT.format(
            id="lonn", title="Lønnsstatistikk", more="; title@en=Structure of earnings", name="[P.20]", year=2020
        ),
    ]
)


@pytest.fixture
def workspace(tmp_path: Path) -> Path:
    for name, text in (
        ("vkd.toml", SETTINGS),
        ("types.csv", TYPES),
        ("names.csv", NAMES),
        ("characteristics.csv", CHARACTERISTICS),
        ("products.vkd", PRODUCTS),
    ):
        (tmp_path / name).write_text(text, encoding="utf-8")
    return tmp_path


@pytest.fixture
def catalogue(workspace: Path) -> Iterator[Catalogue]:
    opened = open_catalogue(workspace)
    yield opened
    opened.register.close()


def said(hit: Hit) -> str:
    return f"{hit.code} {hit.how} {hit.field}"


FIRST = {
    "Inntekt": "I exact word",
    "INCOME": "I exact word",
    "innt": "I exact notation",
    "[I.L]": "I.L exact code",
    "i.l": "I.L exact code",
    "stilling": "Y exact synonym",
    "blaabaerplukking": "B exact word",
    "blåbärplukking": "B exact word",
    "etudes": "É exact word",
    "blåb": "B prefix word",
    "inntekter": "I stem word",
    "inntektene": "I stem word",
    "income from capital": "I.K stem word",
    "vederlag": "I.L part synonym",
    "yrkesinntekt": "Y part word",
    "inntkt": "I spelling word",
    "avkastning": "I.K definition definition",
    "sjelden eller aldri": "B exact value",
    "sjelden": "B prefix value",
    "skattelisten": "skatt2021 prefix title",
    "SKATT": "skatt2021 exact collection",
    "lonn": "I.L exact word",
    "structure earnings": "lonn stem title",
}


@pytest.mark.parametrize(("text", "first"), FIRST.items())
def test_the_best_hit(catalogue: Catalogue, text: str, first: str) -> None:
    found = catalogue.lookup.find(text)
    assert said(found.hits[0]) == first
    assert found.how == found.hits[0].how


@pytest.mark.parametrize("text", ["", " ", "/", "xqzvw", '"', "* OR", "NEAR(", "\udc80", "xqzvw\udc80", "-"])
def test_nothing_is_found(catalogue: Catalogue, text: str) -> None:
    assert catalogue.lookup.find(text) == (None, ())


@pytest.mark.parametrize("text", FIRST)
def test_what_is_named_is_what_is_found(catalogue: Catalogue, text: str) -> None:
    hits = catalogue.lookup.find(text).hits
    named = catalogue.lookup.named(text, len(hits) or 1)
    assert [tuple(one) for one in named] == [(hit.kind, hit.code, hit.label, hit.text) for hit in hits]


def test_what_very_many_sets_have_is_named_without_counting(
    catalogue: Catalogue, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(lookup, "_LOOKED_AT", 1)
    counted: list[Ask] = []
    standing = catalogue.register.standing

    def noted(ask: Ask) -> Standing:
        counted.append(ask)
        return standing(ask)

    monkeypatch.setattr(catalogue.register, "standing", noted)
    assert [one.code for one in catalogue.lookup.named("lønn", 1)] == ["I.L"]
    # No set has the name, which is known at once.
    assert {ask.name for ask in counted} == {Codes(("L",), ("L",))}


def test_the_concepts_below_are_found_by_the_one_above(catalogue: Catalogue) -> None:
    assert "I.L part above" in map(said, catalogue.lookup.find("inntekt").hits)


def test_what_stands_in_a_set_is_found_by_the_set(catalogue: Catalogue) -> None:
    assert {"I part set", "I.L part set", "P.20 part set"} <= set(
        map(said, catalogue.lookup.find("Lønnsstatistikk").hits)
    )


def test_on_equal_text_what_stands_in_more_sets_comes_first(catalogue: Catalogue) -> None:
    found = catalogue.lookup.find("lønn").hits
    assert [(hit.code, hit.products, hit.latest) for hit in found[:3]] == [
        ("I.L", 4, 20211231),
        ("lonn", 1, 20201231),
        ("L", 0, None),
    ]


def test_a_characteristic_comes_before_a_name_in_as_many_sets(workspace: Path) -> None:
    (workspace / "products.vkd").write_text("", encoding="utf-8")
    assert [hit.code for hit in open_catalogue(workspace).lookup.find("lønn").hits[:2]] == ["I.L", "L"]


def test_a_collection_is_told_once_by_its_newest_edition(catalogue: Catalogue) -> None:
    found = catalogue.lookup.find("skattelisten", kinds=["product"]).hits
    assert [(hit.code, hit.label, hit.products, hit.latest) for hit in found] == [
        ("skatt2021", "Skattelisten 2021", 3, 20211231)
    ]


def test_only_some_kinds_and_so_many(catalogue: Catalogue) -> None:
    assert {hit.kind for hit in catalogue.lookup.find("folkeregisteret lønn").hits} > {"name"}
    found = catalogue.lookup.find("folkeregisteret lønn", kinds=["name"], limit=2).hits
    assert [hit.kind for hit in found] == ["name", "name"]


def test_what_is_kept_is_read_and_follows_the_files(workspace: Path) -> None:
    open_catalogue(workspace).lookup.find("inntekt")
    kept = {
        name: os.stat(workspace / ".vkd" / name).st_ino for name in os.listdir(workspace / ".vkd") if "lookup" in name
    }
    assert len(kept) == 2
    open_catalogue(workspace).lookup.find("inntekt")
    assert kept == {name: os.stat(workspace / ".vkd" / name).st_ino for name in kept}
    (workspace / "characteristics.csv").write_text(CHARACTERISTICS + "F,Formue,,,,individual,,\n", encoding="utf-8")
    (workspace / "products.vkd").write_text(PRODUCTS.replace("Lønnsstatistikk", "Tariffer"), encoding="utf-8")
    lookup = open_catalogue(workspace).lookup
    assert [said(lookup.find(text).hits[0]) for text in ("formue", "tariffer")] == ["F exact word", "lonn exact title"]


@pytest.mark.parametrize("damage", [b"", b"SQLite format 3\0", b"no database"])
def test_an_index_that_is_damaged_is_made_anew(workspace: Path, damage: bytes) -> None:
    before = open_catalogue(workspace).lookup.find("inntekt")
    for name in ("lookup-concepts.sqlite", "lookup-products.sqlite"):
        (workspace / ".vkd" / name).write_bytes(damage)
    assert open_catalogue(workspace).lookup.find("inntekt") == before


def test_nothing_need_be_kept(workspace: Path) -> None:
    before = open_catalogue(workspace).lookup.find("inntekt")
    other = open_catalogue(workspace)
    other.cache = None
    assert other.lookup.find("inntekt") == before


@given(st.text(max_size=30))
def test_any_text_is_looked_up(text: str) -> None:
    hits = FOLKETELLING.lookup.find(text).hits
    assert [hit.score for hit in hits] == sorted((hit.score for hit in hits), reverse=True)
    assert all(hit.how in HOW and hit.kind in KINDS for hit in hits)


FOLKETELLING = open_catalogue(Path(__file__).parents[2] / "examples" / "folketelling")


def test_every_word_of_a_concept_finds_it() -> None:
    for kind, vocabulary in zip(KINDS, FOLKETELLING.vocabularies.four, strict=False):
        for concept in vocabulary.concepts.values():
            for word in (*concept.words(), concept.code):
                exact = [hit for hit in FOLKETELLING.lookup.find(word).hits if hit.how == "exact"]
                assert (kind, concept.code) in [(hit.kind, hit.code) for hit in exact]


STEMS = [
    ("inntekt", "inntekten", "inntekter", "inntektene"),
    ("enhet", "enheter", "enheten", "enheterna"),
    ("income", "incomes"),
    ("industry", "industries", "industri"),
    ("kommune", "kommuner", "kommunene", "kommunernes"),
]


@pytest.mark.parametrize("words", STEMS)
def test_endings_are_taken_off(words: tuple[str, ...]) -> None:
    assert len({stem(word) for word in words}) == 1


@pytest.mark.parametrize(
    ("word", "parts"),
    [("yrkesinntekt", ("yrke", "inntekt")), ("barnehage", ("barn", "hage")), ("xyzinntekt", ()), ("inntekt", ())],
)
def test_compounds_are_taken_apart(word: str, parts: tuple[str, ...]) -> None:
    known = {stem(one) for one in ("yrke", "inntekt", "barn", "hage")}
    assert split(word, known.__contains__) == parts


@pytest.mark.parametrize("words", [("bruk", "brug"), ("kvinne", "qvinne"), ("stasjon", "station"), ("hvete", "vete")])
def test_neighbours_sound_alike(words: tuple[str, str]) -> None:
    assert len({skeleton(word) for word in words}) == 1


def test_letters_have_several_ways_of_being_typed() -> None:
    assert words_of("Ålesund, Æra og Øl: ÉTÉ") == words_of("AAlesund aera og oel ete")
