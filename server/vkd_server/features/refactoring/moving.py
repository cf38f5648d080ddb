"""The edits that follow files which are moved: in a `vkd.toml` and in the addresses of products."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from vkd_catalog.toml import as_text, read_toml
from vkd_grammar.text import Position
from vkd_server.features.configuration.settings import VOCABULARY_PATHS
from vkd_server.features.navigation.addresses import addresses_in
from vkd_server.rules.rule import TextEdit

if TYPE_CHECKING:
    from vkd_catalog.catalogue import Catalogue
    from vkd_server.features.snapshot import Snapshot

_PATTERN = re.compile(r"[*?\[]")
_SPECIAL = re.compile(r"[;=\\]")


class Move(NamedTuple):
    """The place of a file or folder before and after, as absolute paths."""

    old: Path
    new: Path


def settings_after(settings: str, lines: Sequence[str], root: Path, moves: Sequence[Move]) -> Iterator[TextEdit]:
    """The edits of a `vkd.toml`, whose path and lines are given: vocabularies, product files and archives."""
    for entry in read_toml(lines).entries:
        pattern = entry.path == ("products", "include")
        if pattern or entry.path in VOCABULARY_PATHS or (entry.path[0] == "archives" and len(entry.path) == 2):
            for value in entry.values:
                after = _pattern_after(value.text, root, moves) if pattern else path_after(value.text, root, moves)
                if value.is_text and after is not None:
                    yield TextEdit(settings, value.start, value.end, as_text(after))


def addresses_after(snapshot: Snapshot, moves: Sequence[Move]) -> Iterator[TextEdit]:
    """The edits of a document's addresses. One that begins with an alias keeps it, where it still leads there."""
    catalogue = snapshot.catalogue
    archives = {
        alias: path_after(address, catalogue.root, moves) or address
        for alias, address in catalogue.configuration.archives.items()
    }
    for row, description in snapshot.document.pieces():
        for at, value in addresses_in(description):
            after = _address_after(value.text, catalogue, archives, moves)
            if after is not None:
                start, end = Position(row + at, value.start), Position(row + at, value.end)
                yield TextEdit(snapshot.path, start, end, _SPECIAL.sub(r"\\\g<0>", after))


def path_after(path: str, root: Path, moves: Sequence[Move]) -> str | None:
    """A path as it must be written after some moves, relative to the root unless it was absolute; None where it need
    not change."""
    if not path or "://" in path or "\0" in path:
        return None
    target = Path(os.path.normpath(root / path))
    moved = _moved(target, moves)
    if moved is None:
        return None
    written = moved.as_posix() if os.path.isabs(path) else _relative(moved, root)
    return written + "/" if path.endswith(("/", "\\")) else written


def _pattern_after(pattern: str, root: Path, moves: Sequence[Move]) -> str | None:
    """A pattern after some moves of its folders up to the first wildcard; None where it need not change."""
    wild = _PATTERN.search(pattern)
    if wild is None:
        return path_after(pattern, root, moves)
    fixed = pattern[: pattern.rfind("/", 0, wild.start()) + 1]
    after = path_after(fixed, root, moves)
    return after + pattern[len(fixed) :] if after is not None else None


def _address_after(text: str, catalogue: Catalogue, archives: Mapping[str, str], moves: Sequence[Move]) -> str | None:
    from vkd_catalog.technical import unescape_value

    address = unescape_value(text)
    found = catalogue.resolve(address)
    moved = _moved(Path(found.target), moves) if found.kind == "path" else None
    if moved is None:
        return None
    if found.alias:
        base = Path(os.path.normpath(catalogue.root / archives[found.alias]))
        inside = moved.is_relative_to(base)
        after = f"{found.alias}:{_relative(moved, base)}" if inside else _relative(moved, catalogue.root)
    else:
        after = moved.as_posix() if os.path.isabs(address) else _relative(moved, catalogue.root)
    return after if after != address else None


def _moved(target: Path, moves: Sequence[Move]) -> Path | None:
    for old, new in moves:
        if target.is_relative_to(old):
            return new / target.relative_to(old)
    return None


def _relative(path: Path, root: Path) -> str:
    return os.path.relpath(path, root).replace(os.sep, "/")
