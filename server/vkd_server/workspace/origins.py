"""The settings now in force, each with its origin: a `vkd.toml`, the editor, or the default."""

from collections.abc import Iterator, Sequence
from pathlib import Path

from vkd_catalog.configuration import Configuration
from vkd_catalog.files import read_file
from vkd_catalog.vocabulary_names import VOCABULARY_NAMES
from vkd_server.features.explain.status import Setting
from vkd_server.workspace.project import Project
from vkd_server.workspace.settings import Settings

EDITOR, DEFAULT = "editor", "default"


def catalogue_settings(project: Project, settings: Settings) -> list[Setting]:
    """What a catalogue's `vkd.toml` can say (docs/language.md section 9), as it holds."""
    configuration = project.catalogue.configuration
    stated = _stated(configuration.file)
    file = str(configuration.file)
    found = [
        Setting(f"{section}.{key}", value, file if (section, key) in stated else DEFAULT)
        for section, key, value in _values(configuration)
    ]
    if settings.language:
        return [one._replace(origin=EDITOR) if one.name == "catalogue.language" else one for one in found]
    return found


def session_settings(settings: Settings) -> list[Setting]:
    """What the editor can say (docs/language.md section 11), as it holds."""
    usual = Settings()._asdict()
    return [
        Setting(_outside(name), _said(value), DEFAULT if value == usual[name] else EDITOR)
        for name, value in settings._asdict().items()
    ]


def _outside(name: str) -> str:
    """How an editor calls a setting: `run_on_save` is `run.onSave`."""
    section, *words = name.split("_")
    return f"{section}.{words[0]}{''.join(map(str.title, words[1:]))}" if words else section


def _values(configuration: Configuration) -> Iterator[tuple[str, str, str]]:
    yield "catalogue", "name", configuration.name
    yield "catalogue", "language", configuration.language
    for name in VOCABULARY_NAMES:
        yield "vocabularies", name, _listed(configuration.vocabularies.get(name, ()))
    yield "products", "include", _listed(configuration.products)
    yield "documents", "include", _listed(configuration.documents)
    for alias, address in configuration.archives.items():
        yield "archives", alias, address
    off = [code for code, level in configuration.levels.items() if level == "off"]
    levels = [f"{code}={level}" for code, level in configuration.levels.items() if level != "off"]
    yield "check", "ignore", _listed(off)
    yield "check", "levels", _listed(levels)
    yield "register", "engine", configuration.engine
    if configuration.service:
        yield "register", "service", configuration.service
    if configuration.url:
        yield "register", "url", configuration.url


def _stated(file: Path | None) -> frozenset[tuple[str, str]]:
    """What a `vkd.toml` says something about, by section and key; nothing where it cannot be read."""
    import tomllib

    try:
        table = tomllib.loads(read_file(file).decode("utf-8-sig")) if file else {}
    except (OSError, ValueError):
        return frozenset()
    return frozenset((section, key) for section, values in table.items() if isinstance(values, dict) for key in values)


def _said(value: object) -> str:
    return {True: "true", False: "false"}[value] if isinstance(value, bool) else str(value) or "–"


def _listed(values: Sequence[str]) -> str:
    return ", ".join(values) if values else "–"
