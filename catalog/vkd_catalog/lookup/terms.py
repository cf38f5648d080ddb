"""Texts as the look-up compares them: words in a loose form, their stems, and the words that compounds are made of.

One stemmer serves every language of a catalogue, since nobody says which one a word is of. It takes off the endings of
Norwegian, Swedish, Danish and English nouns and nothing else, so that words stay what they mean.
"""

import re
import unicodedata
from collections.abc import Callable
from functools import lru_cache

from vkd_catalog.files import NO_TEXT
from vkd_catalog.suggest import loose

_WORD = re.compile(r"[^\W_]+")

_ENDINGS = (
    *("erne", "arne", "arna", "orna", "erna", "ene", "ane", "ena"),
    *("en", "et", "er", "ar", "or", "ed", "s", "e", "a"),
)
"""The longest first: definite and plural, genitive, the last vowel; of English plurals and past forms."""

_SHORTEST_STEM = 4

_LONGEST_WORD = 60
_SHORTEST_PART = 3
_LINKS = ("", "s", "e", "er", "n")
"""What stands between the parts of a Nordic compound, as in `yrkesinntekt`."""

_SOUNDS = (
    *(("ssion", "sion"), ("tion", "sion"), ("sjon", "sion"), ("sch", "sk"), ("ck", "k"), ("qu", "kv"), ("hv", "v")),
    *(("ph", "f"), ("th", "t"), ("ch", "k"), ("ce", "se"), ("ci", "si"), ("ks", "x"), ("gj", "g"), ("kj", "k")),
    ("dt", "t"),
)
"""Letters that one language has where another has others."""

_SOUND = str.maketrans({"b": "p", "d": "t", "g": "k", "w": "v", "z": "s", "c": "k", "q": "k", "y": "i", "j": "i"})
_TWICE = re.compile(r"(.)\1")

_SMALL = """og och i av af for til till the of and in pa med er ar som der den det et en a an to at ei by on with or
eller fra fran from is are ett om vid ved per efter etter de"""

SMALL_WORDS = frozenset(_SMALL.split())
"""Words that every text holds; a question that holds others is not about them."""


def plain(text: str) -> str:
    """A text in lower case, with aa as å, ae as æ, oe as ø and é as e, so that ways of typing make no difference."""
    form = loose(text)
    if form.isascii():
        return form
    # What a client sends may hold halves of characters, which no index takes.
    form = NO_TEXT.sub("\N{REPLACEMENT CHARACTER}", form)
    apart = unicodedata.normalize("NFKD", form)
    return "".join(letter for letter in apart if not unicodedata.combining(letter))


def words_of(text: str) -> list[str]:
    """The words of a text, in their plain form and order."""
    return _WORD.findall(plain(text))


def stems_of(text: str) -> list[str]:
    """The stems of a text's words, in order."""
    return [stem(word) for word in words_of(text)]


@lru_cache(maxsize=100_000)
def stem(word: str) -> str:
    """A plain word without its ending: `inntekten` and `inntekter` are `inntekt`."""
    if word.endswith("y") and len(word) > _SHORTEST_STEM:
        word = word[:-1] + "i"
    shorter = _shortened(word)
    while shorter != word:
        word, shorter = shorter, _shortened(shorter)
    return word


def split(word: str, is_known: Callable[[str], bool]) -> tuple[str, ...]:
    """The stems of the two words that a compound is made of; none where it is not made of words that are known.

    Of several ways it is the one with the longest last word, which says what sort of thing a Nordic compound is.
    """
    if len(word) > _LONGEST_WORD:
        return ()
    for at in range(_SHORTEST_PART, len(word) - _SHORTEST_PART + 1):
        last = stem(word[at:])
        if len(last) < _SHORTEST_PART or not is_known(last):
            continue
        for link in _LINKS:
            first = word[:at].removesuffix(link) if link and word[:at].endswith(link) else "" if link else word[:at]
            if len(first) >= _SHORTEST_PART and is_known(stem(first)):
                return stem(first), last
    return ()


@lru_cache(maxsize=100_000)
def skeleton(word: str) -> str:
    """A plain word in a form that is the same for related words of neighbouring languages: `bruk` and `brug`, `kvinne`
    and `kvinna`."""
    for letters, others in _SOUNDS:
        if letters in word:
            word = word.replace(letters, others)
    return _TWICE.sub(r"\1", word.translate(_SOUND))


def _shortened(word: str) -> str:
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= _SHORTEST_STEM and not word.endswith("ss"):
            return word[: -len(ending)]
    return word
