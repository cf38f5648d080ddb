"""`vkd.toml`: what a catalogue is made of (docs/language.md section 9)."""

import os
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Literal, NamedTuple

from vkd_catalog.disclosure.rules import KINDS, Kind, Rules, UnfitValue, rules_in
from vkd_catalog.engines import DEFAULT_ENGINE, ENGINES
from vkd_catalog.files import read_file
from vkd_catalog.languages import is_language, languages
from vkd_catalog.vocabulary_names import VOCABULARY_NAMES, VocabularyName

FILE_NAME = "vkd.toml"
LEVELS = ("error", "warning", "info", "hint", "off")

_SECTIONS = (
    "catalogue",
    "vocabularies",
    "products",
    "archives",
    "check",
    "register",
    "documents",
    "catalogues",
    "disclosure",
)

_WANTED: Mapping[Kind, str] = {
    "whole": "a whole number, 0 or more",
    "multiple": "a whole number, 1 or more",
    "dominance": "a number of units, 1 to 10, and per cent, 1 to 100: [2, 85]",
    "percent": "per cent, 1 to 100",
    "ends": "per cent at both ends, [1, 99], or at each, 1",
    "share": "a share, 0 to 1",
    "text": "a text in quotes",
}
"""What a value of `[disclosure]` must be."""

NO_CATALOGUES: Mapping[str, str] = {}
"""No other catalogues are named."""

_NO_NAME = re.compile(r"[:/\\\[\]\s]|^$")
"""What the name of a catalogue does not hold: it stands before a colon in a field, and between brackets."""

_PASSWORD = re.compile(r"^\w+://[^/?#@]*:[^/?#@]+@|[?&](ssl)?password=", re.IGNORECASE)
"""A password in a URL: after the name of a user, or among its parameters."""


class ConfigurationError(Exception):
    """A `vkd.toml` that cannot be used: where (row from 0) and why, in one line."""

    def __init__(self, path: Path, row: int, message: str) -> None:
        super().__init__(f"{path}:{row + 1}: {message}")
        self.path = path
        self.row = row
        self.message = message


class Configuration(NamedTuple):
    """One catalogue's settings. All paths are relative to the folder `root`; `file` is None where there is no vkd.toml.

    `mappings` are the files that map concepts to each other. `archives` maps an alias to the address it stands for;
    `levels` maps a diagnostic's code to the level it is given, "off" included. `catalogues` maps the names that other
    catalogues go by here to where they are. `documents` are the patterns that lead to documentations. `disclosure`
    are the rules that figures from data on single units are given under, None where no section states any. `service`
    or `url` says where the register of an engine on a server is.
    """

    root: Path
    file: Path | None
    name: str
    language: str
    vocabularies: Mapping[VocabularyName, tuple[str, ...]]
    products: tuple[str, ...]
    archives: Mapping[str, str]
    levels: Mapping[str, str]
    engine: str
    mappings: tuple[str, ...] = ()
    catalogues: Mapping[str, str] = NO_CATALOGUES
    documents: tuple[str, ...] = ()
    disclosure: Rules | None = None
    service: str = ""
    url: str = ""

    @property
    def vocabulary_paths(self) -> tuple[str, ...]:
        """All files that say what words mean: those of the vocabularies, and of the mappings between them."""
        return (*(path for paths in self.vocabularies.values() for path in paths), *self.mappings)


def is_catalogue_name(name: str) -> bool:
    """Whether a catalogue can go by a name."""
    return not _NO_NAME.search(name)


def wrong_in_url(url: str) -> Literal["", "scheme", "password"]:
    """What is wrong with the URL of a register: that it is of nothing we know, or that it holds a password."""
    if url and not url.startswith(("postgresql://", "postgres://")):
        return "scheme"
    return "password" if _PASSWORD.search(url) else ""


def find_configuration(start: Path) -> Path | None:
    """The `vkd.toml` nearest to a file or folder, in it or above it.

    One that is there counts whether or not it can be read: to pass it over would search another catalogue.
    """
    folder = start if os.path.isdir(start) else start.parent
    for candidate in (folder, *folder.parents):
        file = candidate / FILE_NAME
        if os.path.lexists(file):
            return file
    return None


def configuration_for(start: Path) -> Configuration:
    """The settings that hold for a file or folder; without a `vkd.toml`, its folder is the workspace."""
    start = start.absolute()
    file = find_configuration(start)
    return read_configuration(file) if file else default_configuration(start if os.path.isdir(start) else start.parent)


def default_configuration(root: Path) -> Configuration:
    """A folder without `vkd.toml`: its `*.csv` named as the vocabularies and its `*.vkd` are the catalogue."""
    vocabularies: dict[VocabularyName, tuple[str, ...]] = {
        name: (f"{name}.csv",) for name in VOCABULARY_NAMES if os.path.lexists(root / f"{name}.csv")
    }
    return Configuration(root, None, root.name, "nb", vocabularies, ("*.vkd",), {}, {}, DEFAULT_ENGINE)


def read_configuration(file: Path) -> Configuration:
    """The settings in a `vkd.toml`. Raises ConfigurationError where it or a value in it cannot be read."""
    try:
        data = read_file(file)
    except OSError as error:
        raise ConfigurationError(file, 0, f"cannot be read: {error.strerror}") from error
    return parse_configuration(file, data)


