"""A hash of vkd's own code: another version may make something else of the same files."""

import os
from collections.abc import Iterable
from functools import cache
from hashlib import blake2b
from pathlib import Path

import vkd_catalog
import vkd_grammar
from vkd_catalog import compiled, vocabulary
from vkd_catalog.files import digest_of, read_file


@cache
def own_code_digest() -> str:
    """A hash of the code that reads vocabularies, and makes sentences of texts."""
    packages = [Path(package.__path__[0]) for package in (vkd_grammar, vkd_catalog, vocabulary, compiled)]
    entries = [entry for package in packages for entry in os.scandir(package)]
    said = [f"{entry.name} {digest_of(read_file(entry.path))}" for entry in entries if entry.name.endswith(".py")]
    built = [f"{entry.name} {entry.stat().st_size}" for entry in entries if entry.name.endswith((".so", ".pyd"))]
    return digest_of_texts(sorted((*said, *built)))


def digest_of_texts(parts: Iterable[str]) -> str:
    """A hash of some texts, each told from the next."""
    digest = blake2b(digest_size=8)
    for part in parts:
        digest.update(part.encode("utf-8", "surrogatepass"))
        digest.update(b"\1")
    return digest.hexdigest()
