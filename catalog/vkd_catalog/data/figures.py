"""Figures that a demand asks for, as a table: dimensions, and for each cell its figure and what it rests on
(1972 phase 5.2, docs/language.md section 12)."""

from typing import NamedTuple


class Category(NamedTuple):
    """One category of a dimension: its id, a class's notation, else its code, or a time as it is written in a sentence;
    and what it is called."""

    id: str
    label: str


class Dimension(NamedTuple):
    """What figures are divided by: a classification, by its code, or time, whose id is `TIME`."""

    id: str
    label: str
    categories: tuple[Category, ...]


TIME = "time"


TOTAL = "_T"
"""The category of all categories together, as SDMX calls it."""

OTHERS = "_O"
"""The category of values that are not named, as SDMX calls it."""


class Source(NamedTuple):
    """A sentence that a figure rests on: a product, and a line of its description."""

    product: str
    line: int


class Figure(NamedTuple):
    """One cell: the id of its category in each dimension, its figure (None where there is none, or it is withheld), and
    the sentence that describes it: a product, and a line of its description. A figure that was computed rests on those
    `beside` it too."""

    at: tuple[str, ...]
    value: int | float | None
    product: str
    line: int
    beside: tuple[Source, ...] = ()

    @property
    def sources(self) -> tuple[Source, ...]:
        """All sentences that it rests on."""
        return Source(self.product, self.line), *self.beside


class Note(NamedTuple):
    """Something that is to be said of a table: the key of the text `data.note.…`, how many there are, and the first of
    what."""

    key: str
    number: int
    what: tuple[str, ...] = ()


class Rule(NamedTuple):
    """A rule of disclosure control, by its key, its value as it is written, and how many cells it changed; None of one
    that changes nothing, but may refuse a table."""

    key: str
    value: str
    changed: int | None


class Control(NamedTuple):
    """The disclosure control that a table of units went through: the rules, and what people are told of them."""

    rules: tuple[Rule, ...]
    said: tuple[str, ...]


class FigureTable(NamedTuple):
    """The figures of one characteristic, by its code. `lines` are those of the demand that ask for them. `control` is
    None where figures are published ones, to which none is applied."""

    characteristic: str
    label: str
    measure: str
    lines: tuple[int, ...]
    dimensions: tuple[Dimension, ...]
    figures: tuple[Figure, ...]
    notes: tuple[Note, ...]
    control: Control | None = None


class Refused(Exception):
    """Raised where figures cannot be given: the key of the text `data.refused.…` that says why, and its facts."""

    def __init__(self, key: str, **facts: object) -> None:
        super().__init__(key)
        self.key = key
        self.facts = facts
