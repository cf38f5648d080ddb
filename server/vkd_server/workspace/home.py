"""Where a document belongs: its catalogue, and what is kept beside it for as long as it is not read anew."""

import os
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from vkd_catalog.configuration import (
    Configuration,
    ConfigurationError,
    default_configuration,
    find_configuration,
    read_configuration,
)
from vkd_catalog.vocabulary import VocabularyFile, read_vocabulary_lines
from vkd_grammar.parser import Parser
from vkd_server.features.lexicon import Lexicon
from vkd_server.workspace.background import BackgroundCatalogue
from vkd_server.workspace.settings import Settings

Make = Callable[[Configuration, Parser], BackgroundCatalogue]
"""Makes the catalogue of some settings."""

Key = tuple[Path, Path | None, str]
"""What tells a catalogue: its root, its `vkd.toml` and the language it speaks."""

_NOWHERE = Path(os.devnull)
"""The root of the catalogue without files, for a document that is none and stands in no folder."""


class Home(NamedTuple):
    """A catalogue and the lexicon that completion looks words up in.

    `error` says why a `vkd.toml` could not be used.
    """

    catalogue: BackgroundCatalogue
    lexicon: Lexicon
    error: ConfigurationError | None

    def close(self) -> None:
        """Lets go of what is open, once nobody asks any more."""
        self.catalogue.close()
        self.lexicon.give_up()

    def path_in(self, path: Path | None, uri: str) -> str:
        """How answers name a document: relative to the root where it is below it, else in full."""
        if path is None:
            return uri
        try:
            return path.relative_to(self.catalogue.root).as_posix()
        except ValueError:
            return path.as_posix()


class Homes:
    """Finds the catalogue of each document and reads each once.

    Vocabularies that are open stand in for their files, in catalogues beside those that were read.
    """

    def __init__(self, parser: Parser, make: Make) -> None:
        self._parser = parser
        self._make = make
        self._homes: dict[Key, Home] = {}
        self._edited: dict[Key, _Edited] = {}
        self._texts: Mapping[Path, Sequence[str]] = {}
        self._left: list[Home] = []

    def home_of(self, path: Path | None, roots: Sequence[Path], settings: Settings) -> Home:
        """The home of a document. One that is no file belongs to the first of the client's folders, if there is any."""
        configuration, error = _configuration(path, roots, settings)
        if settings.language:
            language = "nb" if settings.language == "nn" else settings.language
            configuration = configuration._replace(language=language)
        key = (configuration.root, configuration.file, configuration.language)
        home = self._homes.get(key)
        if home is None:
            catalogue = self._make(configuration, self._parser)
            home = self._homes[key] = Home(catalogue, Lexicon(catalogue.vocabularies), error)
            self._take_up(key, home)
        edited = self._edited.get(key)
        return edited.home if edited else home

    def take_up(self, texts: Mapping[Path, Sequence[str]]) -> bool:
        """Lets open vocabularies count as they stand; whether any catalogue says something else by that."""
        self._texts = texts
        changed = [self._take_up(key, home) for key, home in self._homes.items()]
        return any(changed)

    def with_vocabulary(self, path: Path) -> tuple[Home, VocabularyFile] | None:
        """The catalogue that a file is a vocabulary of, and the file as it is known; of several the first that came."""
        for key, saved in self._homes.items():
            edited = self._edited.get(key)
            home = edited.home if edited else saved
            for file in home.catalogue.vocabularies.files:
                if _place(home.catalogue.root, file.path) == path:
                    return home, file
        return None

    def forget(self) -> None:
        """Lets every catalogue be read anew when it is next asked for."""
        self._left += (*self._homes.values(), *(edited.home for edited in self._edited.values()))
        self._homes.clear()
        self._edited.clear()

    def left(self) -> Sequence[Home]:
        """The homes that no document belongs to any more, for the caller to close; told once."""
        left, self._left = self._left, []
        return left

    def _take_up(self, key: Key, saved: Home) -> bool:
        """Puts the texts of open vocabularies in the place of a catalogue's files where they differ from them."""
        root = saved.catalogue.root
        had = self._edited.pop(key, _Edited(saved, {}))
        texts = {
            file.path: tuple(lines)
            for file in saved.catalogue.vocabularies.files
            if (lines := self._texts.get(_place(root, file.path))) is not None and tuple(lines) != file.lines
        }
        now = had.home if had.texts.keys() <= texts.keys() else saved
        known = had.texts if now is had.home else {}
        for file in saved.catalogue.vocabularies.files:
            if file.path in texts and texts[file.path] != known.get(file.path):
                before = next(one for one in now.catalogue.vocabularies.files if one.path == file.path)
                read = read_vocabulary_lines(file.path, texts[file.path], file.vocabulary, before)
                catalogue = now.catalogue.with_vocabulary(read)
                if now is not saved and now is not had.home:
                    self._left.append(now)
                now = now._replace(catalogue=catalogue, lexicon=Lexicon(catalogue.vocabularies, now.lexicon))
        if texts:
            self._edited[key] = _Edited(now, texts)
        if had.home is not saved and had.home is not now:
            self._left.append(had.home)
        return now is not had.home


class _Edited(NamedTuple):
    """A catalogue with the texts of vocabularies that stand in for its files, by path."""

    home: Home
    texts: Mapping[str, tuple[str, ...]]


def _place(root: Path, path: str) -> Path:
    return Path(os.path.normpath(root / path))


def _configuration(
    path: Path | None, roots: Sequence[Path], settings: Settings
) -> tuple[Configuration, ConfigurationError | None]:
    start = path or (roots[0] if roots else None)
    if start is None:
        return default_configuration(_NOWHERE), None
    folder = start.parent if path else start
    file = _chosen(settings, roots) or find_configuration(folder)
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
    return base / Path(settings.catalogue).expanduser()
