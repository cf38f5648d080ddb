"""Semantic tokens: what each field is, as the syntax tree says."""

from __future__ import annotations

from typing import NamedTuple

from vkd_grammar.syntax import Description, Field

TYPES = ("comment", "keyword", "string", "property", "number", "type", "class", "variable", "operator", "macro")
"""The types of token by LSP's names; a ditto and a don't-care are macros, for they stand for something else, and so is
a time that is not stated."""

_COMMENT, _KEYWORD, _STRING, _PROPERTY, _NUMBER, _TYPE, _CLASS, _VARIABLE, _OPERATOR, _MACRO = range(len(TYPES))
_IN_SENTENCE = (_NUMBER, _TYPE, _CLASS, _VARIABLE, _NUMBER, _OPERATOR)
_IN_HEADER = (_NUMBER, _KEYWORD, _STRING)
_MACROS = frozenset(("ditto", "dont-care"))

Token = tuple[int, int, int]
"""Start and end column of a stretch of a line, and its type as a number of `TYPES`."""


class TokenLine(NamedTuple):
    """The tokens of one row, counted from the first of the description, in their order."""

    row: int
    tokens: tuple[Token, ...]


def token_lines(description: Description) -> list[TokenLine]:
    """The rows of a description that have tokens. The tokens of a row depend on its own text alone."""
    found = [TokenLine(one.row, ((one.start, one.end, _COMMENT),)) for one in description.comments]
    header = description.header
    if header is not None:
        rows = {header.row: _tokens(header.fields, _IN_HEADER)}
        for entry in header.entries:
            parts = (entry.key,) if entry.value is None else (entry.key, entry.value)
            rows[entry.row] = rows.get(entry.row, ()) + _tokens(parts, (_PROPERTY, _STRING))
        found += [TokenLine(row, tokens) for row, tokens in rows.items()]
    for sentence in description.sentences:
        if sentence.readable:
            found.append(TokenLine(sentence.row, _tokens(sentence.fields, _IN_SENTENCE)))
    return sorted(line for line in found if line.tokens)


def _tokens(fields: tuple[Field, ...], types: tuple[int, ...]) -> tuple[Token, ...]:
    return tuple(
        (field.start, field.end, _MACRO if field.kind in _MACROS or _is_not_stated(field) else kind)
        for field, kind in zip(fields, types, strict=False)
        if field.end > field.start
    )


def _is_not_stated(field: Field) -> bool:
    return field.kind == "time" and field.text == "?"
