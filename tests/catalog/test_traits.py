"""Concepts by what they have in common: looked up, they are those that looking at every concept finds."""

from pathlib import Path

import pytest

from tests.catalog.asking import PARSER
from vkd_catalog.catalogue import open_catalogue
from vkd_catalog.engines.built import Built, open_built
from vkd_catalog.federation.handed_out import hand_out
from vkd_catalog.vocabulary import Vocabulary
from vkd_catalog.vocabulary.concepts import TRAITS, Trait, traits_of

EXAMPLES = Path(__file__).parents[2] / "examples"


def by_looking(vocabulary: Vocabulary, trait: Trait) -> dict[str, set[str]]:
    """The codes of each value of a trait."""
    found: dict[str, set[str]] = {}
    for code, concept in vocabulary.concepts.items():
        for other, value in traits_of(concept):
            if other == trait:
                found.setdefault(value, set()).add(code)
    return found


def look_ups_agree(vocabulary: Vocabulary) -> None:
    order = {code: place for place, code in enumerate(vocabulary.concepts)}
    for trait in TRAITS:
        expected = by_looking(vocabulary, trait)
        assert set(vocabulary.concepts.values_of(trait)) == expected.keys()
        for value, codes in expected.items():
            found = vocabulary.concepts.codes_with(trait, value)
            assert set(found) == codes
            assert sorted(found, key=order.__getitem__) == list(found), "in the order of the files"
            assert vocabulary.concepts.codes_with(trait, value) == found, "and kept"
        assert not vocabulary.concepts.codes_with(trait, "nothing of the kind")


@pytest.mark.parametrize("name", ["folketelling", "norden", "norden/dk", "registre-dk", "utdanning"])
def test_held_in_memory_and_of_several_catalogues(name: str) -> None:
    for vocabulary in open_catalogue(EXAMPLES / name, PARSER).vocabularies.four:
        look_ups_agree(vocabulary)


def test_in_a_register_file(tmp_path: Path) -> None:
    whole = open_catalogue(EXAMPLES / "norden" / "dk", PARSER)
    read = open_built(hand_out(whole, tmp_path, whole.revision))
    assert isinstance(read, Built)
    for vocabulary in read.vocabularies.four:
        look_ups_agree(vocabulary)
