"""Opening, writing in and closing what descriptions are read against: vocabularies and `vkd.toml`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from vkd_grammar.document import Edit
from vkd_server.lsp import params as read
from vkd_server.lsp.convert import changed_span

if TYPE_CHECKING:
    from vkd_server.lsp.server import Server
    from vkd_server.workspace.sources import Kind, Source


def did_open(server: Server, uri: str, kind: Kind, version: int | None, text: str) -> None:
    """Takes one in."""
    server.files.sources.open(uri, kind, version, text)
    for home in server.files.homes_of_sources():
        server.catalogue_in_use(home)


def did_change(server: Server, params: object) -> None:
    """Applies the changes one after the other."""
    uri = read.text(params, "textDocument", "uri")
    version = read.optional(params, "textDocument", "version")
    for change in read.items(params, "contentChanges"):
        lines = source_of(server, params).lines
        edit = Edit(changed_span(change, lines, server.encoding), read.text(change, "text"))
        server.files.sources.change(uri, version if isinstance(version, int) else None, edit)


def did_save(server: Server, params: object) -> None:
    """Takes note that the file changed: what products mean follows from what was saved."""
    _notice(server, source_of(server, params))


def did_close(server: Server, params: object) -> None:
    """Lets go of a document; what is wrong with its file is told instead of what was wrong with it."""
    source = source_of(server, params)
    server.files.sources.close(source.uri)
    _notice(server, source)
    server.files.take_up()
    server.publisher.take_back(source.uri)
    server.refresh()


def _notice(server: Server, source: Source) -> None:
    if source.path is not None:
        server.files.notice((source.path,))


def source_of(server: Server, params: object) -> Source:
    """The open vocabulary or `vkd.toml` that a message is about."""
    source = server.files.sources.get(read.text(params, "textDocument", "uri"))
    if source is None:
        raise read.invalid("the document is not open")
    return source
