"""A table of data as `vkd describe` sees it: its columns, what they are called, what can be said of their cells."""

import re
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Literal, NamedTuple

NO_VALUES: Mapping[str, str] = {}
"""No value labels."""

MOST_ROWS = 20_000
"""So many rows of a file are looked at; what they do not show is not known."""

_MOST_DISTINCT = 400
"""A column with more values than a code list has is no coded one."""

_FIRST_YEAR, _LAST_YEAR = 1700, 2100
_NUMBER = re.compile(r"[-+]?(?:\d{1,3}(?:[ .\u00a0\u202f]\d{3})+|\d*)(?:[.,]\d+)?(?:[eE][-+]?\d+)?")
_WHOLE = re.compile(r"([-+]?\d+)[.,]0+")
_DAY = re.compile(r"\d{4}-\d\d-\d\d(?:[ T].*)?|\d{1,2}[./]\d{1,2}[./]\d{2,4}")
_YEAR = re.compile(r"\d{4}")

Kind = Literal["", "number", "text", "day"]


class Column(NamedTuple):
    """One column: its name, what the file or a codebook calls it, and what its cells say.

    `values` are labels by value and `missing` the values that say nothing. `definition`, `measure` and `sensitive` are
    those of a codebook. `distinct` holds the different values where they are few, else nothing; `is_unique` says that
    each row looked at has a value and no two the same; `kind` is what nearly all cells are.
    """

    name: str
    label: str = ""
    values: Mapping[str, str] = NO_VALUES
    missing: tuple[str, ...] = ()
    definition: str = ""
    measure: str = ""
    sensitive: str = ""
    kind: Kind = ""
    distinct: tuple[str, ...] = ()
    is_unique: bool = False

    @property
    def years(self) -> tuple[str, ...]:
        """The years that the column holds, in order, where it holds nothing but years."""
        years = self.distinct
        return years if years and all(map(_is_year, years)) else ()


class Note(NamedTuple):
    """Something to tell of how a file was read: the key of a text (`describe.note-KEY`) and what its places hold."""

    key: str
    facts: Mapping[str, str]


class Table(NamedTuple):
    """One file of data, or a codebook: its form, as a product's `form` says it, its columns, and the rows looked at.

    `whole` says that these are all rows; `title` is what the file calls itself. `how` says how it was read, as
    encoding and separator, for people.
    """

    path: Path
    form: str
    columns: tuple[Column, ...]
    rows: int
    whole: bool
    how: tuple[str, ...] = ()
    title: str = ""
    cells: Sequence[Sequence[str]] = ()
    notes: tuple[Note, ...] = ()


class UnreadableError(Exception):
    """Raised where a file cannot be read as a table: its path, where in it (empty for all of it), and the reason."""

    def __init__(self, path: Path, reason: str, place: str = "") -> None:
        super().__init__(": ".join(filter(None, (str(path), place, reason))))
        self.path = path
        self.reason = reason
        self.place = place


def profiled(column: Column, cells: Iterable[str], *, whole: bool) -> Column:
    """A column with what its cells say of it. Of a table that is not `whole` no column is known to be unique."""
    filled = list(map(str.strip, cells))
    different = set(filled)
    is_unique = whole and len(different) == len(filled) > 1 and "" not in different
    different.discard("")
    distinct = _distinct(different) if len(different) <= _MOST_DISTINCT else ()
    return column._replace(kind=_kind(different), distinct=distinct, is_unique=is_unique)


def plain_number(text: str) -> str:
    """A value as a code is written: a whole number without the decimals that a program has put behind it."""
    match = _WHOLE.fullmatch(text)
    return match[1] if match else text


def _distinct(values: set[str]) -> tuple[str, ...]:
    return tuple(sorted({plain_number(value) for value in values}, key=lambda value: (len(value), value)))


def _kind(values: set[str]) -> Kind:
    if not values:
        return ""
    if all(map(_DAY.fullmatch, values)):
        return "day"
    numbers = sum(1 for value in values if value.strip("+-.,") and _NUMBER.fullmatch(value))
    return "number" if numbers * 20 >= len(values) * 19 else "text"


def _is_year(text: str) -> bool:
    return _YEAR.fullmatch(text) is not None and text.isascii() and _FIRST_YEAR <= int(text) <= _LAST_YEAR
