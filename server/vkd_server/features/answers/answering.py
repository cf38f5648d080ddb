"""Which products' lines answer which demands' lines, and which products a demand's answer uses."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple

from vkd_grammar.syntax import NUMBER, OPERATOR
from vkd_grammar.text import Position

if TYPE_CHECKING:
    from vkd_catalog.catalogue import Catalogue
    from vkd_catalog.evaluation import Answer
    from vkd_catalog.evaluation.hits import HitsByProduct
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
    """The line whose number or operator is at a position. These fields name nothing themselves, so they stand for the
    line."""
    piece = snapshot.piece_at(position.row)
    for line, sentence in enumerate(piece.description.sentences if piece else (), start=1):
        if piece is not None and piece.row + sentence.row == position.row and sentence.readable:
            here = (sentence.fields[place] for place in (NUMBER, OPERATOR))
            if any(field.start <= position.column <= field.end for field in here):
                return LineAt(piece, line)
    return None


def row_of_line(piece: Piece, line: int) -> int | None:
    """The row of a line in its document; None where the description has fewer lines."""
    sentences = piece.description.sentences
    return piece.row + sentences[line - 1].row if 1 <= line <= len(sentences) else None


def new_matcher(catalogue: Catalogue) -> Matcher:
    """A matcher of demands' lines against a catalogue's register."""
    from vkd_catalog.evaluation.matching import Matcher

    return Matcher(catalogue.register, catalogue.vocabularies)


def product_lines(snapshot: Snapshot, at: LineAt) -> list[ProductLine]:
    """The lines of products that answer a line of a demand, the best first; none where it has no meaning yet."""
    from vkd_catalog.evaluation.found import RANKS

    catalogue = snapshot.catalogue
    found = [
        (RANKS[hit.grade], number, hit.line)
        for line, by_product in _answered(snapshot, at.piece, new_matcher(catalogue))
        if line == at.line
        for number, hits in by_product.items()
        for hit in hits
    ]
    products = ((catalogue.register.product(number), line) for _, number, line in sorted(found)[:MOST])
    return [ProductLine(product.path, product.row, line) for product, line in products]


def lines_answered(snapshot: Snapshot, piece: Piece, number: int, line: int, matcher: Matcher) -> Iterator[int]:
    """The lines of a demand that a line of a product, by its number in the register, answers."""
    for demand_line, by_product in _answered(snapshot, piece, matcher):
        if any(hit.line == line for hit in by_product.get(number, ())):
            yield demand_line


def number_of(catalogue: Catalogue, identification: str, path: str, header_row: int) -> int | None:
    """The number in the register of the product whose header stands somewhere; None for one that cannot be found."""
    number = catalogue.register.numbered(identification)
    found = None if number is None else catalogue.register.product(number)
    return number if found and (found.path, found.row) == (path, header_row) else None


def products_used(answer: Answer) -> Iterator[Used]:
    """The products that a demand's covers are made of, by identification."""
    for name in sorted(answer.covers.members())[:MOST]:
        used = use_of(answer, name)
        if used is not None:
            yield used


def use_of(answer: Answer, identification: str) -> Used | None:
    """What a product answers in the best cover that it is a member of; None where it is a member of none."""
    facts = answer.products.get(identification)
    cover = answer.covers.first_with((facts.number,)) if facts else None
    if cover is None:
        return None
    lines = (line for line, found in cover.lines.items() if any(match.product == identification for match in found))
    return Used(identification, tuple(lines))


def _answered(snapshot: Snapshot, piece: Piece, matcher: Matcher) -> Iterator[tuple[int, HitsByProduct]]:
    """The lines of a demand that have a meaning in every field, by number, each with what answers it.

    For lines that ask for a table which no product is, it is what the table can be computed from, where there is that.
    """
    from vkd_catalog.evaluation.candidates import Candidates
    from vkd_catalog.evaluation.demand import groups_of

    coded = snapshot.code(piece)
    if coded.kind != "demand":
        return
    vocabularies, register = snapshot.catalogue.vocabularies, snapshot.catalogue.register
    complete = {sentence.line for sentence in coded.sentences if sentence.complete}
    for group in groups_of(coded, vocabularies):
        lines = [line for line in group.lines if line.line in complete]
        candidates = Candidates([one for one in lines if not one.negated], register, vocabularies, matcher)
        hits: dict[int, HitsByProduct] = {line.line: matcher.hits(line) for line in lines if line.negated}
        hits |= {line.line: found for line, found in candidates.hits.items()}
        for table in candidates.tables:
            if made := candidates.computed(table).hits:
                hits |= {line.line: {**made, **hits[line.line]} for line in table.lines}
        yield from hits.items()
