"""Texts as PostgreSQL takes them: it has no NUL, and no half of a surrogate pair, which paths may hold."""

import re

_TAKEN_FOR_IT = "\1"
_NOT_STORED = re.compile("[\0\1\ud800-\udfff]")
_STORED = re.compile("\1([0-9a-f]{4})")


def stored(text: str) -> str:
    """A text as it is stored: what cannot be is its number in hexadecimal, after a character that nobody writes."""
    return _NOT_STORED.sub(lambda found: f"{_TAKEN_FOR_IT}{ord(found[0]):04x}", text)


def read(text: str) -> str:
    """A stored text as it was."""
    return _STORED.sub(lambda found: chr(int(found[1], 16)), text) if _TAKEN_FOR_IT in text else text
