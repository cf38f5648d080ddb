"""The indexes of one catalogue: one of its concepts, one of its information sets, each made when first asked for."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator
from functools import cache
from hashlib import blake2b
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, NamedTuple

from vkd_catalog.files import digest_of, read_file
from vkd_catalog.lookup.documents import Document, concept_documents, product_documents
from vkd_catalog.lookup.index import Entry, Index, kept_index

if TYPE_CHECKING:
    from vkd_catalog.catalogue import Catalogue
    from vkd_catalog.register import ProductRecord, Register, Standing

CONCEPTS, PRODUCTS = "concepts", "products"
"""Each is a file of its own in the workspace's `.vkd/`: a product that changes leaves what concepts are found by."""

_AT_ONCE = 10_000
"""Products that are read in one go."""


class Counts(NamedTuple):
    """In how many information sets something stands: as was counted, and roughly."""

    exactly: dict[Entry, Standing]
    roughly: dict[Entry, Standing]


class Indexes:
    """The two indexes, kept for as long as what they were made of stays as it is, and what was counted meanwhile."""

    def __init__(self) -> None:
        self._kept: dict[str, tuple[str, Index]] = {}
        self._counted = ("", Counts({}, {}))
        self._lock = Lock()

    def has_concepts(self, catalogue: Catalogue) -> bool:
        """Whether the index of the concepts is at hand, so that asking for it takes no time."""
        return self._kept.get(_name(CONCEPTS, catalogue), ("", None))[0] == catalogue.vocabularies_digest

    def concepts(self, catalogue: Catalogue) -> Index:
        """The index of the concepts."""
        return self._index(
            CONCEPTS,
            catalogue.vocabularies_digest,
            catalogue,
            lambda: concept_documents(catalogue.vocabularies),
        )

    def products(self, catalogue: Catalogue, key: str) -> Index:
        """The index of the information sets; `key` is their `products_key`."""
        register = catalogue.register
        return self._index(
            PRODUCTS,
            key,
            catalogue,
            lambda: product_documents(_every_product(register)),
        )

    def are_at_hand(self, catalogue: Catalogue, key: str) -> bool:
        """Whether both indexes are at hand."""
        return self.has_concepts(catalogue) and self._kept.get(_name(PRODUCTS, catalogue), ("", None))[0] == key

    def counted(self, catalogue: Catalogue, key: str) -> Counts:
        """What has been counted in a catalogue's register so far, to be added to."""
        key = _digest((catalogue.vocabularies_digest, key))
        if self._counted[0] != key:
            self._counted = (key, Counts({}, {}))
        return self._counted[1]

    def _index(self, name: str, key: str, catalogue: Catalogue, documents: Callable[[], Iterable[Document]]) -> Index:
        name = _name(name, catalogue)
        # Whoever asks while one is being made waits for that one.
        with self._lock:
            had = self._kept.get(name)
            if had is not None and had[0] == key:
                return had[1]
            index = kept_index(
                catalogue.cache, f"lookup-{name}.sqlite", _digest((_code_digest(), name, key)), documents
            )
            self._kept[name] = (key, index)
            return index


def products_key(catalogue: Catalogue) -> str:
    """A hash of all that product files say."""
    return catalogue.register.contents()


def _every_product(register: Register) -> Iterator[ProductRecord]:
    """All products in their order, of which not all are held."""
    for first in range(0, register.size()[0], _AT_ONCE):
        yield from (product for _, product in register.products(first, _AT_ONCE))


def _name(name: str, catalogue: Catalogue) -> str:
    """What an index goes by. What anybody may see lacks words that its owner finds it by, and neither is to find by the
    other's index."""
    return f"{name}-public" if catalogue.is_public else name


@cache
def _code_digest() -> str:
    """A hash of the code that makes an index: another version may make another of the same catalogue."""
    entries = sorted(entry.path for entry in os.scandir(Path(__file__).parent) if entry.name.endswith(".py"))
    return _digest(digest_of(read_file(entry)) for entry in entries)


def _digest(parts: Iterable[str]) -> str:
    digest = blake2b(digest_size=8)
    for part in parts:
        digest.update(part.encode("utf-8", "surrogatepass") + b"\1")
    return digest.hexdigest()
