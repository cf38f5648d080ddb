"""textDocument/foldingRange."""

from __future__ import annotations

from typing import TYPE_CHECKING

from vkd_server.features.navigation.folding import folds
from vkd_server.lsp.rpc import Encoded

if TYPE_CHECKING:
    from vkd_server.lsp.server import Server

_KIND = {"description": "", "comment": ',"kind":"comment"'}


def folding_ranges(server: Server, params: object) -> Encoded:
    """What may be folded, by whole lines."""
    found = folds(server.open_document(params).document)
    ranges = [f'{{"startLine":{fold.first},"endLine":{fold.last}{_KIND[fold.kind]}}}' for fold in found]
    return Encoded(f"[{','.join(ranges)}]")
