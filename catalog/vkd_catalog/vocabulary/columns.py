"""The columns of the native vocabulary file and the values they take (docs/language.md section 4)."""

import re

from vkd_catalog.vocabulary_names import VocabularyName

SHARED = ("code", "notation", "seeAlso")
"""Columns of every vocabulary, besides those with a language."""

CODE_COLUMN = "code"
"""The one column that a vocabulary cannot be without."""

WITH_LANGUAGE = re.compile(r"(prefLabel|altLabel|definition|values)@([A-Za-z]{2,8}(?:-[A-Za-z0-9]{1,8})*)")
"""One column a language, the language as a BCP-47 tag."""

OWN: dict[VocabularyName, tuple[str, ...]] = {
    "object-types": ("kind", "number", "unit"),
    "names": ("kind", "objectTypes", "validFrom", "validTo"),
    "characteristics": (
        "kind",
        "objectTypes",
        "temporality",
        "classification",
        "values",
        "missing",
        "derivedFrom",
        "sensitive",
        "measure",
        "identifies",
        "function",
        "of",
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
    ("characteristics", "identifies"): ("global", "series"),
    ("characteristics", "function"): ("count", "sum", "mean", "median", "share", "min", "max"),
}
"""Columns that take one of a few values; an empty cell means not stated."""

CODE = re.compile(r"[\w-]+(?:\.[\w-]+)*")
"""A code: segments of letters, digits, `-` and `_` with dots between them."""


_OWN_COLUMN = "x-"
"""How columns begin that are the author's own: they pass, and are not read."""

_FOLDED = {column.casefold(): column for column in EVERY_COLUMN}
_LABELS = ("prefLabel", "altLabel", "definition")
_KINDS = {kind.casefold(): kind for kind in (*_LABELS, "values")}


def is_known(cell: str) -> bool:
    """Whether a cell of a header names a column of any vocabulary."""
    named = column_named(cell)
    return named in EVERY_COLUMN or WITH_LANGUAGE.fullmatch(named) is not None


def is_own(column: str) -> bool:
    """Whether a column is one of the author's own, which begin with `x-`."""
    return column.casefold().startswith(_OWN_COLUMN)


def column_named(cell: str) -> str:
    """The column that a cell of a header names, as it is written in the documentation; else the cell as it stands.

    Spreadsheets make the first letter of a cell a capital, so case does not count; nor do blanks around it.
    """
    text = " ".join(cell.strip("\ufeff\u200b").split())
    folded = text.casefold()
    if folded in _FOLDED:
        return _FOLDED[folded]
    kind, at, language = text.partition("@")
    if at and (known := _KINDS.get(kind.strip().casefold())):
        first, dash, rest = language.strip().partition("-")
        return f"{known}@{first.lower()}{dash}{rest}"
    return text


def by_language(vocabulary: VocabularyName) -> tuple[str, ...]:
    """The columns of a vocabulary that may be repeated for each language."""
    return (*_LABELS, *(column for column in ("values",) if column in OWN[vocabulary]))


def has_column(vocabulary: VocabularyName, column: str) -> bool:
    """Whether a vocabulary may have a column, in whatever language."""
    match = WITH_LANGUAGE.fullmatch(column)
    return match[1] in by_language(vocabulary) if match else column in columns_of(vocabulary)


def columns_of(vocabulary: VocabularyName) -> tuple[str, ...]:
    """The columns without a language that a vocabulary may have."""
    return SHARED + OWN[vocabulary]
