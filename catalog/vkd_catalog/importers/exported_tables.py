"""The CSV tables that `vkd catalogue export csv` writes, made into a catalogue again.

What both sides can hold comes back as it was: concepts, mappings, products with their technical data, sentences. A
folder may hold some of the tables only, edited in a spreadsheet meanwhile.
"""

import os
import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from vkd_catalog.exporters.addresses import is_iri
from vkd_catalog.exporters.tables import (
    ABOUT,
    CODE_COLUMNS,
    IDENTIFICATION,
    MAPPING_COLUMNS,
    MAPPINGS,
    PRODUCTS,
    SENTENCE_COLUMNS,
    SENTENCES,
    TIME,
)
from vkd_catalog.importers.importer import Draft, Importer, Request
from vkd_catalog.importers.report import ImportSourceError, Unmapped
from vkd_catalog.importers.undescribed import NOT_STATED_TIME
from vkd_catalog.importers.words import field, file_stems, shared_words, technical
from vkd_catalog.importers.writer import (
    Concept,
    Mapped,
    Mappings,
    Product,
    ProductFile,
    Sentence,
    Workspace,
    vocabulary,
)
from vkd_catalog.languages import is_language
from vkd_catalog.vocabulary.encodings import text_of
from vkd_catalog.vocabulary.sheet import sheet_of
from vkd_catalog.vocabulary_names import VOCABULARY_NAMES, VocabularyName
from vkd_grammar.technical import key_named

Row = Mapping[str, str]

_NOT_STATED = "not stated"
_OPEN = re.compile(r"[{*]")
"""What stands in an address that leads to several files."""

_SPOKEN: tuple[VocabularyName, ...] = ("object-types", "names", "characteristics")
"""The vocabularies of the first three fields of a sentence, in their order."""


class _Tables(NamedTuple):
    """What a folder holds: its tables by the names of their files."""

    folder: Path
    rows: Mapping[str, Sequence[Row]]

    def of(self, name: str) -> Sequence[Row]:
        """The rows of a table; none where there is no such file."""
        return self.rows.get(name, ())


def _read(request: Request) -> Draft:
    folder = request.source
    if not folder.is_dir():
        raise ImportSourceError(folder, "no such folder")
    wanted = (ABOUT, PRODUCTS, SENTENCES, MAPPINGS, *(f"{name}.csv" for name in VOCABULARY_NAMES))
    tables = _Tables(folder, {name: _rows(folder / name) for name in wanted if (folder / name).is_file()})
    if not any(f"{name}.csv" in tables.rows for name in (*VOCABULARY_NAMES, Path(PRODUCTS).stem)):
        raise ImportSourceError(folder, f"holds none of the tables, such as {PRODUCTS} or characteristics.csv")
    about = {row.get("key", ""): row.get("value", "") for row in tables.of(ABOUT)}
    unmapped: list[Unmapped] = []
    files = _files(tables, unmapped)
    language = about.get("language", "")
    concepts = {name: _concepts(tables.of(f"{name}.csv")) for name in VOCABULARY_NAMES}
    workspace = Workspace(
        name=about.get("name") or folder.resolve().name,
        language=language if is_language(language) else "en",
        source=f"{folder.resolve().name}, CSV",
        comment=(),
        object_types=vocabulary(concepts["object-types"]),
        names=vocabulary(concepts["names"]),
        characteristics=vocabulary(concepts["characteristics"]),
        product_files=files,
        files=len(files),
        licence=f"# Licence of the source\n\n{about.get('licence') or _NOT_STATED}\n",
        times=vocabulary(concepts["times"]),
        mappings=_mappings(tables.of(MAPPINGS)),
    )
    version = about.get("revision") or _NOT_STATED
    return Draft(workspace, workspace.source, version, about.get("licence") or _NOT_STATED, unmapped)


IMPORTER = Importer("csv", "the CSV tables that the export of the same name writes", _read)


def _rows(path: Path) -> list[Row]:
    """The rows of a table, however a spreadsheet has written it."""
    text = text_of(path.read_bytes())
    if text.reason and not text.lines:
        raise ImportSourceError(path, "cannot be read as a table")
    records = [[cell.strip() for cell in cells] for _, cells, _ in sheet_of(text.lines).records() if any(cells)]
    if not records:
        return []
    head, *rest = records
    return [dict(zip(head, cells, strict=False)) for cells in rest]


