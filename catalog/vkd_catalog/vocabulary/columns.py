"""The columns of the native vocabulary file and the values they take (docs/language.md section 4)."""

import re

from vkd_catalog.vocabulary_names import VocabularyName

SHARED = ("code", "notation", "seeAlso")
"""Columns of every vocabulary, besides those with a language."""

WITH_LANGUAGE = re.compile(r"(prefLabel|altLabel|definition)@([A-Za-z]{2,8}(?:-[A-Za-z0-9]{1,8})*)")
"""One column a language, the language as a BCP-47 tag."""

OWN: dict[VocabularyName, tuple[str, ...]] = {
    "object-types": ("kind", "number", "unit"),
    "names": ("kind", "objectTypes", "validFrom", "validTo"),
    "characteristics": (
        "kind",
        "objectTypes",
        "temporality",
        "classification",
        "derivedFrom",
        "sensitive",
        "measure",
    ),
    "times": ("from", "to"),
}

EVERY_COLUMN = tuple(dict.fromkeys((*SHARED, *(column for columns in OWN.values() for column in columns))))
"""All columns without a language, of whatever vocabulary."""

VALUES: dict[tuple[VocabularyName, str], tuple[str, ...]] = {
    ("object-types", "kind"): ("individual", "aggregate"),
    ("object-types", "number"): ("singular", "plural"),
    ("names", "kind"): ("register", "classification", "class", "individual"),
    ("characteristics", "kind"): ("individual", "aggregate"),
    ("characteristics", "temporality"): ("status", "event", "accumulated", "fixed"),
    ("characteristics", "sensitive"): ("yes", "no"),
}
"""Columns that take one of a few values; an empty cell means not stated."""

CODE = re.compile(r"[\w-]+(?:\.[\w-]+)*")
"""A code: segments of letters, digits, `-` and `_` with dots between them."""


def columns_of(vocabulary: VocabularyName) -> tuple[str, ...]:
    """The columns without a language that a vocabulary may have."""
    return SHARED + OWN[vocabulary]
