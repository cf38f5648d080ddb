"""Formatting lines without parsing them: what nearly every line is. What is not plain is left to `format`."""

import re
from collections.abc import Sequence

from vkd_grammar.parser import LONGEST_LINE
from vkd_grammar.text import BLANKS, content

WIDEST = 100
"""Display columns; a wider field sticks out, and the fields under it are aligned without it."""

LATIN = re.compile("[ -~\u00a0-\u00ac\u00ae-\u02ff]*")
"""Characters that take one column each: what nearly every word is made of."""

_FIELDS = 6


def plain_header(line: str) -> str | None:
    """A header, formatted, that opens a description and states its type, its identification and at least one entry;
    None where the line is something else, or is not plain."""
    text = content(line)
    parts = text.split("/", 3)
    if len(parts) != 4 or not _is_plain(line, text) or parts[0].strip(BLANKS) != "0":
        return None
    word, identification = parts[1].strip(BLANKS), parts[2].strip(BLANKS)
    entries = []
    for stated in parts[3].split(";"):
        key, _, value = stated.partition("=")
        key, value = key.strip(BLANKS), value.strip(BLANKS)
        if not key or not value:
            return None
        entries.append(f"{key}={value}")
    if not word or not identification:
        return None
    return f"0 / {word} / {identification} / {'; '.join(entries)}{line[len(text) :]}"


def plain_lines(lines: Sequence[str]) -> tuple[str, ...] | None:
    """The lines below a plain header, formatted; None where some are not plain."""
    rows: dict[int, list[str]] = {}
    formatted: list[str] = []
    for row, line in enumerate(lines):
        text = content(line)
        said = text.strip(BLANKS)
        formatted.append(said)
        if said[:1] == "#" or not said:
            if not _has_plain_end(line, text):
                return None
            continue
        parts = text.split("/")
        if len(parts) != _FIELDS or said[0] == ";" or not _is_plain(line, text) or not LATIN.fullmatch(text):
            return None
        rows[row] = [part.strip(BLANKS) for part in parts]
    if rows:
        laid_out = _layout(list(rows.values()))
        if laid_out is None:
            return None
        for row, fields in rows.items():
            formatted[row] = laid_out.format(*fields)
    return tuple(said + line[len(content(line)) :] for said, line in zip(formatted, lines, strict=True))


def _layout(rows: Sequence[Sequence[str]]) -> str | None:
    """What lays the fields of a line out in columns; None where a column, or a last field, is empty."""
    widths = [[len(field) for field in column] for column in zip(*rows, strict=True)]
    widest = [max((width for width in column if width <= WIDEST), default=0) for column in widths]
    if not all(widest[:-1]) or not all(widths[-1]):
        return None
    return " / ".join([*(f"{{:{width}}}" for width in widest[:-1]), "{}"])


def _is_plain(line: str, text: str) -> bool:
    return "\\" not in text and _has_plain_end(line, text) and len(line) <= LONGEST_LINE


def _has_plain_end(line: str, text: str) -> bool:
    r"""Whether a line does not end in a lone `\r`, under which blanks must stay."""
    return line[len(text) :] != "\r"
