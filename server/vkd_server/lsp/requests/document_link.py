"""textDocument/documentLink and documentLink/resolve."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from vkd_server.features.navigation.links import file_at, links
from vkd_server.lsp import params as read
from vkd_server.lsp.convert import Fragment, Json
from vkd_server.lsp.rpc import Steps
from vkd_server.lsp.steps import in_steps
from vkd_server.lsp.waiting import while_it_stands
from vkd_server.workspace.uris import path_of, uri_of

if TYPE_CHECKING:
    from vkd_server.lsp.server import Server
    from vkd_server.workspace.documents import OpenDocument


def document_links(server: Server, params: object) -> Steps:
    """The addresses of a document; whether there is a file at one is looked at when it is followed."""
    document = server.open_document(params)
    return while_it_stands(server, document, _links(server, document))


def _links(server: Server, document: OpenDocument[Fragment]) -> Steps:
    answer: list[Json] = []
    found = yield from in_steps(links(document.snapshot))
    for link in found:
        place = server.range_of(document, link.start, link.end)
        where: Json = {"target": link.uri} if link.uri else {"data": [document.uri, link.address]}
        answer.append({"range": place, **where})
    return answer


def resolve(server: Server, params: object) -> object:
    """A link with its file, where there is one."""
    link = dict(read.mapping(params))
    data = link.get("data")
    if isinstance(data, list) and len(data) == 2 and "target" not in link:
        file = file_at(str(data[1]), server.files.home_of(path_of(str(data[0]))).catalogue)
        if file is not None:
            link["target"] = uri_of(Path(file))
    return link
