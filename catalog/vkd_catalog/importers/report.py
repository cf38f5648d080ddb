"""What an importer promises, and what it says afterwards: the values every importer shares, and IMPORT.md."""

from collections.abc import Iterable, Sequence
from datetime import date
from pathlib import Path
from typing import NamedTuple, Protocol, TypeVar

REPORT_FILE = "IMPORT.md"
"""The report in the target folder. It also says which files are the importer's own, so that a later run knows them."""

_Item = TypeVar("_Item")

_TITLE = "# Imported catalogue: "
_FILES = "## Files"


class Written(NamedTuple):
    """How many things of one kind were written, as 14 products."""

    kind: str
    number: int


class Unmapped(NamedTuple):
    """Something in the source that the catalogue does not hold, or holds differently, and the reason."""

    kind: str
    what: str
    why: str


class Changed(NamedTuple):
    """A file that people changed since the last run; or a place in it that the source changed as well, with both
    versions."""

    file: str
    what: str
    mine: str = ""
    theirs: str = ""


class ImportReport(NamedTuple):
    """The outcome of one import: when and where it came from, what was written and what could not be mapped.

    `changes` are what people changed since the last run.
    """

    day: date
    source: str
    version: str
    licence: str
    written: tuple[Written, ...]
    unmapped: tuple[Unmapped, ...]
    changes: tuple[Changed, ...] = ()


class Follow(Protocol):
    """Passes on the items of work that takes long, of which there are `total`, and tells who looks on how far it is."""

    def __call__(self, each: Iterable[_Item], total: int) -> Iterable[_Item]:
        """The items, unchanged and in order."""


def unfollowed(each: Iterable[_Item], total: int) -> Iterable[_Item]:
    """The items as they are, where nobody looks on."""
    return each


class ImportRefusedError(Exception):
    """Raised when an import cannot be carried out: the path that is to blame, and one line that says why.

    `line` is where in the file, counted from 1; 0 where no line is to blame.
    """

    def __init__(self, path: Path, message: str, line: int = 0) -> None:
        super().__init__(f"{path}:{line}: {message}" if line else f"{path}: {message}")
        self.path = path
        self.message = message
        self.line = line


class ImportSourceError(ImportRefusedError):
    """The source lacks a file or column the importer needs, or holds one that cannot be read."""


class MissingExtraError(ImportRefusedError):
    """Raised when a file takes a package to read that is not installed; `extra` is what brings it."""

    def __init__(self, path: Path, extra: str) -> None:
        super().__init__(path, f"needs the extra {extra}: pip install 'vkd-server[{extra}]'")
        self.extra = extra


class ImportTargetError(ImportRefusedError):
    """Raised when the target folder holds something that the importer must not overwrite."""


def as_markdown(importer: str, report: ImportReport, files: Sequence[str]) -> str:
    """The text of IMPORT.md: source, counts, everything unmapped, and the files that the importer wrote."""
    lines = [
        f"{_TITLE}{importer}",
        "",
        f"Written by `vkd catalogue import {importer}`, and anew by each run. In the files listed below",
        "a run keeps what you have changed; what the source changed as well stands beside it, and is named here.",
        "",
        f"- Made: {report.day.isoformat()}",
        f"- Source: {report.source}",
        f"- Version: {report.version}",
        f"- Licence: {report.licence}",
        "",
        "## Written",
        "",
        *_table(("What", "Count"), [(item.kind, str(item.number)) for item in report.written]),
        "",
        "## Not mapped, or mapped with a change",
        "",
        *_table(("Kind", "What", "Why"), report.unmapped),
        "",
        "## Changed since the last run",
        "",
        *_table(("File", "What", "Yours", "The source's"), report.changes),
        "",
        _FILES,
        "",
        *(f"- {name}" for name in files),
    ]
    return "\n".join(lines) + "\n"


def unfinished(importer: str, files: Sequence[str]) -> str:
    """The text of IMPORT.md while an import runs, so that the next run knows the folder as its own if this run is
    killed."""
    lines = [f"{_TITLE}{importer}", "", "This import did not end; run it again.", "", _FILES, ""]
    return "\n".join([*lines, *(f"- {name}" for name in files)]) + "\n"


def importer_named_in(text: str) -> str | None:
    """The importer that wrote this IMPORT.md; None where the text is something else."""
    first = text.partition("\n")[0]
    return first.removeprefix(_TITLE).strip() if first.startswith(_TITLE) else None


def files_named_in(text: str) -> tuple[str, ...]:
    """The files that an IMPORT.md lists as its importer's own."""
    listed = text.partition(f"\n{_FILES}\n")[2]
    return tuple(line.removeprefix("- ") for line in listed.splitlines() if line.startswith("- "))


def _table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> list[str]:
    if not rows:
        return ["Nothing."]
    rule = ["---"] * len(head)
    return ["| " + " | ".join(map(_cell, row)) + " |" for row in (head, rule, *rows)]


def _cell(text: str) -> str:
    return " ".join(text.split()).replace("|", "\\|")
