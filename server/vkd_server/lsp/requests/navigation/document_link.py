"""textDocument/documentLink and documentLink/resolve."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from vkd_server.features.navigation.links import file_at, links
from vkd_server.lsp.answering import in_steps
from vkd_server.lsp.convert import Json
from vkd_server.lsp.rpc import Steps
from vkd_server.workspace.uris import path_of, uri_of

if TYPE_CHECKING:
    from vkd_server.lsp.context import Context
    from vkd_server.lsp.params import Item, OfDocument


def document_links(context: Context, params: OfDocument) -> Steps:
    """The addresses of a document; whether there is a file at one is looked at when it is followed."""
    document = context.open_document(params.uri)
    answer: list[Json] = []
    found = yield from in_steps(links(document.snapshot))
    for link in found:
        place = context.range_of(document, link.start, link.end)
        where: Json = {"target": link.uri} if link.uri else {"data": [document.uri, link.address]}
        answer.append({"range": place, **where})
    return answer


def resolve(context: Context, params: Item) -> object:
    """A link with its file, where there is one."""
    link = dict(params.item)
    data = params.data
    if isinstance(data, list) and len(data) == 2 and "target" not in link:
        file = file_at(str(data[1]), context.files.project_of(path_of(str(data[0]))).catalogue)
        if file is not None:
            link["target"] = uri_of(Path(file))
    return link
