"""Mappings between concepts as SSSOM tables (mapping-commons, SSSOM/TSV), a file for each vocabulary.

Ids are codes with the name of their catalogue before a colon, which the head of the file says in full. So a file is
read by tools for SSSOM, and by a workspace that names the catalogue so.
"""

import csv
import io
import re
from collections.abc import Iterator, Sequence
from unicodedata import normalize

from vkd_catalog.catalogue import Catalogue
from vkd_catalog.exporters.addresses import Addresses, is_iri
from vkd_catalog.exporters.exporter import ExportedFile, Exporter, Stated
from vkd_catalog.vocabulary import VOCABULARY_NAMES, VocabularyName
from vkd_catalog.vocabulary.concept import MARK
from vkd_catalog.vocabulary.mappings import MappingRow

_COLUMNS = ("subject_id", "subject_label", "predicate_id", "object_id", "object_label", "mapping_justification")
_UNSAID = "semapv:UnspecifiedMatching"
_PREFIXES = {"skos": "http://www.w3.org/2004/02/skos/core#", "semapv": "https://w3id.org/semapv/vocab/"}
_NOT_SAID = "https://w3id.org/sssom/license/unspecified"


def _files(catalogue: Catalogue, stated: Stated) -> Iterator[ExportedFile]:
    for name in VOCABULARY_NAMES:
        rows = _rows(catalogue, name)
        if rows:
            yield ExportedFile(f"{name}.sssom.tsv", _Table(catalogue, stated, name, rows).parts)


EXPORTER = Exporter("sssom", "the mappings between concepts as SSSOM tables, a file for each vocabulary", _files)


def _rows(catalogue: Catalogue, name: VocabularyName) -> list[MappingRow]:
    """The mappings of one vocabulary, also to concepts of other catalogues."""
    codes = catalogue.vocabularies.called(name).concepts
    every = (row for file in catalogue.vocabularies.mappings for row in file.rows)
    return [row for row in every if row.subject in codes or row.object in codes]


class _Table:
    """Writes the mappings of one vocabulary."""

    def __init__(self, catalogue: Catalogue, stated: Stated, name: VocabularyName, rows: Sequence[MappingRow]) -> None:
        self._catalogue = catalogue
        self._stated = stated
        self._concepts = catalogue.vocabularies.called(name).concepts
        self._addresses = Addresses(catalogue, stated)
        self._name = name
        self._rows = rows
        self._own = re.sub(r"[^a-z0-9]+", "-", _plain(catalogue.configuration.name).casefold()).strip("-") or "vkd"

    def parts(self) -> Iterator[str]:
        """The head, as YAML in comments, and a row for each mapping."""
        set_id = self._addresses.of("mappings", self._name)
        licence = self._stated.licence if is_iri(self._stated.licence) else _NOT_SAID
        yield f"#mapping_set_id: {_quoted(set_id)}\n#license: {_quoted(licence)}\n#curie_map:\n"
        for prefix, address in sorted(self._curies().items()):
            yield f"#  {prefix}: {_quoted(address)}\n"
        yield _row(_COLUMNS)
        for row in self._rows:
            ids = self._id(row.subject), self._label(row.subject), f"skos:{row.predicate}"
            yield _row((*ids, self._id(row.object), self._label(row.object), _UNSAID))

    def _curies(self) -> dict[str, str]:
        start = self._addresses.of(self._name, "")
        others = {code.partition(MARK)[0] for row in self._rows for code in (row.subject, row.object) if MARK in code}
        foreign = {name: f"urn:vkd:{name}:{self._name}:" for name in others}
        return {**_PREFIXES, self._own: start, **foreign}

    def _id(self, code: str) -> str:
        return code if MARK in code else f"{self._own}{MARK}{code}"

    def _label(self, code: str) -> str:
        concept = self._concepts.get(code)
        return concept.label(self._catalogue.language) if concept else ""


def _plain(text: str) -> str:
    """A text in the letters a prefix may have."""
    apart = normalize("NFKD", text.replace("ø", "o").replace("Ø", "O").replace("æ", "ae").replace("Æ", "Ae"))
    return apart.encode("ascii", "ignore").decode()


def _quoted(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def _row(cells: Sequence[str]) -> str:
    line = io.StringIO()
    csv.writer(line, delimiter="\t", lineterminator="\n").writerow(cells)
    return line.getvalue()
