"""The kinds and identifications of a text's descriptions, from their headers alone: a hundred times faster than
parsing."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple

from vkd_grammar.cut import is_header
from vkd_grammar.escapes import unescape, without_blanks_after
from vkd_grammar.kinds import Kind, header_type
from vkd_grammar.text import BLANKS, content

if TYPE_CHECKING:
    from vkd_grammar.document import Document

_FIELD = re.compile(r"(?:[^/\\]|\\(?:.|$))*+")


class Heading(NamedTuple):
    """A header: the number of its description, its row in the document, the kind it states and the identification."""

    number: int
    row: int
    kind: Kind
    identification: str


def headings(document: Document) -> Iterator[Heading]:
    """The headers of a document whose type is known, in order."""
    for index, start in enumerate(document.rows):
        for row, line in enumerate(document.piece_lines(index), start=start):
            if is_header(line):
                kind, identification = read_header(line)
                if kind is not None:
                    yield Heading(index, row, kind, identification)
                break


def read_header(line: str) -> tuple[Kind | None, str]:
    """The kind and the identification that a header line states; None and an empty text for what is missing or not
    known."""
    header = content(line)
    fields: list[str] = []
    at = 0
    while len(fields) < 3 and at <= len(header):
        match = _FIELD.match(header, at)
        end = match.end() if match else at
        fields.append(without_blanks_after(header[at:end].lstrip(BLANKS)))
        at = end + 1
    known = header_type(unescape(fields[1])) if len(fields) > 1 else None
    return (known.kind, unescape(fields[2]) if len(fields) > 2 else "") if known else (None, "")
