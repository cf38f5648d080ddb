"""What is wrong in the files of a workspace that are not open in the editor."""

import os
from collections.abc import Callable, Collection, Generator, Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import NamedTuple

from vkd_catalog.catalogue import Namesakes, ProductPlace, namesakes_of
from vkd_catalog.coding import CodedDescription
from vkd_catalog.files import read_file
from vkd_catalog.folders import product_files
from vkd_grammar.document import Document, read_document
from vkd_grammar.text import decode, split_lines
from vkd_grammar.words import fold
from vkd_server.features.diagnostics import (
    Diagnostic,
    diagnose,
    diagnose_beside,
    diagnose_document,
    diagnose_documentation,
    diagnose_vocabulary,
    silenced_in,
)
from vkd_server.workspace.project import Project

Signature = tuple[int, int, int]
"""What changes when a file does, or the catalogue it is read against."""


class CheckedFile(NamedTuple):
    """One file, its path relative to the root, and everything found in it."""

    root: Path
    path: str
    lines: Sequence[str]
    diagnostics: tuple[Diagnostic, ...]


def vocabulary_files(project: Project, namesakes: Callable[[str], Namesakes]) -> Iterator[CheckedFile]:
    """The vocabularies of a catalogue, checked. `namesakes` tells of the products that they name."""
    catalogue = project.catalogue
    for file in catalogue.vocabularies.every_file:
        found = diagnose_vocabulary(file, catalogue, None, namesakes)
        # The lines of a large one are not read where nothing is wrong in any.
        yield CheckedFile(catalogue.root, file.path, file.lines if found else (), found)


def documentation_files(project: Project) -> Iterator[CheckedFile]:
    """The documentations of a catalogue, checked."""
    catalogue = project.catalogue
    for one in catalogue.documents.documentations:
        problems = catalogue.documents.problems_of(one)
        lines = _lines_of(catalogue.root / one.path) if problems else []
        yield CheckedFile(catalogue.root, one.path, lines, diagnose_documentation(one, lines, catalogue))


def _lines_of(place: Path) -> list[str]:
    """The lines of a file; none where it cannot be read."""
    try:
        return split_lines(decode(read_file(place))[0])
    except OSError:
        return []


def closed_products(project: Project, opened: Collection[Path]) -> Iterator[str]:
    """The product files of a catalogue that are not open, relative to its root."""
    root = project.catalogue.root
    return (path for path in product_files(project.catalogue.configuration).paths if root / path not in opened)


def signature_of(project: Project, path: str, moment: int) -> Signature | None:
    """A signature of a file, which is the same for as long as the file need not be checked again. `moment` counts the
    states of what is read beside it. None where the file cannot be read."""
    try:
        state = os.stat(project.catalogue.root / path)
    except OSError:
        return None
    return state.st_size, state.st_mtime_ns, moment


def checked_in_steps(project: Project, path: str) -> Generator[None, None, CheckedFile]:
    """A product file, checked one description a step so that other work can come in between; empty if it cannot be
    read."""
    catalogue = project.catalogue
    try:
        text, faults = decode(read_file(catalogue.root / path))
    except OSError:
        return CheckedFile(catalogue.root, path, (), ())
    document = read_document(text, catalogue.parser)
    found = list(diagnose_document(read_document("", catalogue.parser), path, catalogue, faults=faults))
    silenced = silenced_in(document.lines[:1])
    own: dict[str, list[ProductPlace]] = {}
    products: list[tuple[int, CodedDescription]] = []

    @cache
    def namesakes(identification: str) -> Namesakes:
        here = namesakes_of(own.get(fold(identification), ()))
        return here.besides(catalogue.namesakes_elsewhere(identification, path))

    for index, row in enumerate(document.rows):
        lines = document.piece_lines(index)
        yield from catalogue.parser.read_ahead(lines)
        coded = catalogue.coder.code(catalogue.parser.parse(lines))
        found += diagnose(coded, lines, path, catalogue, row=row, silenced=silenced)
        if coded.kind == "product" and coded.identification:
            own.setdefault(fold(coded.identification), []).append(_place(document, index, path, coded))
            products.append((index, coded))
        yield
    for index, coded in products:
        lines, row = document.piece_lines(index), document.rows[index]
        found += diagnose_beside(coded, lines, path, catalogue, namesakes, row=row, silenced=silenced)
        yield
    found.sort(key=lambda one: (one.start, one.end, one.code))
    return CheckedFile(catalogue.root, path, document.lines, tuple(found))


def _place(document: Document, index: int, path: str, coded: CodedDescription) -> ProductPlace:
    header = coded.description.header
    return ProductPlace(coded.identification, path, document.rows[index] + (header.row if header else 0))
