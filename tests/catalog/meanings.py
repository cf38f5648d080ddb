"""Small catalogues and demands as meanings: every concept by its code, every time as it is written."""

from collections.abc import Mapping
from typing import NamedTuple

ANY = "*"
"""A don't-care field."""


class Entry(NamedTuple):
    """A row of a vocabulary as written, nothing inherited; every vocabulary has the columns it needs of these."""

    code: str
    kind: str = ""
    number: str = ""
    unit: str = ""
    object_types: tuple[str, ...] = ()
    temporality: str = ""
    classification: str = ""
    derived_from: tuple[tuple[str, ...], ...] = ()
    see_also: tuple[str, ...] = ()
    sensitive: str = ""


class Spec(NamedTuple):
    """The four fields of a line as meant: codes, `=` before a unit's own identification, ANY; a time as written."""

    object_type: str
    name: str
    characteristic: str
    time: str


class Product(NamedTuple):
    """An information set. What it does not state is empty."""

    identification: str
    sentences: tuple[Spec, ...]
    unit_id: tuple[str, ...] = ()
    series: str = ""
    access: str = ""
    data: str = ""
    doc: str = ""


Vocabulary = Mapping[str, Entry]


class Catalogue(NamedTuple):
    """What is searched."""

    object_types: Vocabulary
    names: Vocabulary
    characteristics: Vocabulary
    products: tuple[Product, ...]


class Line(NamedTuple):
    """One line of a group: its number in the demand, what it asks, and whether it is negated."""

    number: int
    spec: Spec
    negated: bool


def codes_above(code: str) -> tuple[str, ...]:
    """The codes above one, the nearest first."""
    segments = code.split(".")
    return tuple(".".join(segments[:length]) for length in range(len(segments) - 1, 0, -1))


def is_below(code: str, above: str) -> bool:
    return above in codes_above(code)


def inherited(vocabulary: Vocabulary) -> Vocabulary:
    """The entries with what a child takes of the nearest concept above it that states it."""
    return {
        code: entry._replace(
            kind=_stated(vocabulary, code, "kind"),
            number=_stated(vocabulary, code, "number"),
            unit=_stated(vocabulary, code, "unit"),
            temporality=_stated(vocabulary, code, "temporality"),
        )
        for code, entry in vocabulary.items()
    }


def _stated(vocabulary: Vocabulary, code: str, column: str) -> str:
    for one in (code, *codes_above(code)):
        if one in vocabulary and (value := getattr(vocabulary[one], column)):
            return str(value)
    return ""


NOTHING = Entry("")
"""What stands for a concept where a field names none."""
