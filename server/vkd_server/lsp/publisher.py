"""Pushed diagnostics, for clients that do not ask for them."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from vkd_server.lsp.diagnostics_json import DiagnosticsJson
from vkd_server.lsp.frames import to_json
from vkd_server.workspace.uris import uri_of

if TYPE_CHECKING:
    from vkd_server.workspace.documents import OpenDocument
    from vkd_server.workspace.files import CheckedFile

_METHOD = "textDocument/publishDiagnostics"


class Publisher:
    """Sends diagnostics once nothing else waits, however many edits came; nothing at all while not `active`."""

    def __init__(self, notify: Callable[[str, str], None], diagnostics: DiagnosticsJson, *, active: bool) -> None:
        self._notify = notify
        self._diagnostics = diagnostics
        self._waiting: dict[str, None] = {}
        self._files: set[str] = set()
        self._in_part: set[str] = set()
        self.active = active

    def later(self, uri: str) -> None:
        """Marks a document's diagnostics to be sent once nothing else waits; does nothing while not `active`."""
        if self.active:
            self._waiting[uri] = None

    def note_sent(self, document: OpenDocument) -> None:
        """Notes that the client has what is known of a document, whether it was sent it or asked for it."""
        whole = not (document.unchecked or document.unlooked)
        (self._in_part.discard if whole else self._in_part.add)(document.uri)

    def owes(self, uri: str) -> bool:
        """Whether the client has only a document's first diagnostics, sent before all of it was checked."""
        return uri in self._in_part

    def take_back(self, uri: str) -> None:
        """Sends an empty list of diagnostics for a document, and drops what waits to be sent."""
        self._waiting.pop(uri, None)
        self._in_part.discard(uri)
        self._publish(uri, None, "[]")

    def next(self, find: Callable[[str], OpenDocument | None]) -> bool:
        """Sends the diagnostics of one document that waits; False where none does."""
        if not self._waiting:
            return False
        uri = next(iter(self._waiting))
        del self._waiting[uri]
        document = find(uri)
        if document is not None:
            self._publish(uri, document.version, self._diagnostics.of(document))
            self.note_sent(document)
        return True

    def file(self, file: CheckedFile, found: str) -> None:
        """Sends the diagnostics of a file that is not open; `found` is JSON between commas. Sends an empty list only if
        the client has others."""
        uri = uri_of(file.root / file.path)
        if file.diagnostics or uri in self._files:
            self._files.add(uri)
            self._publish(uri, None, f"[{found}]")

    def source(self, uri: str, version: int | None, found: str) -> None:
        """Sends the diagnostics of an open file that holds no descriptions; `found` is a list in JSON."""
        self._publish(uri, version, found)

    def _publish(self, uri: str, version: int | None, diagnostics: str) -> None:
        if self.active:
            stated = "" if version is None else f'"version":{version},'
            self._notify(_METHOD, f'{{"uri":{to_json(uri)},{stated}"diagnostics":{diagnostics}}}')