def _concepts(rows: Sequence[Row]) -> list[Concept]:
    return [{column: cell for column, cell in row.items() if column and cell} for row in rows if row.get("code")]


def _mappings(rows: Sequence[Row]) -> Mappings | None:
    mapped = [Mapped(*(row.get(column, "") for column in MAPPING_COLUMNS)) for row in rows]
    return Mappings((), mapped) if mapped else None


def _files(tables: _Tables, unmapped: list[Unmapped]) -> list[ProductFile]:
    """A file for each collection, and for each product of none."""
    writing = _Writing(tables, unmapped)
    held: dict[str, list[Row]] = {}
    for row in tables.of(SENTENCES):
        held.setdefault(row.get(SENTENCE_COLUMNS[0], ""), []).append(row)
    grouped: dict[str, list[Product]] = {}
    for row in tables.of(PRODUCTS):
        name = row.get(IDENTIFICATION, "")
        if not name or not held.get(name):
            unmapped.append(Unmapped("product", name or "without a name", "has no sentences; a description needs some"))
            continue
        grouped.setdefault(row.get("collection") or name, []).append(writing.product(name, row, held.pop(name)))
    for name in held:
        unmapped.append(Unmapped("sentences", name, f"of no product in {PRODUCTS}"))
    stems = file_stems(grouped)
    return [ProductFile(f"products/{stems[name]}.vkd", (), products) for name, products in grouped.items()]


class _Writing:
    """Writes rows as descriptions."""

    def __init__(self, tables: _Tables, unmapped: list[Unmapped]) -> None:
        self._unmapped = unmapped
        self._shared = [shared_words(_words_of(tables.of(f"{name}.csv"))) for name in _SPOKEN]
        self._words = [_words_of(tables.of(f"{name}.csv")) for name in _SPOKEN]

    def product(self, name: str, row: Row, sentences: Sequence[Row]) -> Product:
        """A product by its row and those of its sentences, in the order of their lines."""
        ordered = sorted(sentences, key=lambda one: int(one["line"]) if one.get("line", "").isdigit() else 0)
        stated = [[(key, technical(text))] for key, text in self._stated(name, row)]
        return Product((), name, stated, [self._sentence(one) for one in ordered])

    def _stated(self, name: str, row: Row) -> Iterator[tuple[str, str]]:
        for key, text in row.items():
            if key == IDENTIFICATION or not text:
                continue
            known = key_named(key)
            if known is None:
                self._unmapped.append(Unmapped("column", key, f"no key of technical data; of {name}"))
            elif known.value == "address" and not _leads_somewhere(text):
                self._unmapped.append(Unmapped(f"address ({key})", name, "leads nowhere on this machine"))
            else:
                yield key, text

    def _sentence(self, row: Row) -> Sentence:
        object_type, name, characteristic = (self._term(place, row) for place in range(len(_SPOKEN)))
        return Sentence(object_type, name, characteristic, row.get(TIME, "") or NOT_STATED_TIME)

    def _term(self, place: int, row: Row) -> str:
        """What a sentence writes: the word, or the code where the word does not say which concept is meant."""
        word, code = row.get(SENTENCE_COLUMNS[2 + place], ""), row.get(CODE_COLUMNS[place], "")
        if code and word not in self._words[place].get(code, ()):
            return f"[{code}]"
        return field(word, code, self._shared[place] if code else ())


def _leads_somewhere(address: str) -> bool:
    """Whether an address can be followed from any folder: one of the web, or a path in full to what is here."""
    if is_iri(address) and len(address.partition(":")[0]) > 1:
        return True
    return os.path.isabs(address) and (bool(_OPEN.search(address)) or os.path.exists(address))


def _words_of(rows: Sequence[Row]) -> dict[str, list[str]]:
    """The words that each code goes by."""
    return {row.get("code", ""): list(_words(row)) for row in rows}


def _words(row: Row) -> Iterator[str]:
    for column, cell in row.items():
        if column.startswith(("prefLabel@", "altLabel@")):
            yield from (word for word in cell.split("|") if word)
    if row.get("notation"):
        yield row["notation"]
