"""Shows a person what is being made in the background, and how far that has come (LSP 3.17, "Server Initiated
Progress")."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from lsprotocol import types

from vkd_catalog.languages import say
from vkd_server.lsp.frames import to_json

if TYPE_CHECKING:
    from concurrent.futures import Future

    from pygls.lsp.server import LanguageServer

    from vkd_catalog.preparing import What
    from vkd_server.lsp.client import Client


class Progress:
    """What one client shows. `notify` sends it a notification, given the method and the parameters as JSON."""

    def __init__(self, remote: LanguageServer, client: Client, notify: Callable[[str, str], None]) -> None:
        self._remote = remote
        self._client = client
        self._notify = notify
        self._bars: dict[What, _Bar] = {}
        self._count = 0

    def show(self, in_work: Mapping[What, int], language: str) -> None:
        """Shows what is in work, each with its percentage, and no longer what is not."""
        if not self._client.can("window", "workDoneProgress"):
            return
        for what, percentage in in_work.items():
            bar = self._bars.get(what) or self._asked_for(what)
            if bar.is_allowed:
                self._tell(bar, say(f"progress.{what}", language), percentage)
        for what in self._bars.keys() - in_work.keys():
            bar = self._bars.pop(what)
            if bar.told is not None:
                self._send(bar, {"kind": "end"})

    def _asked_for(self, what: What) -> _Bar:
        self._count += 1
        token = f"vkd-{self._count}"
        asked = self._remote.window_work_done_progress_create(types.WorkDoneProgressCreateParams(token))
        bar = self._bars[what] = _Bar(token, asked)
        return bar

    def _tell(self, bar: _Bar, title: str, percentage: int) -> None:
        if bar.told is None:
            self._send(bar, {"kind": "begin", "title": title, "percentage": percentage})
        elif bar.told != percentage:
            self._send(bar, {"kind": "report", "percentage": percentage})
        bar.told = percentage

    def _send(self, bar: _Bar, value: dict[str, object]) -> None:
        self._notify("$/progress", to_json({"token": bar.token, "value": value}))


class _Bar:
    """One bar: the percentage that was `told` last, None where none was, and the client's answer to whether it may be
    shown."""

    def __init__(self, token: str, asked: Future[Any]) -> None:
        self.token = token
        self.told: int | None = None
        self._asked = asked

    @property
    def is_allowed(self) -> bool:
        return self._asked.done() and not self._asked.cancelled() and self._asked.exception() is None
