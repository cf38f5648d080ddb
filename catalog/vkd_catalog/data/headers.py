"""The first line of a CSV file: what its columns are called, and how the rest is to be read."""

import csv
import gzip
import re
from collections.abc import Sequence
from contextlib import suppress
from typing import Literal, NamedTuple

from vkd_catalog.data.faults import CannotRead, Unreadable
from vkd_catalog.files import reason_of
from vkd_grammar.text import BLANKS

_LONGEST_HEADER = 1 << 20
_SEPARATORS = ",;\t|"
_DECLARATION = re.compile(r'"?sep=([,;\t|])"?[,;\t|]*', re.IGNORECASE)
_NOT_TEXT = (b"PAR1", b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"%PDF-", b"SQLite format 3\0")


class Header(NamedTuple):
    """The first line of a CSV file: its columns, what stands between cells, the lines to skip above it, and how the
    file is compressed."""

    columns: tuple[str, ...]
    separator: str
    skipped: int
    compression: Literal["none", "gzip"]


def header_of(path: str) -> Header:
    head, compression = _head(path)
    if head.startswith(_NOT_TEXT):
        raise CannotRead(Unreadable("other-form"))
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise CannotRead(Unreadable("utf-16"))
    lines = _complete_lines(head)
    filled = [at for at, line in enumerate(lines) if line.strip(b"\xef\xbb\xbf \t\r\n")]
    if not filled:
        raise CannotRead(Unreadable("empty"))
    declared = _DECLARATION.fullmatch(_decoded(lines[filled[0]], filled[0]).strip("\ufeff \r\n"))
    start = filled[1] if declared and len(filled) > 1 else filled[0]
    texts = [_decoded(line, at) for at, line in enumerate(lines[start:], start)]
    texts[0] = texts[0].removeprefix("\ufeff")
    separators = (declared[1],) if declared else _SEPARATORS
    header, separator = max(((_records(texts, one), one) for one in separators), key=_likeliness)
    if not header:
        raise CannotRead(Unreadable("quote", start + 1))
    return Header(tuple(column.strip(BLANKS) for column in header[0]), separator, start, compression)


def _records(lines: Sequence[str], separator: str) -> list[list[str]]:
    """The first two records of some lines, or those of them before a quote that is not closed."""
    read: list[list[str]] = []
    with suppress(csv.Error):
        for record in filter(None, csv.reader(lines, delimiter=separator, strict=True)):
            read.append(record)
            if len(read) == 2:
                break
    return read


def _likeliness(read: tuple[list[list[str]], str]) -> tuple[bool, int]:
    """How likely a separator is the right one, of a header and the record below it as it reads them: where it parts
    both into as many cells, and into how many."""
    widths = [len(record) for record in read[0]]
    return len(widths) == 2 and widths[0] == widths[1] > 1, widths[0] if widths else 0


def _head(path: str) -> tuple[bytes, Literal["none", "gzip"]]:
    """The beginning of a file, unpacked where it is packed."""
    try:
        with open(path, "rb") as file:
            packed = file.read(2) == b"\x1f\x8b"
            file.seek(0)
            if not packed:
                return file.read(_LONGEST_HEADER), "none"
            with gzip.GzipFile(fileobj=file) as unpacked:
                return unpacked.read1(_LONGEST_HEADER), "gzip"
    except EOFError:
        raise CannotRead(Unreadable("broken")) from None
    except gzip.BadGzipFile:
        raise CannotRead(Unreadable("broken")) from None
    except OSError as error:
        raise CannotRead(Unreadable(reason_of(error))) from None


def _complete_lines(head: bytes) -> list[bytes]:
    """The lines of a file's beginning; the last is left out where it may go on."""
    lines = head.splitlines(keepends=True)
    if len(head) < _LONGEST_HEADER:
        return lines
    if len(lines) < 2:
        raise CannotRead(Unreadable("long", 1))
    return lines[:-1]


def _decoded(line: bytes, at: int) -> str:
    try:
        return line.decode("utf-8")
    except UnicodeDecodeError:
        raise CannotRead(Unreadable("utf-8", at + 1)) from None
