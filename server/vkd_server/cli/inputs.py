"""The files that a call names, the workspace that each belongs to, and those of them that could not be read."""

import os
import sys
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from vkd_catalog.configuration import (
    FILE_NAME,
    Configuration,
    configuration_for,
    default_configuration,
    read_configuration,
)
from vkd_catalog.files import MOST_BYTES, Reason, read_file, reason_of
from vkd_catalog.folders import files_below, leading_to, matching_files, product_files
from vkd_server.cli import REFUSED, CallError
from vkd_server.cli.streams import print_line

if TYPE_CHECKING:
    from vkd_catalog.catalogue import Catalogue

_NO_DESCRIPTIONS = (".csv", ".tsv", ".toml", ".md")

_NAMED = 20
"""So many files that could not be read are named: a pattern may lead through a whole disk."""


class Unreadable(NamedTuple):
    """A file or folder that could not be read, and why; `named` where the call asked for it by name."""

    place: Path
    reason: Reason
    named: bool


class Source(NamedTuple):
    """A file to check: its path relative to its workspace's root, and whether it holds descriptions, is one of the
    vocabularies, is the `vkd.toml`, or is a documentation."""

    configuration: Configuration
    path: str
    is_vocabulary: bool
    is_settings: bool = False
    is_documentation: bool = False

    @property
    def is_description(self) -> bool:
        """Whether the file holds descriptions, and is none of the others."""
        return not (self.is_vocabulary or self.is_settings or self.is_documentation)


def workspace_named(folder: str) -> Configuration:
    """The workspace that a call names with `--workspace`; raises CallError where there is no such folder."""
    if not os.path.isdir(folder):
        raise CallError(f"{folder}: no such folder")
    return configuration_for(Path(os.path.abspath(folder)))


class Inputs:
    """Finds the files named on the command line. Those that cannot be read are collected and reported at the end."""

    def __init__(self, command: str) -> None:
        self._command = command
        self.unread: list[Unreadable] = []

    def files(self, path: str, endings: tuple[str, ...] = (".vkd",)) -> Iterator[Path]:
        """The files that a path leads to, absolute and in order: a file itself, or the files in a folder.

        Raises CallError where nothing has that name, and OSError where that cannot be found out.
        """
        place = Path(os.path.abspath(path))
        if not os.path.isdir(place):
            try:
                os.lstat(place)
            except (FileNotFoundError, NotADirectoryError, ValueError) as error:
                raise CallError(f"{path}: no such file or folder") from error
            yield place
            return
        found = files_below(os.fspath(place), endings)
        for missed, reason in found.unread:
            # Only settings tell a vocabulary or documentation from others, and one that cannot be read is found there.
            if not missed.endswith((".csv", ".tsv", ".md")):
                self.missed(place / missed if missed != "." else place, reason, named=missed == ".")
        yield from (place / name for name in found.paths)

    def read(self, paths: Iterable[str]) -> Iterator[tuple[Path, bytes]]:
        """The `.vkd` files that some paths lead to, each once, with their content."""
        for path in paths:
            for file in dict.fromkeys(self.files(path)):
                try:
                    data = read_file(file)
                except OSError as error:
                    self.missed(file, reason_of(error), named=file == Path(os.path.abspath(path)))
                else:
                    yield file, data

    def missed(self, place: Path, reason: Reason, *, named: bool) -> None:
        """Notes a file that could not be read, and why."""
        self.unread.append(Unreadable(place, reason, named))

    def report_missed(self, catalogue: "Catalogue") -> None:
        """Prints the names of the vocabularies and product files of a catalogue that could not be read. It changes no
        exit code, since answers say it too."""
        unread: list[tuple[str, str]] = list(catalogue.unread_vocabularies.items())
        unread += [(one.path, one.reason) for one in catalogue.register.missed() if one.reason]
        self._report([(Path(os.path.normpath(catalogue.root / path)), reason) for path, reason in unread])

    def _report(self, unread: Sequence[tuple[Path, str]]) -> None:
        """Prints the names of the first files that could not be read, a line each, and how many more there are."""
        from vkd_catalog.languages import counted, say
        from vkd_server.cli.paths import shown

        for place, reason in unread[:_NAMED]:
            name = " ".join(shown(place.parent, place.name).split())
            print_line(f"vkd {self._command}: {name}: {say(f'unread.{reason}', 'en')}", error=True)
        if len(unread) > _NAMED:
            print_line(f"vkd {self._command}: {counted('unread.more', len(unread) - _NAMED, 'en')}", error=True)

    def exit_code(self, code: int) -> int:
        """Names the unreadable files on standard error. Returns the exit code, which is `code` if there are none."""
        if not self.unread:
            return code
        self._report([(place, reason) for place, reason, _ in dict.fromkeys(self.unread)])
        return code if code and not any(one.named for one in self.unread) else REFUSED


