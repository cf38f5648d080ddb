"""Where the cursor is: which field of which line, what has been typed of it, and what would be replaced."""

from __future__ import annotations

from typing import NamedTuple

from vkd_grammar.text import BLANKS

_LONGEST_LINE = 20_000
"""Code points; a line beyond that is nobody's typing, and reading it at each keystroke would be felt."""


class FieldAt(NamedTuple):
    """The field of a line that the cursor is in: `start` to `end` are its columns without blanks, `typed` its text up
    to the cursor.

    `glued` says that the cursor stands right behind the slash, so that a blank must come before what is inserted.
    """

    place: int
    start: int
    end: int
    typed: str
    text: str
    glued: bool


def field_at(line: str, column: int) -> FieldAt | None:
    """The field of a line that a column is in, fields being what unescaped slashes part; None in a line too long."""
    if len(line) > _LONGEST_LINE:
        return None
    slashes = _slashes(line)
    place = sum(1 for slash in slashes if slash < column)
    first = slashes[place - 1] + 1 if place else 0
    last = slashes[place] if place < len(slashes) else len(line)
    return _trimmed(line, place, first, last, column)


def part_at(line: str, column: int, first: int, last: int, separators: str) -> FieldAt:
    """The part of a stretch of a line that a column is in, parts being what separators part; `place` counts parts."""
    cuts = [at for at in range(first, last) if line[at] in separators and not _escaped(line, at)]
    place = sum(1 for cut in cuts if cut < column)
    start = cuts[place - 1] + 1 if place else first
    end = cuts[place] if place < len(cuts) else last
    return _trimmed(line, place, start, end, column)


def _trimmed(line: str, place: int, first: int, last: int, column: int) -> FieldAt:
    segment = line[first:last]
    text = segment.strip(BLANKS)
    if not text:
        return FieldAt(place, column, column, "", "", place > 0 and column == first)
    start = first + len(segment) - len(segment.lstrip(BLANKS))
    end = start + len(text)
    if column < start or column > end:
        # The cursor is in the blanks around a word: what comes would be glued to it, so the whole word is replaced.
        return FieldAt(place, start, end, text if column > end else "", text, False)
    return FieldAt(place, start, end, line[start:column], text, place > 0 and start == first)


def _slashes(line: str) -> list[int]:
    return [at for at, character in enumerate(line) if character == "/" and not _escaped(line, at)]


def _escaped(line: str, at: int) -> bool:
    backslashes = 0
    while at > backslashes and line[at - backslashes - 1] == "\\":
        backslashes += 1
    return backslashes % 2 == 1
