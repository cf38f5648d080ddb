"""textDocument/prepareRename and rename."""

from __future__ import annotations

from collections.abc import Generator, Iterable, Mapping
from typing import TYPE_CHECKING

from vkd_server.features.navigation.addresses import used_at
from vkd_server.features.refactoring.renaming import Refusal, Target, concerned, renameable_at
from vkd_server.features.refactoring.renaming import rename as rename_at
from vkd_server.lsp import params as read
from vkd_server.lsp.edits import edit_of
from vkd_server.lsp.rpc import CONTENT_MODIFIED, REQUEST_FAILED, RpcError

if TYPE_CHECKING:
    from vkd_server.lsp.convert import Fragment
    from vkd_server.lsp.server import Server
    from vkd_server.workspace.documents import OpenDocument
    from vkd_server.workspace.home import Home


def prepare(server: Server, params: object) -> object:
    """What can be renamed at a place, and what it is called now; null where nothing can."""
    document = server.open_document(params)
    position = server.position(params, document)
    found = used_at(document.snapshot, position) or renameable_at(document.snapshot, position)
    if found is None:
        return None
    return {"range": server.range_of(document, found.start, found.end), "placeholder": found.text}


def rename(server: Server, params: object) -> Generator[str | None, None, object]:
    """The edits of a new name over the whole catalogue, a document a step. Where it is refused, an error says why."""
    from vkd_server.workspace.every_document import documents_where

    document = server.open_document(params)
    new = read.text(params, "newName")
    position = server.position(params, document)
    alias = used_at(document.snapshot, position)
    if alias is not None:
        from vkd_server.lsp.requests import aliases

        return (yield from aliases.edits(server, document.home, alias, new))
    found = renameable_at(document.snapshot, position)
    if found is None:
        return None
    home = document.home
    documents = yield from documents_where(server.files, document, concerned(found, new, home.catalogue))
    return (yield from edits_of(server, found, new, home, documents, {document.path: document.uri}))


def edits_of(
    server: Server,
    found: Target,
    new: str,
    home: Home,
    documents: Iterable[OpenDocument[Fragment]],
    own: Mapping[str, str] = {},
) -> Generator[None, None, object]:
    """The edits of a new name for something, a document a step; `own` holds the URIs of documents that are no files."""
    every = _texts(server)
    steps = rename_at(found, new, home.catalogue, (one.snapshot for one in documents))
    while True:
        try:
            next(steps)
        except StopIteration as end:
            if isinstance(end.value, Refusal):
                raise RpcError(REQUEST_FAILED, end.value.message) from None
            return edit_of(server, home.catalogue, end.value, own)
        yield
        if _texts(server) != every:
            raise RpcError(CONTENT_MODIFIED, "a document has changed")


def _texts(server: Server) -> list[object]:
    """What is open, as it stands; what is found in it may be another thing meanwhile."""
    return [*((one.uri, one.document) for one in server.files.documents), *server.files.sources]
