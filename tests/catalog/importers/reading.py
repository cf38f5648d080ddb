"""Reading back what an importer wrote: without the project's own readers, and, for what they say of it, with them."""

import csv
import gzip
import re
import shutil
import sys
import tomllib
from collections import Counter
from collections.abc import Callable, Collection, Iterator
from datetime import date
from pathlib import Path
from typing import NamedTuple

from vkd_catalog.coding import Coder
from vkd_catalog.configuration import read_configuration
from vkd_catalog.importers import Importer, ImportReport, Request, run_import
from vkd_catalog.importers.report import Follow, unfollowed
from vkd_catalog.vocabulary import build_vocabularies, read_vocabulary
from vkd_grammar.document import read_document
from vkd_grammar.format import format_text
from vkd_grammar.kinds import HEADER_TYPES
from vkd_grammar.parser import Parser
from vkd_grammar.words import fold

ROOT = Path(__file__).parents[3]
HERE = Path(__file__).parent
DAY = date(2026, 11, 29)
_SLASH = re.compile(r"(?<!\\)/")


class Product(NamedTuple):
    """A product description as read back: technical data as pairs, sentences with their dittos resolved."""

    identification: str
    technical: dict[str, str]
    sentences: list[tuple[str, ...]]
    operators: str


class Workspace(NamedTuple):
    """A workspace as read back; each vocabulary by code."""

    settings: dict[str, dict[str, object]]
    object_types: dict[str, dict[str, str]]
    names: dict[str, dict[str, str]]
    characteristics: dict[str, dict[str, str]]
    products: dict[str, Product]


def ran(importer: Importer, source: Path, target: Path, follow: Follow = unfollowed) -> ImportReport:
    """One run of an importer, on the day that the examples were made."""
    return run_import(importer, Request(source, follow=follow), target, DAY)


def read_workspace(root: Path) -> Workspace:
    """Everything in a workspace; a code or an identification that stands twice fails."""
    settings = tomllib.loads((root / "vkd.toml").read_text(encoding="utf-8"))
    tables = [_by_code(root / "vocabulary" / f"{name}.csv") for name in ("object-types", "names", "characteristics")]
    products: dict[str, Product] = {}
    for path in sorted(root.glob("products/**/*.vkd")):
        for product in _products(path.read_text(encoding="utf-8")):
            assert product.identification not in products
            products[product.identification] = product
    return Workspace(settings, tables[0], tables[1], tables[2], products)


def periods_invented(workspace: Workspace, stated: Collection[str]) -> set[str]:
    """The times of sentences that the source does not state; `?` says that it states none."""
    times = {sentence[3] for product in workspace.products.values() for sentence in product.sentences}
    return times - {"?", *stated}


def notes_as_words(workspace: Workspace, notes: Collection[str]) -> set[str]:
    """The notes of a source that are words of some concept."""
    return {fold(note) for note in notes} & {word for words in _words(workspace) for word in words}


def clashing_synonyms(workspace: Workspace) -> set[str]:
    """The synonyms that are also a word of another concept of their vocabulary."""
    found: set[str] = set()
    for table in (workspace.object_types, workspace.names, workspace.characteristics):
        counts = Counter(word for row in table.values() for word in _words_of(row))
        found.update(word for row in table.values() for word in _words_of(row, "altLabel@") if counts[word] > 1)
    return found


def problems_of(root: Path) -> set[str]:
    """The codes of every problem that the project's own readers find in a workspace, its demands included."""
    configuration = read_configuration(root / "vkd.toml")
    vocabularies = build_vocabularies(
        [
            read_vocabulary(path, (root / path).read_bytes(), name)
            for name, paths in configuration.vocabularies.items()
            for path in paths
        ]
    )
    found = {problem.code for problems in vocabularies.problems.values() for problem in problems}
    coder, parser = Coder(vocabularies), Parser()
    for path in _descriptions(root):
        for description in read_document(path.read_text(encoding="utf-8"), parser).descriptions:
            found.update(problem.code for problem in coder.code(description).problems)
    return found


