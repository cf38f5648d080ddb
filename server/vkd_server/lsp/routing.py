"""Who answers what about which document: descriptions, vocabularies and `vkd.toml` have rooms of their own."""

from __future__ import annotations

from collections.abc import Callable, Generator, Mapping
from importlib import import_module
from typing import TYPE_CHECKING

from vkd_server.lsp import params as read
from vkd_server.lsp.rpc import CONTENT_MODIFIED, Handler, RpcError, Steps
from vkd_server.workspace.aside import WAITING

if TYPE_CHECKING:
    from vkd_server.lsp.server import Server
    from vkd_server.workspace.sources import Kind

Answer = Callable[["Server", object], object]

ROOMS: Mapping[Kind, str] = {
    "vocabulary": "vkd_server.lsp.requests.vocabulary",
    "configuration": "vkd_server.lsp.requests.configuration",
}
"""The modules whose `ANSWERS` hold, by method, what is answered about other documents; imported when one is opened."""

_TYPED = "textDocument/completion"
"""What is asked at a keystroke cannot wait for quiet; it answers from the text and from words of a moment ago."""


def routed(method: str, answer: Answer) -> Answer:
    """Answers from the room of the document that a message is about, null where that room has no answer."""

    def routing(server: Server, params: object) -> object:
        source = server.files.sources.get(_uri(params))
        own = import_module(ROOMS[source.kind]).ANSWERS.get(method, _nothing) if source else answer
        return own(server, params)

    return routing


def once_quiet(server: Server, method: str, handle: Handler) -> Handler:
    """Lets what needs the words of vocabularies wait until those that are being written are read."""

    def handling(params: object) -> object:
        if not server.files.sources.waits or method == _TYPED or _is_told(method):
            return handle(params)
        return _once_quiet(server, handle, params, _version(server, params))

    return handling


def caught_up(server: Server, method: str, handle: Handler) -> Handler:
    """Lets what is asked be answered from files as they are told to be by now. What is only told waits for that: of a
    thousand files that change one after the other, all are looked at together."""

    def handling(params: object) -> object:
        server.catch_up()
        return handle(params)

    return handle if _is_told(method) else handling


def _once_quiet(server: Server, handle: Handler, params: object, asked: int | None) -> Steps:
    """Answers once vocabularies are read, unless the text that was asked about has another version by then."""
    while server.files.sources.waits:
        yield WAITING
    if _version(server, params) != asked:
        raise RpcError(CONTENT_MODIFIED, "the document has changed")
    result = handle(params)
    return (yield from result) if isinstance(result, Generator) else result


def _version(server: Server, params: object) -> int | None:
    """Which version of its document a message finds."""
    uri = _uri(params)
    document = server.files.document(uri) or server.files.sources.get(uri)
    return document.version if document else None


def _is_told(method: str) -> bool:
    """Whether a method is a notification, which is taken when it comes."""
    return "/did" in method


def _nothing(_server: Server, _params: object) -> None:
    return None


def _uri(params: object) -> str:
    """The document that a message is about, or that an item in it was got from."""
    item = read.optional(params, "item")
    data = read.optional(params, "data") or read.optional(item, "data")
    places = (
        read.optional(params, "textDocument", "uri"),
        read.optional(data, "uri"),
        data[0] if isinstance(data, list) and data else None,
    )
    return next((uri for uri in places if isinstance(uri, str)), "")
