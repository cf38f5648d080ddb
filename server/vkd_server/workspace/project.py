"""Where a document belongs: its catalogue, and what is kept beside it for as long as it is not read anew."""

import os
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple, Protocol

from vkd_catalog.catalogue import Catalogue
from vkd_catalog.configuration import (
    Configuration,
    ConfigurationError,
    default_configuration,
    find_configuration,
    read_configuration,
)
from vkd_catalog.vocabulary import MappingFile, VocabularyFile, read_mapping_lines, read_vocabulary_lines
from vkd_grammar.parser import Parser
from vkd_server.features.lexicon import Lexicon
from vkd_server.workspace.background import BackgroundCatalogue
from vkd_server.workspace.pending import Make, PendingCatalogue, PendingMake, takes_long
from vkd_server.workspace.settings import Settings

Key = tuple[Path, Path | None, str]
"""What tells a catalogue: its root, its `vkd.toml` and the language it speaks."""

_NOWHERE = Path(os.devnull)
"""The root of the catalogue without files, for a document that is none and stands in no folder."""


class Project(NamedTuple):
    """A catalogue and the lexicon that completion looks words up in.

    `error` says why a `vkd.toml` could not be used.
    """

    catalogue: BackgroundCatalogue
    lexicon: Lexicon
    error: ConfigurationError | None

    @property
    def is_pending(self) -> bool:
        """Whether its catalogue only stands in for one that is not there yet."""
        return isinstance(self.catalogue, PendingCatalogue)

    def path_in(self, path: Path | None, uri: str) -> str:
        """How answers name a document: relative to the root where it is below it, else in full."""
        if path is None:
            return uri
        try:
            return path.relative_to(self.catalogue.root).as_posix()
        except ValueError:
            return path.as_posix()


class Closable(Protocol):
    """An object with resources that must be closed when it is no longer used."""

    def close(self) -> None:
        """Closes it and frees what it holds."""
        ...


def _lexicon(catalogue: Catalogue, had: Lexicon | None = None) -> Lexicon:
    """The words of a catalogue, which finds misspelled ones as the catalogue does: they are taken in once."""
    return Lexicon(catalogue.vocabularies, had, catalogue.suggester)


class _Read(NamedTuple):
    """A project as it was read, and the settings that its files state, before the language that the editor chooses."""

    project: Project
    stated: Configuration


