"""The addresses that products state, and the aliases of archives that they begin with (docs/language.md section 9)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple

from vkd_grammar.syntax import Description, Field
from vkd_grammar.technical import key_named
from vkd_grammar.text import Position

if TYPE_CHECKING:
    from vkd_server.features.snapshot import Snapshot

_PREFIX = re.compile(r"([^\s/:]+):")


class AliasAt(NamedTuple):
    """An alias at a place, in a `vkd.toml` or at the start of an address."""

    start: Position
    end: Position
    text: str


def used_at(snapshot: Snapshot, position: Position) -> AliasAt | None:
    """The defined archive alias that an address at a position begins with; None where there is none."""
    piece = snapshot.piece_at(position.row)
    if piece is None:
        return None
    known = snapshot.catalogue.configuration.archives
    found = (one for one in uses_in(piece.row, piece.description) if one.start <= position <= one.end)
    return next((one for one in found if one.text in known), None)


def uses_in(row: int, description: Description) -> Iterator[AliasAt]:
    """The aliases, defined or not, that stand before the colon of a description's addresses. The description starts at
    `row`."""
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
