"""Semantic tokens: what each field is, as the syntax tree says."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple

from vkd_grammar.syntax import Description, Field

if TYPE_CHECKING:
    from vkd_server.features.snapshot import Snapshot

TYPES = ("comment", "keyword", "string", "property", "number", "type", "class", "variable", "operator", "macro")
"""The types of token by LSP's names; a ditto and a don't-care are macros, for they stand for something else."""

_COMMENT, _KEYWORD, _STRING, _PROPERTY, _NUMBER, _TYPE, _CLASS, _VARIABLE, _OPERATOR, _MACRO = range(len(TYPES))
_IN_SENTENCE = (_NUMBER, _TYPE, _CLASS, _VARIABLE, _NUMBER, _OPERATOR)
_IN_HEADER = (_NUMBER, _KEYWORD, _STRING)
_MACROS = frozenset(("ditto", "dont-care"))

Token = tuple[int, int, int]
"""Start and end column of a stretch of a line, and its type as a number of `TYPES`."""


Known = dict[tuple[Field, ...], tuple[Token, ...]]


class TokenLine(NamedTuple):
    """The tokens of one row of the document, in their order."""

    row: int
    tokens: tuple[Token, ...]


def token_lines(snapshot: Snapshot, first: int, last: int) -> Iterator[TokenLine]:
    """The rows from `first` to `last` that have tokens."""
    document = snapshot.document
    if not document.descriptions:
        return
    known: Known = {}
    for index in range(document.index_at(first), document.index_at(last) + 1):
        start = document.rows[index]
        for row, tokens in _lines(document.descriptions[index], known):
            if first <= start + row <= last:
                yield TokenLine(start + row, tokens)


def _lines(description: Description, known: Known) -> list[tuple[int, tuple[Token, ...]]]:
    """The tokens of one description by its rows; `known` holds those of lines met before, for many are alike."""
    found: list[tuple[int, tuple[Token, ...]]]
    found = [(one.row, ((one.start, one.end, _COMMENT),)) for one in description.comments]
    header = description.header
    if header is not None:
        rows = {header.row: _tokens(header.fields, _IN_HEADER)}
        for entry in header.entries:
            parts = (entry.key,) if entry.value is None else (entry.key, entry.value)
            rows[entry.row] = rows.get(entry.row, ()) + _tokens(parts, (_PROPERTY, _STRING))
        found.extend(rows.items())
    for sentence in description.sentences:
        fields = sentence.fields
        if len(fields) == len(_IN_SENTENCE):
            tokens = known.get(fields)
            if tokens is None:
                tokens = known[fields] = _tokens(fields, _IN_SENTENCE)
            found.append((sentence.row, tokens))
    found.sort()
    return found


def _tokens(fields: tuple[Field, ...], types: tuple[int, ...]) -> tuple[Token, ...]:
    return tuple(
        (field.start, field.end, _MACRO if field.kind in _MACROS else kind)
        for field, kind in zip(fields, types, strict=False)
        if field.end > field.start
    )
