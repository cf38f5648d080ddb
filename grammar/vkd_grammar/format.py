"""The formatter: columns aligned as 1972 printed them (p. 13-14), and nothing changed that means anything.

Words stay as they are written, dittos too; a line that cannot be read stays as it stands. A description has as many
lines after as before, and formatting twice is formatting once.
"""

import re
from collections.abc import Iterator, Sequence
from unicodedata import category, east_asian_width

from vkd_grammar.document import read_document
from vkd_grammar.parser import Parser
from vkd_grammar.plain_format import LATIN, WIDEST, plain_header, plain_lines
from vkd_grammar.syntax import Description, Entry, Header
from vkd_grammar.text import BLANKS, content

_INDENT = "    "
_NOTHING = re.compile(f"[{BLANKS};]*")
_BODIES_KNOWN = 5_000
"""What stands below so many headers is remembered at most."""

_WITHOUT_WIDTH = ("Mn", "Me", "Cf", "Cc", "Cs")


def format_text(text: str, parser: Parser) -> str:
    """A whole text, formatted; its line ends are kept as found."""
    document, formatter = read_document(text, parser), Formatter(parser)
    return "".join(
        line for index in range(len(document.rows)) for line in formatter.description(document.piece_lines(index))
    )


class Formatter:
    """Formats one description after the other, as `format_description` does, in a tenth of the time where they are
    plain: what stands below a header does not hang on it, and is laid out once for all that say the same."""

    def __init__(self, parser: Parser) -> None:
        self._parser = parser
        self._below: dict[tuple[str, ...], tuple[str, ...]] = {}

    def description(self, lines: tuple[str, ...]) -> tuple[str, ...]:
        """The lines of a description, formatted."""
        header = plain_header(lines[0]) if lines else None
        if header is None:
            return format_description(self._parser.parse(lines), lines)
        below = lines[1:]
        known = self._below.get(below)
        if known is None:
            known = plain_lines(below)
            if known is None:
                known = format_description(self._parser.parse(lines), lines)[1:]
            if len(self._below) >= _BODIES_KNOWN:
                self._below.clear()
            self._below[below] = known
        return header, *known


def format_description(description: Description, lines: Sequence[str]) -> tuple[str, ...]:
    """The lines of a description, formatted; `lines` are those it was read from, with their ends, which are kept.

    Sentences that no header stands above may be no sentences at all, and are left alone with all that is around them.
    """
    if description.header is None and description.sentences:
        return tuple(lines)
    texts = [content(line) for line in lines]
    formatted = dict(_formatted(description, texts))
    return tuple(
        (formatted[row] if row in formatted else _without_node(text, "".join(lines[row - 1 : row]))) + line[len(text) :]
        for row, (line, text) in enumerate(zip(lines, texts, strict=True))
    )


def aligned(rows: Sequence[Sequence[str]]) -> Iterator[str]:
    """Rows of fields as lines: each column as wide as its widest field, the last one as wide as it is."""
    table = [[display_width(field) for field in fields] for fields in rows]
    widest = [max((width for width in column if width <= WIDEST), default=0) for column in zip(*table, strict=True)]
    for fields, widths in zip(rows, table, strict=True):
        padding = [max(0, most - width) for most, width in zip(widest, widths, strict=True)]
        padded = [field + " " * blanks for field, blanks in zip(fields, padding, strict=True)]
        yield _slashed([*padded[:-1], fields[-1]])


def display_width(text: str) -> int:
    """How many columns a text takes on a screen: wide East Asian characters two, combining marks none."""
    if LATIN.fullmatch(text):
        return len(text)
    return sum(
        0 if category(character) in _WITHOUT_WIDTH else 2 if east_asian_width(character) in "WF" else 1
        for character in text
    )


def _formatted(description: Description, texts: Sequence[str]) -> Iterator[tuple[int, str]]:
    """The rows that hold something that was read, with their new text."""
    for comment in description.comments:
        yield comment.row, texts[comment.row].strip(BLANKS)
    if description.header:
        yield from _header(description.header)
    readable = [sentence for sentence in description.sentences if sentence.readable]
    lines = aligned([[field.text for field in sentence.fields] for sentence in readable])
    yield from zip((sentence.row for sentence in readable), lines, strict=True)
    yield from ((sentence.row, texts[sentence.row]) for sentence in description.sentences if not sentence.readable)


def _header(header: Header) -> Iterator[tuple[int, str]]:
    rows: dict[int, list[str]] = {header.row: []}
    for entry in header.entries:
        rows.setdefault(entry.row, []).append(_entry(entry))
    for row, entries in rows.items():
        technical_data = "; ".join(entries)
        if row == header.row:
            yield row, _slashed([*(field.text for field in header.fields), *([technical_data] if entries else [])])
        else:
            yield row, f"{_INDENT}; {technical_data}"


def _entry(entry: Entry) -> str:
    return entry.key.text if entry.value is None else f"{entry.key.text}={entry.value.text}"


def _slashed(fields: Sequence[str]) -> str:
    """Fields with slashes between them; an empty one takes no more room than the blank behind its slash."""
    first, *others = fields
    return first + "".join(f" / {field}" if field else " /" for field in others)


def _without_node(text: str, line_above: str) -> str:
    """A line in which the parser found nothing: without blanks, or the `;` of technical data without an entry; one that
    was too long to be read stays as it is. Below a lone carriage return the blanks stay."""
    if not _NOTHING.fullmatch(text):
        return text
    if ";" in text:
        return f"{_INDENT};"
    # Under a lone carriage return the blanks stay: without them the ends of both lines might become one.
    return text if line_above.endswith("\r") else ""
