"""The `.vkd` files of a catalogue's folder: products, and the demands that no setting lists."""

import os

from vkd_catalog.folders import files_below, product_files
from vkd_server.workspace.project import Project

_MOST_FOLDERS = 5_000
"""How many folders are looked into for demands; a workspace that somebody put at the top of a disk has more."""


def vkd_files(project: Project) -> list[str]:
    """The paths of a catalogue's texts relative to its root: product files, then every other `.vkd` below the root.

    Without a `vkd.toml` nobody has said that the folder is a workspace, so nothing below it is read. For a public
    catalogue only the product files count: what other people ask for is not public.
    """
    configuration = project.catalogue.configuration
    products = list(product_files(configuration).paths)
    if configuration.file is None or project.catalogue.is_public:
        return products
    known = set(products)
    below = files_below(os.fspath(configuration.root), (".vkd",), most=_MOST_FOLDERS, but=("node_modules",))
    return products + [path for path in below.paths if path not in known]
