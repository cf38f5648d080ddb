"""Document symbols: the descriptions of a document, and the lines in each."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from vkd_grammar.kinds import Kind
from vkd_grammar.syntax import CHARACTERISTIC, NAME, OBJECT_TYPE, Description, Sentence
from vkd_grammar.text import content


class LineSymbol(NamedTuple):
    """A sentence: what it says, its row and the columns it takes."""

    name: str
    row: int
    start: int
    end: int


class DescriptionSymbol(NamedTuple):
    """A description, from its first row to the end of `last_row`; `header_row` is where its name stands.

    Rows count from the description's first.
    """

    name: str
    detail: str
    kind: Kind | None
    header_row: int
    last_row: int
    lines: tuple[LineSymbol, ...]


def symbol_of(description: Description, lines: Sequence[str]) -> DescriptionSymbol | None:
    """A description as a symbol, given with its lines; text before the first header is none."""
    header = description.header
    if header is None:
        return None
    name = header.identification or (header.fields[1].text if len(header.fields) > 1 else header.fields[0].text)
    detail = header.fields[1].text if len(header.fields) > 1 else ""
    sentences = tuple(_lines(description, lines))
    last = max((entry.row for entry in header.entries), default=header.row)
    last_row = max([last, *(line.row for line in sentences)])
    return DescriptionSymbol(name or "?", detail, description.kind, header.row, last_row, sentences)


def _lines(description: Description, lines: Sequence[str]) -> Iterator[LineSymbol]:
    """The sentences, each by its object type, name and characteristic, with dittos replaced by what they repeat."""
    said = ["", "", ""]
    for sentence in description.sentences:
        said = _said(sentence, said)
        row, fields = sentence.row, sentence.fields
        name = " / ".join(said) if sentence.readable else content(lines[row]).strip()
        yield LineSymbol(name or "?", row, fields[0].start, fields[-1].end)


def _said(sentence: Sentence, above: list[str]) -> list[str]:
    if not sentence.readable:
        return ["", "", ""]
    places = (OBJECT_TYPE, NAME, CHARACTERISTIC)
    fields = [sentence.fields[place] for place in places]
    return [had if field.kind == "ditto" else field.text for field, had in zip(fields, above, strict=True)]
