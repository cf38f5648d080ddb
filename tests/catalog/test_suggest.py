"""Nearest words: letters typed otherwise, typing errors, and that a large vocabulary finds what a small one does."""

import random

import pytest

from vkd_catalog.suggest import Suggester, loose, nearest
from vkd_catalog.vocabulary import build_vocabularies, read_vocabulary

SYLLABLES = (
    "be",
    "for",
    "per",
    "son",
    "al",
    "der",
    "ind",
    "komst",
    "type",
    "dato",
    "kode",
    "løn",
    "arb",
    "ejd",
    "sted",
)


def suggester(words: list[str]) -> Suggester:
    rows = "".join(f"K{number},{word}\n" for number, word in enumerate(words))
    file = read_vocabulary("k.csv", f"code,prefLabel@nb\n{rows}".encode(), "characteristics")
    return Suggester(build_vocabularies([file]).characteristics)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [("Kjonn", "Kjønn"), ("kjoenn", "Kjønn"), ("Aar", "År"), ("Naering", "Næring"), ("Yrkke", "Yrke"), ("Yrk", "Yrke")],
)
def test_the_word_that_was_meant_comes_first(typed: str, meant: str) -> None:
    found = suggester(["Alder", "Kjønn", "År", "Næring", "Yrke", "Inntekt"]).nearest(typed)
    assert found[0][0] == meant


@pytest.mark.parametrize(
    ("typed", "near"),
    [
        # Of words that are near the nearer comes first, and a part of a longer word last.
        ("Persone", ["Personer", "Personaggregater"]),
        ("Persons", ["Personer", "Personaggregater"]),
        ("Kommune", ["Bostedskommune"]),
        ("inntekt, sum", ["Sum inntekt"]),
        # Short words match nothing by a part, and what is far away is not offered.
        ("Kjønnsidentitet", []),
        ("Sexualitet", []),
        ("Alderspensjon", []),
        ("Stilling", []),
        ("S", []),
    ],
)
def test_what_is_near(typed: str, near: list[str]) -> None:
    words = ["Personaggregater", "Personer", "Bostedskommune", "Kjønn", "Sex", "Alder", "Sum", "Sum inntekt"]
    assert [word for word, _ in suggester(words).nearest(typed)] == near


@pytest.mark.parametrize("typed", ["", "§", "x" * 100_000, "Zqwv"])
def test_nothing_is_near_to_nonsense(typed: str) -> None:
    assert suggester(["Alder", "Kjønn"]).nearest(typed) == ()


def test_of_many_words_the_same_is_found() -> None:
    chosen = random.Random(1972)
    words = list(dict.fromkeys("".join(chosen.choices(SYLLABLES, k=4)) for _ in range(2600)))
    large = suggester(words)
    for word in chosen.sample(words, 200):
        place = chosen.randrange(1, len(word))
        typed = word[:place] + "x" + word[place:]
        assert large.nearest(typed)[0][0] == nearest(typed, words)[0]


def test_loose_forms() -> None:
    assert loose("Blåbær") == loose("blaabaer") == loose("BLABAR")
