"""Long answers, sent in parts to clients that ask for that (LSP 3.17, "Partial Result Progress")."""

from __future__ import annotations

from collections.abc import Iterable

from vkd_server.lsp.frames import to_json
from vkd_server.lsp.rpc import Encoded
from vkd_server.lsp.screen import Screen

_SENT_TOGETHER = 1000
"""How many items a part holds at least."""


class Parts:
    """Sends the items of a long list, which are JSON already, in parts where the client asks for that."""

    def __init__(self, screen: Screen, token: int | str | None) -> None:
        self._screen = screen
        self._token = token
        self._waiting: list[str] = []

    def add(self, items: Iterable[str]) -> None:
        """Adds items, and sends those that wait once there are enough for a message."""
        self._waiting += items
        if len(self._waiting) >= _SENT_TOGETHER and self._token is not None:
            value = f'{{"token":{to_json(self._token)},"value":{self.rest().json}}}'
            self._screen.notify("$/progress", value)

    def rest(self) -> Encoded:
        """The part of the answer that was not sent yet, as JSON; after this it counts as sent."""
        items, self._waiting = self._waiting, []
        return Encoded(f"[{','.join(items)}]")
