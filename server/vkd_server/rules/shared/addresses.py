"""Addresses of the archives: where one is stated, and whether a local one leads anywhere."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from vkd_grammar.technical import key_named

if TYPE_CHECKING:
    from vkd_grammar.syntax import Field
    from vkd_server.rules.rule import Context

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


def place_of_value(name: str, context: Context) -> tuple[int, Field]:
    """The row and the field of the value that counts for a key: the first. Raises LookupError where it has none."""
    header = context.coded.description.header
    for entry in header.entries if header else ():
        key = key_named(entry.key.text)
        if key and key.name == name and entry.value:
            return entry.row, entry.value
    raise LookupError(name)
