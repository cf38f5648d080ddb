"""Text, lines and positions: the one module that does position arithmetic.

Inside vkd a place is a row and a column, both counted from 0, columns in Unicode code points. Other units (UTF-8 bytes,
UTF-16 units, columns counted from 1) exist only where text comes in or goes out, and are converted here.
"""

import re
from typing import Literal, NamedTuple

Encoding = Literal["utf-8", "utf-16", "utf-32"]

BLANKS = " \t\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000"
"""What counts as a blank: tab and the Unicode space separators. U+2028, U+0085 and form feed are not among them."""

_MOST_FAULTS = 1000
"""How many undecodable runs are listed: a file in another encoding has as many as it has letters beyond ASCII."""

_LONGEST_SEARCHED = 10_000
"""Bytes; of a longer line only the first undecodable run is listed."""

_TWO_UNITS = re.compile("[\U00010000-\U0010ffff]")
"""What takes two units of UTF-16; so does nothing else."""

_LINE = re.compile(r"[^\r\n]*(?:\r\n|\n|\r)|[^\r\n]+")


class Position(NamedTuple):
    """A place in a document: `row` and `column` from 0, the column in code points."""

    row: int
    column: int


class Span(NamedTuple):
    """A stretch of text from `start` to `end`, the end exclusive."""

    start: Position
    end: Position


class Undecodable(NamedTuple):
    """One run of bytes that is not UTF-8: its place in the decoded text and the first byte's value."""

    position: Position
    byte: int


def split_lines(text: str) -> list[str]:
    r"""Cut text into lines that keep their ends, so that joining them gives the text back.

    Lines end at `\r\n`, `\n` and `\r` only (LSP 3.17, "Text Documents"); U+2028, U+0085 and form feed do not end one.
    """
    return _LINE.findall(text)


def content(line: str) -> str:
    """A line without its end."""
    return line.rstrip("\r\n")


def decode(data: bytes) -> tuple[str, tuple[Undecodable, ...]]:
    """Read bytes as UTF-8, a byte order mark left out; nothing is lost but what cannot be read.

    Each undecodable run becomes one U+FFFD; the places of the first are reported (docs/language.md section 1, VKD009).
    """
    if data.startswith(b"\xef\xbb\xbf"):
        data = data[3:]
    try:
        return data.decode("utf-8"), ()
    except UnicodeDecodeError:
        return _decode_with_faults(data)


def _decode_with_faults(data: bytes) -> tuple[str, tuple[Undecodable, ...]]:
    parts: list[str] = []
    faults: list[Undecodable] = []
    for row, line in enumerate(data.splitlines(keepends=True)):
        column = 0
        while line:
            listed = len(faults) < _MOST_FAULTS and len(line) <= _LONGEST_SEARCHED
            try:
                good, rest = line.decode("utf-8"), b""
            except UnicodeDecodeError as error:
                faults.extend(_fault(row, column, line, error.start) if len(faults) < _MOST_FAULTS else ())
                end = error.end if listed else len(line)
                good, rest = line[:end].decode("utf-8", "replace"), line[end:]
            parts.append(good)
            column += len(good)
            line = rest
    return "".join(parts), tuple(faults)


def _fault(row: int, column: int, line: bytes, start: int) -> tuple[Undecodable, ...]:
    return (Undecodable(Position(row, column + len(line[:start].decode("utf-8"))), line[start]),)


def counts_alike(line: str, encoding: Encoding) -> bool:
    """Whether every character of a line is one code unit, so that columns are the same in both ways of counting."""
    return encoding == "utf-32" or line.isascii() or (encoding == "utf-16" and not _TWO_UNITS.search(line))


def column_from_units(line: str, units: int, encoding: Encoding) -> int:
    """The code point column that lies `units` code units into a line; past the end means the end.

    A count that falls inside a character means that character's start (LSP 3.17, "Position").
    """
    if counts_alike(line, encoding):
        return max(0, min(units, len(line)))
    seen = 0
    for column, character in enumerate(line):
        width = _width(character, encoding)
        if seen + width > units:
            return column
        seen += width
    return len(line)


def units_from_column(line: str, column: int, encoding: Encoding) -> int:
    """How many code units of `encoding` stand before a code point column of a line."""
    if counts_alike(line, encoding):
        return min(column, len(line))
    codec, width = ("utf-16-le", 2) if encoding == "utf-16" else ("utf-8", 1)
    return len(line[:column].encode(codec, "surrogatepass")) // width


def _width(character: str, encoding: Encoding) -> int:
    number = ord(character)
    if encoding == "utf-16":
        return 2 if number > 0xFFFF else 1
    return 1 if number < 0x80 else 2 if number < 0x800 else 3 if number < 0x10000 else 4
