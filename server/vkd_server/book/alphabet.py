"""The order of words in a language: its own letters in their places, other letters where its readers look for them."""

import unicodedata
from collections.abc import Mapping
from functools import cache
from typing import NamedTuple

from vkd_catalog.languages import load

_LIKE = (("ä", "æ"), ("ö", "ø"))
"""Letters that neighbours write for each other: where a language has one of them, the other stands with it."""

_IN_TWO = {"æ": "ae", "ø": "o", "œ": "oe", "ß": "ss", "ð": "d", "þ": "th", "đ": "d", "ł": "l"}
"""How letters are read where an alphabet does not have them, and nothing can be taken off them."""

OTHERS = "#"
"""The letter that stands for everything that begins with none: digits, signs, other scripts."""


class Alphabet(NamedTuple):
    """The letters of a language in their order, and which of them others are read as."""

    letters: str
    alike: Mapping[str, str]

    def key(self, text: str) -> tuple[tuple[int, ...], str]:
        """What texts are sorted by: letters by their places, whatever begins with none before them. Signs at the
        beginning do not count, those within stand before letters, and case counts last."""
        read = self._read(text)
        first = next((at for at, one in enumerate(read) if one.isalnum()), 0)
        return (self.letter(text) != OTHERS, *map(self._place, read[first:])), text

    def letter(self, text: str) -> str:
        """The letter under which a text stands, in upper case; `OTHERS` where it begins with none."""
        first = next((one for one in self._read(text) if one.isalnum()), "")
        return first.upper() if first and first in self.letters else OTHERS

    def _read(self, text: str) -> str:
        """A text in the letters of the alphabet, as far as it can be read so."""
        read = []
        for character in unicodedata.normalize("NFC", text).lower():
            if character in self.letters or not character.isalpha():
                read.append(character)
                continue
            own = self.alike.get(character) or _IN_TWO.get(character) or unicodedata.normalize("NFD", character)[0]
            read.append(own)
        return "".join(read)

    def _place(self, character: str) -> int:
        place = self.letters.find(character)
        return place + 1_000_000 if place >= 0 else (2_000_000 if character.isalpha() else 0) + ord(character)


@cache
def alphabet_of(language: str) -> Alphabet:
    """The alphabet of a language."""
    letters = load(language).alphabet
    alike = {
        one: other for pair in _LIKE for one, other in (pair, pair[::-1]) if other in letters and one not in letters
    }
    return Alphabet(letters, alike)
