"""Drafts written into a workspace: product files, rows of vocabularies, IMPORT.md.

What each run wrote is kept in `.vkd/describe/`, and what people have changed since stays: the three versions are put
together as those of an import are.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

from vkd_catalog.cache import Cache
from vkd_catalog.configuration import Configuration
from vkd_catalog.describing.concepts import MADE_OF, Row, Rows
from vkd_catalog.describing.describe import Described, Outcome
from vkd_catalog.describing.drafting import unknown_in
from vkd_catalog.describing.report import REPORT_FILE, TITLE, Report, report_text
from vkd_catalog.describing.rows import rows_in, table_text, with_rows
from vkd_catalog.files import read_file
from vkd_catalog.importers.merging import Clash, merged
from vkd_catalog.importers.words import file_stems
from vkd_catalog.suggest import loose
from vkd_catalog.vocabulary.encodings import text_of
from vkd_catalog.vocabulary_names import VocabularyName
from vkd_grammar.text import split_lines

MADE_BY = "vkd describe"
"""What the head of a file says that this writes."""

_VOCABULARIES: tuple[VocabularyName, ...] = ("object-types", "names", "characteristics")
_DAY = re.compile(r"\b\d{4}-\d\d-\d\d\b")


class Place(NamedTuple):
    """Where drafts are written: the workspace, and the folders for product files and for IMPORT.md below its root."""

    configuration: Configuration
    products: str
    report: str

    def file_of(self, called: str) -> str:
        """The path of a product's file, relative to the root."""
        return f"{self.products}/{file_stems([called])[called]}.vkd".removeprefix("./")


class Changed(NamedTuple):
    """A file that people changed since the last run and that stays so, and what in it both changed."""

    path: str
    clashes: tuple[Clash, ...]


class Written(NamedTuple):
    """What was written: the files that say something new, by paths relative to the root; what people had changed."""

    paths: tuple[str, ...]
    changed: tuple[Changed, ...]


def earlier_text(place: Place, called: str) -> str:
    """The text of the product file that an earlier run wrote; empty where there is none, or it is somebody's own."""
    text = _text(place.configuration.root / place.file_of(called)) or ""
    return text if MADE_BY in text.partition("\n")[0] else ""


def own_rows(place: Place) -> Rows:
    """The rows of vocabularies as earlier runs wrote them."""
    cache = Cache(place.configuration.root)
    found = {name: {row["code"]: row for row in _rows(_kept(cache, f"{name}.csv") or "")} for name in _VOCABULARIES}
    return Rows(found["characteristics"], found["names"], found["object-types"])


def proposed(rows: Rows, own: Rows, name: VocabularyName) -> Sequence[Row]:
    """The rows of a vocabulary that no earlier run wrote, as they are written there."""
    return [_visible(row) for code, row in rows.of(name).items() if code not in own.of(name)]


def closed_to_rows(configuration: Configuration) -> str:
    """Why no row can be written into the vocabularies; empty where they can be."""
    for name in ("names", "characteristics"):
        paths = configuration.vocabularies.get(name, ())
        if not paths:
            return f"vkd.toml names no file for the vocabulary {name}"
        path = configuration.root / paths[0]
        if path.is_file() and text_of(read_file(path)).reason:
            return f"{paths[0]} is not UTF-8, and stays as it is; save it so, and words can be added"
    return ""


def write(outcome: Outcome, place: Place, language: str, *, rows: bool) -> Written:
    """Writes drafts, and `rows` into the vocabularies or else beside the drafts. Raises OSError."""
    writing = _Writing(place)
    own = own_rows(place)
    for name in _VOCABULARIES:
        if rows:
            writing.add_rows(name, outcome.rows.of(name))
        else:
            writing.draft_rows(name, proposed(outcome.rows, own, name))
    for one in outcome.described:
        writing.product(one)
    writing.report(outcome, language)
    return Written(tuple(writing.written), tuple(writing.changed))


