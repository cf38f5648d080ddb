"""What the server asks a client to show: virtual documents, files, messages to a person."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from lsprotocol import types
from pygls.lsp.server import LanguageServer

from vkd_server.lsp.client import Client
from vkd_server.lsp.messages import Below, Target, message_uri, write_message
from vkd_server.workspace.uris import uri_of

if TYPE_CHECKING:
    from vkd_server.workspace.documents import OpenDocument

_MOST_RENEWED = 50
"""How many virtual documents are renewed; nobody is told when one is closed."""


class Screen:
    """Asks one client to show things. `notify` sends it a notification, given the method and the parameters as JSON."""

    def __init__(self, remote: LanguageServer, client: Client, notify: Callable[[str, str], None]) -> None:
        self._remote = remote
        self._client = client
        self._virtual: deque[str] = deque(maxlen=_MOST_RENEWED)
        self.notify = notify

    def show_message(self, document: OpenDocument, line: int, name: str, text: str, below: Below | None = None) -> None:
        """Shows a reference message, or one with numbers below it."""
        root = document.project.catalogue.root
        self.show(message_uri(Target(document.uri, line, below), name), lambda: write_message(root, name, text))

    def show(self, virtual: str, write: Callable[[], Path | None]) -> None:
        """Shows a document: a virtual one if the client can, else a file, which `write` writes. Does nothing where the
        client can show neither."""
        if not self._client.can("window", "showDocument", "support"):
            return
        uri: str | None = virtual
        if not self._client.can("workspace", "textDocumentContent"):
            file = write()
            uri = uri_of(file) if file else None
        if uri == virtual:
            self.is_given(virtual)
        if uri is not None:
            self._remote.window_show_document(types.ShowDocumentParams(uri=uri, take_focus=False))

    def tell(self, text: str) -> None:
        """Shows a message to a person."""
        self._say(types.MessageType.Info, text)

    def warn(self, text: str) -> None:
        """Shows a warning to a person."""
        self._say(types.MessageType.Warning, text)

    def tell_error(self, text: str) -> None:
        """Shows an error to a person."""
        self._say(types.MessageType.Error, text)

    def is_given(self, virtual: str) -> None:
        """Notes that the client shows a virtual document, or has its text."""
        if virtual not in self._virtual:
            self._virtual.append(virtual)

    def renew(self) -> None:
        """Asks the client to read again the virtual documents that it has, since their texts may have changed."""
        for uri in self._virtual if self._client.can("workspace", "textDocumentContent") else ():
            self._remote.workspace_text_document_content_refresh(types.TextDocumentContentRefreshParams(uri))

    def _say(self, kind: types.MessageType, text: str) -> None:
        self._remote.window_show_message(types.ShowMessageParams(kind, text))
