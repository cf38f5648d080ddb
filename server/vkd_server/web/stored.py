"""The demands and interest profiles that lie in a catalogue's folder, for the agency's own staff to open."""

import os
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from vkd_grammar.document import read_document
from vkd_grammar.parser import Parser
from vkd_grammar.technical import flag_of, key_named
from vkd_grammar.text import decode

_MOST_FILES = 1000


class StoredDemand(NamedTuple):
    """A demand as it stands in a file: who asks, whether it is an interest profile, and its text."""

    id: str
    path: str
    profile: bool
    text: str


def stored_demands(root: Path, parser: Parser) -> list[StoredDemand]:
    """The demands below a folder, in the order of their files; a file that cannot be read has none."""
    return [demand for path in _texts(root) for demand in _demands(root, path, parser)]


def _texts(root: Path) -> Iterator[str]:
    found = 0
    for folder, folders, names in os.walk(root):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(names):
            if name.endswith(".vkd") and found < _MOST_FILES:
                found += 1
                yield Path(folder, name).relative_to(root).as_posix()


def _demands(root: Path, path: str, parser: Parser) -> Iterator[StoredDemand]:
    try:
        text = decode((root / path).read_bytes())[0]
    except OSError:
        return
    document = read_document(text, parser)
    for index, description in enumerate(document.descriptions):
        header = description.header
        if description.kind == "demand" and header is not None:
            profile = any(
                (key := key_named(entry.key.text)) is not None
                and key.name == "profile"
                and entry.value is not None
                and bool(flag_of(entry.value.text))
                for entry in header.entries
            )
            yield StoredDemand(header.identification, path, profile, "".join(document.piece_lines(index)))
