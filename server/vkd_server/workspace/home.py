"""Where a document belongs: its catalogue, and what is kept beside it for as long as it is not read anew."""

import os
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NamedTuple

from vkd_catalog.configuration import (
    Configuration,
    ConfigurationError,
    default_configuration,
    find_configuration,
    read_configuration,
)
from vkd_grammar.parser import Parser
from vkd_server.features.lexicon import Lexicon
from vkd_server.workspace.background import BackgroundCatalogue
from vkd_server.workspace.settings import Settings

Make = Callable[[Configuration, Parser], BackgroundCatalogue]
"""Makes the catalogue of some settings."""

_NOWHERE = Path(os.devnull)
"""The root of the catalogue without files, for a document that is none and stands in no folder."""


class Home(NamedTuple):
    """A catalogue and the lexicon that completion looks words up in.

    `error` says why a `vkd.toml` could not be used.
    """

    catalogue: BackgroundCatalogue
    lexicon: Lexicon
    error: ConfigurationError | None

    def path_in(self, path: Path | None, uri: str) -> str:
        """How answers name a document: relative to the root where it is below it, else in full."""
        if path is None:
            return uri
        try:
            return path.relative_to(self.catalogue.root).as_posix()
        except ValueError:
            return path.as_posix()


class Homes:
    """Finds the catalogue of each document and reads each once."""

    def __init__(self, parser: Parser, make: Make) -> None:
        self._parser = parser
        self._make = make
        self._homes: dict[tuple[Path, Path | None, str], Home] = {}

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
        return home

    def forget(self) -> None:
        """Lets every catalogue be read anew when it is next asked for."""
        self._homes.clear()


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
