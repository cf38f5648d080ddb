"""Paths as they are written for users."""

import os
from pathlib import Path

from vkd_catalog.files import printable


def shown(root: Path, path: str) -> str:
    """A path below `root` as a user would write it: relative to the current folder if it lies there, else absolute."""
    # What lies above a folder that is reached by a link is above what the link leads to.
    base = os.path.realpath(root) if path.startswith("..") else root
    absolute = os.path.normpath(os.path.join(base, path))
    relative = os.path.relpath(absolute)
    best = absolute if relative.startswith("..") else relative
    return printable(best).replace(os.sep, "/")
