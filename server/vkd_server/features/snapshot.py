"""What a feature answers from: one document at one moment, and the catalogue it is read against."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from vkd_grammar.syntax import Description, Sentence
from vkd_grammar.text import content

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from vkd_catalog.catalogue import Catalogue, Namesakes, ProductPlace
    from vkd_catalog.coding import CodedDescription, CodedSentence
    from vkd_grammar.document import Document
    from vkd_server.features.held import HeldProduct
    from vkd_server.features.lexicon import Lexicon


class Snapshot(NamedTuple):
    """One document as it stands; `path` is relative to the catalogue's root, as diagnostics and answers name it.

    `places` finds the products of an identification that are described in this document, and `held` tells of a
    description, by its number, what was found when it was held to its data; None where it was not since its last edit.
    """

    document: Document
    path: str
    catalogue: Catalogue
    lexicon: Lexicon
    places: Callable[[str], Sequence[ProductPlace]]
    held: Callable[[int], HeldProduct | None] = lambda _number: None

    def namesakes(self, identification: str) -> Namesakes:
        """How many products have an identification, and the first two places of them."""
        from vkd_catalog.catalogue import namesakes_of

        return namesakes_of(self.places(identification))

    def line(self, row: int) -> str:
        """A line without its end; empty past the end of the document."""
        lines = self.document.lines
        return content(lines[row]) if row < len(lines) else ""

    def piece_at(self, row: int) -> Piece | None:
        """The description a row belongs to; None in an empty document."""
        if not self.document.descriptions:
            return None
        index = self.document.index_at(row)
        return self.piece(index)

    def piece(self, index: int) -> Piece:
        """One description of the document, with its place in it."""
        document = self.document
        return Piece(index, document.rows[index], document.descriptions[index], document.piece_lines(index))

    def code(self, piece: Piece) -> CodedDescription:
        """A description with the codes of its fields."""
        return self.catalogue.coder.code(piece.description)


class Piece(NamedTuple):
    """One description of a document: its index, and the row where it starts; the description's own rows count from
    there."""

    number: int
    row: int
    description: Description
    lines: tuple[str, ...]

    def sentence_at(self, row: int) -> Sentence | None:
        """The sentence on a row of the document."""
        return next((one for one in self.description.sentences if one.row == row - self.row), None)

    def is_header_at(self, row: int) -> bool:
        """Whether a row of the document is this description's header, the lines it goes on over included."""
        header = self.description.header
        if header is None:
            return False
        last = max((entry.row for entry in header.entries), default=header.row)
        return header.row <= row - self.row <= last


def coded_at(coded: CodedDescription, sentence: Sentence) -> CodedSentence | None:
    """A sentence's meaning; None for a line that cannot be read."""
    return next((one for one in coded.sentences if one.sentence is sentence), None)
