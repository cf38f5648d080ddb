"""The semantic tokens of open documents, cached by description, and those that were last sent to the client."""

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


class SentTokens(NamedTuple):
    """The tokens of a whole document as they were last sent to the client, and the result's id."""

    ident: str
    parts: Sequence[Part]


class TokenMemory:
    """The tokens of each document, and those that were last sent to the client."""

    def __init__(self) -> None:
        self.cache: DescriptionCache[Said] = DescriptionCache()
        self._sent: dict[str, SentTokens] = {}
        self._numbers = count(1)

    def last_sent(self, uri: str) -> SentTokens:
        """The tokens last sent for a document; empty where none were sent."""
        return self._sent.get(uri) or SentTokens("", ())

    def send(self, uri: str, parts: Sequence[Part]) -> SentTokens:
        """Notes the tokens that are being sent to the client, and returns them with a new id."""
        sent = self._sent[uri] = SentTokens(str(next(self._numbers)), parts)
        return sent

    def forget(self, uri: str) -> None:
        """Drops the tokens kept of a document."""
        self.cache.forget(uri)
        self._sent.pop(uri, None)
