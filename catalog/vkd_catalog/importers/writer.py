"""The shared catalogue writer: a complete workspace, the same bytes for the same source.

Product files are laid out as an author of 1972 would: dittos for what repeats, columns of equal width in each
description, technical data over as many lines as it needs.
"""

import csv
import io
import json
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path, PurePosixPath
from typing import NamedTuple

from vkd_catalog.importers.report import (
    REPORT_FILE,
    Follow,
    ImportReport,
    ImportTargetError,
    as_markdown,
    files_named_in,
    importer_named_in,
    unfinished,
)
from vkd_catalog.vocabulary.sheet import rewritten
from vkd_grammar.escapes import escape

_MAPPINGS_FILE = "vocabulary/mappings.tsv"

Concept = Mapping[str, str]
"""One row of a vocabulary: column to value; a column that is not there is empty."""


CHARACTERISTIC_COLUMNS = (
    "kind",
    "objectTypes",
    "temporality",
    "classification",
    "missing",
    "derivedFrom",
    "identifies",
    "sensitive",
    "measure",
)
NAME_COLUMNS = ("kind", "objectTypes", "validFrom", "validTo")
"""The columns that characteristics and names have beside those of every vocabulary."""


class Vocabulary(NamedTuple):
    """One vocabulary file: its columns, as docs/language.md section 4 names them, and a row for each concept."""

    columns: tuple[str, ...]
    concepts: Sequence[Concept]


class Mapped(NamedTuple):
    """A mapping of one concept to another, as SSSOM names its parts; a predicate is one of SKOS, `skos:exactMatch`."""

    subject: str
    predicate: str
    object: str


class Mappings(NamedTuple):
    """A file of mappings (docs/language.md section 4), and the comment that it opens with."""

    comment: Sequence[str]
    rows: Sequence[Mapped]


class Sentence(NamedTuple):
    """The four fields of a sentence, written as they stand in a field (see `words.field`)."""

    object_type: str
    name: str
    characteristic: str
    time: str


class Product(NamedTuple):
    """One product description: doc comment, identification, lines of technical data (key and value), sentences."""

    comment: Sequence[str]
    identification: str
    technical: Sequence[Sequence[tuple[str, str]]]
    sentences: Sequence[Sentence]


class ProductFile(NamedTuple):
    """One `.vkd` file: its path in the workspace, the comment it opens with, and its products."""

    path: str
    comment: Sequence[str]
    products: Sequence[Product]


class Workspace(NamedTuple):
    """A catalogue to write. `product_files` may be lazy: each is written before the next one is asked for.

    `files` says how many of them there will be.
    """

    name: str
    language: str
    comment: Sequence[str]
    object_types: Vocabulary
    names: Vocabulary
    characteristics: Vocabulary
    mappings: Mappings | None
    product_files: Iterable[ProductFile]
    files: int
    licence: str
    ignored_rules: Mapping[str, str]


class Counts(NamedTuple):
    """How many files, products and sentences an import wrote below `products/`."""

    files: int
    products: int
    sentences: int


class OutputFolder:
    """The target folder of one import: checks that it may be written to, and lists what was written."""

    def __init__(self, root: Path, importer: str) -> None:
        """Opens the folder; ImportTargetError where it holds anything but an earlier run of the same importer."""
        self._root = root
        self._importer = importer
        self._written: list[str] = []
        self._earlier = _earlier_files(root, importer)
        self._put(REPORT_FILE, unfinished(importer, self._earlier))

    def write(self, name: str, text: str) -> None:
        """Writes one file by its path in the workspace; one that holds these bytes already is left alone."""
        self._put(name, text)
        self._written.append(name)

    def write_table(self, name: str, text: str) -> None:
        """Writes one table in the form of the earlier one, which a spreadsheet may have saved with other separators."""
        path = self._root / name
        earlier = path.read_bytes() if path.is_file() else b""
        is_new = earlier in (b"", text.encode("utf-8"))
        self.write(name, text if is_new else rewritten(text, earlier))

    def finish(self, report: ImportReport) -> None:
        """Writes IMPORT.md, and removes what an earlier run wrote and this one did not."""
        for name in sorted(set(self._earlier) - set(self._written)):
            if _is_ours(name):
                (self._root / name).unlink(missing_ok=True)
        self._put(REPORT_FILE, as_markdown(self._importer, report, self._written))

    def _put(self, name: str, text: str) -> None:
        path = self._root / name
        data = text.encode("utf-8")
        if path.is_file() and path.read_bytes() == data:
            return
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)


