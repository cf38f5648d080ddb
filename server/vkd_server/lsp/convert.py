"""Between LSP and vkd: the one place that knows how the protocol counts columns and names things.

Inside, columns are code points and rows and columns come in tuples; outside they are JSON in the encoding that the
client chose (LSP 3.17, "Position").
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

from vkd_grammar.text import Encoding, Position, Span, column_from_units, content, units_from_column
from vkd_server.lsp.frames import to_json
from vkd_server.lsp.params import Change, Place, Stretch
from vkd_server.rules import rule_of

if TYPE_CHECKING:
    from vkd_server.rules.rule import Tag
    from vkd_server.workspace.cached_diagnostics import CachedDiagnostic, CachedDiagnostics

Json = dict[str, object]

SEVERITIES = {"error": 1, "warning": 2, "info": 3, "hint": 4}
RULE_SCHEME = "vkd-rule"
"""The scheme of the virtual documents that explain diagnostics."""

_TAGS: dict[Tag, int] = {"unnecessary": 1, "deprecated": 2}
"""The numbers of `DiagnosticTag`: what editors fade, and what they strike through."""


def position_in(place: Place, lines: Sequence[str], encoding: Encoding) -> Position:
    """A place that the client names; one past the end of its line means the line's end."""
    row, units = place
    if row >= len(lines):
        return Position(row, 0)
    return Position(row, column_from_units(content(lines[row]), units, encoding))


def span_in(stretch: Stretch, lines: Sequence[str], encoding: Encoding) -> Span:
    """A stretch of text that the client names."""
    return Span(position_in(stretch.start, lines, encoding), position_in(stretch.end, lines, encoding))


def changed_span(change: Change, lines: Sequence[str], encoding: Encoding) -> Span:
    """The text that a change replaces; the whole text where the change names no range."""
    if change.stretch is None:
        return Span(Position(0, 0), Position(len(lines), 0))
    return span_in(change.stretch, lines, encoding)


class Outward:
    """Converts places in one document to LSP positions and ranges, in the client's encoding of positions."""

    def __init__(self, lines: Sequence[str], encoding: Encoding) -> None:
        self._lines = lines
        self._encoding = encoding

    def character(self, row: int, column: int) -> int:
        """A column in the client's units."""
        if self._encoding == "utf-32" or row >= len(self._lines):
            return column
        return units_from_column(self._lines[row], column, self._encoding)

    def position(self, position: Position) -> Json:
        """The LSP position of a place in the text."""
        return {"line": position.row, "character": self.character(*position)}

    def range(self, start: Position, end: Position) -> Json:
        """The LSP range from `start` to `end`."""
        return {"start": self.position(start), "end": self.position(end)}


class Fragment(NamedTuple):
    """JSON about a piece of text that may move. Its line numbers are left out, and filled in when it is sent."""

    template: str
    rows: tuple[int, ...]

    def at(self, row: int) -> str:
        """The JSON with its line numbers filled in, for a piece of text that starts at a row of the file, from 0."""
        return self.template % tuple([row + one for one in self.rows])


class SymbolFragment(NamedTuple):
    """The symbol of a description as JSON, which is empty for text before the first header; the collection that it is
    an edition of, the row of its header, and the row and character that it ends at."""

    json: Fragment
    collection: str = ""
    header_row: int = 0
    end: tuple[int, int] = (0, 0)


def diagnostics_fragment(
    findings: CachedDiagnostics, lines: Sequence[str], uri: str, root_uri: str, encoding: Encoding
) -> Fragment:
    """The JSON of the diagnostics found in one piece of text; `lines` are the piece's own."""
    outward = Outward(lines, encoding)
    parts: list[str] = []
    rows: list[int] = []
    for one in findings:
        parts.append(
            f'{{"range":{{"start":{{"line":%d,"character":{outward.character(*one.start)}}},'
            f'"end":{{"line":%d,"character":{outward.character(*one.end)}}}}},'
            + to_json(_about(one, uri, root_uri))[1:].replace("%", "%%")
        )
        rows += (one.start.row, one.end.row)
    return Fragment(",".join(parts), tuple(rows))


def _about(one: CachedDiagnostic, uri: str, root_uri: str) -> Json:
    about: Json = {
        "severity": SEVERITIES[one.severity],
        "code": one.code,
        "codeDescription": {"href": f"{RULE_SCHEME}:/{one.code}.md"},
        "source": "vkd",
        "message": one.message,
        "data": one.key,
    }
    if tags := rule_of(one.code).tags:
        about["tags"] = tuple(_TAGS[tag] for tag in tags)
    related = [
        {
            "location": {
                "uri": uri if other.path == one.path else f"{root_uri}/{quote_path(other.path)}",
                "range": {"start": {"line": other.row, "character": 0}, "end": {"line": other.row, "character": 0}},
            },
            "message": other.message,
        }
        for other in one.related
    ]
    if related:
        about["relatedInformation"] = related
    return about


def quote_path(path: str) -> str:
    """A path with the characters escaped that a URI cannot hold as they are."""
    from urllib.parse import quote

    return quote(os.fsencode(path), safe="/:")