class Projects:
    """Finds the catalogue of each document and reads each once.

    Vocabularies that are open stand in for their files, in catalogues beside those that were read.
    """

    def __init__(self, parser: Parser, make: Make) -> None:
        self._parser = parser
        self._make = make
        self._projects: dict[Key, _Read] = {}
        self._pending: dict[Key, PendingMake] = {}
        self._edited: dict[Key, _Edited] = {}
        self._texts: Mapping[Path, Sequence[str]] = {}
        self._left: list[Closable] = []

    def project_of(self, path: Path | None, roots: Sequence[Path], settings: Settings) -> Project:
        """The project of a document. One that is no file belongs to the first of the client's folders, if any."""
        stated, error = _configuration(path, roots, settings)
        language = settings.language or stated.language
        key = (stated.root, stated.file, language)
        if key not in self._projects:
            self._put(key, self._made(key, stated._replace(language=language)), error, stated)
        return self._now(key)

    @property
    def pending(self) -> Sequence[PendingMake]:
        """The catalogues that are being made, for which others stand in."""
        return list(self._pending.values())

    def take_made(self) -> bool:
        """Puts the catalogues that are made in the place of those that stand in for them. Returns whether there were
        any."""
        done = [key for key, making in self._pending.items() if making.is_done]
        for key in done:
            catalogue, (project, stated) = self._pending.pop(key).take(), self._projects[key]
            self._drop(key)
            self._put(key, catalogue, project.error, stated)
        return bool(done)

    @property
    def known(self) -> Sequence[Project]:
        """The projects that have been asked for, in their current state."""
        return [self._now(key) for key in self._projects]

    def look_again(self, concerned: Callable[[Project], bool]) -> bool:
        """Reads again what has changed in the files of some catalogues. Returns whether any catalogue changed.

        Where only products have changed, their files alone are read.
        """
        changed = [self._look_at(key) for key in list(self._projects) if concerned(self._now(key))]
        return any(changed)

    def take_up(self, texts: Mapping[Path, Sequence[str]]) -> bool:
        """Takes over open vocabularies as edited. Returns whether that changed any catalogue."""
        self._texts = texts
        changed = [self._take_up(key, read.project) for key, read in self._projects.items()]
        return any(changed)

    def with_vocabulary(self, path: Path) -> tuple[Project, VocabularyFile | MappingFile] | None:
        """The first catalogue that a file is a vocabulary of, or maps concepts of, and the file as read; None where it
        is of none."""
        for project in self.known:
            for file in project.catalogue.vocabularies.every_file:
                if _place(project.catalogue.root, file.path) == path:
                    return project, file
        return None

    def forget(self) -> None:
        """Forgets all catalogues, so that each is read again when it is next asked for."""
        for key in list(self._projects):
            self._drop(key)

    def left(self) -> Sequence[Closable]:
        """The catalogues that no document needs any more, for the caller to close; each is returned only once."""
        left, self._left = self._left, []
        return left

    def _made(self, key: Key, configuration: Configuration) -> BackgroundCatalogue:
        """The catalogue of some settings; where making it takes long, what stands in for it until it is made."""
        if not takes_long(configuration):
            return self._make(configuration, self._parser)
        self._pending[key] = PendingMake(configuration, self._make)
        return PendingCatalogue(configuration)

    def _put(
        self, key: Key, catalogue: BackgroundCatalogue, error: ConfigurationError | None, stated: Configuration
    ) -> None:
        self._projects[key] = _Read(Project(catalogue, _lexicon(catalogue), error), stated)
        self._take_up(key, self._projects[key].project)

    def _now(self, key: Key) -> Project:
        """A project as it stands in the editor."""
        edited = self._edited.get(key)
        return edited.project if edited else self._projects[key].project

    def _drop(self, key: Key) -> None:
        """Forgets a project, so that it is read again when it is next asked for."""
        self._leave(self._projects.pop(key).project)
        if key in self._pending:
            self._left.append(self._pending.pop(key))
        if key in self._edited:
            self._leave(self._edited.pop(key).project)

    def _leave(self, project: Project) -> None:
        self._left += (project.catalogue, project.lexicon)

    def _look_at(self, key: Key) -> bool:
        """Reads again what has changed in the files of a catalogue. Returns whether anything had."""
        read = self._projects[key]
        saved, error = read.project.catalogue, read.project.error
        stated, wrong = _stated(read.stated.file or (error.path if error else None), read.stated.root)
        if stated != read.stated or str(wrong) != str(error) or not saved.says_what_it_said():
            self._drop(key)
            return True
        if saved.is_up_to_date(saved.files) and not saved.has_news():
            return False
        renewed = saved.renewed()
        self._left.append(saved)
        self._projects[key] = read._replace(project=read.project._replace(catalogue=renewed))
        edited = self._edited.get(key)
        if edited is not None:
            self._left.append(edited.project.catalogue)
            project = edited.project._replace(catalogue=edited.project.catalogue.over_files_of(renewed))
            self._edited[key] = edited._replace(project=project)
        return True

    def _take_up(self, key: Key, saved: Project) -> bool:
        """Puts the texts of open vocabularies in the place of a catalogue's files where they differ from them."""
        root = saved.catalogue.root
        had = self._edited.pop(key, _Edited(saved, {}))
        texts = {
            file.path: tuple(lines)
            for file in saved.catalogue.vocabularies.every_file
            if (lines := self._texts.get(_place(root, file.path))) is not None and tuple(lines) != tuple(file.lines)
        }
        now = had.project if had.texts.keys() <= texts.keys() else saved
        known = had.texts if now is had.project else {}
        for file in saved.catalogue.vocabularies.every_file:
            if file.path in texts and texts[file.path] != known.get(file.path):
                catalogue = now.catalogue.with_vocabulary(_read_again(file, texts[file.path], now.catalogue))
                if now is not saved and now is not had.project:
                    self._leave(now)
                now = now._replace(catalogue=catalogue, lexicon=_lexicon(catalogue, now.lexicon))
        if texts:
            self._edited[key] = _Edited(now, texts)
        if had.project is not saved and had.project is not now:
            self._leave(had.project)
        return now is not had.project


class _Edited(NamedTuple):
    """A catalogue with the texts of vocabularies that stand in for its files, by path."""

    project: Project
    texts: Mapping[str, tuple[str, ...]]


def _read_again(
    file: VocabularyFile | MappingFile, lines: tuple[str, ...], catalogue: Catalogue
) -> VocabularyFile | MappingFile:
    """A file of a catalogue's vocabularies, or of their mappings, with another text."""
    if isinstance(file, MappingFile):
        return read_mapping_lines(file.path, lines)
    before = next(one for one in catalogue.vocabularies.files if one.path == file.path)
    return read_vocabulary_lines(file.path, lines, file.vocabulary, before)


def _place(root: Path, path: str) -> Path:
    return Path(os.path.normpath(root / path))


def _configuration(
    path: Path | None, roots: Sequence[Path], settings: Settings
) -> tuple[Configuration, ConfigurationError | None]:
    start = path or (roots[0] if roots else None)
    if start is None:
        return default_configuration(_NOWHERE), None
    folder = start.parent if path else start
    return _stated(_chosen(settings, roots) or find_configuration(folder), folder)


def _stated(file: Path | None, folder: Path) -> tuple[Configuration, ConfigurationError | None]:
    """The settings in a `vkd.toml`, or where there is none the default ones of a folder; and the error, if it could not
    be used."""
    if file is None:
        return default_configuration(folder), None
    try:
        return read_configuration(file), None
    except ConfigurationError as error:
        return default_configuration(file.parent), error


def _chosen(settings: Settings, roots: Sequence[Path]) -> Path | None:
    if not settings.catalogue:
        return None
    base = roots[0] if roots else Path.cwd()
    # Of a user that there is not, the text stays as it is, and names a file that there is not.
    return base / os.path.expanduser(settings.catalogue)
