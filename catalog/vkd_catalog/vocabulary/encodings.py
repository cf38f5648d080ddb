"""From the bytes of a vocabulary file to its text, also where a program saved it in another encoding than UTF-8.

A file is UTF-8 (docs/language.md section 1). One that is not is reported once, with the encoding it seems to have.
Its words are still read where possible, as each missing word would be reported again wherever it is used.
"""

from typing import Literal, NamedTuple

from vkd_grammar.text import decode, split_lines

_UTF_16_MARKS = (b"\xff\xfe", b"\xfe\xff")
_OTHERS = {"cp1252": "Windows-1252", "mac_roman": "Mac Roman", "cp850": "DOS 850"}
"""What spreadsheets in the Nordic countries save besides; the first is by far the likeliest."""

_LETTERS = "æøåäöéüÆØÅÄÖÉÜ"
_WORKBOOKS = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")
"""How zip files, as .xlsx and .ods are, begin, and the workbooks of old."""

_NO_TEXT = (b"%PDF-", b"\x1f\x8b", b"SQLite format 3\0", b"PAR1", b"\x89PNG", b"GIF8", b"\xff\xd8\xff")
_SAMPLE = 8192
_CONTROLS = bytes({*range(32), 127} - set(b"\t\n\r\x0b\x0c\x1b"))


class FileText(NamedTuple):
    """The text of a file as lines, and what is wrong with its bytes: a reason, with a place and further facts.

    `reason` is empty where all is well, `utf-8` where the text is read from another encoding, `workbook` or `not-text`
    where it cannot be read at all and there are no lines.
    """

    lines: tuple[str, ...]
    reason: Literal["", "utf-8", "workbook", "not-text"] = ""
    row: int = 0
    column: int = 0
    encoding: str = ""


def text_of(data: bytes) -> FileText:
    """The text of a file."""
    if data.startswith(_WORKBOOKS):
        return FileText((), "workbook")
    if data.startswith(_NO_TEXT):
        return FileText((), "not-text")
    if (wide := _utf_16(data)) is not None:
        return FileText(tuple(split_lines(wide)), "utf-8", encoding="UTF-16")
    if _is_binary(data):
        return FileText((), "not-text")
    text, faults = decode(data)
    if not faults:
        return FileText(tuple(split_lines(text)))
    name = max(_OTHERS, key=lambda one: _letters_in(data, one))
    lines = tuple(split_lines("".join(_line(line, name) for line in data.splitlines(keepends=True))))
    return FileText(lines, "utf-8", *faults[0].position, _OTHERS[name])


def _utf_16(data: bytes) -> str | None:
    """A text in UTF-16, as spreadsheets save "Unicode text"; None where it is none."""
    if data.startswith(_UTF_16_MARKS):
        name = "utf-16"
    elif data[1:_SAMPLE:2].count(0) * 4 > len(data[:_SAMPLE]):
        name = "utf-16-le"
    elif data[0:_SAMPLE:2].count(0) * 4 > len(data[:_SAMPLE]):
        name = "utf-16-be"
    else:
        return None
    try:
        text = data.decode(name)
    except UnicodeDecodeError:
        return None
    return None if "\0" in text else text


def _is_binary(data: bytes) -> bool:
    sample = data[:_SAMPLE]
    controls = len(sample) - len(sample.translate(None, _CONTROLS))
    return controls * 20 > len(sample)


def _letters_in(data: bytes, name: str) -> int:
    text = data[: 16 * _SAMPLE].decode(name, "replace")
    return sum(text.count(letter) for letter in _LETTERS)


def _line(line: bytes, name: str) -> str:
    # A line that is UTF-8 after all is read so: rows of two files may have been put together.
    try:
        return line.decode("utf-8").removeprefix("\ufeff")
    except UnicodeDecodeError:
        return line.decode(name, "replace")
