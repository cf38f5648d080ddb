"""Checks that a stored register agrees with the files that it was made from.

The files are read, not coded: what a file says is known by its hash, the vocabularies and the version by the register's
key, and what was registered of it by a checksum of its products and sentences. Coding the same text by the same
vocabularies makes the same sentences, so a register that passes is the one that would be made anew.
"""

from collections.abc import Iterator
from typing import Literal, NamedTuple

from vkd_catalog.catalogue import Catalogue
from vkd_catalog.files import FileReader
from vkd_catalog.folders import Unread, product_files
from vkd_catalog.register import Register


class Difference(NamedTuple):
    """A file that the register does not agree with.

    It has changed since it was registered, is new, is gone, cannot be read any longer, or what was registered of it has
    been altered.
    """

    kind: Literal["changed", "new", "gone", "unread", "altered"]
    path: str


class Verified(NamedTuple):
    """The files in which register and text differ, by path, and the files that could not be read to compare them."""

    differences: tuple[Difference, ...]
    unread: tuple[Unread, ...]


def verified(register: Register, catalogue: Catalogue) -> Verified:
    """Reads every product file and compares it with what is registered."""
    found = product_files(catalogue.configuration)
    reader = FileReader(catalogue.root)
    differences = set(_compared(register, reader, found.paths))
    differences |= {Difference("altered", path) for path in register.altered()}
    unread = {*found.unread, *(Unread(path, reason) for path, reason in reader.unread.items())}
    return Verified(tuple(sorted(differences, key=lambda one: (one.path, one.kind))), tuple(sorted(unread)))


def _compared(register: Register, reader: FileReader, paths: tuple[str, ...]) -> Iterator[Difference]:
    known = register.files()
    for path in paths:
        had = known.pop(path, None)
        if reader.read(path) is None:
            if had is not None:
                yield Difference("unread", path)
        elif had is None:
            yield Difference("new", path)
        elif had.digest != reader.digests[path]:
            yield Difference("changed", path)
    yield from (Difference("gone", path) for path in known)
