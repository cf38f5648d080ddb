"""Finding a published package's files on disk, and what its metadata says about it. Nothing of it is imported.

What an importer itself needs is another matter: it is imported by `needed`, when there is something to read with it.
"""

from collections.abc import Sequence
from importlib import import_module
from pathlib import Path
from typing import Any, NamedTuple

from vkd_catalog.importers.report import ImportSourceError, MissingExtraError

NOT_STATED = "not stated"

_DEEPER = ("", "*/", "src/", "*/src/", "lib/*/site-packages/", "Lib/site-packages/")
"""Where a package may lie under the folder that was named: there, unpacked, in a source tree, in an environment."""


class Package(NamedTuple):
    """A package as its `*.dist-info` describes it; `version` is 'not stated' where there is none."""

    name: str
    version: str
    licence_text: str


def needed(module: str, extra: str, source: Path) -> Any:
    """A module of a package that comes with an extra. Raises MissingExtraError, which names the extra, where it is not
    installed and so `source` cannot be read."""
    try:
        return import_module(module)
    except ImportError as error:
        raise MissingExtraError(source, extra) from error


def find_folder(named: Path, inside: str, files: Sequence[str]) -> Path:
    """The folder that holds `files`: the one that was named, or the package folder `inside` somewhere under it.

    Raises ImportSourceError where there is none, or more than one.
    """
    if not named.is_dir():
        raise ImportSourceError(named, "is a file; unpack it first" if named.exists() else "no such folder")
    if _holds(named, files):
        return named
    tails = (inside, inside.rpartition("/")[2])
    hits = {hit for tail in tails for deeper in _DEEPER for hit in named.glob(deeper + tail)}
    found = sorted(hit for hit in hits if _holds(hit, files))
    if len(found) > 1:
        raise ImportSourceError(named, f"holds the files more than once, name one of {', '.join(map(str, found))}")
    if not found:
        raise ImportSourceError(named, f"does not hold {', '.join(files)}, nor a folder {inside} that does")
    return found[0]


def package_beside(folder: Path, name: str) -> Package:
    """What the `*.dist-info` of the package `name` says, looked for in `folder` and the two folders above it."""
    stem = name.replace("-", "_")
    folder = folder.resolve()
    for place in (folder, folder.parent, folder.parent.parent):
        found = sorted(place.glob(f"{stem}-*.dist-info"))
        if len(found) == 1:
            return Package(name, _version(found[0]), _licence_text(found[0]))
    return Package(name, NOT_STATED, "")


def _holds(folder: Path, files: Sequence[str]) -> bool:
    return all((folder / name).is_file() for name in files)


def _version(dist_info: Path) -> str:
    for line in _read(dist_info / "METADATA").splitlines():
        if not line:
            break
        if line.startswith("Version:"):
            return line.partition(":")[2].strip()
    return NOT_STATED


def _licence_text(dist_info: Path) -> str:
    return _read(dist_info / "licenses" / "LICENSE").strip()


def _read(path: Path) -> str:
    return path.read_text(encoding="utf-8", errors="replace") if path.is_file() else ""
