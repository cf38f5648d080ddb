"""Where a sentence of a product stands in its file: the register keeps the row of the header alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from vkd_grammar.document import Document


def row_of_sentence(document: Document, header: int, line: int) -> int:
    """The row of a sentence by its number from 1, in the description whose header stands on a row; that row for line 0,
    and where there is no such sentence."""
    if line == 0 or not document.descriptions:
        return header
    index = document.index_at(header)
    sentences = document.descriptions[index].sentences
    return document.rows[index] + sentences[line - 1].row if line <= len(sentences) else header