def write_workspace(folder: OutputFolder, workspace: Workspace, follow: Follow) -> Counts:
    """Writes a whole workspace: `vkd.toml`, the vocabularies and their mappings, the licence note, the product files.

    Who looks on follows the product files as they are written.
    """
    folder.write("vkd.toml", _settings(workspace))
    folder.write("LICENSE.md", workspace.licence)
    folder.write_table("vocabulary/object-types.csv", _as_csv(workspace.object_types))
    folder.write_table("vocabulary/names.csv", _as_csv(workspace.names))
    folder.write_table("vocabulary/characteristics.csv", _as_csv(workspace.characteristics))
    if workspace.mappings:
        folder.write(_MAPPINGS_FILE, _as_sssom(workspace.mappings))
    files = products = sentences = 0
    for file in follow(workspace.product_files, workspace.files):
        folder.write(file.path, as_text(file))
        files += 1
        products += len(file.products)
        sentences += sum(len(product.sentences) for product in file.products)
    return Counts(files, products, sentences)


def as_text(file: ProductFile) -> str:
    """The text of a product file: its comment, then its descriptions, each after an empty line."""
    blocks = [[f"# {line}" for line in file.comment], *map(_description, file.products)]
    return "\n\n".join("\n".join(block) for block in blocks) + "\n"


def _description(product: Product) -> list[str]:
    first, *others = ["; ".join(f"{key}={value}" for key, value in line) for line in product.technical] or [""]
    header = ["0", "Produktbeskrivelse", escape(product.identification), *filter(None, [first])]
    return [
        *(f"# {line}" for line in product.comment),
        " / ".join(header),
        *(f"    ; {line}" for line in others),
        *_aligned(product.sentences),
    ]


def _aligned(sentences: Sequence[Sentence]) -> list[str]:
    above: Sentence | None = None
    rows = []
    for number, sentence in enumerate(sentences, start=1):
        rows.append((str(number), *_with_dittos(sentence, above)))
        above = sentence
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    operators = ["O"] * (len(rows) - 1) + ["."]
    return [
        " / ".join([cell.ljust(width) for cell, width in zip(row, widths, strict=True)] + [operator])
        for row, operator in zip(rows, operators, strict=True)
    ]


def _with_dittos(sentence: Sentence, above: Sentence | None) -> Sequence[str]:
    if above is None:
        return sentence
    return ['"' if here == there else here for here, there in zip(sentence, above, strict=True)]


def _as_csv(vocabulary: Vocabulary) -> str:
    out = io.StringIO()
    writer = csv.DictWriter(out, vocabulary.columns, restval="", lineterminator="\n")
    writer.writeheader()
    writer.writerows(vocabulary.concepts)
    return out.getvalue()


def _as_sssom(mappings: Mappings) -> str:
    head = [*(f"# {line}" for line in mappings.comment), "subject_id\tpredicate_id\tobject_id"]
    return "\n".join([*head, *("\t".join(row) for row in mappings.rows)]) + "\n"


def _settings(workspace: Workspace) -> str:
    lines = [
        *(f"# {line}" for line in workspace.comment),
        "",
        "[catalogue]",
        f"name = {_quoted(workspace.name)}",
        f"language = {_quoted(workspace.language)}",
        "",
        "[vocabularies]",
        'object-types = ["vocabulary/object-types.csv"]',
        'names = ["vocabulary/names.csv"]',
        'characteristics = ["vocabulary/characteristics.csv"]',
        "times = []",
        *([f'mappings = ["{_MAPPINGS_FILE}"]'] if workspace.mappings else []),
        "",
        "[products]",
        'include = ["products/**/*.vkd"]',
    ]
    if workspace.ignored_rules:
        codes = ", ".join(map(_quoted, workspace.ignored_rules))
        reasons = [f"# {code}: {why}" for code, why in workspace.ignored_rules.items()]
        lines += ["", "[check]", *reasons, f"ignore = [{codes}]"]
    return "\n".join(lines) + "\n"


def _quoted(text: str) -> str:
    # A JSON string of printable text is a TOML basic string.
    return json.dumps(text, ensure_ascii=False)


def _earlier_files(root: Path, importer: str) -> tuple[str, ...]:
    if not root.exists():
        return ()
    if not root.is_dir():
        raise ImportTargetError(root, "is a file, not a folder")
    report = root / REPORT_FILE
    if not report.is_file():
        if any(root.iterdir()):
            raise ImportTargetError(root, "holds files already, and no earlier import; name an empty or a new folder")
        return ()
    text = report.read_text(encoding="utf-8", errors="replace")
    found = importer_named_in(text)
    if found != importer:
        held = f"holds an import of {found}" if found else f"holds an {REPORT_FILE} that no import wrote"
        raise ImportTargetError(root, f"{held}; name another folder for {importer}")
    return files_named_in(text)


def _is_ours(name: str) -> bool:
    # IMPORT.md is text that anyone may have edited: only a product file of the workspace is ever removed on its word.
    path = PurePosixPath(name)
    return path.parts[0] == "products" and ".." not in path.parts and path.suffix == ".vkd"
