"""textDocument/inlayHint."""

from __future__ import annotations

from typing import TYPE_CHECKING

from vkd_server.features.inlay_hints import HintSettings, hints
from vkd_server.lsp import params as read
from vkd_server.lsp.convert import Outward, span_in

if TYPE_CHECKING:
    from vkd_server.lsp.server import Server


def inlay_hints(server: Server, params: object) -> object:
    """The hints of the rows that the editor shows."""
    document = server.open_document(params)
    span = span_in(read.mapping(params, "range"), document.document.lines, server.encoding)
    settings = server.files.settings
    wanted = HintSettings(settings.hints_dittos, settings.hints_codes, settings.hints_funnel)
    outward = Outward(document.document.lines, server.encoding)
    return [
        {"position": outward.position(hint.position), "label": hint.text, "paddingLeft": True}
        for hint in hints(document.snapshot, span.start.row, span.end.row, wanted, server.answer_in(document))
    ]
