"""textDocument/foldingRange."""

from __future__ import annotations

from typing import TYPE_CHECKING

from vkd_server.features.navigation.folding import folds
from vkd_server.lsp.rpc import Encoded

if TYPE_CHECKING:
    from vkd_server.lsp.context import Context
    from vkd_server.lsp.params import OfDocument

_KIND = {"description": "", "comment": ',"kind":"comment"'}


def folding_ranges(context: Context, params: OfDocument) -> Encoded:
    """The ranges that can be folded, as whole lines."""
    found = folds(context.open_document(params.uri).document)
    ranges = [f'{{"startLine":{fold.first},"endLine":{fold.last}{_KIND[fold.kind]}}}' for fold in found]
    return Encoded(f"[{','.join(ranges)}]")
