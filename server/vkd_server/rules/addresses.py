"""Whether a local address leads anywhere."""

import os

_WILDCARDS = frozenset("*?[")


def path_exists(path: str) -> bool:
    """Whether there is a file or folder at an absolute path, or any that its wildcards match."""
    try:
        if os.path.exists(path):
            return True
        if _WILDCARDS.isdisjoint(path):
            return False
        from glob import iglob

        return next(iglob(path, recursive=True), None) is not None
    except (OSError, ValueError):
        return False
