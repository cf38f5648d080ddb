"""textDocument/prepareRename and rename."""

from __future__ import annotations

from collections.abc import Generator, Iterable, Mapping
from typing import TYPE_CHECKING

from vkd_server.features.navigation.addresses import used_at
from vkd_server.features.refactoring.renaming import Refusal, Target, concerned, renameable_at
from vkd_server.features.refactoring.renaming import rename as rename_at
from vkd_server.lsp.edits import edit_of
from vkd_server.lsp.rpc import CONTENT_MODIFIED, REQUEST_FAILED, RpcError

if TYPE_CHECKING:
    from vkd_server.lsp.context import Context
    from vkd_server.lsp.params import AtPlace, Renamed
    from vkd_server.workspace.documents import OpenDocument
    from vkd_server.workspace.project import Project


def prepare(context: Context, params: AtPlace) -> object:
    """What can be renamed at a place, and what it is called now; null where nothing can."""
    document = context.open_document(params.uri)
    position = context.position(document, params.place)
    found = used_at(document.snapshot, position) or renameable_at(document.snapshot, position)
    if found is None:
        return None
    return {"range": context.range_of(document, found.start, found.end), "placeholder": found.text}


def rename(context: Context, params: Renamed) -> Generator[str | None, None, object]:
    """The edits of a new name over the whole catalogue, a document a step. Where it is refused, an error says why."""
    from vkd_server.workspace.every_document import documents_where

    document = context.open_document(params.uri)
    new = params.name
    position = context.position(document, params.place)
    alias = used_at(document.snapshot, position)
    if alias is not None:
        from vkd_server.lsp.requests.navigation import aliases

        return (yield from aliases.edits(context, document.project, alias, new))
    found = renameable_at(document.snapshot, position)
    if found is None:
        return None
    project = document.project
    documents = yield from documents_where(context.files, document, concerned(found, new, project.catalogue))
    return (yield from edits_of(context, found, new, project, documents, {document.path: document.uri}))


def edits_of(
    context: Context,
    found: Target,
    new: str,
    project: Project,
    documents: Iterable[OpenDocument],
    own: Mapping[str, str] = {},
) -> Generator[None, None, object]:
    """The edits of a renaming, a document a step; `own` holds, by path, the URIs of open documents that are no
    files."""
    every = _texts(context)
    steps = rename_at(found, new, project.catalogue, (one.snapshot for one in documents))
    while True:
        try:
            next(steps)
        except StopIteration as end:
            if isinstance(end.value, Refusal):
                raise RpcError(REQUEST_FAILED, end.value.message) from None
            return edit_of(context, project.catalogue, end.value, own)
        yield
        if _texts(context) != every:
            raise RpcError(CONTENT_MODIFIED, "a document has changed")


def _texts(context: Context) -> list[object]:
    """The texts of all open documents, to see whether one has changed; diagnostics may change meanwhile."""
    return [*((one.uri, one.document) for one in context.files.documents), *context.files.sources]
