"""A book's pages: registers cut by letter and size, and where each entry comes to stand."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from vkd_server.book.markup import slug

_FULL = 300_000
"""About so many characters of entries fill a page: no page of a register reaches a megabyte."""


class Place(NamedTuple):
    """A page of the book, and a place in it."""

    file: str
    anchor: str

    @property
    def href(self) -> str:
        """The address of the place, from any page."""
        return f"{self.file}#{self.anchor}" if self.anchor else self.file


class Entry(NamedTuple):
    """An entry of a register: what it is called and the letter that it stands under, what makes its HTML once all
    places are known, and about how long that is. `key` is what others refer to it by; empty for a reference."""

    key: str
    called: str
    letter: str
    made: Callable[[Places], str]
    length: int


class Sheet(NamedTuple):
    """A page of a register: its file, and its entries in order."""

    file: str
    entries: Sequence[Entry]

    @property
    def range(self) -> str:
        """The first and last letter that it has."""
        first, last = self.entries[0].letter, self.entries[-1].letter
        return first if first == last else f"{first}–{last}"


class Places:
    """Where the entries of all registers stand."""

    def __init__(self) -> None:
        self._places: dict[str, Place] = {}

    def put(self, sheets: Iterable[Sheet]) -> None:
        """Takes in where the entries of some pages stand."""
        for sheet in sheets:
            for entry in sheet.entries:
                if entry.key:
                    self._places[entry.key] = Place(sheet.file, slug(entry.key))

    def href(self, key: str) -> str:
        """The address of an entry; empty where the book has none."""
        place = self._places.get(key)
        return place.href if place else ""

    def place(self, key: str) -> Place | None:
        """The place of an entry; None where the book has none."""
        return self._places.get(key)


def sheets_of(name: str, entries: Sequence[Entry]) -> list[Sheet]:
    """The pages of a register: a new one where a letter begins and the page is half full, or where it is full."""
    cut = list(_cut(entries))
    files = [f"{name}.html" if at == 0 else f"{name}-{at + 1}.html" for at in range(len(cut))]
    return [Sheet(file, some) for file, some in zip(files, cut, strict=True)]


def letters_of(sheets: Iterable[Sheet]) -> Mapping[str, Place]:
    """Where each letter of a register begins."""
    found: dict[str, Place] = {}
    for sheet in sheets:
        for entry in sheet.entries:
            found.setdefault(entry.letter, Place(sheet.file, f"letter-{slug(entry.letter)}"))
    return found


def _cut(entries: Sequence[Entry]) -> Iterator[list[Entry]]:
    page: list[Entry] = []
    length = 0
    for entry in entries:
        begins = bool(page) and page[-1].letter != entry.letter
        if page and (length + entry.length > _FULL or (begins and length > _FULL / 2)):
            yield page
            page, length = [], 0
        page.append(entry)
        length += entry.length
    if page or not entries:
        yield page
