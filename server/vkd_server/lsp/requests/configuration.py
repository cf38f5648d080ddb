"""What is answered about an open `vkd.toml`, by method."""

from __future__ import annotations

from typing import TYPE_CHECKING

from vkd_server.lsp.requests import sources

if TYPE_CHECKING:
    from vkd_server.lsp.server import Server


def publish(server: Server, uri: str) -> None:
    """Sends what is wrong with it, to clients that do not ask."""


ANSWERS = {
    "textDocument/didChange": sources.did_change,
    "textDocument/didSave": sources.did_save,
    "textDocument/didClose": sources.did_close,
}
