"""One concept of a vocabulary (1972 p.14-16, docs/language.md section 4), named as SKOS names its parts."""

from collections.abc import Iterator
from typing import NamedTuple

from vkd_catalog.languages import with_fallbacks
from vkd_grammar.times import Mask, NotStated, Time, overlaps


class Label(NamedTuple):
    """A word or text in one language, as a BCP-47 tag."""

    language: str
    text: str


class Source(NamedTuple):
    """What a characteristic is derived from: another, by its code, and the information set that it must stand in.

    `product` is that set's identification; empty where any will do.
    """

    code: str
    product: str = ""

    @property
    def written(self) -> str:
        """The source as it is written in a cell of `derivedFrom`."""
        return f"{self.code}@{self.product}" if self.product else self.code


class Value(NamedTuple):
    """One value of a code list that stands in no vocabulary, and its labels; that of no language has an empty tag."""

    value: str
    labels: tuple[Label, ...]

    def label(self, language: str) -> str:
        """The label of the value in a language, or in one that stands in for it, or in any; empty where it has none."""
        return _in_language(self.labels, language)


class Concept(NamedTuple):
    """What one row of a vocabulary says, with what it takes from the concepts above it: `kind`, `number`, `unit`,
    `object_types`, `temporality` and, of names, `valid`.

    A value that is not stated is an empty string or an empty tuple. `classifications` are codes of names, of which one
    is valid at a time. `derived_from` holds alternatives, each a tuple of what is needed together. `missing` are the
    values that say nothing. `identifies` is global where a unit has the same value everywhere, series where it is a
    pseudonym. `function` is what an aggregate is (count, sum, mean, median, share, min, max) and `of` the code of the
    characteristic it is taken over. `valid` is the stretch of days a name is valid in, or the stretch a time names;
    days are eight-digit ints. `source` is the file it stands in and `row` the line there, from 0.
    """

    code: str
    preferred: tuple[Label, ...]
    synonyms: tuple[Label, ...]
    definitions: tuple[Label, ...]
    notation: str
    see_also: tuple[str, ...]
    kind: str
    number: str
    unit: str
    object_types: tuple[str, ...]
    temporality: str
    classifications: tuple[str, ...]
    values: tuple[Value, ...]
    missing: tuple[str, ...]
    derived_from: tuple[tuple[Source, ...], ...]
    sensitive: str
    measure: str
    identifies: str
    function: str
    of: str
    valid: tuple[int, int]
    source: str
    row: int

    def is_valid_at(self, time: Time | None) -> bool:
        """Whether the concept is valid on any day of a time. True for a time that names no days, and for None, a
        don't-care."""
        first, last = self.valid
        if time is None or isinstance(time, NotStated):
            return True
        if isinstance(time, Mask):
            return overlaps(time, first, last)
        return first <= time.end and time.start <= last

    def label(self, language: str) -> str:
        """The preferred word in a language, or one that stands in for it, or any; else the notation, else the code."""
        return _in_language(self.preferred, language) or self.notation or self.code

    def definition(self, language: str) -> str:
        """The definition in a language, or one that stands in for it, or any; empty where there is none."""
        return _in_language(self.definitions, language)

    def words(self) -> Iterator[str]:
        """Every word the concept goes by: preferred words, synonyms, the notation."""
        for label in self.preferred:
            yield label.text
        for label in self.synonyms:
            yield label.text
        if self.notation:
            yield self.notation


MARK = ":"
"""Stands between the name of another catalogue and a code of it. No code of a catalogue itself holds one."""


def qualified(name: str, text: str) -> str:
    """A code, word or identification of another catalogue as it is called here; an empty one stays empty."""
    return f"{name}{MARK}{text}" if text else ""


def catalogue_of(code: str) -> str:
    """The name of the catalogue that a code is of; empty for the workspace's own."""
    return code.partition(MARK)[0] if MARK in code else ""


def code_above(code: str) -> str:
    """The code of the concept directly above; empty for a top concept. `A.10` stands below `A`, not below `A.1`."""
    return code.rpartition(".")[0]


def is_below(code: str, above: str) -> bool:
    """Whether a code stands below another, compared segment by segment."""
    return code.startswith(above) and code[len(above) : len(above) + 1] == "."


def is_same_or_below(code: str, above: str) -> bool:
    """Whether a code is another or stands below it."""
    return code == above or is_below(code, above)


def codes_above(code: str) -> Iterator[str]:
    """The codes above one, the nearest first."""
    while code := code_above(code):
        yield code


def _in_language(labels: tuple[Label, ...], language: str) -> str:
    for spoken in with_fallbacks(language):
        for label in labels:
            if label.language == spoken:
                return label.text
    return labels[0].text if labels else ""
