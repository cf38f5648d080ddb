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
_LETTERS = {" ": f"{_BLANK}+", "å": "(?:å|a\u030a)", "i": "(?-i:[iI])"}
"""What the letters of a header type stand for beyond what `re` takes for the same in another case.

For `re` a dotless ı is an i in another case, for Unicode's case folding it is not; å may be two characters (NFC).
"""


def _spelling(word: str) -> str:
    """A pattern for a header type in any case and with any run of blanks."""
    return "".join(_LETTERS.get(letter, letter) for letter in word.lower())


# Letters as they are, under one flag: sets of letters take four times as long to compile, at every start.
_TYPES = f"(?i:{'|'.join(_spelling(header_type.word) for header_type in HEADER_TYPES)})"
_FIELD_END = rf"{_BLANK}*+(?:[/\r\n]|$)"
_HEADER = re.compile(
    # Possessive throughout: a line without end must not cost more than one pass.
    rf"{_BLANK}*+(?:0{_FIELD_END}|(?![#;])(?:[^/\\\r\n]++|\\[^\r\n])*+/{_BLANK}*+{_TYPES}{_FIELD_END})"
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
        if _HEADER.match(line):
            start = row if comments_from is None else comments_from
            if start > 0:
                found.append(start)
        comments_from = None
    return found
