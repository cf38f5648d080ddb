"""Diagnostics of open documents as they are cached: their words and places, without the tree that they were found
in."""

from collections.abc import Sequence
from typing import NamedTuple

from vkd_grammar.text import Position
from vkd_server.features.diagnostics import Diagnostic
from vkd_server.rules.rule import Related, Severity


class CachedDiagnostic(NamedTuple):
    """A diagnostic of a description or a file, its places counted from the first row of that.

    `key` is how a client's diagnostic is found again; `path` is the file's, relative to the catalogue's root, and so
    are those of `related` places, whose rows count from the beginning of their file.
    """

    code: str
    severity: Severity
    message: str
    path: str
    start: Position
    end: Position
    key: str
    related: tuple[Related, ...]


CachedDiagnostics = tuple[CachedDiagnostic, ...]
"""What was found in one description or file. The same object for as long as it is the same finding."""


def cached(diagnostics: Sequence[Diagnostic], row: int) -> CachedDiagnostics:
    """Diagnostics as they are cached, with rows counted from `row`, the first row of the description or file."""
    return tuple(
        CachedDiagnostic(
            one.code,
            one.severity,
            one.message,
            one.path,
            one.start._replace(row=one.start.row - row),
            one.end._replace(row=one.end.row - row),
            one.key(row),
            one.related(),
        )
        for one in diagnostics
    )