class _Writing:
    def __init__(self, place: Place) -> None:
        self._place = place
        self._root = place.configuration.root
        self._cache = Cache(self._root)
        self.written: list[str] = []
        self.changed: list[Changed] = []

    def product(self, one: Described) -> None:
        """Writes a product file, put together with what people have made of it since the last run."""
        name = self._place.file_of(one.called)
        before, mine = _kept(self._cache, name), _text(self._root / name)
        theirs = _with_day_of(before, one.text)
        if mine is None:
            self._put(name, theirs)
        else:
            was, is_ = _settled(before, mine, theirs)
            self._put(name, self._together(name, was, is_, theirs, changed=mine != before))
        self._keep(name, theirs)

    def add_rows(self, name: VocabularyName, rows: Mapping[str, Row]) -> None:
        """Says rows in the first file of a vocabulary, put together with what people have made of earlier ones."""
        paths = self._place.configuration.vocabularies.get(name, ())
        if not rows:
            return
        kept = f"{name}.csv"
        text, before = _text(self._root / paths[0]) or "", _kept(self._cache, kept)
        known = {row["code"]: row for row in _rows(before or "")}
        every = [*{**known, **rows}.values()]
        codes = {row["code"]: place for place, row in enumerate(every)}
        mine = table_text(sorted(rows_in(text, codes), key=lambda row: codes[row["code"]]))
        theirs = table_text([_visible(row) for row in every])
        # What was not written by an earlier run is somebody's own, in which only empty cells are filled.
        was = table_text([_visible(row) for row in known.values()]) if known else mine
        together = self._together(paths[0], was, mine, theirs, changed=mine != was)
        self._put(paths[0], with_rows(text, [row for row in _rows(together) if row.get("code")]))
        self._keep(kept, table_text(every))

    def draft_rows(self, name: VocabularyName, rows: Sequence[Row]) -> None:
        """Writes rows as a table beside the drafts, for whoever wants them in the vocabulary."""
        if rows:
            path = f"{self._place.products}/{name}.csv".removeprefix("./")
            before, mine, theirs = _kept(self._cache, path), _text(self._root / path), table_text(rows)
            changed = mine is not None and mine != before
            self._put(path, theirs if mine is None else self._together(path, before, mine, theirs, changed=changed))
            self._keep(path, theirs)

    def report(self, outcome: Outcome, language: str) -> None:
        """Writes IMPORT.md: what it says of other products stays."""
        name = f"{self._place.report}/{REPORT_FILE}".removeprefix("./")
        before = _text(self._root / name) or ""
        if before and not before.startswith(TITLE):
            name = f"{self._place.products}/{REPORT_FILE}".removeprefix("./")
            before = _text(self._root / name) or ""
        clashes = [(one.path, clash) for one in self.changed for clash in one.clashes]
        self._put(name, report_text(Report(outcome, tuple(clashes)), before, language))

    def _together(self, name: str, before: str | None, mine: str, theirs: str, *, changed: bool) -> str:
        found = merged(name, before, mine, theirs)
        if found.clashes or (changed and found.text not in (theirs, before)):
            self.changed.append(Changed(name, found.clashes))
        return found.text

    def _put(self, name: str, text: str) -> None:
        path = self._root / name
        data = text.encode("utf-8")
        if path.is_file() and read_file(path) == data:
            return
        self.written.append(name)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)

    def _keep(self, name: str, text: str) -> None:
        # After the file itself: a run that ends in between must not take its own text for somebody's change.
        if _kept(self._cache, name) != text:
            self._cache.write(f"describe/{name}", text.encode("utf-8"))


def _settled(before: str | None, mine: str, theirs: str) -> tuple[str | None, str]:
    """The earlier draft and what people made of it, without what a new draft settles: the lines of columns that it
    describes, and of those that it does not, what is near to them now."""
    had, now = _unknown(before or ""), _unknown(theirs)

    def settled(text: str) -> str:
        lines = ((_column_of(line), line) for line in split_lines(text))
        return "".join(
            now[column] if column in now and line == had.get(column, "") else line
            for column, line in lines
            if not column or column in now
        )

    return None if before is None else settled(before), settled(mine)


def _unknown(text: str) -> Mapping[str, str]:
    """The lines of the columns that a draft does not know, by the column's loose name."""
    return {column: line for line in split_lines(text) if (column := _column_of(line))}


def _column_of(line: str) -> str:
    """The loose name of the column that a comment line says is unknown; empty for any other line."""
    unknown = unknown_in(line)
    return loose(unknown.column) if unknown else ""


def _visible(row: Row) -> Row:
    """A row as it is written into a vocabulary."""
    return {column: value for column, value in row.items() if column != MADE_OF}


def _rows(text: str) -> Sequence[Row]:
    return rows_in(text, _codes(text)) if text else []


def _codes(text: str) -> Iterator[str]:
    import csv

    yield from (row.get("code", "") or "" for row in csv.DictReader(split_lines(text)))


def _kept(cache: Cache, name: str) -> str | None:
    with suppress(OSError):
        return cache.read(f"describe/{name}").decode("utf-8", errors="replace")
    return None


def _text(path: Path) -> str | None:
    return "".join(text_of(read_file(path)).lines) if path.is_file() else None


def _with_day_of(before: str | None, text: str) -> str:
    """A text with the day of an earlier one, where it says the same but for that."""
    day = before and _DAY.search(before)
    return text if not day or _DAY.sub(day[0], text, count=1) != before else before


def product_folder(patterns: Iterable[str]) -> str:
    """The folder that the first pattern of `include` leads to, where product files are written."""
    first = next(iter(patterns), "products/*.vkd")
    folders = first.split("/")[:-1]
    fixed = []
    for folder in folders:
        if any(mark in folder for mark in "*?["):
            break
        fixed.append(folder)
    return "/".join(fixed) or "."
