"""The figures of a PX file as rows, which is how everything else here reads data (PX file format, Statistics Sweden,
2013).

A file has the figures of every combination of its variables' values in their order. A row is made for each combination,
with a column for each variable, and one for the figures; where a variable holds contents, one for each of these.
Columns are called as the file calls variables and contents. Of a value its code stands there, else its text.
"""

import csv
import re
from collections.abc import Iterator, Sequence
from itertools import islice, product
from math import prod
from pathlib import Path
from typing import NamedTuple

from vkd_catalog.data.periods import time_words
from vkd_catalog.importers.px_source import Head, read_head, time_list
from vkd_grammar.words import fold

_DATA = re.compile(rb"(?:^|[;\r\n])\s*DATA\s*=", re.IGNORECASE)
_FIGURE = re.compile(rb'"[^"]*"|[^\s,;"]+|;')
_CHUNK = 1 << 20
_NOTHING = re.compile(r'"?\.{1,6}"?')
_NIL = "-"
"""Stands for nothing of it, which is zero."""


class WrongNumber(Exception):
    """Raised where a file has another number of figures than its variables have combinations."""

    def __init__(self, expected: int, found: int) -> None:
        super().__init__(expected, found)
        self.expected = expected
        self.found = found


class _Variable(NamedTuple):
    """A variable by its text, the values of it as they stand in cells, and what they are called."""

    name: str
    values: tuple[str, ...]
    labels: tuple[str, ...]


def write_rows(path: Path, target: Path) -> None:
    """Writes the rows of a PX file as CSV. Raises ImportSourceError or WrongNumber where it is none or not whole."""
    head = read_head(path)
    variables = [_variable(head, name) for name in (*head.texts("STUB"), *head.texts("HEADING"))]
    contents = head.text("CONTVARIABLE")
    figures = _figures(path)
    with target.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(_header(head, variables, contents))
        writer.writerows(_rows(variables, contents, figures))


def _header(head: Head, variables: Sequence[_Variable], contents: str) -> list[str]:
    named = [_called(head, one.name) for one in variables if one.name != contents]
    held = next((one.labels for one in variables if one.name == contents), (head.text("CONTENTS"),))
    return [*named, *held]


def _called(head: Head, name: str) -> str:
    """What the column of a variable is called: one that the file says to be time is known as such."""
    return "time" if time_list(head, name) is not None and fold(name) not in time_words() else name


def _rows(variables: Sequence[_Variable], contents: str, figures: Iterator[str]) -> Iterator[list[str]]:
    """A row for each combination of the values of all variables but the contents, whatever their order in the file."""
    at = next((place for place, one in enumerate(variables) if one.name == contents), None)
    expected = prod(len(one.values) for one in variables)
    if at is None:
        before, width, after = variables, 1, variables[:0]
    else:
        before, width, after = variables[:at], len(variables[at].values), variables[at + 1 :]
    together = prod(len(one.values) for one in after)
    found = 0
    for first in product(*(one.values for one in before)):
        # The figures of one content stand together before those of the next.
        block = list(islice(figures, width * together))
        found += len(block)
        if len(block) < width * together:
            raise WrongNumber(expected, found)
        for place, last in enumerate(product(*(one.values for one in after))):
            yield [*first, *last, *block[place::together]]
    left = sum(1 for _ in figures)
    if found + left != expected:
        raise WrongNumber(expected, found + left)


def _variable(head: Head, name: str) -> _Variable:
    labels = head.texts("VALUES", "", name)
    return _Variable(name, head.texts("CODES", "", name) or labels, labels)


def _figures(path: Path) -> Iterator[str]:
    """The figures of a file in their order, as texts: empty where one is not there."""
    rest, inside = b"", False
    with path.open("rb") as file:
        while chunk := file.read(_CHUNK):
            rest += chunk
            if not inside:
                found = _DATA.search(rest)
                if found is None:
                    continue
                rest, inside = rest[found.end() :], True
            # The last figure may go on in the next part.
            cut = max(rest.rfind(mark) for mark in (b" ", b"\n", b"\t", b";")) + 1
            for one in _FIGURE.findall(rest[:cut]):
                if one == b";":
                    return
                yield _said(one.decode("ascii", errors="replace"))
            rest = rest[cut:]
    yield from (_said(one.decode("ascii", errors="replace")) for one in _FIGURE.findall(rest) if one != b";")


def _said(figure: str) -> str:
    text = figure.strip('"')
    return "" if _NOTHING.fullmatch(figure) else "0" if text == _NIL else text
