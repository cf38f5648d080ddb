"""Words that messages are made of, in the four languages a catalogue may speak."""

import re
from collections.abc import Sequence

from vkd_catalog.languages import Texts
from vkd_catalog.languages import quoted as in_quotes

LONGEST_WORD = 48
"""Code points of a word that a message repeats at most."""


VOCABULARIES = {
    "object-types": Texts("objekttyper", "objekttyper", "objekttyper", "object types"),
    "names": Texts("navn", "namn", "navne", "names"),
    "characteristics": Texts("kjennemerker", "kännetecken", "kendetegn", "characteristics"),
    "times": Texts("tider", "tider", "tider", "times"),
}
"""The vocabularies by what they hold, as in "the vocabulary of names"."""

FIELDS = (
    Texts("linjenummer", "radnummer", "linjenummer", "line number"),
    Texts("objekttype", "objekttyp", "objekttype", "object type"),
    Texts("navn", "namn", "navn", "name"),
    Texts("kjennemerke", "kännetecken", "kendetegn", "characteristic"),
    Texts("tid", "tid", "tid", "time"),
    Texts("operator", "operator", "operator", "operator"),
)
"""The fields of a sentence in their order."""

FORMS = {
    ("individual", "singular"): Texts(
        "et individ i entall", "en individ i singular", "et individ i ental", "an individual singular"
    ),
    ("individual", "plural"): Texts(
        "individer i flertall", "individer i plural", "individer i flertal", "an individual plural"
    ),
    ("aggregate", "singular"): Texts(
        "et aggregat i entall", "ett aggregat i singular", "et aggregat i ental", "an aggregate singular"
    ),
    ("aggregate", "plural"): Texts(
        "aggregater i flertall", "aggregat i plural", "aggregater i flertal", "an aggregate plural"
    ),
}
"""What an object type is: its kind and its number (table of 1972 p.12)."""

NAME_KINDS = {
    "register": Texts("et register", "ett register", "et register", "a register"),
    "classification": Texts("en klassifikasjon", "en klassifikation", "en klassifikation", "a classification"),
    "class": Texts("en klasse", "en klass", "en klasse", "a class"),
    "individual": Texts("et individ", "en individ", "et individ", "an individual"),
}
"""What a name may be."""

CHARACTERISTIC_KINDS = {
    "individual": Texts(
        "et kjennemerke ved individer",
        "ett kännetecken för individer",
        "et kendetegn ved individer",
        "a characteristic of individuals",
    ),
    "aggregate": Texts(
        "et kjennemerke ved aggregater",
        "ett kännetecken för aggregat",
        "et kendetegn ved aggregater",
        "a characteristic of aggregates",
    ),
}
"""What a characteristic may be."""

_CODE_BEHIND = re.compile(r" \[[^\[\]\s]+\]$")
_OR = Texts("eller", "eller", "eller", "or")
_AND = Texts("og", "och", "og", "and")


def shortened(word: str) -> str:
    """A word as a message can show it: not too long, on one line, and with nothing in it that is no character.

    Of a word with its code behind it the word is cut, for the code is what tells it from others.
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
    return _joined(words, _OR.in_language(language))


def all_of(words: Sequence[str], language: str) -> str:
    """Words as `a, b and c`; of many the first few."""
    return _joined(words, _AND.in_language(language))


def _joined(words: Sequence[str], before_last: str, most: int = 5) -> str:
    if len(words) > most:
        return ", ".join(words[:most]) + " …"
    *first, last = words
    return f"{', '.join(first)} {before_last} {last}" if first else last
