"""The sentences of a catalogue as columns of numbers, and the questions about them, as every peer gets them."""

from __future__ import annotations

import sqlite3
from array import array
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from vkd_catalog.catalogue import Catalogue
from vkd_catalog.evaluation.demand import groups_of
from vkd_catalog.evaluation.matching import Matcher
from vkd_catalog.register import Ask, Codes
from vkd_grammar.document import read_document
from vkd_grammar.times import BEGINNING, END

SINGLE = ("one line", "a theme", "any register", "a decade", "a year without", "any register, a theme")
"""The kinds of demands that are one question to the register."""


class Columns(NamedTuple):
    """All sentences: codes and products as numbers, times as days of eight digits.

    A concept's number comes before those of all below it, and theirs before any other's, so that a concept and all
    below it are one range. Products are numbered by identification.
    """

    product: array[int]
    object_type: array[int]
    name: array[int]
    characteristic: array[int]
    start: array[int]
    stop: array[int]

    def rows(self) -> Iterator[tuple[int, ...]]:
        """A tuple a sentence."""
        return zip(*self, strict=True)


class Range(NamedTuple):
    """The numbers of a concept and all below it: from `first` up to and without `end`."""

    first: int
    end: int


class Question(NamedTuple):
    """Which products have a sentence of these concepts, or of those below them, at a time that meets these days; None
    where any will do. `lines` is the demand that asks it, `ask` what the register is asked."""

    kind: str
    lines: tuple[str, ...]
    ask: Ask
    object_type: Range | None
    name: Range | None
    characteristic: Range | None
    days: tuple[int, int] | None


class Answer(NamedTuple):
    """How many products there are, and the numbers of the first twenty."""

    products: int
    first: tuple[int, ...]


SHOWN = 20
"""So many of the products that there are belong to an answer."""


class Numbering:
    """The numbers of codes and of products, by a stored register's own: few of the codes there are stand in it."""

    def __init__(self, stored: sqlite3.Connection) -> None:
        terms = {code: number for number, code in stored.execute("SELECT number, code FROM term")}
        self._ordered = sorted(tuple(code.split(".")) for code in terms)
        self.of_term = {terms[".".join(segments)]: place for place, segments in enumerate(self._ordered)}
        ordered = stored.execute("SELECT number FROM product ORDER BY identification")
        self.of_product = {number: place for place, (number,) in enumerate(ordered)}

    def range(self, codes: Codes | None) -> Range | None:
        """The range of one code and all below it."""
        if codes is None:
            return None
        (code,) = codes.exactly
        segments = tuple(code.split("."))
        below = (*segments, chr(0x10FFFF))
        return Range(bisect_left(self._ordered, segments), bisect_left(self._ordered, below))


def columns(stored: sqlite3.Connection, numbering: Numbering) -> Columns:
    """Every sentence of a stored register; what is fixed holds at all times."""
    found = Columns(*(array("l") for _ in Columns._fields))
    term = numbering.of_term
    rows = stored.execute("SELECT product, object_type, name, characteristic, start, stop, fixed FROM sentence")
    for product, object_type, name, characteristic, start, stop, fixed in rows:
        found.product.append(numbering.of_product[product])
        found.object_type.append(term[object_type])
        found.name.append(term[name])
        found.characteristic.append(term[characteristic])
        found.start.append(BEGINNING if fixed else start)
        found.stop.append(END if fixed else stop)
    return found


def questions(catalogue: Catalogue, numbering: Numbering, drawn: Iterable[tuple[str, Sequence[str]]]) -> list[Question]:
    """What drawn demands of one line ask first: what the line says itself."""
    matcher = Matcher(catalogue.register, catalogue.vocabularies)
    every: list[Question] = []
    for kind, lines in drawn:
        if kind not in (*SINGLE, "widest"):
            continue
        text = f"0 / Demand description / q\n1 / {lines[0]} / .\n"
        ((_, description),) = read_document(text, catalogue.parser).pieces()
        ((line,),) = (group.lines for group in groups_of(catalogue.coder.code(description), catalogue.vocabularies))
        ask = next(matcher.questions(line))
        object_type, name, characteristic = map(numbering.range, ask[:3])
        every.append(Question(kind, tuple(lines), ask, object_type, name, characteristic, ask.time))
    return every


def answered(catalogue: Catalogue, numbering: Numbering, question: Question) -> Answer:
    """What the register itself answers to a question."""
    said = catalogue.register.said(question.ask, characteristics=False)
    found = {numbering.of_product[product] for product, _ in said}
    return Answer(len(found), tuple(sorted(found)[:SHOWN]))
