"""Semantic tokens: what each field is, as the syntax tree says."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple

from vkd_grammar.syntax import CHARACTERISTIC, NAME, NUMBER, OBJECT_TYPE, OPERATOR, TIME, Description, Field

if TYPE_CHECKING:
    from vkd_server.features.snapshot import Snapshot

TYPES = ("comment", "keyword", "string", "property", "number", "type", "class", "variable", "operator", "macro")
"""The types of token, by the names LSP has for them.

A ditto and a don't-care are macros: they stand for something else.
"""

_NUMBER_OF = {name: number for number, name in enumerate(TYPES)}
_OF_PLACE = {
    NUMBER: _NUMBER_OF["number"],
    OBJECT_TYPE: _NUMBER_OF["type"],
    NAME: _NUMBER_OF["class"],
    CHARACTERISTIC: _NUMBER_OF["variable"],
    TIME: _NUMBER_OF["number"],
    OPERATOR: _NUMBER_OF["operator"],
}
_OF_HEADER = (_NUMBER_OF["number"], _NUMBER_OF["keyword"], _NUMBER_OF["string"])
_MACROS = frozenset(("ditto", "dont-care"))


class Token(NamedTuple):
    """A stretch of one row; `type` counts in `TYPES`."""

    row: int
    start: int
    end: int
    type: int


def tokens(snapshot: Snapshot, first: int, last: int) -> Iterator[Token]:
    """The tokens of the rows from `first` to `last`, in their order."""
    document = snapshot.document
    if not document.descriptions:
        return
    for index in range(document.index_at(first), document.index_at(last) + 1):
        start = document.rows[index]
        for token in piece_tokens(document.descriptions[index]):
            row = start + token.row
            if first <= row <= last:
                yield token._replace(row=row) if start else token


def piece_tokens(description: Description) -> list[Token]:
    """The tokens of one description, rows counted from its first line."""
    found = [Token(one.row, one.start, one.end, _NUMBER_OF["comment"]) for one in description.comments]
    header = description.header
    if header is not None:
        found.extend(_token(header.row, field, _OF_HEADER[at]) for at, field in enumerate(header.fields))
        for entry in header.entries:
            found.append(_token(entry.row, entry.key, _NUMBER_OF["property"]))
            if entry.value is not None:
                found.append(_token(entry.row, entry.value, _NUMBER_OF["string"]))
    for sentence in description.sentences:
        if sentence.readable:
            found.extend(
                _token(sentence.row, field, _NUMBER_OF["macro"] if field.kind in _MACROS else _OF_PLACE[place])
                for place, field in enumerate(sentence.fields)
            )
    return sorted(token for token in found if token.end > token.start)


def _token(row: int, field: Field, kind: int) -> Token:
    return Token(row, field.start, field.end, kind)
