"""The other catalogues that a `vkd.toml` names, and which of them cannot be read (docs/language.md section 9)."""

import os
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Literal, NamedTuple

from vkd_catalog.configuration import (
    FILE_NAME,
    NO_CATALOGUES,
    Configuration,
    ConfigurationError,
    read_configuration,
)
from vkd_catalog.engines import DEFAULT_ENGINE, REGISTER_SUFFIX
from vkd_catalog.files import Reason
from vkd_catalog.vocabulary_names import VocabularyName

if TYPE_CHECKING:
    from vkd_catalog.engines.built import About

Lost = Literal["no-catalogue", "settings", "itself", "twice", "no-register", "damaged", "older", "newer"] | Reason
"""Why a catalogue is not read: there is no folder with a `vkd.toml`; that cannot be used; it is the folder that names
it; or another name stands for it already. Of a register file: it is none, is not what was built, is of another version
of vkd, or cannot be read."""


class Named(NamedTuple):
    """A catalogue by the name it goes by, where it is said to be, and its settings; or why there are none.

    The catalogues that it names itself are not read: what is wanted of them is named here too. `digest` is the hash of
    a register file, empty for a folder.
    """

    name: str
    address: str
    configuration: Configuration | None
    lost: Lost | None = None
    digest: str = ""


def named_catalogues(configuration: Configuration) -> tuple[Named, ...]:
    """The catalogues that some settings name, in their order."""
    return tuple(_named(configuration))


def _named(configuration: Configuration) -> Iterator[Named]:
    seen = {os.path.realpath(configuration.root)}
    for name, address in configuration.catalogues.items():
        where = Path(os.path.normpath(configuration.root / address))
        place = os.path.realpath(where) if "\0" not in address else ""
        is_file = (
            bool(place) and (address.endswith(REGISTER_SUFFIX) or os.path.isfile(place)) and where.name != FILE_NAME
        )
        if not place or not (is_file or os.path.lexists(where / FILE_NAME)):
            yield Named(name, address, None, "no-catalogue")
        elif place in seen:
            is_own = place == os.path.realpath(configuration.root)
            yield Named(name, address, None, "itself" if is_own else "twice")
        else:
            seen.add(place)
            yield _of_file(name, address, where) if is_file else _of_folder(name, address, where)


def _is_register_file(where: Path) -> bool:
    """Whether an address is that of a register file, by its name, or because a file is there; a `vkd.toml` is none."""
    return where.suffix == REGISTER_SUFFIX or (os.path.isfile(where) and where.name != FILE_NAME)


def _of_folder(name: str, address: str, folder: Path) -> Named:
    try:
        read = read_configuration(folder / FILE_NAME)
    except ConfigurationError:
        return Named(name, address, None, "settings")
    return Named(name, address, read._replace(catalogues=NO_CATALOGUES))


def _of_file(name: str, address: str, file: Path) -> Named:
    from vkd_catalog.engines.built import Sealed, look_into

    found = look_into(file)
    if not isinstance(found, Sealed):
        return Named(name, address, None, found)
    return Named(name, address, settings_of_file(file, found.about), digest=found.digest)


def settings_of_file(file: Path, about: "About") -> Configuration:
    """The settings of a catalogue in a register file. Its `file` is that, and its folder the one where that lies, by
    which addresses without an alias are meant."""
    no_files: dict[VocabularyName, tuple[str, ...]] = {}
    return Configuration(
        file.parent, file, about.name, about.language, no_files, (), about.archives, {}, DEFAULT_ENGINE
    )
