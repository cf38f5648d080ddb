"""What is wrong in the files of a workspace that are not open in the editor."""

from collections.abc import Collection, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from vkd_catalog.files import product_files
from vkd_grammar.document import read_document
from vkd_grammar.text import decode
from vkd_server.features.diagnostics import Diagnostic, diagnose_document, diagnose_vocabulary
from vkd_server.workspace.home import Home


class CheckedFile(NamedTuple):
    """One file, its path relative to the root, and everything found in it."""

    root: Path
    path: str
    lines: Sequence[str]
    diagnostics: tuple[Diagnostic, ...]


def vocabulary_files(home: Home) -> Iterator[CheckedFile]:
    """The vocabularies of a catalogue, checked."""
    catalogue = home.catalogue
    for file in catalogue.vocabularies.files:
        yield CheckedFile(catalogue.root, file.path, file.lines, diagnose_vocabulary(file, catalogue))


def checked_files(home: Home, but: Collection[Path]) -> Iterator[CheckedFile]:
    """The vocabularies and product files of a catalogue, checked one by one; `but` are left out."""
    yield from vocabulary_files(home)
    catalogue = home.catalogue
    for path in product_files(catalogue.configuration):
        file = catalogue.root / path
        if file in but:
            continue
        try:
            text, faults = decode(file.read_bytes())
        except OSError:
            continue
        document = read_document(text, catalogue.parser)
        found = diagnose_document(document, path, catalogue, faults=faults)
        yield CheckedFile(catalogue.root, path, document.lines, found)
