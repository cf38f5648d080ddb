"""The shared catalogue writer: a complete workspace, the same bytes for the same source.

Product files are laid out as an author of 1972 would: dittos for what repeats, columns of equal width in each
description, technical data over as many lines as it needs.
"""

import csv
import io
import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from os.path import relpath
from pathlib import Path
from types import MappingProxyType
from typing import NamedTuple

from vkd_catalog.importers.layout import laid_out
from vkd_catalog.importers.output import OutputFolder
from vkd_catalog.importers.report import Follow, Written, unfollowed
from vkd_catalog.languages import say, with_fallbacks
from vkd_grammar.escapes import escape
from vkd_grammar.kinds import HEADER_TYPES

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

_ORDER = (
    *("prefLabel", "altLabel", "definition", "notation", "number", "unit", "from", "to"),
    *dict.fromkeys((*CHARACTERISTIC_COLUMNS, *NAME_COLUMNS)),
    *("function", "of", "values", "seeAlso"),
)


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
    """One product description: doc comment, identification, lines of technical data (key and value), sentences.

    A text among the sentences is a comment line, without its `#`.
    """

    comment: Sequence[str]
    identification: str
    technical: Sequence[Sequence[tuple[str, str]]]
    sentences: Sequence[Sentence | str]


class ProductFile(NamedTuple):
    """One `.vkd` file: its path in the workspace, the comment below its head, and its products.

    `source` is what this file was made from, where that is not all of the source.
    """

    path: str
    comment: Sequence[str]
    products: Sequence[Product]
    source: str = ""


class Workspace(NamedTuple):
    """A catalogue to write. `product_files` may be lazy: each is written before the next one is asked for.

    `files` says how many of them there will be. `source` is what it is made from, as the heads of its files say.
    `undescribed` is what sentences write for the concept of a set whose source names no variables (see `undescribed`).
    `archives` are the folders that addresses name by an alias.
    """

    name: str
    language: str
    source: str
    comment: Sequence[str]
    object_types: Vocabulary
    names: Vocabulary
    characteristics: Vocabulary
    product_files: Iterable[ProductFile]
    files: int
    licence: str
    times: Vocabulary = Vocabulary(("code",), ())
    mappings: Mappings | None = None
    ignored_rules: Mapping[str, str] = MappingProxyType({})
    undescribed: str = ""
    archives: Mapping[str, Path] = MappingProxyType({})


class Made(NamedTuple):
    """When files are made, and by which command: with what they are made from, the head of each says it."""

    day: date
    command: str

    def head(self, language: str, source: str) -> str:
        """The first comment of a file, in a language, or in English where vkd does not speak it."""
        spoken = next(with_fallbacks(language), "en")
        return say("import.made", spoken, day=self.day.isoformat(), command=self.command, source=source)


def vocabulary(concepts: Sequence[Concept]) -> Vocabulary:
    """A vocabulary file with the columns that some concept of it has, in the usual order."""
    rows = [{column: cell for column, cell in concept.items() if cell} for concept in concepts]
    used = dict.fromkeys(column for row in rows for column in row if column != "code")
    return Vocabulary(("code", *sorted(used, key=_place)), rows)


def write_workspace(
    folder: OutputFolder, workspace: Workspace, made: Made, follow: Follow = unfollowed
) -> tuple[Written, ...]:
    """Writes a whole workspace: `vkd.toml`, the vocabularies and their mappings, the licence note, the product files.

    Who looks on follows the product files as they are written. Returns how much of each kind was written.
    """
    folder.write("vkd.toml", _settings(workspace, made, folder.root))
    folder.write("LICENSE.md", workspace.licence)
    for name, table in _tables(workspace):
        if table.concepts:
            folder.write(f"vocabulary/{name}.csv", _as_csv(table))
    if workspace.mappings:
        folder.write(_MAPPINGS_FILE, _as_sssom(workspace.mappings))
    counts: Counter[str] = Counter({"products": 0, "sentences": 0, "product files": 0})
    for file in follow(workspace.product_files, workspace.files):
        folder.write(
            file.path, as_text(file, made.head(workspace.language, file.source or workspace.source), workspace.language)
        )
        counts += _counted(file, workspace.undescribed)
    return tuple(Written(*each) for each in (*counts.items(), *_counted_concepts(workspace).items()))


def _tables(workspace: Workspace) -> tuple[tuple[str, Vocabulary], ...]:
    return (
        ("object-types", workspace.object_types),
        ("names", workspace.names),
        ("characteristics", workspace.characteristics),
        ("times", workspace.times),
    )


