"""A cache, in the workspace's `.vkd/`, of what was found in each file, so that unchanged files are not checked again.

Whatever goes wrong with it (a folder that cannot be written, a damaged file, one that was made elsewhere) is no error:
the file is checked anew.
"""

import json
import os
from collections.abc import Mapping
from contextlib import suppress
from functools import cache
from hashlib import blake2b
from pathlib import Path
from typing import NamedTuple

import vkd_catalog
import vkd_grammar
from vkd_catalog.cache import Cache
from vkd_catalog.configuration import Configuration
from vkd_server import __version__
from vkd_server.cli.finding import Finding, from_plain, to_plain

_FORMAT = "2"

Place = tuple[str, int]
"""A file and a row in it."""

Others = tuple[int, tuple[Place, ...]]
"""How many products of one identification other files describe, and the first two of their places."""


class Outcome(NamedTuple):
    """What was found in one file, and what it depends on beside the file, the vocabularies and the settings.

    `products` are the identifications the file describes, with their rows; `others` are those that other
    files describe; `addresses` are the paths it names, and whether they existed. `findings` is None where only the
    products were looked for.
    """

    products: tuple[tuple[str, int], ...]
    others: Mapping[str, Others]
    addresses: Mapping[str, bool]
    findings: tuple[Finding, ...] | None


class OutcomeCache:
    """The outcomes of one workspace. `key` is the hash of the settings and the vocabularies that they hold for."""

    def __init__(self, configuration: Configuration, key: str) -> None:
        self._cache = Cache(configuration.root)
        self._key = key

    def recall(self, path: str, digest: str) -> Outcome | None:
        """The outcome for a file with this content's hash; None where none is cached."""
        try:
            sealed = self._cache.read_sealed(_file(path))
            if sealed.state != "whole":
                return None
            kept = json.loads(bytes(sealed.data))
            if kept["maker"] != _maker() or kept["path"] != path or kept["digest"] != digest:
                return None
            findings = kept["findings"] if kept["key"] == self._key else None
            return Outcome(
                tuple((str(name), int(row)) for name, row in kept["products"]),
                {
                    name: (int(count), tuple((str(had), int(row)) for had, row in first))
                    for name, (count, first) in kept["others"].items()
                },
                {str(target): bool(existed) for target, existed in kept["addresses"].items()},
                None if findings is None else tuple(map(from_plain, findings)),
            )
        except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
            return None

    def keep(self, path: str, digest: str, outcome: Outcome) -> None:
        """Caches the outcome for a file with this content's hash."""
        findings = None if outcome.findings is None else [to_plain(finding) for finding in outcome.findings]
        kept = {
            "maker": _maker(),
            "path": path,
            "digest": digest,
            "key": self._key,
            "products": outcome.products,
            "others": outcome.others,
            "addresses": outcome.addresses,
            "findings": findings,
        }
        with suppress(OSError, UnicodeEncodeError):
            self._cache.write_sealed(_file(path), json.dumps(kept, ensure_ascii=False).encode())


def digest_of(*parts: str) -> str:
    """A hash of some texts."""
    return blake2b("\0".join(parts).encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()


def _file(path: str) -> str:
    return f"check/{digest_of(path)}.json"


@cache
def _maker() -> str:
    """A text that differs between versions of vkd and, for those who work on it, when its code changes."""
    server = Path(__file__).parents[1]
    tops = [server / "rules", server / "features", server / "cli"]
    tops += [Path(package.__path__[0]) for package in (vkd_grammar, vkd_catalog)]
    return f"{__version__} {_FORMAT} {max(map(_changed, tops))}"


def _changed(folder: str | os.PathLike[str]) -> int:
    """The time of the latest change of a folder's modules and texts, those in folders below included."""
    times = [
        _changed(entry) if entry.is_dir() else entry.stat().st_mtime_ns
        for entry in os.scandir(folder)
        if entry.is_dir() or entry.name.endswith((".py", ".json"))
    ]
    return max(times, default=0)
