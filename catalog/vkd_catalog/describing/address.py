"""Where a file is, as a product states it."""

import os
from pathlib import Path

from vkd_catalog.catalogue import Catalogue


def address_of(path: Path, catalogue: Catalogue) -> str:
    """The address of a file as a product states it: below an archive of the settings by its alias, else the path from
    the root of the workspace."""
    place = os.path.abspath(path)
    for alias in catalogue.configuration.archives:
        folder = catalogue.resolve(f"{alias}:")
        if folder.kind == "path" and Path(place).is_relative_to(folder.target):
            return f"{alias}:{Path(os.path.relpath(place, folder.target)).as_posix()}"
    try:
        way = Path(os.path.relpath(place, catalogue.root)).as_posix()
    except ValueError:
        return Path(place).as_posix()
    return f"./{way}" if ":" in way.partition("/")[0] else way
