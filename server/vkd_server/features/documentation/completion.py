"""Completion in a documentation: the keys at its top, and the headings of the parts that it does not have."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from vkd_catalog.documents import PARTS, part_names, read_head
from vkd_catalog.documents.documentation import headings
from vkd_catalog.suggest import loose
from vkd_grammar.text import Position, content
from vkd_server.features.completion.items import Completions, Item, listed
from vkd_server.features.cursor import FieldAt

_HEADING = re.compile(r"( {0,3}#{1,6}[ \t]*)(.*)")
_KEYS = ("id", "title")


def complete(lines: Sequence[str], position: Position, language: str) -> Completions | None:
    """What may stand at a place: a key between the two lines `---`, or a heading behind `#`; None elsewhere."""
    line = content(lines[position.row]) if position.row < len(lines) else ""
    head = read_head(lines)
    if not head.fault and 0 < position.row < head.after - 1:
        return _keys(line, position) if ":" not in line[: position.column] else None
    heading = _HEADING.fullmatch(line)
    if heading is None or position.column < heading.end(1):
        return None
    typed = line[heading.end(1) : position.column]
    field = FieldAt(0, heading.end(1), len(line), typed, heading[2], heading[1][-1] == "#")
    return listed(position.row, field, _headings(lines, position.row, typed, language))


def _keys(line: str, position: Position) -> Completions:
    typed = line[: position.column].lstrip()
    start = position.column - len(typed)
    end = start + len(line[start:].partition(":")[0].rstrip())
    items = [Item("key", key, f"{key}: ") for key in _KEYS if key.startswith(typed.lower())]
    return listed(position.row, FieldAt(0, start, max(end, position.column), typed, line[start:end], False), items)


def _headings(lines: Sequence[str], row: int, typed: str, language: str) -> Iterator[Item]:
    """The parts that no other heading stands for, in the order of the model, in a language."""
    there = {one.part for one in headings(lines) if one.row != row}
    for number, part in enumerate(PARTS, 1):
        name = part_names(part, language)[0]
        if part not in there and loose(name).startswith(loose(typed)):
            yield Item("value", name, name, right=f"{number}/{len(PARTS)}")
