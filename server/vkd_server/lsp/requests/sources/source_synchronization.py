"""Opening, changing, saving and closing vocabularies, documentations and `vkd.toml`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from vkd_grammar.document import Edit
from vkd_server.lsp import fields
from vkd_server.lsp.convert import changed_span

if TYPE_CHECKING:
    from vkd_server.lsp.params import Changed, OfDocument
    from vkd_server.lsp.session import Session
    from vkd_server.workspace.open_sources import Kind, Source
    from vkd_server.workspace.view import WorkspaceView


def did_open(session: Session, uri: str, kind: Kind, version: int | None, text: str) -> None:
    """Opens a vocabulary, documentation or `vkd.toml`, with its text as the editor has it."""
    session.files.sources.open(uri, kind, version, text)
    for project in session.files.projects_of_sources():
        session.catalogue_in_use(project)


def did_change(session: Session, params: Changed) -> None:
    """Applies the changes one after the other."""
    for change in params.changes:
        lines = source_of(session.files, params.uri).lines
        edit = Edit(changed_span(change, lines, session.client.encoding), change.text)
        session.files.sources.change(params.uri, params.version, edit)


def did_save(session: Session, params: OfDocument) -> None:
    """Notes that the file changed: products are read against what was saved."""
    _notice(session, source_of(session.files, params.uri))


def did_close(session: Session, params: OfDocument) -> None:
    """Closes a document; diagnostics of its file replace those of the closed text."""
    source = source_of(session.files, params.uri)
    session.files.sources.close(source.uri)
    _notice(session, source)
    session.files.take_up()
    session.publisher.take_back(source.uri)
    session.refresh()


def source_of(files: WorkspaceView, uri: str) -> Source:
    """The open vocabulary, documentation or `vkd.toml` of a URI. Raises RpcError (-32602) where it is not open."""
    source = files.sources.get(uri)
    if source is None:
        raise fields.invalid("the document is not open")
    return source


def _notice(session: Session, source: Source) -> None:
    if source.path is not None:
        session.files.notice((source.path,))
