"""What a label says besides a word, and which synonyms would name several concepts."""

import pytest

from vkd_catalog.importers.labels import agreed, as_cell, clashing, is_note, read_label


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", True),
        (" - ", True),
        ("Ingen label", True),
        ("NO LABEL", True),
        ("- Label mangler -", True),
        ("- Label missing -", True),
        ("Se dokumentation hos SDS/sundhedsdatastyrelsen", True),
        ("See the documentation at SDS", True),
        ("For variabel beskrivelse henvises til Energinets definitioner.", True),
        ("Variabelnavne: DIA02-DIA20 Hentes fra variablen DIAGNOSE i diagnosetabel", True),
        ("Retrieved from the variable PROCEDURE in the procedure table.", True),
        ("Label", False),
        ("Ingen børn", False),
        ("Sedokumentation", False),
        ("Aktionsdiagnose. Hentes fra variablen DIAGNOSE.", False),
        ("Hvor borgeren i stedet henvises til", False),
    ],
)
def test_a_note_is_no_word(text: str, expected: bool) -> None:
    assert is_note(text) is expected


@pytest.mark.parametrize(
    ("text", "word", "cell"),
    [
        ("Forælderens køn 1=mand 2=kvinde", "Forælderens køn", "1=mand|2=kvinde"),
        ("Køn - 1 = mand, 2 = kvinde", "Køn", "1=mand|2=kvinde"),
        ("0=enling  1=tvilling", "", "0=enling|1=tvilling"),
        ("Berettiget   0= Nej  1= Ja", "Berettiget", "0=Nej|1=Ja"),
        # One value is no list, nor is what may be text around one.
        ("A 1=x", "A 1=x", ""),
        ("b 1=ja 1=nej", "b 1=ja 1=nej", ""),
        ("TYPE ='Post 1=bestyrelse 2=direktion'", "TYPE ='Post 1=bestyrelse 2=direktion'", ""),
        ("a1=x b2=y", "a1=x b2=y", ""),
        ("Alder", "Alder", ""),
    ],
)
def test_values_listed_in_a_label_are_values(text: str, word: str, cell: str) -> None:
    label = read_label(text)
    assert (label.word, as_cell(label.values)) == (word, cell)


def test_code_lists_that_contradict_each_other_are_none() -> None:
    assert agreed([{"1": "mand"}, {"1": "Mand", "2": "kvinde"}, {}]) == {"1": "mand", "2": "kvinde"}
    assert agreed([{"1": "mand"}, {"1": "kvinde"}]) == {}


def test_a_synonym_yields_to_what_another_is_called_and_to_another_synonym() -> None:
    words = {"A": ["Alder"], "B": ["Age"], "C": []}
    synonyms = {"A": ["age", "År", "Alder i år"], "B": ["år"], "C": []}
    assert clashing(words, synonyms) == {"A": ["age", "År"], "B": ["år"]}
