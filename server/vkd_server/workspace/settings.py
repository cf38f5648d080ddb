"""The settings section `vkd` (docs/language.md section 11)."""

from collections.abc import Mapping
from typing import NamedTuple

from vkd_catalog.languages import is_language, say
from vkd_server.workspace.uris import is_path


class Settings(NamedTuple):
    """What a person may set in the editor. `catalogue` is the path of a `vkd.toml`, empty for the nearest one;
    `data_private` lets tables be computed of single units, under the catalogue's rules."""

    catalogue: str = ""
    language: str = ""
    run_on_save: bool = False
    hints_dittos: bool = True
    hints_codes: bool = False
    hints_funnel: bool = True
    hints_beside: bool = False
    data_private: bool = False


def read_settings(section: object, before: Settings = Settings()) -> Settings:
    """Settings from what a client sends, nested (`{"hints": {"codes": true}}`) or flat (`{"hints.codes": true}`).

    What is not there, or is not what it must be, stays as it was `before`. A section around it (`{"vkd": …}`) is taken
    off.
    """
    section = _inner(section)
    language = _text(section, "language", before.language)
    catalogue = _text(section, "catalogue", before.catalogue)
    return Settings(
        catalogue=catalogue if is_path(catalogue) or not catalogue else before.catalogue,
        language=language if is_language(language) else "",
        run_on_save=_flag(section, "run.onSave", before.run_on_save),
        hints_dittos=_flag(section, "hints.dittos", before.hints_dittos),
        hints_codes=_flag(section, "hints.codes", before.hints_codes),
        hints_funnel=_flag(section, "hints.funnel", before.hints_funnel),
        hints_beside=_flag(section, "hints.beside", before.hints_beside),
        data_private=_flag(section, "data.private", before.data_private),
    )


def wrong_in(section: object) -> str | None:
    """What is to be said of settings that cannot be used, in the language they choose; None where all can."""
    inner = _inner(section)
    catalogue = _text(inner, "catalogue", "")
    return (
        None if is_path(catalogue) or not catalogue else say("setting.no-path", read_settings(inner).language or "en")
    )


def _inner(section: object) -> Mapping[object, object]:
    """The settings in a section, without the one that may stand around it."""
    if not isinstance(section, Mapping):
        return {}
    inner = section.get("vkd")
    return inner if isinstance(inner, Mapping) else section


def _text(section: Mapping[object, object], key: str, before: str) -> str:
    value = _at(section, key)
    return value if isinstance(value, str) else before


def _flag(section: Mapping[object, object], key: str, before: bool) -> bool:
    value = _at(section, key)
    return value if isinstance(value, bool) else before


def _at(section: Mapping[object, object], key: str) -> object:
    if key in section:
        return section[key]
    value: object = section
    for part in key.split("."):
        value = value.get(part) if isinstance(value, Mapping) else None
    return value