def as_text(file: ProductFile, head: str, language: str) -> str:
    """The text of a product file: its head and comment, then its descriptions, each after an empty line."""
    blocks = [[f"# {line}" for line in (head, *file.comment)], *(description(one, language) for one in file.products)]
    return "\n\n".join("\n".join(block) for block in blocks) + "\n"


def description(product: Product, language: str) -> list[str]:
    """The lines of a product description, its header in a language."""
    return [
        *(f"# {line}" for line in product.comment),
        *laid_out(
            f"0 / {_opening(language)} / {escape(product.identification)}",
            product.technical,
            [f"# {row}" if isinstance(row, str) else row for row in product.sentences],
        ),
    ]


def _opening(language: str) -> str:
    """The type of a product description in a language, or in English where it has none."""
    words = {tag: one.word for one in HEADER_TYPES if one.kind == "product" for tag in one.languages}
    return words.get(language, words["en"])


def _counted(file: ProductFile, undescribed: str) -> Counter[str]:
    sentences = [[row for row in product.sentences if not isinstance(row, str)] for product in file.products]
    missing = sum(bool(undescribed) and any(one.characteristic == undescribed for one in rows) for rows in sentences)
    return Counter(
        {
            "products": len(file.products),
            "sentences": sum(map(len, sentences)),
            "product files": 1,
            "products that are not described, as the source names no variables": missing,
        }
    )


def _counted_concepts(workspace: Workspace) -> Counter[str]:
    kinds = Counter(concept.get("kind", "") for concept in workspace.names.concepts)
    return Counter(
        {
            "object types": len(workspace.object_types.concepts),
            "characteristics": len(workspace.characteristics.concepts),
            **{f"names, {kind or 'without kind'}": number for kind, number in sorted(kinds.items())},
            **({"times": len(workspace.times.concepts)} if workspace.times.concepts else {}),
            **({"mappings": len(workspace.mappings.rows)} if workspace.mappings else {}),
        }
    )


def _place(column: str) -> int:
    """Where a column stands among the others: those of words first, one's own last."""
    stem = column.partition("@")[0]
    return _ORDER.index(stem) if stem in _ORDER else len(_ORDER)


def _as_csv(vocabulary: Vocabulary) -> str:
    out = io.StringIO()
    writer = csv.DictWriter(out, vocabulary.columns, restval="", lineterminator="\n")
    writer.writeheader()
    writer.writerows(vocabulary.concepts)
    return out.getvalue()


def _as_sssom(mappings: Mappings) -> str:
    head = [*(f"# {line}" for line in mappings.comment), "subject_id\tpredicate_id\tobject_id"]
    return "\n".join([*head, *("\t".join(row) for row in mappings.rows)]) + "\n"


def _settings(workspace: Workspace, made: Made, root: Path) -> str:
    lines = [
        *(f"# {line}" for line in (made.head(workspace.language, workspace.source), *workspace.comment)),
        "",
        "[catalogue]",
        f"name = {_quoted(workspace.name)}",
        f"language = {_quoted(workspace.language)}",
        "",
        "[vocabularies]",
        *(
            f'{name} = ["vocabulary/{name}.csv"]' if table.concepts else f"{name} = []"
            for name, table in _tables(workspace)
        ),
        *([f'mappings = ["{_MAPPINGS_FILE}"]'] if workspace.mappings else []),
        "",
        "[products]",
        'include = ["products/**/*.vkd"]' if workspace.files else "include = []",
    ]
    if workspace.archives:
        places = {alias: _from_root(place, root) for alias, place in workspace.archives.items()}
        lines += ["", "[archives]", *(f"{alias} = {_quoted(place)}" for alias, place in places.items())]
    if workspace.ignored_rules:
        codes = ", ".join(map(_quoted, workspace.ignored_rules))
        reasons = [f"# {code}: {why}" for code, why in workspace.ignored_rules.items()]
        lines += ["", "[check]", *reasons, f"ignore = [{codes}]"]
    return "\n".join(lines) + "\n"


def _from_root(place: Path, root: Path) -> str:
    """A folder as `vkd.toml` names it: from where that stands, or from the top where no way leads there."""
    try:
        return f"{Path(relpath(place, root)).as_posix()}/"
    except ValueError:
        return f"{place.resolve().as_posix()}/"


def _quoted(text: str) -> str:
    # A JSON string of printable text is a TOML basic string.
    return json.dumps(text, ensure_ascii=False)
