"""textDocument/didOpen, didChange, didSave and didClose (LSP 3.17, "Text Document Synchronization")."""

from __future__ import annotations

from typing import TYPE_CHECKING

from vkd_grammar.document import Edit
from vkd_server.features.phrases import in_short
from vkd_server.lsp.convert import changed_span
from vkd_server.lsp.requests.sources.source_synchronization import did_open as did_open_source
from vkd_server.lsp.rpc import Steps
from vkd_server.workspace.open_sources import kind_of

if TYPE_CHECKING:
    from vkd_server.lsp.params import Changed, OfDocument, Opened
    from vkd_server.lsp.session import Session
    from vkd_server.workspace.documents import OpenDocument


def did_open(session: Session, params: Opened) -> None:
    """Opens a document, with its text as the editor has it."""
    kind = kind_of(params.uri, params.language)
    if kind is not None:
        did_open_source(session, params.uri, kind, params.version, params.text)
        if kind == "configuration":
            from vkd_server.lsp.requests.sources.configuration import publish

            publish(session, params.uri)
        if kind == "documentation":
            from vkd_server.lsp.requests.sources.documentation import publish as publish_documentation

            publish_documentation(session, params.uri)
        return
    document = session.files.open(params.uri, params.version, params.text)
    session.catalogue_in_use(document.project)
    session.publisher.later(params.uri)


def did_change(session: Session, params: Changed) -> None:
    """Applies the changes one after the other, each to what the one before it left (positions count there)."""
    for change in params.changes:
        lines = session.context.open_document(params.uri).document.lines
        edit = Edit(changed_span(change, lines, session.client.encoding), change.text)
        session.files.change(params.uri, params.version, [edit])
    session.publisher.later(params.uri)


def did_close(session: Session, params: OfDocument) -> None:
    """Closes a document; diagnostics that were pushed for it are withdrawn."""
    document = session.files.document(params.uri)
    session.files.close(params.uri)
    # As the client called it when it was opened.
    session.forget(document.uri if document else params.uri)


def did_save(session: Session, params: OfDocument) -> object:
    """Notes that the file says what the document does; runs its demands where the setting `run.onSave` asks for it."""
    document = session.context.open_document(params.uri)
    session.files.saved(document.uri)
    session.screen.renew()
    return _run_all(session, document) if session.files.settings.run_on_save else None


def _run_all(session: Session, document: OpenDocument) -> Steps:
    for index in range(len(document.document.rows)):
        run = yield from session.files.run(document, index)
        if run is not None:
            session.screen.tell(in_short(run.answer, document.project.catalogue.language))
        yield None
    return None
