"""A reference message as Markdown (CommonMark with tables). No word in it can become markup."""

import re
from bisect import bisect_left
from collections.abc import Callable, Iterator, Sequence
from html import escape
from typing import NamedTuple

from vkd_catalog.message.message import (
    LONGEST,
    Address,
    Block,
    Fold,
    Heading,
    Item,
    Items,
    Message,
    Paragraph,
    Table,
    shown,
)
from vkd_catalog.message.text import Phrase, Reference, Text, joined, phrase, pieces_of, words_of

_MARKUP = re.compile(r"[\\`*\[\]<>|~&#$@]|(?<![^\W_])_|_(?![^\W_])|(?<!http)(?<!https):(?=//)", re.IGNORECASE)
"""What could open markup, an entity, a formula or a link but to http(s); an underscore within a word cannot."""

_OPENS_A_BLOCK = re.compile(r"([-+=]|\d+(?=[.)]))")
_NOT_IN_A_LINK = {" ": "%20", "<": "%3C", ">": "%3E", "\\": "%5C", "|": "%7C"}


_Mark = Callable[[Text], Text]
"""What makes Markdown of a text, with its references or without."""


class Place(NamedTuple):
    """Where a reference stands in a Markdown text, in code points; the end is exclusive."""

    start: int
    end: int
    reference: Reference


class Markdown(NamedTuple):
    """A text in Markdown, and what it refers to, in the order in which it does."""

    text: str
    references: tuple[Place, ...]


def as_markdown(message: Message) -> str:
    """The message with a heading for each part, lists and tables; addresses a browser can open are links."""
    return "".join(f"{words_of(line)}\n" for line in _lines(message, escaped))


def with_references(message: Message) -> Markdown:
    """The same, with the places of what it refers to; none of them overlap, and no heading has any."""
    written: list[str] = []
    places: list[Place] = []
    at = 0
    for line in _lines(message, _escaped):
        for piece in (*pieces_of(line), "\n"):
            words = piece if isinstance(piece, str) else piece.words
            if isinstance(piece, Reference):
                places.append(Place(at, at + len(words), piece))
            written.append(words)
            at += len(words)
    return Markdown("".join(written), tuple(places))


def escaped(text: Text) -> str:
    """A text as Markdown shows it, on one line."""
    words = _MARKUP.sub(r"\\\g<0>", shown(text))
    at = _opening(words)
    return words if at is None else f"{words[:at]}\\{words[at:]}"


def as_code(text: str) -> str:
    """A text in Markdown as it is typed, in letters of one width."""
    text = shown(text)
    return escaped(text) if "`" in text else f"`{text}`"


def _lines(message: Message, mark: _Mark) -> Iterator[Text]:
    yield f"# {escaped(message.title)}"
    for block in message.lead:
        yield ""
        yield from _block(block, mark)
    # As a list they would go on with that of the answers above them.
    for fact in message.facts:
        yield from ("", mark(fact))
    for part in message.parts:
        yield from ("", f"## {part.number}. {escaped(part.heading)}")
        for block in part.blocks:
            yield ""
            yield from _block(block, mark)


def _block(block: Block, mark: _Mark) -> Iterator[Text]:
    if isinstance(block, Paragraph):
        yield mark(block.text)
    elif isinstance(block, Heading):
        yield f"### {escaped(block.text)}"
    elif isinstance(block, Items):
        yield from _items(block.items, "", mark)
    elif isinstance(block, Fold):
        yield from ("<details>", f"<summary>{escape(shown(block.title))}</summary>", "")
        yield from _items(block.items, "", mark)
        yield from ("", "</details>")
    else:
        yield from _table(block, mark)


def _items(items: Sequence[Item], indent: str, mark: _Mark) -> Iterator[Text]:
    for item in items:
        label, text = mark(item.label), _text(item.text, mark)
        bold = "**" if label and not indent else ""
        yield phrase(f"{indent}- {bold}", label, f"{bold}{' – ' if label and text else ''}", text)
        yield from _items(item.below, indent + "  ", mark)


def _text(text: Text | Address, mark: _Mark) -> Text:
    if not isinstance(text, Address):
        return mark(text)
    stated, meant = escaped(text.stated), escaped(text.meant)
    if text.link:
        target = "".join(_NOT_IN_A_LINK.get(character, character) for character in shown(text.link))
        stated = f"[{stated}](<{target}>)"
    elif text.file:
        file = Reference(meant or stated, "file", text.file)
        return phrase(stated, " (", file, ")") if meant else file
    return f"{stated} ({meant})" if meant else stated


def _table(table: Table, mark: _Mark) -> Iterator[Text]:
    yield _row(table.heads, mark)
    yield "|" + " --- |" * len(table.heads)
    for row in table.rows:
        yield _row(row, mark)


def _row(cells: Sequence[Text], mark: _Mark) -> Text:
    return phrase("| ", joined(" | ", map(mark, cells)), " |")


def _opening(text: str) -> int | None:
    """Where a text that would open a list or a heading needs a backslash; None for others."""
    opening = _OPENS_A_BLOCK.match(text)
    if opening is None:
        return None
    return opening.start() if opening[1] in "-+=" else opening.end()


def _escaped(text: Text) -> Text:
    """A text as Markdown shows it, its references kept."""
    if isinstance(text, str):
        return escaped(text)
    words = words_of(text)
    markdown = escaped(words)
    return text if markdown == words else _cut(text, markdown)


def _cut(text: Reference | Phrase, markdown: str) -> Text:
    """The Markdown of a text with its references; one of which nothing is shown is left out."""
    words, clean = words_of(text), shown(text)
    opening = _opening(clean)
    escapes = sorted([match.start() for match in _MARKUP.finditer(clean)] + ([] if opening is None else [opening]))

    def after(beginning: str, mark: str = "") -> int:
        """Where the Markdown goes on after a beginning of the text; a `mark` behind it keeps its last blanks."""
        place = len(beginning) if clean == words else len(shown(beginning + mark)) - len(mark)
        return place + bisect_left(escapes, place)

    pieces: list[Text] = []
    at = told = 0
    for piece in pieces_of(text):
        length = len(piece if isinstance(piece, str) else piece.words)
        if isinstance(piece, Reference) and at < LONGEST:
            # Blanks before it stay only where something follows.
            start = after(words[:at], "x")
            end = after(words[: min(at + length, LONGEST)])
            if start < end:
                pieces += (markdown[told:start], piece._replace(words=markdown[start:end]))
                told = end
        at += length
    return phrase(*pieces, markdown[told:])
