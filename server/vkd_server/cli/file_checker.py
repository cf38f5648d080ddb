"""Checking a file that has changed: what the command line imports only when there is one."""

import re
from collections.abc import Callable, Sequence
from functools import cached_property, lru_cache
from hashlib import blake2b
from typing import NamedTuple

from vkd_catalog.catalogue import Catalogue, Namesakes, ProductPlace
from vkd_catalog.configuration import Configuration
from vkd_catalog.documents import DocumentArchive, read_documentation
from vkd_catalog.vocabulary import MappingFile, VocabularyFile, read_mappings, read_vocabulary
from vkd_grammar.document import Document, read_document
from vkd_grammar.parser import Parser
from vkd_grammar.text import decode, split_lines
from vkd_server.cli.finding import HINTED, Finding
from vkd_server.cli.outcome_cache import Others, Outcome
from vkd_server.features.diagnostics import (
    Diagnostic,
    diagnose_document,
    diagnose_documentation,
    diagnose_settings,
    diagnose_unreadable,
    diagnose_vocabulary,
)
from vkd_server.features.navigation.headings import headings
from vkd_server.features.refactoring.fixes import applied, safe_edits
from vkd_server.rules.shared.addresses import path_exists
from vkd_server.rules.shared.personal import masked

_BLANKS = re.compile(r"\s+")
_LONGEST_LINE = 10_000
_MOST_ROUNDS = 10
_SAMPLE = 8192
_CONTROLS = bytes({*range(32), 127} - set(b"\t\n\r"))

Elsewhere = Callable[[str, str], Others]
"""The products of an identification that files other than the named one describe."""


class Unheld(NamedTuple):
    """A product that could not be held to its data, and why, as the text `data.unheld.…` says it."""

    identification: str
    why: str


class FileChecker:
    """Checks files of one workspace, whose documentations are given. The catalogue is read when the first file needs
    it."""

    def __init__(self, configuration: Configuration, parser: Parser, documents: DocumentArchive) -> None:
        self._configuration = configuration
        self._parser = parser
        self._documents = documents

    def vocabulary(self, path: str, elsewhere: Elsewhere, *, all_fixes: bool) -> Outcome:
        """What is found in a vocabulary file, one that is missing too."""
        file = self._catalogue.vocabularies.file(path)
        if file is None:
            return Outcome((), {}, {}, ())
        return _vocabulary(file, self._catalogue, elsewhere, all_fixes=all_fixes)

    def documentation(self, path: str, data: bytes | None) -> tuple[Finding, ...]:
        """What is found in a documentation, whose file or text says `data`; None where it cannot be read."""
        catalogue = self._catalogue
        one = catalogue.documents.by_path.get(path)
        if data is not None:
            one = read_documentation(path, data)
            catalogue = catalogue.with_documentation(one)
        lines = split_lines(decode(data or b"")[0])
        return _findings(diagnose_documentation(one, lines, catalogue) if one else (), True)

    def settings(self, data: bytes) -> tuple[Finding, ...]:
        """What is found in the `vkd.toml`."""
        return _findings(diagnose_settings(split_lines(decode(data)[0]), self._catalogue), True)

    def vocabulary_text(self, path: str, data: bytes, elsewhere: Elsewhere, *, all_fixes: bool) -> Outcome:
        """What is found in a text that stands for a vocabulary file."""
        had = self._catalogue.vocabularies.file(path)
        if isinstance(had, VocabularyFile):
            file: VocabularyFile | MappingFile = read_vocabulary(path, data, had.vocabulary)
        else:
            file = read_mappings(path, data)
        return _vocabulary(file, self._catalogue.with_vocabulary(file), elsewhere, all_fixes=all_fixes)

    def descriptions(self, path: str, data: bytes, elsewhere: Elsewhere, *, all_fixes: bool) -> Outcome:
        """What is found in a file of descriptions, and what that depends on beside the file."""
        if is_binary(data):
            return Outcome((), {}, {}, _findings(diagnose_unreadable(path, self._catalogue), all_fixes))
        text, faults = decode(data)
        document = read_document(text, self._parser)
        others: dict[str, Others] = {}
        addresses: dict[str, bool] = {}

        def namesakes(identification: str) -> Namesakes:
            count, first = others[identification] = elsewhere(identification, path)
            return Namesakes(count, tuple(ProductPlace(identification, *place) for place in first))

        def exists(target: str) -> bool:
            if target not in addresses:
                addresses[target] = path_exists(target)
            return addresses[target]

        diagnostics = diagnose_document(
            document, path, self._catalogue, elsewhere=namesakes, exists=exists, faults=faults
        )
        return Outcome(products_of(document), others, addresses, _findings(diagnostics, all_fixes))

    def held(self, data: bytes, path: str, *, all_fixes: bool) -> tuple[tuple[Finding, ...], tuple[Unheld, ...]]:
        """What is found where the products of a file are held to their data, and those that could not be. Raises
        ExtraMissing where what reads data is not installed."""
        from vkd_server.features.held import held_products

        if is_binary(data):
            return (), ()
        document = read_document(decode(data)[0], self._parser)
        products = list(held_products(document, path, self._catalogue))
        found = [diagnostic for product in products for diagnostic in product.diagnostics]
        unheld = tuple(Unheld(one.identification, one.why) for one in products if one.why is not None)
        return _findings(found, all_fixes), unheld

    def fixed(self, path: str, data: bytes) -> tuple[str, int]:
        """A file's text after all safe fixes, and how many places they changed."""
        text, faults = decode(data)
        count = 0
        if faults or is_binary(data):
            # Writing it back would lose what could not be read.
            return text, count
        for _ in range(_MOST_ROUNDS):
            document = read_document(text, self._parser)
            diagnostics = diagnose_document(document, path, self._catalogue, elsewhere=_nowhere)
            edits = [edit for edit in safe_edits(diagnostics) if edit.path == path]
            if not edits:
                break
            text = applied(document.lines, edits)
            count += len(edits)
        return text, count

    @cached_property
    def _catalogue(self) -> Catalogue:
        catalogue = Catalogue(self._configuration, self._parser)
        catalogue.documents = self._documents
        return catalogue


