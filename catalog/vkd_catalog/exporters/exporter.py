"""What an exporter is: the values that all of them share."""

from collections.abc import Callable, Iterator
from typing import NamedTuple

from vkd_catalog.catalogue import Catalogue


class Stated(NamedTuple):
    """What only who exports can say of a catalogue; empty where nobody says it.

    `base` is what the addresses of all that is exported begin with, `licence` and `publisher` are those of the
    catalogue and of the sets that state none, `contact` an e-mail address or a web address. `access_body` (with its
    contact) and `health_category` are what HealthDCAT-AP asks of each set. `note` is told what is left out, and why.
    """

    base: str = ""
    licence: str = ""
    publisher: str = ""
    contact: str = ""
    access_body: str = ""
    access_body_contact: str = ""
    health_category: str = ""
    note: Callable[[str], object] = str


class ExportedFile(NamedTuple):
    """A file to write: its name, without folders, and what makes its text anew, some at a time."""

    name: str
    parts: Callable[[], Iterator[str]]

    @property
    def text(self) -> str:
        """The whole text."""
        return "".join(self.parts())


class ExportRefusedError(Exception):
    """A catalogue that cannot be exported in a format, and why, in one line."""


class Exporter(NamedTuple):
    """One exporter: `files(catalogue, stated)` makes the files that say in its format what a catalogue holds.

    A catalogue that holds nothing gives no files; the same catalogue gives the same files, whenever it is exported.
    Nothing is told that the catalogue does not tell: one that is public gives files for anybody. `extra` is what the
    format needs beside vkd itself, empty where it needs nothing. Raises ExportRefusedError.
    """

    name: str
    summary: str
    files: Callable[[Catalogue, Stated], Iterator[ExportedFile]]
    extra: str = ""
