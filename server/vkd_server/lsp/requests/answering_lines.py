"""From a demand's line to the products' lines that answer it, and back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from vkd_grammar.text import Position
from vkd_server.features.answering import (
    LineAt,
    lines_answered,
    new_matcher,
    number_of,
    product_lines,
    row_of_line,
)
from vkd_server.lsp.convert import Fragment, Json
from vkd_server.lsp.rpc import Steps
from vkd_server.workspace.every_document import documents_where
from vkd_server.workspace.uris import uri_of

if TYPE_CHECKING:
    from vkd_server.features.snapshot import Piece
    from vkd_server.lsp.server import Server
    from vkd_server.workspace.documents import OpenDocument


def answering(server: Server, document: OpenDocument[Fragment], at: LineAt) -> Steps:
    """The products' lines that answer a demand's line, the best first, a product a step."""
    yield from server.when_registered(document.home)
    server.files.cover(document.home)
    texts: dict[str, OpenDocument[Fragment] | None] = {}
    found: list[Json] = []
    for one in product_lines(document.snapshot, at):
        if one.path not in texts:
            texts[one.path] = _read(server, document, one.path)
        text = texts[one.path]
        piece = text.snapshot.piece_at(one.header_row) if text else None
        if text is not None and piece is not None:
            found += _location(server, text, piece, one.line)
        yield None
    return found


def answered(server: Server, document: OpenDocument[Fragment], at: LineAt) -> Steps:
    """The demands' lines that a product's line answers, in the whole workspace, a demand a step."""
    yield from server.when_registered(document.home)
    server.files.cover(document.home)
    header = at.piece.description.header
    catalogue = document.home.catalogue
    number = number_of(catalogue, document.path, at.piece.row + header.row) if header else None
    found: list[Json] = []
    if number is None:
        return found
    matcher = new_matcher(catalogue)
    asking = yield from documents_where(server.files, document, lambda text: text.has_demands)
    for text in asking:
        for index, description in enumerate(text.document.descriptions):
            if description.kind == "demand":
                piece = text.snapshot.piece(index)
                for line in lines_answered(text.snapshot, piece, number, at.line, matcher):
                    found += _location(server, text, piece, line)
                yield None
        yield None
    return found


def _read(server: Server, document: OpenDocument[Fragment], path: str) -> OpenDocument[Fragment] | None:
    own = path == document.path
    return document if own else server.files.read(uri_of(document.home.catalogue.root / path))


def _location(server: Server, text: OpenDocument[Fragment], piece: Piece, line: int) -> list[Json]:
    """Where a line stands; nothing where its description has so many lines no more."""
    row = row_of_line(piece, line)
    if row is None:
        return []
    place = server.range_of(text, Position(row, 0), Position(row, len(text.snapshot.line(row))))
    return [{"uri": text.uri, "range": place}]
