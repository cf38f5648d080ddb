"""textDocument/diagnostic and workspace/diagnostic: diagnostics for clients that ask for them (LSP 3.17, "Pull Diagnostics")."""

from __future__ import annotations

from hashlib import blake2b
from typing import TYPE_CHECKING

from vkd_server.lsp import params as read
from vkd_server.lsp.convert import Fragment, diagnostics_json
from vkd_server.lsp.rpc import Encoded

if TYPE_CHECKING:
    from vkd_server.lsp.server import Server
    from vkd_server.workspace.documents import OpenDocument


def document(server: Server, params: object) -> Encoded:
    """The diagnostics of one open document; a document that is not open has none."""
    found = server.files.document(read.text(params, "textDocument", "uri"))
    return Encoded(report(found, read.optional(params, "previousResultId"))) if found else Encoded(_EMPTY)


def report(document: OpenDocument[Fragment], previous: object) -> str:
    """A full report, or, where nothing changed since the previous one, only that. A result's id is a hash of its content."""
    items = diagnostics_json(document)
    ident = blake2b(items.encode("utf-8", "surrogatepass"), digest_size=8).hexdigest()
    if ident == previous:
        return f'{{"kind":"unchanged","resultId":"{ident}"}}'
    return f'{{"kind":"full","resultId":"{ident}","items":{items}}}'


_EMPTY = '{"kind":"full","items":[]}'
