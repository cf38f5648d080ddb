"""From a demand's line to the products' lines that answer it, and back."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

from vkd_grammar.text import Position
from vkd_server.features.answers.answering import (
    LineAt,
    lines_answered,
    new_matcher,
    number_of,
    product_lines,
    row_of_line,
)
from vkd_server.lsp.convert import Json
from vkd_server.lsp.rpc import Steps
from vkd_server.workspace.every_document import documents_where
from vkd_server.workspace.uris import uri_of

if TYPE_CHECKING:
    from vkd_catalog.catalogue import Catalogue
    from vkd_server.features.snapshot import Piece, Snapshot
    from vkd_server.lsp.context import Context
    from vkd_server.workspace.documents import OpenDocument


def answering(context: Context, document: OpenDocument, at: LineAt) -> Steps:
    """The products' lines that answer a demand's line, the best first, a product a step."""
    texts: dict[str, OpenDocument | None] = {}
    found: list[Json] = []
    snapshot = document.snapshot
    lines = yield from context.files.search(
        document.project, lambda view: product_lines(snapshot._replace(catalogue=view), at)
    )
    for one in lines:
        if one.path not in texts:
            texts[one.path] = _read(context, document, one.path)
        text = texts[one.path]
        piece = text.snapshot.piece_at(one.header_row) if text else None
        if text is not None and piece is not None:
            found += _location(context, text, piece, one.line)
        yield None
    return found


def answered(context: Context, document: OpenDocument, at: LineAt) -> Steps:
    """The demands' lines that a product's line answers, in the whole workspace, one demand at a time."""
    header = at.piece.description.header
    found: list[Json] = []
    if header is None:
        return found
    path, row = document.path, at.piece.row + header.row
    number = yield from context.files.search(
        document.project, lambda view: number_of(view, header.identification, path, row)
    )
    if number is None:
        return found
    asking = yield from documents_where(context.files, document, lambda text: text.has_demands)
    for text in asking:
        demands: list[Piece] = []
        for index, description in enumerate(text.document.descriptions):
            if description.kind == "demand":
                demands.append(text.snapshot.piece(index))
            yield None
        find = partial(_answered_in, text.snapshot, demands, number, at.line)
        lines = yield from context.files.search(document.project, find)
        for piece, line in lines:
            found += _location(context, text, piece, line)
        yield None
    return found


def _answered_in(
    snapshot: Snapshot, demands: Sequence[Piece], number: int, line: int, catalogue: Catalogue
) -> list[tuple[Piece, int]]:
    """The lines of some demands that a product's line answers, each with its demand."""
    view, matcher = snapshot._replace(catalogue=catalogue), new_matcher(catalogue)
    return [(piece, one) for piece in demands for one in lines_answered(view, piece, number, line, matcher)]


def _read(context: Context, document: OpenDocument, path: str) -> OpenDocument | None:
    own = path == document.path
    return document if own else context.files.read(uri_of(document.project.catalogue.root / path))


def _location(context: Context, text: OpenDocument, piece: Piece, line: int) -> list[Json]:
    """The place of a line as a list of one LSP location; an empty list where its description has fewer lines."""
    row = row_of_line(piece, line)
    if row is None:
        return []
    place = context.range_of(text, Position(row, 0), Position(row, len(text.snapshot.line(row))))
    return [{"uri": text.uri, "range": place}]
