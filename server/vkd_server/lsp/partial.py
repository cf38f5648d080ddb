"""Long answers, sent in parts to clients that ask for that (LSP 3.17, "Partial Result Progress")."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from vkd_server.lsp import params as read
from vkd_server.lsp.frames import to_json
from vkd_server.lsp.rpc import Encoded

if TYPE_CHECKING:
    from vkd_server.lsp.server import Server

_SENT_TOGETHER = 1000
"""How many items a part holds at least."""


class Parts:
    """A list whose items are JSON already, and which is as long as it turns out to be."""

    def __init__(self, server: Server, params: object) -> None:
        self._server = server
        self._token = read.optional(params, "partialResultToken")
        self._waiting: list[str] = []

    def add(self, items: Iterable[str]) -> None:
        """Takes items in, and sends what waits where that is worth a message."""
        self._waiting += items
        if len(self._waiting) >= _SENT_TOGETHER and isinstance(self._token, int | str):
            value = f'{{"token":{to_json(self._token)},"value":{self.rest().json}}}'
            self._server.notify_encoded("$/progress", value)

    def rest(self) -> Encoded:
        """What was not sent yet, which ends the answer."""
        items, self._waiting = self._waiting, []
        return Encoded(f"[{','.join(items)}]")
