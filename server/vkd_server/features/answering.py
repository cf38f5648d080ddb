"""Which products' lines answer which demands' lines, and which products a demand's answer uses."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, NamedTuple

from vkd_grammar.syntax import NUMBER, OPERATOR
from vkd_grammar.text import Position

if TYPE_CHECKING:
    from vkd_catalog.catalogue import Catalogue
    from vkd_catalog.evaluation import Answer
    from vkd_catalog.evaluation.demand import DemandLine
    from vkd_catalog.evaluation.matching import Matcher
    from vkd_server.features.snapshot import Piece, Snapshot

MOST = 500
"""How many lines or products are listed, the best: in a large catalogue a line of don't-cares is answered by all."""


class LineAt(NamedTuple):
    """A line of a description, by its place there from 1."""

    piece: Piece
    line: int


class ProductLine(NamedTuple):
    """A line of a product: the file and the row of the product's header, and the line's place from 1."""

    path: str
    header_row: int
    line: int


class Used(NamedTuple):
    """A product that a demand's answer uses, and the demand's lines that it answers, by their places from 1."""

    identification: str
    lines: tuple[int, ...]


def line_at(snapshot: Snapshot, position: Position) -> LineAt | None:
    """The line whose number or operator is at a place: the fields that name nothing, and so stand for the line."""
    piece = snapshot.piece_at(position.row)
    for line, sentence in enumerate(piece.description.sentences if piece else (), start=1):
        if piece is not None and piece.row + sentence.row == position.row and sentence.readable:
            here = (sentence.fields[place] for place in (NUMBER, OPERATOR))
            if any(field.start <= position.column <= field.end for field in here):
                return LineAt(piece, line)
    return None


def row_of_line(piece: Piece, line: int) -> int | None:
    """The row of a line in its document; None where the description has so many no more."""
    sentences = piece.description.sentences
    return piece.row + sentences[line - 1].row if 1 <= line <= len(sentences) else None


def new_matcher(catalogue: Catalogue) -> Matcher:
    """What matches demands' lines against a catalogue's register."""
    from vkd_catalog.evaluation.matching import Matcher

    return Matcher(catalogue.register, catalogue.vocabularies)


def product_lines(snapshot: Snapshot, at: LineAt) -> list[ProductLine]:
    """The lines of products that answer a line of a demand, the best first; none where it has no meaning yet."""
    from vkd_catalog.evaluation.answer import GRADES

    catalogue = snapshot.catalogue
    matcher = new_matcher(catalogue)
    found: list[tuple[int, int, int]] = []
    for demand_line in _complete_lines(snapshot, at.piece):
        if demand_line.line == at.line:
            by_product = matcher.hits(demand_line).items()
            found = [(GRADES.index(hit.grade), number, hit.line) for number, hits in by_product for hit in hits]
    products = ((catalogue.register.product(number), line) for _, number, line in sorted(found)[:MOST])
    return [ProductLine(product.path, product.row, line) for product, line in products]


def lines_answered(snapshot: Snapshot, piece: Piece, number: int, line: int, matcher: Matcher) -> Iterator[int]:
    """The lines of a demand that a line of a product, by its number in the register, answers."""
    for demand_line in _complete_lines(snapshot, piece):
        if any(hit.line == line for hit in matcher.hits(demand_line).get(number, ())):
            yield demand_line.line


def number_of(catalogue: Catalogue, path: str, header_row: int) -> int | None:
    """A product's number in the register; None for one that cannot be found there."""
    products = catalogue.register.products()
    return next((number for number, one in products if (one.path, one.row) == (path, header_row)), None)


def products_used(answer: Answer) -> Iterator[Used]:
    """The products that a demand's covers are made of, by identification."""
    for name in sorted(answer.covers.members())[:MOST]:
        used = use_of(answer, name)
        if used is not None:
            yield used


def use_of(answer: Answer, identification: str) -> Used | None:
    """What a product answers in the best cover that it is a member of; None where it is a member of none."""
    facts = answer.products.get(identification)
    cover = answer.covers.first_with(facts.number) if facts else None
    if cover is None:
        return None
    lines = (line for line, found in cover.lines.items() if any(match.product == identification for match in found))
    return Used(identification, tuple(lines))


def _complete_lines(snapshot: Snapshot, piece: Piece) -> Sequence[DemandLine]:
    """The lines of a demand that have a meaning in every field, as its groups read them."""
    from vkd_catalog.evaluation.demand import groups_of

    coded = snapshot.code(piece)
    if coded.kind != "demand":
        return ()
    complete = {sentence.line for sentence in coded.sentences if sentence.complete}
    groups = groups_of(coded, snapshot.catalogue.vocabularies)
    return [line for group in groups for line in group.lines if line.line in complete]
