"""The semantic tokens of open documents, kept by description, and what the client was last told of them."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import count
from typing import NamedTuple

from vkd_server.lsp.description_cache import DescriptionCache


class Said(NamedTuple):
    """The tokens of one description: the rows of the first and the last, counted from its own, how many there are,
    and their numbers as JSON without the very first: how far below the token before it the first one stands."""

    first: int
    last: int
    tokens: int
    rest: str


NOTHING = Said(0, 0, 0, "")


class Part(NamedTuple):
    """The tokens of one description in their document: `below` is the number that `said` leaves out."""

    below: int
    said: Said


class Told(NamedTuple):
    """The tokens of a whole document as a client was last told them."""

    ident: str
    parts: Sequence[Part]


class TokenMemory:
    """What each document's tokens are, and what the client was last told of them."""

    def __init__(self) -> None:
        self.cache: DescriptionCache[Said] = DescriptionCache()
        self._told: dict[str, Told] = {}
        self._numbers = count(1)

    def told(self, uri: str) -> Told:
        """The tokens last sent for a document; empty where none were sent."""
        return self._told.get(uri) or Told("", ())

    def tell(self, uri: str, parts: Sequence[Part]) -> Told:
        """Remembers the tokens that are sent to the client now, and returns them with a new id."""
        told = self._told[uri] = Told(str(next(self._numbers)), parts)
        return told

    def forget(self, uri: str) -> None:
        """Drops the tokens kept of a document."""
        self.cache.forget(uri)
        self._told.pop(uri, None)
