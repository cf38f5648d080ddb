"""textDocument/inlayHint."""

from __future__ import annotations

from collections.abc import Generator
from typing import TYPE_CHECKING

from vkd_server.features.inlay_hints import HintSettings, hints
from vkd_server.lsp import params as read
from vkd_server.lsp.convert import Json, Outward, span_in
from vkd_server.lsp.rpc import CONTENT_MODIFIED, RpcError

if TYPE_CHECKING:
    from vkd_server.lsp.server import Server


def inlay_hints(server: Server, params: object) -> Generator[None, None, object]:
    """The hints of the rows that the editor shows, one a step: those of demands take a run each."""
    document = server.open_document(params)
    span = span_in(read.mapping(params, "range"), document.document.lines, server.encoding)
    settings = server.files.settings
    wanted = HintSettings(settings.hints_dittos, settings.hints_codes, settings.hints_funnel)
    outward = Outward(document.document.lines, server.encoding)
    found: list[Json] = []
    for hint in hints(document.snapshot, span.start.row, span.end.row, wanted, server.answer_in(document)):
        found.append({"position": outward.position(hint.position), "label": hint.text, "paddingLeft": True})
        yield
        if server.files.document(document.uri) is not document:
            raise RpcError(CONTENT_MODIFIED, "the document has changed")
    return found
