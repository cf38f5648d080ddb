"""Aliases of archives: where they are defined in a `vkd.toml`, and another name for one."""

from __future__ import annotations

import re
from collections.abc import Generator, Iterable, Sequence
from typing import TYPE_CHECKING

from vkd_catalog.toml import Entry, as_key, read_toml
from vkd_grammar.text import Position
from vkd_server.features.navigation.addresses import AliasAt, uses_in
from vkd_server.features.refactoring.renaming import Refusal, refused, unusable
from vkd_server.rules.rule import TextEdit

if TYPE_CHECKING:
    from vkd_catalog.catalogue import Catalogue
    from vkd_server.features.snapshot import Snapshot

_UNFIT = re.compile(r"[\s/\\:;=]")
_SPECIAL = re.compile(r"[;=/\\]")


def defined_in(lines: Sequence[str]) -> dict[str, Entry]:
    """The archive aliases that the lines of a `vkd.toml` define, each with its entry there."""
    return {one.path[1]: one for one in read_toml(lines).entries if len(one.path) == 2 and one.path[0] == "archives"}


def defined_at(lines: Sequence[str], position: Position) -> AliasAt | None:
    """The alias whose name, where it is defined, includes a position; None where there is none."""
    found = (AliasAt(one.start, one.end, alias) for alias, one in defined_in(lines).items())
    return next((one for one in found if one.start <= position <= one.end), None)


def rename_alias(
    old: str, new: str, settings: str, lines: Sequence[str], catalogue: Catalogue, documents: Iterable[Snapshot]
) -> Generator[None, None, tuple[TextEdit, ...] | Refusal]:
    """The edits that give an alias another name in its `vkd.toml`, whose path and lines are given, and in every
    document, one document at a time; or why not."""
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
