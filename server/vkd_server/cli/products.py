"""Which products a text describes, found by their headers alone: what VKD404 needs of files that are not checked."""

import re

from vkd_grammar.cut import is_header
from vkd_grammar.escapes import unescape
from vkd_grammar.kinds import header_type
from vkd_grammar.text import BLANKS, content, split_lines

_FIELD = re.compile(r"(?:[^/\\]|\\.)*+")


def products_in(text: str) -> tuple[tuple[str, int], ...]:
    """The identification of every product in a text, with the row of its header."""
    return tuple(
        (identification, row)
        for row, line in enumerate(split_lines(text))
        if is_header(line) and (identification := _identification(content(line)))
    )


def _identification(header: str) -> str:
    """The identification that a product's header states; empty where it states none or is no product's."""
    fields: list[str] = []
    at = 0
    while len(fields) < 3 and at <= len(header):
        match = _FIELD.match(header, at)
        end = match.end() if match else at
        fields.append(header[at:end].strip(BLANKS))
        at = end + 1
    kind = header_type(fields[1]) if len(fields) == 3 else None
    return unescape(fields[2]) if kind is not None and kind.kind == "product" else ""
