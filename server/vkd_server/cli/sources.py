"""Which files a call means, and which workspace each belongs to."""

import os
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from vkd_catalog.configuration import Configuration, configuration_for
from vkd_server.cli import CallError

_TABLES_AND_SETTINGS = (".csv", ".toml")


class Source(NamedTuple):
    """A file to look at: its path relative to its workspace's root, and whether it is one of the vocabularies."""

    configuration: Configuration
    path: str
    is_vocabulary: bool


class Workspaces:
    """The workspaces of many files, each `vkd.toml` read once. ConfigurationError where one cannot be read."""

    def __init__(self) -> None:
        self._of_folder: dict[Path, Configuration] = {}
        self._of_root: dict[Path, Configuration] = {}

    def of(self, file: Path) -> Configuration:
        """The settings that hold for a file."""
        folder = file.parent
        if folder not in self._of_folder:
            found = configuration_for(file)
            self._of_folder[folder] = self._of_root.setdefault(found.root, found)
        return self._of_folder[folder]


def description_files(paths: Iterable[str]) -> list[Path]:
    """The `.vkd` files that some paths mean, absolute: files as they are named, folders searched."""
    found = (file for path in paths for file in _meant(path, (".vkd",)))
    return list(dict.fromkeys(found))


def sources(paths: Iterable[str]) -> tuple[list[Source], list[Path]]:
    """The files to check: descriptions, and the vocabularies among them. Second, the named files that are neither."""
    workspaces = Workspaces()
    found: dict[Path, Source] = {}
    neither: list[Path] = []
    for path in paths:
        roots: dict[Path, Configuration] = {}
        for file in _meant(path, (".vkd", ".csv")):
            configuration = workspaces.of(file)
            roots[configuration.root] = configuration
            source = _source(file, configuration)
            if source is not None:
                found[file] = source
            elif file == _absolute(path):
                neither.append(file)
        folder = _absolute(path)
        for root, configuration in roots.items():
            if root.is_relative_to(folder):
                # Of a workspace that is checked as a whole every vocabulary is, one that is missing too.
                found.update(_vocabularies(configuration))
    return [found[file] for file in sorted(found)], neither


def _meant(path: str, endings: tuple[str, ...]) -> Iterator[Path]:
    place = _absolute(path)
    if place.is_dir():
        yield from _below(place, endings)
    elif place.exists():
        yield place
    else:
        raise CallError(f"{path}: no such file or folder")


def _absolute(path: str) -> Path:
    """A path from the root, without `..`, which would hide what lies above a file."""
    return Path(os.path.abspath(path))


def _below(folder: Path, endings: tuple[str, ...]) -> Iterator[Path]:
    """The files below a folder with these endings, in order; hidden folders are left out."""
    for place, folders, files in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        yield from (Path(place, name) for name in sorted(files) if name.endswith(endings) and not name.startswith("."))


def _source(file: Path, configuration: Configuration) -> Source | None:
    path = file.relative_to(configuration.root).as_posix()
    if any(path in paths for paths in configuration.vocabularies.values()):
        return Source(configuration, path, True)
    return None if file.suffix in _TABLES_AND_SETTINGS else Source(configuration, path, False)


def _vocabularies(configuration: Configuration) -> Iterator[tuple[Path, Source]]:
    for paths in configuration.vocabularies.values():
        for path in paths:
            yield configuration.root / path, Source(configuration, path, True)
