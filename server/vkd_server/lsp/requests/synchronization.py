"""textDocument/didOpen, didChange, didSave and didClose (LSP 3.17, "Text Document Synchronization")."""

from __future__ import annotations

from typing import TYPE_CHECKING

from vkd_grammar.document import Edit
from vkd_server.features.phrases import in_short
from vkd_server.lsp import params as read
from vkd_server.lsp.convert import Fragment, changed_span
from vkd_server.lsp.requests.sources import did_open as did_open_source
from vkd_server.lsp.rpc import Steps
from vkd_server.lsp.waiting import when_registered, while_it_stands
from vkd_server.workspace.sources import kind_of

if TYPE_CHECKING:
    from vkd_server.lsp.server import Server
    from vkd_server.workspace.documents import OpenDocument


def did_open(server: Server, params: object) -> None:
    """Takes a document in."""
    uri, text = read.text(params, "textDocument", "uri"), read.text(params, "textDocument", "text")
    kind = kind_of(uri, str(read.optional(params, "textDocument", "languageId")))
    if kind is not None:
        did_open_source(server, uri, kind, _version(params), text)
        if kind == "configuration":
            from vkd_server.lsp.requests.configuration import publish

            publish(server, uri)
        return
    document = server.files.open(uri, _version(params), text)
    server.catalogue_in_use(document.home)
    server.publisher.later(uri)


def did_change(server: Server, params: object) -> None:
    """Applies the changes one after the other, each to what the one before it left (positions count there)."""
    uri = read.text(params, "textDocument", "uri")
    version = _version(params)
    for change in read.items(params, "contentChanges"):
        lines = server.open_document(params).document.lines
        text = read.text(change, "text")
        server.files.change(uri, version, [Edit(changed_span(change, lines, server.encoding), text)])
    server.publisher.later(uri)


def did_close(server: Server, params: object) -> None:
    """Closes a document; diagnostics that were pushed for it are withdrawn."""
    uri = read.text(params, "textDocument", "uri")
    document = server.files.document(uri)
    server.files.close(uri)
    # As the client called it when it was opened.
    uri = document.uri if document else uri
    server.publisher.take_back(uri)
    server.tokens.forget(uri)
    server.symbols.forget(uri)


def did_save(server: Server, params: object) -> object:
    """Notes that the file says what the document does; runs its demands where the setting `run.onSave` asks for it."""
    document = server.open_document(params)
    server.files.saved(document.uri)
    server.renew_shown()
    return while_it_stands(server, document, _run_all(server, document)) if server.files.settings.run_on_save else None


def _run_all(server: Server, document: OpenDocument[Fragment]) -> Steps:
    yield from when_registered(document.home)
    for index in range(len(document.document.rows)):
        run = yield from server.files.run(document, index)
        if run is not None:
            server.tell(in_short(run.answer, document.home.catalogue.language))
        yield None
    return None


def _version(params: object) -> int | None:
    version = read.optional(params, "textDocument", "version")
    return version if isinstance(version, int) and not isinstance(version, bool) else None
