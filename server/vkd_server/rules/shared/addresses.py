"""Whether a local address leads anywhere."""

import os
from pathlib import Path

_WILDCARDS = frozenset("*?[{")


def path_exists(path: str) -> bool:
    """Whether there is a file or folder at an absolute path, or any that it leads to with its wildcards and the periods
    that it leaves open filled in: `*`, `{year}`, `{half}`, `{quarter}`, `{month}`, `{week}`."""
    try:
        if os.path.exists(path):
            return True
        if _WILDCARDS.isdisjoint(path):
            return False
        base = Path(path).parent
        while not os.path.isdir(base) and base != base.parent:
            base = base.parent
    except (OSError, ValueError):
        return False
    from vkd_catalog.addresses import patterns
    from vkd_catalog.folders import matches

    # What is there is called so, whatever signs its name holds; the rest is what stands for several names.
    rest = os.path.relpath(path, base)
    return any(matches(base, pattern, or_folder=True) for pattern in patterns(rest))
