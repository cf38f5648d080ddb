"""What a client says of itself: what it can do, and how it counts columns."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from vkd_grammar.text import Encoding, Position, Span
from vkd_server.lsp import fields
from vkd_server.lsp.convert import Json, Outward, position_in, span_in
from vkd_server.lsp.params import Place, Stretch


class Client(NamedTuple):
    """The client's `initialize` parameters, and the encoding of positions that was chosen among those it offers."""

    initialize: object
    encoding: Encoding

    def can(self, *path: str) -> bool:
        """Whether the client declares a capability, be it an empty object; `path` holds its keys in the protocol."""
        declared = self.declared(*path)
        return declared is not None and declared is not False

    @property
    def process(self) -> int | None:
        """The id of the process that started the server; None where the client does not say."""
        number = fields.optional(self.initialize, "processId")
        return number if isinstance(number, int) else None

    def declared(self, *path: str) -> object:
        """The value at a path of keys in the client's capabilities; None where there is none."""
        return fields.optional(self.initialize, "capabilities", *path)

    def position(self, place: Place, lines: Sequence[str]) -> Position:
        """A place that the client names, in code points."""
        return position_in(place, lines, self.encoding)

    def span(self, stretch: Stretch, lines: Sequence[str]) -> Span:
        """A stretch of text that the client names, in code points."""
        return span_in(stretch, lines, self.encoding)

    def outward(self, lines: Sequence[str]) -> Outward:
        """A converter of places in a text, given by its lines, to the client's units."""
        return Outward(lines, self.encoding)

    def range(self, lines: Sequence[str], start: Position, end: Position) -> Json:
        """The LSP range from `start` to `end` in a text with these lines, in the client's units."""
        return Outward(lines, self.encoding).range(start, end)