def unformatted(root: Path) -> list[str]:
    """The files of a workspace that the formatter would change."""
    parser = Parser()
    texts = {path.name: path.read_text(encoding="utf-8") for path in _descriptions(root)}
    return [name for name, text in texts.items() if format_text(text, parser) != text]


def bytes_of(root: Path) -> dict[str, bytes]:
    """Every file below a folder, but for what is kept in `.vkd/`."""
    files = [path for path in sorted(root.rglob("*")) if path.is_file()]
    named = {str(path.relative_to(root)): path for path in files}
    return {name: path.read_bytes() for name, path in named.items() if ".vkd/" not in name}


def dst_source(folder: Path, change: Callable[[str, list[list[str]]], None] = lambda name, rows: None) -> Path:
    """The DST extract, compressed as the package has it; `change` may alter a table's rows first."""
    folder.mkdir(parents=True)
    for table in sorted((HERE / "dst").glob("*.csv")):
        with table.open(encoding="utf-8", newline="") as file:
            rows = list(csv.reader(file))
        change(table.stem, rows)
        with gzip.open(folder / f"{table.name}.gz", "wt", encoding="utf-8", newline="") as file:
            csv.writer(file, lineterminator="\n").writerows(rows)
    return folder


def nudb_source(folder: Path) -> Path:
    """A copy of the NUDB extract that a test may change; answers the folder of its TOML files."""
    shutil.copytree(HERE / "nudb", folder)
    return folder / "nudb_config/config_tomls"


def published(package: str, build: str) -> Path | None:
    """The folder that holds the whole published package: fetched by make, or installed beside the tests."""
    for folder in (ROOT / "build/sources" / build, *map(Path, sys.path)):
        if (folder / package).is_dir():
            return folder
    return None


def _words(workspace: Workspace) -> Iterator[set[str]]:
    for table in (workspace.object_types, workspace.names, workspace.characteristics):
        yield from map(_words_of, table.values())


def _words_of(row: dict[str, str], *columns: str) -> set[str]:
    """The folded words of a concept, in the columns that begin so."""
    chosen = columns or ("prefLabel@", "altLabel@", "notation")
    return {fold(word) for name, cell in row.items() if name.startswith(chosen) for word in cell.split("|") if word}


def _descriptions(root: Path) -> list[Path]:
    """The files of products and demands; the register's folder has that suffix too."""
    return [path for path in sorted(root.glob("**/*.vkd")) if path.is_file()]


def _by_code(path: Path) -> dict[str, dict[str, str]]:
    rows: dict[str, dict[str, str]] = {}
    if not path.is_file():
        return rows
    with path.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            assert row["code"] not in rows
            rows[row["code"]] = row
    return rows


def _products(text: str) -> Iterator[Product]:
    for block in re.split(r"\n\n", text):
        lines = [line for line in block.split("\n") if line and not line.startswith("#")]
        if lines:
            yield _product(lines)


def _product(lines: list[str]) -> Product:
    number, kind, identification, *technical = re.split(r" / ", lines[0], maxsplit=3)
    assert (number, kind) in (("0", word.word) for word in HEADER_TYPES if word.kind == "product")
    more = [line.strip().removeprefix("; ") for line in lines[1:] if line.lstrip().startswith(";")]
    pairs = [pair.partition("=") for line in [*technical, *more] for pair in re.split(r"(?<!\\); ", line)]
    sentences: list[tuple[str, ...]] = []
    operators = ""
    for expected, line in enumerate(lines[1 + len(more) :], start=1):
        found, *fields, operator = [field.strip() for field in _SLASH.split(line)]
        assert int(found) == expected
        above = sentences[-1] if sentences else ("",) * 4
        sentences.append(tuple(old if new == '"' else new for new, old in zip(fields, above, strict=True)))
        operators += operator
    return Product(identification, {key: value for key, _, value in pairs}, sentences, operators)
