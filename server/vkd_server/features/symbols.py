"""Document symbols: the descriptions of a document, and the lines in each."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple

from vkd_grammar.kinds import Kind
from vkd_grammar.syntax import CHARACTERISTIC, NAME, OBJECT_TYPE, Sentence
from vkd_grammar.text import content

if TYPE_CHECKING:
    from vkd_server.features.snapshot import Piece, Snapshot


class LineSymbol(NamedTuple):
    """A sentence: what it says, its row in the document and the columns it takes."""

    name: str
    row: int
    start: int
    end: int


class DescriptionSymbol(NamedTuple):
    """A description, from `row` to the end of `last_row`; `header_row` is where its name stands."""

    name: str
    detail: str
    kind: Kind | None
    row: int
    header_row: int
    last_row: int
    lines: tuple[LineSymbol, ...]


def symbols(snapshot: Snapshot) -> Iterator[DescriptionSymbol]:
    """The descriptions of a document in their order; text before the first header is none."""
    for index in range(len(snapshot.document.rows)):
        piece = snapshot.piece(index)
        header = piece.description.header
        if header is not None:
            name = header.identification or (header.fields[1].text if len(header.fields) > 1 else header.fields[0].text)
            detail = header.fields[1].text if len(header.fields) > 1 else ""
            lines = tuple(_lines(piece))
            last = max((entry.row for entry in header.entries), default=header.row)
            last_row = max([piece.row + last, *(line.row for line in lines)])
            yield DescriptionSymbol(
                name or "?", detail, piece.description.kind, piece.row, piece.row + header.row, last_row, lines
            )


def _lines(piece: Piece) -> Iterator[LineSymbol]:
    """The sentences, each by its object type, name and characteristic, with dittos replaced by what they repeat."""
    said = ["", "", ""]
    for sentence in piece.description.sentences:
        said = _said(sentence, said)
        row, fields = sentence.row, sentence.fields
        name = " / ".join(said) if sentence.readable else content(piece.lines[row]).strip()
        yield LineSymbol(name or "?", piece.row + row, fields[0].start, fields[-1].end)


def _said(sentence: Sentence, above: list[str]) -> list[str]:
    if not sentence.readable:
        return ["", "", ""]
    places = (OBJECT_TYPE, NAME, CHARACTERISTIC)
    fields = [sentence.fields[place] for place in places]
    return [had if field.kind == "ditto" else field.text for field, had in zip(fields, above, strict=True)]
