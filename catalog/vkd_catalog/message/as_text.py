"""A reference message as plain text, laid out for a terminal."""

import re
from collections.abc import Iterator, Sequence

from vkd_catalog.message.message import (
    Address,
    Block,
    Fold,
    Heading,
    Item,
    Items,
    Message,
    Paragraph,
    Part,
    Table,
    shown,
)
from vkd_catalog.message.text import Text
from vkd_grammar.format import display_width

DEFAULT_WIDTH = 100

_INDENT = 3
_GAP = 2
_WIDEST_LABEL = 40
_BREAK = re.compile(" (?!/ )")
"""Where a line may be broken: not before the slash between two fields."""


def as_text(message: Message, width: int = DEFAULT_WIDTH) -> str:
    """The message in lines of at most `width` columns; only an address, or a word too long for a line, sticks out."""
    lines = [*_wrapped(message.title, width)]
    for block in message.lead:
        lines += ("", *_block(block, width))
    lines.append("")
    for fact in message.facts:
        lines += _wrapped(fact, width)
    for part in message.parts:
        lines += _part(part, width)
    return "\n".join(lines) + "\n"


def _part(part: Part, width: int) -> Iterator[str]:
    yield ""
    yield from _wrapped(f"{part.number}. {part.heading}", width)
    before: Block | None = None
    for block in part.blocks:
        if not isinstance(before, Heading):
            yield ""
        yield from _indented(_block(block, width - _INDENT), _INDENT)
        before = block


def _block(block: Block, width: int) -> Iterator[str]:
    if isinstance(block, Paragraph):
        yield from _wrapped(block.text, width)
    elif isinstance(block, Heading):
        yield from _wrapped(f"{block.text}:", width)
    elif isinstance(block, Items):
        yield from _items(block.items, width)
    elif isinstance(block, Fold):
        yield from _wrapped(f"{block.title}:", width)
        yield from _items(block.items, width)
    else:
        yield from _table(block, width)


def _items(items: Sequence[Item], width: int) -> Iterator[str]:
    """Labels in one column and texts in the next; what is below an entry stands under its text."""
    labels = [display_width(shown(item.label)) for item in items]
    column = max((label for label in labels if label <= _WIDEST_LABEL), default=0)
    indent = column + _GAP if column else 0
    for item in items:
        yield from _item(item, column, indent, width)
        yield from _indented(
            _items(item.below, width - (indent if item.text else _INDENT)), indent if item.text else _INDENT
        )


def _item(item: Item, column: int, indent: int, width: int) -> Iterator[str]:
    label, text = shown(item.label), _text(item.text, width - indent)
    if display_width(label) > column or not text:
        yield from _wrapped(label, width) if label else ()
        yield from _indented(text, indent)
        return
    yield _padded(label, indent) + text[0]
    yield from _indented(text[1:], indent)


def _text(text: Text | Address, width: int) -> list[str]:
    if isinstance(text, Address):
        stated, meant = shown(text.stated), shown(text.meant)
        return [f"{stated} ({meant})" if meant else stated]
    return _wrapped(text, width) if text else []


def _table(table: Table, width: int) -> Iterator[str]:
    rows = [[shown(cell) for cell in row] for row in (table.heads, *table.rows)]
    widths = _fitted(list(zip(*rows, strict=True)), width - _GAP * (len(table.heads) - 1))
    for row in rows:
        cells = [_wrapped(cell, most, breaking=True) for cell, most in zip(row, widths, strict=True)]
        for line in range(max(len(cell) for cell in cells)):
            texts = [cell[line] if line < len(cell) else "" for cell in cells]
            padded = [_padded(text, most + _GAP) for text, most in zip(texts, widths, strict=True)]
            yield "".join(padded).rstrip()


def _fitted(columns: Sequence[Sequence[str]], width: int) -> list[int]:
    """Column widths that add up to at most `width`: the widest give way, down to their longest word, then further."""
    natural = [max(map(display_width, column)) for column in columns]
    longest = [max(display_width(word) for cell in column for word in cell.split(" ")) for column in columns]
    for least in (longest, [1] * len(columns)):
        for most in range(min(max(natural), width), 0, -1):
            widths = [max(low, min(wide, most)) for low, wide in zip(least, natural, strict=True)]
            if sum(widths) <= width:
                return widths
    return [1] * len(columns)


def _wrapped(text: Text, width: int, *, breaking: bool = False) -> list[str]:
    """A text in lines of at most `width` columns; a longer word is broken only where `breaking` says so."""
    lines: list[str] = []
    line = ""
    for word in _BREAK.split(shown(text)):
        longer = f"{line} {word}" if line else word
        if line and display_width(longer) > width:
            lines.append(line)
            longer = word
        line = longer
        while breaking and display_width(line) > width:
            head = _as_wide_as(line, width)
            lines.append(head)
            line = line[len(head) :]
    return [*lines, line]


def _as_wide_as(text: str, width: int) -> str:
    """The beginning of a text that fills some columns, at least one character of it."""
    taken = 0
    for index, character in enumerate(text):
        taken += display_width(character)
        if taken > width:
            return text[: max(1, index)]
    return text


def _padded(text: str, width: int) -> str:
    return text + " " * (width - display_width(text))


def _indented(lines: "Sequence[str] | Iterator[str]", by: int) -> Iterator[str]:
    return (" " * by + line if line else line for line in lines)
