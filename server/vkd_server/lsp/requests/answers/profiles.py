"""The command `vkd.profiles`, and the interest profiles in lenses and virtual documents."""

from __future__ import annotations

from collections.abc import Generator
from typing import TYPE_CHECKING, Literal

from vkd_server.lsp.rpc import CONTENT_MODIFIED, REQUEST_FAILED, RpcError
from vkd_server.workspace.profiles import MOST

if TYPE_CHECKING:
    from vkd_server.features.answers.profiles import Effect
    from vkd_server.lsp.context import Context
    from vkd_server.workspace.documents import OpenDocument

"""The command that tells which interest profiles a product meets."""


def has_lenses(context: Context, document: OpenDocument) -> Generator[None, None, bool]:
    """Whether the products of a document have lenses: where there are profiles, and not too many products."""
    if len(document.document.rows) > MOST:
        return False
    return (yield from context.files.profiles.look(context.files, document))


def effect_at(
    context: Context, document: OpenDocument, line: int
) -> Generator[Literal["waiting"] | None, None, Effect]:
    """The profiles that the product at a line of a document meets, and what its edits gain and lose.

    Only where something is derived from two sets it is asked what others say, once they are read.
    """
    yield from context.files.profiles.look(context.files, document)
    now = context.files.read(document.uri)
    if now is None or now.project.catalogue is not document.project.catalogue:
        raise RpcError(CONTENT_MODIFIED, "the catalogue was read anew")
    piece = now.snapshot.piece_at(line)
    if piece is None or piece.description.kind != "product":
        raise RpcError(REQUEST_FAILED, "there is no product description at that line")
    effect = context.files.profiles.effect(context.files, now, piece)
    if not now.project.catalogue.vocabularies.products_named:
        return effect(None)
    return (yield from context.files.search(now.project, lambda view: effect(view.register)))
