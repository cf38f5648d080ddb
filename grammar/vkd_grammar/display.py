"""A text as it can be shown: nothing in it that a terminal obeys, or that turns around what stands beside it.

What is taken away leaves U+FFFD behind, so that one sees that something stood there.
"""

import re

_OBEYED = re.compile(
    # Controls but for tabs and the ends of lines, marks of direction (UAX 9), separators, halves of surrogate pairs.
    "[\0-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff\ud800-\udfff]|\r(?!\n)"
)
_ENDS_A_LINE = re.compile("[\t\r\n]")
_REPLACED = "\ufffd"


def harmless(text: str) -> str:
    """A text with its control characters made harmless, its line breaks kept."""
    return _OBEYED.sub(_REPLACED, text)


def harmless_line(text: str) -> str:
    """A text with its control characters and its line breaks made harmless, so that it stays on one line."""
    return _ENDS_A_LINE.sub(_REPLACED, harmless(text))


def harmless_json(text: str) -> str:
    """JSON that says the same with its control characters escaped; they can only stand inside its strings."""
    return _OBEYED.sub(lambda match: f"\\u{ord(match[0]):04x}", text)
