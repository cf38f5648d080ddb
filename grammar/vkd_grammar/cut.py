"""Cutting a document into descriptions, before anything is parsed.

The description is the unit of work: a keystroke costs what its description costs. A piece starts at a header, or at the
comment lines directly above it. That concatenating the parsed pieces equals parsing the whole is kept by
`tests/grammar/test_cut.py`.
"""

import re
from collections.abc import Sequence

from vkd_grammar.kinds import HEADER_TYPES
from vkd_grammar.text import BLANKS

_BLANK = f"[{BLANKS}]"


def _spelling(word: str) -> str:
    """A pattern for a header type in any case, any run of blanks, and with å as one character or as two."""
    return "".join(f"{_BLANK}+" if c == " " else "(?:å|a\u030a)" if c == "å" else re.escape(c) for c in word)


_TYPES = "|".join(_spelling(header_type.word) for header_type in HEADER_TYPES)
_HEADER = re.compile(
    rf"{_BLANK}*(?:0{_BLANK}*/|(?![#;])(?:[^/\\\r\n]|\\.)*/{_BLANK}*(?:{_TYPES}){_BLANK}*(?:[/\r\n]|$))",
    re.IGNORECASE,
)
_COMMENT = re.compile(f"{_BLANK}*#")


def is_header(line: str) -> bool:
    """Whether a line opens a description: its number is 0, or its second field is a header type."""
    return _HEADER.match(line) is not None


def starts(lines: Sequence[str]) -> list[int]:
    """The row at which each piece starts; the first is always 0, for a document has at least one piece."""
    found = [0]
    comments_from: int | None = None
    for row, line in enumerate(lines):
        if "#" in line and _COMMENT.match(line):
            comments_from = row if comments_from is None else comments_from
            continue
        if "/" in line and _HEADER.match(line):
            start = row if comments_from is None else comments_from
            if start > 0:
                found.append(start)
        comments_from = None
    return found
