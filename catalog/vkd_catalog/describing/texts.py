"""Text of a source as it can stand in what is drafted: in a comment, as a word, in a cell, in technical data."""

import re

from vkd_grammar.problems import UNREADABLE

_MARKS_OF_DIRECTION = re.compile("[\u061c\u200b\u200e\u200f\u202a-\u202e\u2066-\u2069]")
_LONGEST = 200
"""Code points; a longer text is no word and no comment that anybody reads."""


def plain(text: str) -> str:
    """A text on one line, without what no description may hold."""
    return " ".join(_MARKS_OF_DIRECTION.sub("", UNREADABLE.sub(" ", text)).split())


def shortened(text: str) -> str:
    """A plain text as it begins, where it is long."""
    said = plain(text)
    return said if len(said) <= _LONGEST else f"{said[: _LONGEST - 1]}…"


def cell(text: str) -> str:
    """A plain text as one value of a list in a vocabulary, where `|` parts values."""
    return plain(text).replace("|", "¦")
