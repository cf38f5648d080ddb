"""What an address of an archive stands for, by the aliases of a `vkd.toml` (docs/language.md section 9)."""

import os
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Literal, NamedTuple

_URI = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*://|(?:urn|doi|hdl|mailto|info|ark):", re.IGNORECASE)
_ALIAS = re.compile(r"([^\s/\\:]+):(?!\\)(.*)", re.DOTALL)
_DRIVE = re.compile(r"[A-Za-z]:[\\/]")


class Address(NamedTuple):
    """What an address of an archive stands for: a URI, a path on this machine, or an alias nobody defined."""

    kind: Literal["uri", "path", "unknown-alias"]
    target: str
    alias: str


def resolved(address: str, archives: Mapping[str, str], root: Path) -> Address:
    """An address with its alias replaced; a path, which is taken from `root`, is made absolute."""
    alias, rest = "", address
    match = _ALIAS.fullmatch(address)
    if match and match[1] in archives:
        alias, rest = match[1], match[2]
        base = archives[alias]
        address = base + rest if _URI.match(base) or base.endswith(("/", "\\")) else os.path.join(base, rest)
    if _URI.match(address):
        return Address("uri", address, alias)
    if match and not alias and not _DRIVE.match(address):
        return Address("unknown-alias", address, match[1])
    return Address("path", os.path.normpath(os.path.join(root, address)), alias)
