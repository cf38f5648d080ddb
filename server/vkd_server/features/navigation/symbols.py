"""Document symbols: the descriptions of a document, and the lines in each."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from vkd_grammar.kinds import Kind
from vkd_grammar.sentences import said_by_each
from vkd_grammar.syntax import Description
from vkd_grammar.text import content
from vkd_server.features.phrases import stated

_TIMELESS = 3
"""How many of a sentence's terms a symbol names: all but its time."""


class LineSymbol(NamedTuple):
    """A sentence: what it says, its row and the columns it takes."""

    name: str
    row: int
    start: int
    end: int


class DescriptionSymbol(NamedTuple):
    """A description, from its first row to the end of `last_row`; `header_row` is where its name stands, `collection`
    what it is an edition of.

    Rows count from the description's first.
    """

    name: str
    detail: str
    kind: Kind | None
    header_row: int
    last_row: int
    lines: tuple[LineSymbol, ...]
    collection: str


def symbol_of(description: Description, lines: Sequence[str]) -> DescriptionSymbol | None:
    """A description as a symbol, given with its lines; text before the first header is none."""
    header = description.header
    if header is None:
        return None
    name = header.identification or (header.fields[1].text if len(header.fields) > 1 else header.fields[0].text)
    detail = header.fields[1].text if len(header.fields) > 1 else ""
    title = stated(description, "title")
    sentences = tuple(_lines(description, lines))
    last = max((entry.row for entry in header.entries), default=header.row)
    last_row = max([last, *(line.row for line in sentences)])
    return DescriptionSymbol(
        name or "?",
        f"{title} – {detail}" if title else detail,
        description.kind,
        header.row,
        last_row,
        sentences,
        stated(description, "collection"),
    )


def _lines(description: Description, lines: Sequence[str]) -> Iterator[LineSymbol]:
    """The sentences, each by its object type, name and characteristic, with dittos replaced by what they repeat."""
    said = {one.row: terms for one, terms in said_by_each(description.sentences, lambda _, field: field.text, "")}
    for sentence in description.sentences:
        row, fields = sentence.row, sentence.fields
        name = " / ".join(said[row][:_TIMELESS]) if row in said else content(lines[row]).strip()
        yield LineSymbol(name or "?", row, fields[0].start, fields[-1].end)
