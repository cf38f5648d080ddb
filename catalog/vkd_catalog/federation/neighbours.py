"""The other catalogues that a `vkd.toml` names, and which of them cannot be read (docs/language.md section 9)."""

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Literal, NamedTuple

from vkd_catalog.configuration import (
    FILE_NAME,
    NO_CATALOGUES,
    Configuration,
    ConfigurationError,
    read_configuration,
)

Lost = Literal["no-catalogue", "settings", "itself", "twice"]
"""Why a catalogue is not read: there is no folder with a `vkd.toml`; that cannot be used; it is the folder that names
it; or another name stands for it already."""


class Named(NamedTuple):
    """A catalogue by the name it goes by, where it is said to be, and its settings; or why there are none.

    The catalogues that it names itself are not read: what is wanted of them is named here too.
    """

    name: str
    address: str
    configuration: Configuration | None
    lost: Lost | None = None


def named_catalogues(configuration: Configuration) -> tuple[Named, ...]:
    """The catalogues that some settings name, in their order."""
    return tuple(_named(configuration))


def _named(configuration: Configuration) -> Iterator[Named]:
    seen = {os.path.realpath(configuration.root)}
    for name, address in configuration.catalogues.items():
        folder = Path(os.path.normpath(configuration.root / address))
        place = os.path.realpath(folder) if "\0" not in address else ""
        if not place or not os.path.lexists(folder / FILE_NAME):
            yield Named(name, address, None, "no-catalogue")
        elif place in seen:
            is_own = place == os.path.realpath(configuration.root)
            yield Named(name, address, None, "itself" if is_own else "twice")
        else:
            seen.add(place)
            try:
                read = read_configuration(folder / FILE_NAME)
            except ConfigurationError:
                yield Named(name, address, None, "settings")
            else:
                yield Named(name, address, read._replace(catalogues=NO_CATALOGUES))
