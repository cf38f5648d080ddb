"""The settings of a `vkd.toml`: what each is for and which values it takes. `editors/vkd.schema.json` says the same."""

from collections.abc import Mapping
from typing import Literal, NamedTuple

from vkd_catalog.configuration import LEVELS
from vkd_catalog.disclosure.rules import RECOMMENDED
from vkd_catalog.engines import DEFAULT_ENGINE, ENGINES
from vkd_catalog.languages import languages
from vkd_catalog.toml import Path
from vkd_catalog.vocabulary_names import VOCABULARY_NAMES
from vkd_server.rules import CODES

Takes = Literal["text", "paths", "patterns", "codes", "table", "rule"]


class Setting(NamedTuple):
    """What a key of `vkd.toml` is for and what it may hold: a text (one of `values`, if any), a list, a table, or
    what a rule of disclosure states; of such a rule, what is `recommended`, as TOML."""

    about: str
    takes: Takes
    values: tuple[str, ...] = ()
    default: str = ""
    recommended: str = ""


_LEVEL = Setting(
    "setting.level",
    "text",
    LEVELS,
)
_ALIAS = Setting(
    "setting.alias",
    "text",
)

_CATALOGUE = Setting(
    "setting.catalogue-named",
    "text",
)

SETTINGS: Mapping[Path, Setting] = {
    ("catalogue",): Setting(
        "setting.catalogue",
        "table",
    ),
    ("catalogue", "name"): Setting(
        "setting.catalogue.name",
        "text",
    ),
    ("catalogue", "language"): Setting(
        "setting.catalogue.language",
        "text",
        languages(),
        "nb",
    ),
    ("vocabularies",): Setting(
        "setting.vocabularies",
        "table",
    ),
    ("vocabularies", "object-types"): Setting(
        "setting.vocabularies.object-types",
        "paths",
    ),
    ("vocabularies", "names"): Setting(
        "setting.vocabularies.names",
        "paths",
    ),
    ("vocabularies", "characteristics"): Setting(
        "setting.vocabularies.characteristics",
        "paths",
    ),
    ("vocabularies", "times"): Setting(
        "setting.vocabularies.times",
        "paths",
    ),
    ("vocabularies", "mappings"): Setting(
        "setting.vocabularies.mappings",
        "paths",
    ),
    ("products",): Setting(
        "setting.products",
        "table",
    ),
    ("products", "include"): Setting(
        "setting.products.include",
        "patterns",
        default="**/*.vkd",
    ),
    ("archives",): Setting(
        "setting.archives",
        "table",
    ),
    ("check",): Setting(
        "setting.check",
        "table",
    ),
    ("check", "ignore"): Setting(
        "setting.check.ignore",
        "codes",
    ),
    ("check", "levels"): Setting(
        "setting.check.levels",
        "table",
    ),
    ("register",): Setting(
        "setting.register",
        "table",
    ),
    ("register", "engine"): Setting("setting.register.engine", "text", tuple(ENGINES), DEFAULT_ENGINE),
    ("register", "service"): Setting("setting.register.service", "text"),
    ("register", "url"): Setting("setting.register.url", "text"),
    ("documents",): Setting("setting.documents", "table"),
    ("documents", "include"): Setting("setting.documents.include", "patterns"),
    ("catalogues",): Setting(
        "setting.catalogues",
        "table",
    ),
    ("disclosure",): Setting("setting.disclosure", "table"),
    **{
        ("disclosure", key): Setting(f"setting.disclosure.{key}", "rule", recommended=RECOMMENDED[key])
        for key in RECOMMENDED
    },
}
"""Every setting by the names of its sections and its own; archives, catalogues and levels have keys that users make."""


def setting_of(path: Path) -> Setting | None:
    """The setting that a path of keys names; None where there is none."""
    if len(path) == 2 and path[0] == "archives":
        return _ALIAS
    if len(path) == 2 and path[0] == "catalogues":
        return _CATALOGUE
    if len(path) == 3 and path[:2] == ("check", "levels"):
        return _LEVEL
    return SETTINGS.get(path)


def keys_in(section: Path) -> tuple[str, ...]:
    """The keys and subsections that a section may hold; in `check.levels`, all VKD codes."""
    if section == ("check", "levels"):
        return CODES
    return tuple(path[-1] for path in SETTINGS if path[:-1] == section)


VOCABULARY_PATHS = tuple(("vocabularies", name) for name in (*VOCABULARY_NAMES, "mappings"))
"""The settings that name vocabularies, and mappings between their concepts."""
