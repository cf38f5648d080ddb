"""The command `vkd.checkData`: a product's description held to its data."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from vkd_catalog.interruption import Interruption
from vkd_catalog.languages import say
from vkd_server.lsp import fields
from vkd_server.lsp.names import CHECK_DATA
from vkd_server.lsp.rpc import REQUEST_FAILED, RpcError, Steps

if TYPE_CHECKING:
    from vkd_server.features.snapshot import Piece
    from vkd_server.lsp.context import Context
    from vkd_server.lsp.convert import Json
    from vkd_server.workspace.documents import OpenDocument


def check_data(context: Context, arguments: Sequence[object]) -> Steps:
    """Holds the product at a line to its data, and answers what was found and the figures: `{"product", "found",
    "files", "rows", "columns", "why"}`.

    What is found is told with the other diagnostics, and the figures in hovers, until the description is edited. With
    `true` as third argument the client is shown a line about it.
    """
    from vkd_catalog.data import ExtraMissing
    from vkd_server.features.held import held_as_json, held_in_short, holding, may_be_held

    uri, line = (*arguments, None, None)[:2]
    document = context.files.read(uri) if isinstance(uri, str) else None
    if document is None or not isinstance(line, int) or isinstance(line, bool) or line < 0:
        raise fields.invalid("the arguments must be a document's URI and a line, counted from 0")
    snapshot = document.snapshot
    piece = snapshot.piece_at(line)
    coded = snapshot.code(piece) if piece else None
    if piece is None or coded is None or coded.kind != "product":
        raise RpcError(REQUEST_FAILED, "there is no product description at that line")
    if not may_be_held(coded, snapshot.catalogue):
        raise RpcError(REQUEST_FAILED, "the data of that product are not on this machine")
    interruption = Interruption()
    catalogue = snapshot.catalogue.until(interruption)
    hold = holding(document.document, piece.number, coded, document.path, catalogue)
    try:
        held = yield from context.files.in_background(hold, interruption)
    except ExtraMissing as error:
        raise RpcError(REQUEST_FAILED, "this needs the extra data: pip install 'vkd-server[data]'") from error
    context.take_held(document, piece.number, held)
    language = snapshot.catalogue.language
    if len(arguments) > 2 and arguments[2] is True:
        context.screen.tell(held_in_short(held, language))
    return held_as_json(held, language)


def data_commands(document: OpenDocument, piece: Piece) -> Iterator[Json]:
    """The command that holds a product to its data, where these can be on this machine."""
    from vkd_server.features.held import may_be_held

    header = piece.description.header
    catalogue = document.project.catalogue
    if header is not None and may_be_held(document.snapshot.code(piece), catalogue):
        title = say("editor.check-data", catalogue.language)
        yield {"title": title, "command": CHECK_DATA, "arguments": [document.uri, piece.row + header.row, True]}