class Workspaces:
    """The settings of the workspaces of many files; each `vkd.toml` is read once. Raises ConfigurationError where one
    cannot be read."""

    def __init__(self) -> None:
        self._files: dict[Path, Path | None] = {}
        self._settings: dict[Path, Configuration] = {}

    def of(self, file: Path) -> Configuration:
        """The settings that hold for a file."""
        return self.of_folder(file.parent)

    def of_folder(self, folder: Path) -> Configuration:
        """The settings that hold in a folder."""
        file = self._file_of(folder)
        place = file or folder
        if place not in self._settings:
            self._settings[place] = read_configuration(file) if file else default_configuration(folder)
        return self._settings[place]

    def _file_of(self, folder: Path) -> Path | None:
        """The `vkd.toml` that holds in a folder; None where there is none. Each folder is looked into once."""
        new = []
        for place in (folder, *folder.parents):
            if place in self._files:
                found = self._files[place]
                break
            new.append(place)
            if os.path.lexists(place / FILE_NAME):
                found = place / FILE_NAME
                break
        else:
            found = None
        self._files.update(dict.fromkeys(new, found))
        return found


def source_of(path: str, workspace: Configuration | None = None) -> Source:
    """The file that a path names, which need not exist. Raises CallError where it is no file that vkd checks."""
    place = Path(os.path.abspath(path))
    configuration = workspace or Workspaces().of(place)
    source = _source(place, configuration)
    if source is None:
        raise CallError(f"{path}: neither descriptions nor a vocabulary or documentation of its workspace")
    return source


def sources(
    paths: Iterable[str], inputs: Inputs, workspace: Configuration | None = None
) -> tuple[list[Source], list[Path]]:
    """The files to check: descriptions, and the vocabularies among them. Second, the named files that are neither.

    Of a workspace that lies in one of the paths all is checked that its `vkd.toml` names, wherever it lies.
    Every file belongs to `workspace` where one is given, else to the one that it lies in.
    """
    workspaces = Workspaces()
    found: dict[tuple[Path, str], Source] = {}
    neither: list[Path] = []
    for path in paths:
        folder = Path(os.path.abspath(path))
        roots: dict[Path, Configuration] = {}
        if os.path.isdir(folder):
            settings = workspace or workspaces.of_folder(folder)
            roots[settings.root] = settings
        for file in inputs.files(path, (".vkd", ".csv", ".tsv", ".md", FILE_NAME)):
            configuration = workspace or workspaces.of(file)
            roots[configuration.root] = configuration
            source = _source(file, configuration)
            if source is not None:
                found[configuration.root, source.path] = source
            elif file == folder:
                neither.append(file)
        for root, configuration in roots.items():
            if root.is_relative_to(folder):
                for source in _named(configuration, inputs):
                    found.setdefault((root, source.path), source)
    return [found[place] for place in sorted(found)], neither


def standard_input() -> bytes:
    """The content of standard input. Raises CallError where it is closed, or has no end."""
    if sys.stdin is None:
        raise CallError("standard input is closed")
    data = sys.stdin.buffer.read(MOST_BYTES + 1)
    if len(data) > MOST_BYTES:
        raise CallError("standard input is too large to be text")
    return data


def _source(file: Path, configuration: Configuration) -> Source | None:
    path = os.path.relpath(file, configuration.root).replace(os.sep, "/")
    if path in configuration.vocabulary_paths:
        return Source(configuration, path, True)
    if file == configuration.file:
        return Source(configuration, path, False, True)
    if configuration.documents and leading_to(configuration.documents, [path]):
        return Source(configuration, path, False, is_documentation=True)
    return None if file.suffix in _NO_DESCRIPTIONS else Source(configuration, path, False)


def _named(configuration: Configuration, inputs: Inputs) -> Iterator[Source]:
    """The settings, and the vocabularies and product files that they name; a vocabulary may be missing."""
    if configuration.file is not None:
        yield Source(configuration, configuration.file.name, False, True)
    for path in configuration.vocabulary_paths:
        yield Source(configuration, path, True)
    products = product_files(configuration)
    for path in products.paths:
        yield Source(configuration, path, False)
    documents = matching_files(configuration.root, configuration.documents)
    for path in (*documents.paths, *(missed for missed, _ in documents.unread)):
        yield Source(configuration, path, False, is_documentation=True)
    for missed, reason in products.unread:
        inputs.missed(Path(os.path.normpath(configuration.root / missed)), reason, named=False)
