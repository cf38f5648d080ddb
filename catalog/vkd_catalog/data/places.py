"""Which files on this machine a product's `data` address means, and for which period each.

An address is a name, and stands for several files only by `*` and by the parts of a period that it leaves open. What
else in it would be a sign to a shell or a database means itself (docs/language.md section 12).
"""

import os
import re
from collections.abc import Iterator, Sequence
from typing import Literal, NamedTuple

from vkd_catalog.addresses import is_open
from vkd_catalog.catalogue import Catalogue
from vkd_catalog.data.periods import Stated, stated_by
from vkd_catalog.folders import as_pattern, matching_files
from vkd_catalog.technical import TechnicalData
from vkd_grammar.times import BadTime, Span, Time, read_time
from vkd_grammar.words import fold

Form = Literal["csv", "parquet", "px"]

Unheld = Literal["no-data", "uri", "alias", "missing", "folder", "form", "many"]
"""Why no file can be read for a product: it states no address; that is a URI, has an unknown alias, leads nowhere, to a
folder or to very many files; or its form is none that is read here."""

_MOST_FILES = 1000
"""An address that leads to more files is more likely a slip than a set."""

_FORMS: dict[str, Form] = {"csv": "csv", "tsv": "csv", "tab": "csv", "parquet": "parquet", "pq": "parquet", "px": "px"}
"""What is read, by the form that a product states or by the ending of a file's name."""

_PARTS = re.compile(r"(\*+|\{(?:year|half|quarter|month|week)\})")
_WRITTEN = {
    "year": r"[0-9]{4}",
    "half": r"[12]",
    "quarter": r"[1-4]",
    "month": r"0?[1-9]|1[0-2]",
    "week": r"0?[1-9]|[1-4][0-9]|5[0-3]",
}
_LETTERS = {"half": "H{}", "quarter": "Q{}", "month": "M{:02}", "week": "W{:02}"}


class DataFile(NamedTuple):
    """A file of a product's data: its absolute path, its form, and the period that its address is filled in for; None
    where the address leaves none open."""

    path: str
    form: Form
    period: Span | None

    @property
    def name(self) -> str:
        """What the file is called, without its folders."""
        return os.path.basename(self.path)


class Located(NamedTuple):
    """The files of a product's data, in the order of their periods and names. `beyond` are files that its address would
    mean for periods outside the times that the product states. Where there are none, `why` says why."""

    files: tuple[DataFile, ...]
    beyond: tuple[DataFile, ...] = ()
    why: Unheld | None = None


def located(technical: TechnicalData, times: Sequence[Time | None], catalogue: Catalogue) -> Located:
    """The files that the `data` address of a product means; `times` are those of its sentences."""
    address = technical.value("data")
    if address is None:
        return Located((), why="no-data")
    found = catalogue.resolve(address)
    if found.kind != "path":
        return Located((), why="uri" if found.kind == "uri" else "alias")
    if os.path.isdir(found.target):
        return Located((), why="folder")
    there: list[tuple[str, Span | None]] = [(found.target, None)]
    paths = there if os.path.lexists(found.target) else list(_matching(found.target))
    if not paths:
        return Located((), why="missing")
    if len(paths) > _MOST_FILES:
        return Located((), why="many")
    return _sorted_out(paths, technical.value("form"), stated_by(times, technical.updated))


def _sorted_out(paths: Sequence[tuple[str, Span | None]], form: str | None, stated: Stated) -> Located:
    files = [DataFile(path, read_as, period) for path, period in paths if (read_as := _form_of(form, path))]
    if not files:
        return Located((), why="form")
    files.sort(key=lambda one: (one.period or Span(0, 0, "point"), one.path))
    is_meant = [one.period is None or stated.meets(one.period) for one in files]
    inside = tuple(one for one, meant in zip(files, is_meant, strict=True) if meant)
    beyond = tuple(one for one, meant in zip(files, is_meant, strict=True) if not meant)
    return Located(inside, beyond, None if inside else "missing")


def _form_of(stated: str | None, path: str) -> Form | None:
    """How a file is to be read: as the form that is stated says, if it is one of those that are read here, else as its
    name ends."""
    name = os.path.basename(path).lower().removesuffix(".gz")
    return _FORMS.get(fold(stated or "")) or _FORMS.get(name.rpartition(".")[2])


def _matching(target: str) -> Iterator[tuple[str, Span | None]]:
    """The files that a path with open parts means, each with its period; none where the path leaves nothing open."""
    if not is_open(target) and "*" not in target:
        return
    path = target.replace(os.sep, "/")
    parts = _PARTS.split(path)
    base = os.path.dirname(parts[0]) or "/"
    rest = path[len(base) :].lstrip("/")
    pattern = "".join("*" if _PARTS.fullmatch(part) else as_pattern(part) for part in _PARTS.split(rest))
    wanted = re.compile(_regex(rest))
    for found in matching_files(base, [pattern]).paths:  # type: ignore[arg-type]
        match = wanted.fullmatch(found.replace(os.sep, "/"))
        if match is not None:
            period = _period_of(match.groupdict())
            if not isinstance(period, BadTime):
                yield os.path.join(base, found), period


def _regex(path: str) -> str:
    """A regular expression for the names that a path means; each part of a period is a group of that name."""
    known: set[str] = set()
    made = []
    for part in _PARTS.split(path):
        name = part.strip("{}")
        if part.startswith("*"):
            made.append("[^/]*")
        elif not _PARTS.fullmatch(part):
            made.append(re.escape(part))
        elif name in known:
            made.append(f"(?P={name})")
        else:
            known.add(name)
            made.append(f"(?P<{name}>{_WRITTEN[name]})")
    return "".join(made)


def _period_of(parts: dict[str, str]) -> Span | BadTime | None:
    """The period that the parts found in a file's name make; None where no year is among them."""
    if "year" not in parts:
        return None
    letters = next((_LETTERS[name].format(int(parts[name])) for name in _LETTERS if name in parts), "")
    time = read_time(parts["year"] + letters)
    return time if isinstance(time, Span | BadTime) else None
