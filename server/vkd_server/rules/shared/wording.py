"""Words that messages are made of, lists and quotations in the language of the message."""

import re
from collections.abc import Sequence

from vkd_catalog.languages import quoted as in_quotes
from vkd_catalog.languages import say

LONGEST_WORD = 48
"""Code points of a word that a message repeats at most."""


NAME_KINDS = ("register", "classification", "class", "individual")
"""What a name may be."""

CHARACTERISTIC_KINDS = ("individual", "aggregate")
"""What a characteristic may be."""

_CODE_BEHIND = re.compile(r" \[[^\[\]\s]+\]$")


def shortened(word: str) -> str:
    """A word as it is shown in a message: not too long, on one line, and without characters that cannot be shown.

    Where a code follows the word only the word is cut, since the code distinguishes it from others.
    """
    coded = _CODE_BEHIND.search(word[-LONGEST_WORD:])
    code = coded[0] if coded else ""
    word = word[: -len(code) or None]
    word = word[: 2 * LONGEST_WORD] if len(word) > 2 * LONGEST_WORD else word
    word = "".join(character if character.isprintable() else "\ufffd" for character in " ".join(word.split()))
    return (word if len(word) <= LONGEST_WORD else word[: LONGEST_WORD - 1] + "…") + code


def quoted(word: str, language: str) -> str:
    """A word between the language's quotation marks, shortened where it is long."""
    return in_quotes(shortened(word), language)


def any_of(words: Sequence[str], language: str) -> str:
    """Words as `a, b or c`; of many the first few."""
    return _joined(words, say("word.or", language))


def all_of(words: Sequence[str], language: str) -> str:
    """Words as `a, b and c`; of many the first few."""
    return _joined(words, say("word.and", language))


def _joined(words: Sequence[str], before_last: str, most: int = 5) -> str:
    if len(words) > most:
        return ", ".join(words[:most]) + " …"
    *first, last = words
    return f"{', '.join(first)} {before_last} {last}" if first else last
