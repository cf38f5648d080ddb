"""Aliases of archives: where they are defined in a `vkd.toml`, where addresses use them, and another name for one."""

from __future__ import annotations

import re
from collections.abc import Generator, Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, NamedTuple

from vkd_grammar.syntax import Description, Field
from vkd_grammar.technical import key_named
from vkd_grammar.text import Position
from vkd_server.features.configuration.toml import Entry, as_key, read_toml
from vkd_server.features.renaming import Refusal, refused, unusable
from vkd_server.rules.rule import TextEdit

if TYPE_CHECKING:
    from vkd_catalog.catalogue import Catalogue
    from vkd_server.features.snapshot import Snapshot

_PREFIX = re.compile(r"([^\s/:]+):")
_UNFIT = re.compile(r"[\s/\\:;=]")
_SPECIAL = re.compile(r"[;=/\\]")


class AliasAt(NamedTuple):
    """An alias at a place, in a `vkd.toml` or at the start of an address."""

    start: Position
    end: Position
    text: str


def defined_in(lines: Sequence[str]) -> dict[str, Entry]:
    """The aliases that a `vkd.toml` defines, and where."""
    return {one.path[1]: one for one in read_toml(lines).entries if len(one.path) == 2 and one.path[0] == "archives"}


def defined_at(lines: Sequence[str], position: Position) -> AliasAt | None:
    """The alias whose definition a place is in the name of."""
    found = (AliasAt(one.start, one.end, alias) for alias, one in defined_in(lines).items())
    return next((one for one in found if one.start <= position <= one.end), None)


def used_at(snapshot: Snapshot, position: Position) -> AliasAt | None:
    """The alias that an address at a place begins with, one that is defined."""
    piece = snapshot.piece_at(position.row)
    if piece is None:
        return None
    known = snapshot.catalogue.configuration.archives
    found = (one for one in uses_in(piece.row, piece.description) if one.start <= position <= one.end)
    return next((one for one in found if one.text in known), None)


def uses_in(row: int, description: Description) -> Iterator[AliasAt]:
    """What stands before the colon of a description's addresses, defined or not; the description starts at a row."""
    from vkd_catalog.technical import unescape_value

    for at, value in addresses_in(description):
        match = _PREFIX.match(value.text)
        if match:
            start = Position(row + at, value.start)
            yield AliasAt(start, start._replace(column=value.start + len(match[1])), unescape_value(match[1]))


def addresses_in(description: Description) -> Iterator[tuple[int, Field]]:
    """The addresses in a description's header, each with its row in the description."""
    for entry in description.header.entries if description.header else ():
        key = key_named(entry.key.text)
        if key and key.value == "address" and entry.value and entry.value.text:
            yield entry.row, entry.value


def rename_alias(
    old: str, new: str, settings: str, lines: Sequence[str], catalogue: Catalogue, documents: Iterable[Snapshot]
) -> Generator[None, None, tuple[TextEdit, ...] | Refusal]:
    """The edits that give an alias another name in its `vkd.toml`, whose path and lines are given, and in every
    document, a document a step; or why not."""
    new = new.strip()
    defined = defined_in(lines)
    reason = unusable(new)
    if reason or old not in defined:
        return refused(reason or "empty", catalogue, word=new)
    if _UNFIT.search(new):
        return refused("alias", catalogue, word=new)
    if new != old and new in defined:
        row = defined[new].start.row + 1
        return refused("used", catalogue, word=new, path=settings, line=row)
    own = defined[old]
    edits = [TextEdit(settings, own.start, own.end, as_key(new))]
    for snapshot in documents:
        for row, description in snapshot.document.pieces():
            for use in uses_in(row, description):
                if use.text == new and new != old:
                    return refused("elsewhere", catalogue, word=new, path=snapshot.path, line=use.start.row + 1)
                if use.text == old:
                    edits.append(TextEdit(snapshot.path, use.start, use.end, _SPECIAL.sub(r"\\\g<0>", new)))
        yield
    return tuple(edits)
