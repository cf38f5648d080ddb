"""A finding as the command line prints and caches it: a diagnostic with its message in a language."""

from typing import Any, NamedTuple

from vkd_grammar.text import Position
from vkd_server.rules.rule import Fix, Related, Severity, TextEdit

HINTED = 20
"""How many findings of a file have their fixes looked for even where nobody asks for all of them."""


class Finding(NamedTuple):
    """One finding in a file. Paths are relative to the workspace's root, rows and columns count from 0.

    `line` is a hash of what its line says, by which the finding is known again when lines above it come and go. `fixes`
    is None where nobody has looked for any.
    """

    code: str
    severity: Severity
    message: str
    path: str
    start: Position
    end: Position
    line: str
    related: tuple[Related, ...]
    fixes: tuple[Fix, ...] | None


def to_plain(finding: Finding) -> list[object]:
    """The finding as lists and texts, to be kept as JSON."""
    return list(finding)


def from_plain(plain: Any) -> Finding:
    """The finding that `to_plain` took apart. Raises ValueError, TypeError or KeyError where it is none."""
    code, severity, message, path, start, end, line, related, fixes = plain
    if not all(isinstance(text, str) for text in (code, severity, message, path, line)):
        raise TypeError("a text is missing")
    return Finding(
        code,
        severity,
        message,
        path,
        _position(start),
        _position(end),
        line,
        tuple(Related(*had) for had in related),
        None if fixes is None else tuple(_fix(*fix) for fix in fixes),
    )


def _fix(title: str, edits: Any, safe: bool) -> Fix:
    return Fix(
        title, tuple(TextEdit(path, _position(start), _position(end), text) for path, start, end, text in edits), safe
    )


def _position(plain: Any) -> Position:
    row, column = plain
    return Position(int(row), int(column))
