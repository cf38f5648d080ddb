"""The `.vkd` files of a catalogue's folder: products, and the demands that no setting lists."""

import os
from collections.abc import Iterator

from vkd_catalog.files import product_files
from vkd_server.workspace.home import Home

_MOST_FOLDERS = 5_000
"""How many folders are looked into for demands; a workspace that somebody put at the top of a disk has more."""


def vkd_files(home: Home) -> list[str]:
    """The paths of a catalogue's texts relative to its root: product files, then every other `.vkd` below the root.

    Without a `vkd.toml` nobody said that the folder is a workspace, so that nothing below it is looked into. Who else
    asks for what is not told to the public.
    """
    configuration = home.catalogue.configuration
    products = product_files(configuration)
    if configuration.file is None or home.catalogue.is_public:
        return products
    known = set(products)
    return products + sorted(path for path in _below(str(configuration.root)) if path not in known)


def _below(root: str) -> Iterator[str]:
    for count, (folder, folders, files) in enumerate(os.walk(root)):
        if count >= _MOST_FOLDERS:
            return
        folders[:] = sorted(name for name in folders if not name.startswith(".") and name != "node_modules")
        for name in files:
            if name.endswith(".vkd") and not name.startswith("."):
                yield os.path.relpath(os.path.join(folder, name), root).replace(os.sep, "/")
