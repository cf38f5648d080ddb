"""Separated text: CSV with any separator and encoding, of which the beginning shows both."""

import codecs
import csv
from collections.abc import Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import NamedTuple

from vkd_catalog.describing.grid import Grid, table_in
from vkd_catalog.describing.table import MOST_ROWS, Table, UnreadableError
from vkd_catalog.files import read_beginning

MOST_BYTES = 16 * 1024 * 1024
"""So much of a file is looked at."""

SEPARATORS = ";,\t|:~^"
"""What may stand between cells, the likeliest first."""

_SEPARATOR_NAMES = {"\t": "tab"}
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_ONE_BYTE = ("cp1252", "mac_roman", "cp850")
"""What programs in the Nordic countries write besides Unicode, the likeliest first; where cp1252 cannot be, latin-1
can."""

_LETTERS = "æøåäöéüÆØÅÄÖÉÜ"
_SAMPLE = 256 * 1024
_CONTROLS = bytes({*range(32), 127} - set(b"\t\n\r\x0b\x0c\x1a\x1b"))
_BINARY = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"%PDF-", b"\x1f\x8b", b"SQLite format 3\0", b"PAR1", b"$FL2", b"$FL3")
_LINES = 60
"""So many lines show what separates their cells."""


class Sniffed(NamedTuple):
    """What a text's beginning shows: the separator, and how many cells most of its lines have then."""

    separator: str
    width: int


def read(path: Path) -> Table:
    """The table in a text file. Raises UnreadableError where it is no text, or no table."""
    data, whole = read_beginning(path, MOST_BYTES)
    encoding = encoding_of(data)
    if encoding is None:
        raise UnreadableError(path, "is no text, though its name says so")
    lines = _lines(data, encoding, whole=whole)
    if not any(map(str.strip, lines)):
        raise UnreadableError(path, "is empty")
    declared = _declared(lines[0])
    separator = declared or sniffed(lines).separator
    first = 2 if declared else 1
    rows = _rows(path, lines[1:] if declared else lines, separator, first)
    grid = Grid(rows[: MOST_ROWS + 1], whole and len(rows) <= MOST_ROWS + 1, first)
    how = (encoding.removesuffix("-sig"), _SEPARATOR_NAMES.get(separator, separator))
    return table_in(path, "csv", grid, how)


def encoding_of(data: bytes) -> str | None:
    """The encoding that the beginning of a file is in; None where it is no text."""
    for mark, name in _MARKS:
        if data.startswith(mark):
            return name
    if data.startswith(_BINARY):
        return None
    sample = data[:_SAMPLE]
    if wide := _wide(sample):
        return wide
    if len(sample) - len(sample.translate(None, _CONTROLS)) > len(sample) / 20:
        return None
    if _is_utf_8(data):
        return "utf-8"
    best = max(_ONE_BYTE, key=lambda name: (_letters(sample, name), -_ONE_BYTE.index(name)))
    return best if best != "cp1252" or _decodes(data, "cp1252") else "latin-1"


def sniffed(lines: Sequence[str]) -> Sniffed:
    """What separates the cells of some lines: that by which most of them have as many cells as each other, and many."""
    filled = list(islice((line for line in lines if line.strip()), _LINES))
    return max((_by(separator, filled) for separator in SEPARATORS), key=lambda one: one[:3])[3]


def _by(separator: str, lines: Sequence[str]) -> tuple[float, int, int, Sniffed]:
    """How well a separator does: the share of lines of one width, that width, its place in the order, and what it
    shows."""
    try:
        widths = [len(row) for row in csv.reader(lines, delimiter=separator) if row]
    except csv.Error:
        widths = []
    wide = [width for width in widths if width > 1]
    if not wide:
        return 0.0, 1, -SEPARATORS.index(separator), Sniffed(separator, 1)
    width = max(set(wide), key=lambda one: (wide.count(one), one))
    # The header counts twice: a decimal comma stands in rows, and not in it.
    share = (wide.count(width) + (widths[0] == width)) / (len(widths) + 1)
    return round(share, 1), width, -SEPARATORS.index(separator), Sniffed(separator, width)


def _declared(line: str) -> str:
    """The separator that a first line `sep=;` declares; empty where it declares none."""
    text = line.strip().strip('"')
    return text[4:] if text.lower().startswith("sep=") and len(text) == 5 else ""


def _rows(path: Path, lines: Sequence[str], separator: str, first: int) -> list[list[str]]:
    reader = csv.reader(_closed(lines), delimiter=separator)
    rows: list[list[str]] = []
    try:
        rows.extend(islice(reader, MOST_ROWS + 2))
    except csv.Error as error:
        raise UnreadableError(path, str(error), f"line {reader.line_num + first - 1}") from error
    return rows


def _closed(lines: Sequence[str]) -> Iterator[str]:
    # A file that was cut in the middle of a quoted cell ends it all the same.
    yield from lines


def _lines(data: bytes, encoding: str, *, whole: bool) -> list[str]:
    text = data.decode(encoding, "replace" if whole else "ignore")
    lines = text.removeprefix("\ufeff").splitlines(keepends=True)
    return lines if whole or len(lines) < 2 else lines[:-1]


def _wide(sample: bytes) -> str:
    """UTF-16 without a mark, where every other byte of Latin letters is nothing."""
    half = len(sample) // 2
    for name, zeros in (("utf-16-le", sample[1::2]), ("utf-16-be", sample[0::2])):
        if half and zeros.count(0) * 2 > half:
            return name
    return ""


def _is_utf_8(data: bytes) -> bool:
    try:
        codecs.getincrementaldecoder("utf-8")().decode(data)
    except UnicodeDecodeError:
        return False
    return True


def _decodes(data: bytes, encoding: str) -> bool:
    try:
        data.decode(encoding)
    except UnicodeDecodeError:
        return False
    return True


def _letters(sample: bytes, encoding: str) -> int:
    text = sample.decode(encoding, "replace")
    return sum(text.count(letter) for letter in _LETTERS)
