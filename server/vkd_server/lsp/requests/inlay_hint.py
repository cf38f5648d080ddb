"""textDocument/inlayHint."""

from __future__ import annotations

from collections.abc import Generator, Sequence
from typing import TYPE_CHECKING

from vkd_server.features.inlay_hints import HintSettings, hints
from vkd_server.lsp import params as read
from vkd_server.lsp.convert import Json, Outward, span_in
from vkd_server.lsp.rpc import CONTENT_MODIFIED, RpcError

if TYPE_CHECKING:
    from vkd_catalog.evaluation.funnel import Survivors
    from vkd_server.features.snapshot import Piece
    from vkd_server.lsp.server import Server


def inlay_hints(server: Server, params: object) -> Generator[None, None, object]:
    """The hints of the rows that the editor shows, one a step: those of demands take a run each."""
    document = server.open_document(params)
    span = span_in(read.mapping(params, "range"), document.document.lines, server.encoding)
    settings = server.files.settings
    wanted = HintSettings(settings.hints_dittos, settings.hints_codes, settings.hints_funnel)

    def funnel(piece: Piece) -> Sequence[Survivors]:
        run = server.files.run(document, piece.number)
        return run.funnel() if run else ()

    outward = Outward(document.document.lines, server.encoding)
    found: list[Json] = []
    rows = span.start.row, span.end.row
    for hint in hints(document.snapshot, *rows, wanted, server.answer_in(document), funnel):
        found.append({"position": outward.position(hint.position), "label": hint.text, "paddingLeft": True})
        yield
        if server.files.document(document.uri) is not document:
            raise RpcError(CONTENT_MODIFIED, "the document has changed")
    return found
