"""The folder that an import writes into: whose it is, what stands there already, and what the last run wrote."""

import re
from contextlib import suppress
from pathlib import Path, PurePosixPath

from vkd_catalog.cache import Cache
from vkd_catalog.importers.merging import merged
from vkd_catalog.importers.report import (
    REPORT_FILE,
    Changed,
    ImportReport,
    ImportTargetError,
    as_markdown,
    files_named_in,
    importer_named_in,
    unfinished,
)
from vkd_catalog.vocabulary.encodings import text_of

_DAY = re.compile(r"\b\d{4}-\d\d-\d\d\b")
"""The day a file was made, which is the first that it names."""


class OutputFolder:
    """The target folder of one run. What each run wrote is kept in `.vkd/import/`, for the next one to compare with.

    What people have changed since stays: see `merging`.
    """

    def __init__(self, root: Path, importer: str) -> None:
        """Opens the folder; ImportTargetError where it holds anything but an earlier run of the same importer."""
        self.root = self._root = root
        self._importer = importer
        self._before = Cache(root)
        self._written: list[str] = []
        self._changes: list[Changed] = []
        self._earlier = _earlier_files(root, importer)
        self._last_report = self._now(REPORT_FILE)
        self._put(REPORT_FILE, unfinished(importer, self._earlier))

    def write(self, name: str, text: str) -> None:
        """Writes one file by its path in the workspace, put together with what people have made of it since the last
        run; one that would stay as it is, but for the day it was made, is left alone."""
        before, mine = self._last(name), self._now(name)
        theirs = _with_day_of(before, text)
        if mine is None and before is not None and _is_product_file(name):
            # Who took the file away does not want it back; the vocabularies and settings the rest cannot do without.
            self._changes.append(Changed(name, "taken away since the last run, and not written again"))
        else:
            self._put(name, theirs if mine is None else self._together(name, before, mine, theirs))
            self._written.append(name)
        if theirs != before:
            # After the file itself: a run that ends in between must not take its own text for somebody's change.
            self._before.write(_kept_as(name), theirs.encode("utf-8"))

    def finish(self, report: ImportReport) -> ImportReport:
        """Writes IMPORT.md, and removes what an earlier run wrote and this one did not, unless people changed it.

        Returns the report with what people had changed.
        """
        for name in sorted(set(self._earlier) - set(self._written)):
            if _is_product_file(name) and (mine := self._now(name)) is not None:
                self._drop(name, mine)
        complete = report._replace(changes=(*report.changes, *self._changes))
        text = as_markdown(self._importer, complete, self._written)
        self._put(REPORT_FILE, _with_day_of(self._last_report, text))
        return complete

    def _together(self, name: str, before: str | None, mine: str, theirs: str) -> str:
        outcome = merged(name, before, mine, theirs)
        if outcome.text not in (theirs, before):
            self._changes.append(Changed(name, "changed by people; kept"))
        self._changes += (Changed(name, clash.place, clash.mine, clash.theirs) for clash in outcome.clashes)
        return outcome.text

    def _drop(self, name: str, mine: str) -> None:
        if mine == self._last(name):
            (self._root / name).unlink(missing_ok=True)
            with suppress(OSError):
                self._before.remove(_kept_as(name))
        else:
            self._changes.append(Changed(name, "no longer in the source, but changed by people; kept"))

    def _last(self, name: str) -> str | None:
        """A file as the last run wrote it; None where that is not known."""
        try:
            return self._before.read(_kept_as(name)).decode("utf-8", errors="replace")
        except OSError:
            return None

    def _now(self, name: str) -> str | None:
        path = self._root / name
        return "".join(text_of(path.read_bytes()).lines) if path.is_file() else None

    def _put(self, name: str, text: str) -> None:
        path = self._root / name
        data = text.encode("utf-8")
        if path.is_file() and path.read_bytes() == data:
            return
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)


def _kept_as(name: str) -> str:
    return f"import/{name}"


def _with_day_of(before: str | None, text: str) -> str:
    """A text with the day of an earlier one, where it says the same but for that."""
    day = before and _DAY.search(before)
    return text if not day or _DAY.sub(day[0], text, 1) != before else before


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


def _is_product_file(name: str) -> bool:
    # IMPORT.md is text that anyone may have edited: only a product file of the workspace is ever removed on its word.
    path = PurePosixPath(name)
    return path.parts[0] == "products" and ".." not in path.parts and path.suffix == ".vkd"
