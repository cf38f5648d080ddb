"""A workspace as a revision in git has it, or as it lies on the disk: its files and their contents."""

from __future__ import annotations

import os
from collections.abc import Collection, Iterator
from contextlib import suppress
from pathlib import Path
from posixpath import dirname, normpath
from typing import Protocol

from vkd_catalog.configuration import FILE_NAME, Configuration, default_configuration, read_configuration
from vkd_catalog.files import read_file
from vkd_catalog.folders import files_below, leading_to, matching_files, product_files
from vkd_catalog.in_memory import Contents, in_memory_configuration
from vkd_server.cli.commands.test import ENDING
from vkd_server.cli.git import Repository, Revision, object_name


class State(Protocol):
    """A workspace at one moment, from which its settings and files can be read."""

    def settings(self) -> Configuration:
        """The settings in its `vkd.toml`. Raises ConfigurationError where they cannot be used."""
        ...

    def read(self, configuration: Configuration, known: Contents) -> Contents:
        """The contents, by path, of the files that these settings make the workspace of; empty where there is no
        workspace.

        `known` holds contents by the name of their object, so that nothing is read twice.
        """
        ...


class AtRevision:
    """The workspace as a revision has it."""

    def __init__(self, repository: Repository, revision: Revision) -> None:
        self._repository = repository
        self._objects = repository.files(revision)

    @property
    def one_object(self) -> str:
        """The name of any object, which shows the kind of hash that names are made with; empty where there is none."""
        return next(iter(self._objects.values()), "")

    def settings(self) -> Configuration:
        held = dict.fromkeys(self._objects, b"")
        if FILE_NAME in held:
            held |= self._read([FILE_NAME], {})
        return in_memory_configuration(self._repository.root, held)

    def read(self, configuration: Configuration, known: Contents) -> Contents:
        if all(path.startswith("../") for path in self._objects):
            return {}
        return self._read(wanted(self._objects, configuration), known)

    def _read(self, paths: Collection[str], known: Contents) -> dict[str, bytes]:
        new = self._repository.contents(name for path in paths if (name := self._objects[path]) not in known)
        return {path: known.get(name) or new.get(name, b"") for path in paths for name in (self._objects[path],)}


class OnDisk:
    """A workspace's files as saved on the disk; an editor's unsaved changes are not seen."""

    def __init__(self, root: Path) -> None:
        self._root = root

    def settings(self) -> Configuration:
        file = self._root / FILE_NAME
        return read_configuration(file) if os.path.lexists(file) else default_configuration(self._root)

    def read(self, configuration: Configuration, known: Contents) -> Contents:
        own = files_below(os.fspath(self._root), (".vkd", ENDING, FILE_NAME)).paths
        documents = matching_files(self._root, configuration.documents).paths
        paths = {*own, *map(normpath, _named(configuration)), *product_files(configuration).paths, *documents}
        found = {}
        for path in wanted(paths, configuration):
            # What cannot be read is not gone, so that nothing can be said of what has changed.
            with suppress(FileNotFoundError, NotADirectoryError):
                found[path] = read_file(self._root / path)
        return found


def wanted(paths: Collection[str], configuration: Configuration) -> list[str]:
    """The paths, of some, that belong to a workspace: settings, vocabularies, products, documentations, demands,
    accepted answers.

    Folders below with settings of their own are other workspaces; without settings a workspace is one folder alone.
    """
    others = {dirname(path) for path in paths if path.endswith(f"/{FILE_NAME}") and not path.startswith("../")}
    named = {normpath(path) for path in _named(configuration)}
    products = set(leading_to((*configuration.products, *configuration.documents), paths))
    return sorted(path for path in paths if path in named or path in products or _is_own(path, others, configuration))


def by_object(contents: Contents, like: str) -> dict[str, bytes]:
    """File contents by git object name, with the same kind of hash as the name `like` has."""
    return {object_name(data, like): data for data in contents.values()}


def _named(configuration: Configuration) -> Iterator[str]:
    yield FILE_NAME
    yield from configuration.vocabulary_paths


def _is_own(path: str, others: Collection[str], configuration: Configuration) -> bool:
    folders = path.split("/")[:-1]
    if not path.endswith((".vkd", ENDING)) or any(folder.startswith(".") for folder in folders):
        return False
    if configuration.file is None:
        return not folders
    return not any("/".join(folders[: at + 1]) in others for at in range(len(folders)))