def _vocabulary(
    file: VocabularyFile | MappingFile, catalogue: Catalogue, elsewhere: Elsewhere, *, all_fixes: bool
) -> Outcome:
    """What is found in a vocabulary file; it depends on the products that it names."""
    others: dict[str, Others] = {}

    def namesakes(identification: str) -> Namesakes:
        count, _ = others[identification] = elsewhere(identification, file.path)
        return Namesakes(count, ())

    diagnostics = diagnose_vocabulary(file, catalogue, None, namesakes)
    return Outcome((), others, {}, _findings(diagnostics, all_fixes))


def products_of(document: Document) -> tuple[tuple[str, int], ...]:
    """The identification of every product in a document, with the row of its header."""
    return tuple(
        (one.identification, one.row) for one in headings(document) if one.kind == "product" and one.identification
    )


def is_binary(data: bytes) -> bool:
    """Whether bytes are no text: many control characters near the beginning, which UTF-16 has as well."""
    sample = data[:_SAMPLE]
    controls = len(sample) - len(sample.translate(None, _CONTROLS))
    return controls >= 8 and controls * 20 > len(sample)


def _finding_of(diagnostic: Diagnostic, *, with_fixes: bool) -> Finding:
    """A diagnostic as a finding, with its fixes if `with_fixes`."""
    lines, row = diagnostic.context.lines, diagnostic.problem.row
    return Finding(
        diagnostic.code,
        diagnostic.severity,
        diagnostic.message,
        diagnostic.path,
        diagnostic.start,
        diagnostic.end,
        _line_key(lines[row] if row < len(lines) else ""),
        diagnostic.related(),
        diagnostic.fixes() if with_fixes else None,
    )


@lru_cache(maxsize=64)
def _line_key(line: str) -> str:
    """A hash of the words of a line, which does not depend on the alignment of columns or on personal identity
    numbers."""
    said = _BLANKS.sub("", masked(line[:_LONGEST_LINE]))
    return blake2b(said.encode("utf-8", "surrogatepass"), digest_size=8).hexdigest()


def _findings(diagnostics: Sequence[Diagnostic], all_fixes: bool) -> tuple[Finding, ...]:
    return tuple(
        _finding_of(diagnostic, with_fixes=all_fixes or place < HINTED) for place, diagnostic in enumerate(diagnostics)
    )


def _nowhere(_identification: str) -> Namesakes:
    return Namesakes(0, ())