def parse_configuration(file: Path, data: bytes) -> Configuration:
    """The settings that the content of a `vkd.toml` states, whether or not it is what lies on the disk.

    Raises ConfigurationError as `read_configuration` does.
    """
    import tomllib

    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise ConfigurationError(file, 0, f"cannot be read: {error}") from error
    try:
        table = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise ConfigurationError(file, _row_in(str(error)), str(error)) from error
    except RecursionError as error:
        raise ConfigurationError(file, 0, "cannot be read: too many brackets in each other") from error
    return _Table(file, text, table).configuration()


def _row_in(message: str) -> int:
    """The row a TOML error names in its words."""
    words = message.partition("at line ")[2].split(",")[0]
    return int(words) - 1 if words.isdigit() else 0


class _Table:
    """Takes values out of a parsed `vkd.toml`, each checked; what is not known is an error and not passed over."""

    def __init__(self, file: Path, text: str, table: dict[str, object]) -> None:
        self._file = file
        self._lines = text.splitlines()
        self._table = table

    def configuration(self) -> Configuration:
        self._only(self._table, _SECTIONS, "")
        catalogue = self._section("catalogue", ("name", "language"))
        vocabularies = self._section("vocabularies", (*VOCABULARY_NAMES, "mappings"))
        products = self._section("products", ("include",))
        archives = self._section("archives", None)
        check = self._section("check", ("ignore", "levels"))
        register = self._section("register", ("engine", "service", "url"))
        documents = self._section("documents", ("include",))
        catalogues = self._catalogues()
        sources = {name: self._texts(vocabularies, name, ()) for name in VOCABULARY_NAMES}
        has_own = not catalogues or any(sources.values())
        return Configuration(
            root=self._file.parent,
            file=self._file,
            name=self._text(catalogue, "name", self._file.parent.name),
            language=self._language(catalogue),
            vocabularies=sources,
            products=self._texts(products, "include", ("**/*.vkd",) if has_own else ()),
            archives={alias: self._text(archives, alias, "") for alias in archives},
            levels=self._levels(check),
            engine=self._word(register, "engine", DEFAULT_ENGINE, tuple(ENGINES)),
            mappings=self._texts(vocabularies, "mappings", ()),
            catalogues=catalogues,
            documents=self._texts(documents, "include", ()),
            disclosure=self._disclosure(),
            service=self._text(register, "service", ""),
            url=self._url(register),
        )

    def _url(self, register: dict[str, object]) -> str:
        url = self._text(register, "url", "")
        wrong = url and wrong_in_url(url)
        if wrong == "password":
            raise self._wrong("url", "holds a password, which stands in a .pgpass or a service file, never here")
        if wrong:
            raise self._wrong("url", "must begin with postgresql://")
        return url

    def _disclosure(self) -> Rules | None:
        if "disclosure" not in self._table:
            return None
        try:
            return rules_in(self._section("disclosure", tuple(KINDS)))
        except UnfitValue as unfit:
            raise self._wrong(unfit.key, f"must be {_WANTED[KINDS[unfit.key]]}") from unfit

    def _catalogues(self) -> dict[str, str]:
        section = self._section("catalogues", None)
        for name in section:
            if not is_catalogue_name(name):
                raise self._wrong(name, "cannot be the name of a catalogue")
        return {name: self._text(section, name, "") for name in section}

    def _levels(self, check: dict[str, object]) -> dict[str, str]:
        levels = dict.fromkeys(self._texts(check, "ignore", ()), "off")
        given = check.get("levels", {})
        if not isinstance(given, dict):
            raise self._wrong("levels", "must be a table")
        for code in given:
            levels[code] = self._word(given, code, "", LEVELS)
        return levels

    def _section(self, name: str, known: tuple[str, ...] | None) -> dict[str, object]:
        section = self._table.get(name, {})
        if not isinstance(section, dict):
            raise self._wrong(name, "must be a table")
        if known is not None:
            self._only(section, known, f"[{name}] ")
        return section

    def _only(self, table: dict[str, object], known: tuple[str, ...], where: str) -> None:
        for key in table:
            if key not in known:
                raise self._wrong(key, f"{where}is not a setting; known are {', '.join(known)}")

    def _text(self, section: dict[str, object], key: str, default: str) -> str:
        value = section.get(key, default)
        if not isinstance(value, str):
            raise self._wrong(key, "must be a text in quotes")
        return value

    def _texts(self, section: dict[str, object], key: str, default: tuple[str, ...]) -> tuple[str, ...]:
        value = section.get(key, default)
        if isinstance(value, tuple):
            return value
        if isinstance(value, list) and all(isinstance(item, str) for item in value):
            return tuple(value)
        raise self._wrong(key, 'must be a list of texts, ["..."]')

    def _language(self, section: dict[str, object]) -> str:
        language = self._text(section, "language", "nb")
        if not is_language(language):
            raise self._wrong("language", f"is {language!r}; known are {', '.join(languages())}")
        return language

    def _word(self, section: dict[str, object], key: str, default: str, known: tuple[str, ...]) -> str:
        value = self._text(section, key, default)
        if value not in known:
            raise self._wrong(key, f"is {value!r}; known are {', '.join(known)}")
        return value

    def _wrong(self, key: str, why: str) -> ConfigurationError:
        row = next((row for row, line in enumerate(self._lines) if key in line), 0)
        return ConfigurationError(self._file, row, f"{key} {why}")
