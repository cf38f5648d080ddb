"""What an exporter is: the values that all of them share."""

from collections.abc import Callable, Iterator
from typing import NamedTuple

from vkd_catalog.catalogue import Catalogue


class ExportedFile(NamedTuple):
    """A file to write: its name, without folders, and its text."""

    name: str
    text: str


class Exporter(NamedTuple):
    """One exporter: `files(catalogue)` makes the files that say in its format what a catalogue holds.

    A catalogue that holds nothing gives no files; the same catalogue gives the same files, whenever it is exported.
    `extra` is what the format needs beside vkd itself, empty where it needs nothing.
    """

    name: str
    summary: str
    files: Callable[[Catalogue], Iterator[ExportedFile]]
    extra: str = ""
