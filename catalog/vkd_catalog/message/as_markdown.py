"""A reference message as Markdown (CommonMark with tables). No word in it can become markup."""

import re
from collections.abc import Iterator, Sequence
from html import escape

from vkd_catalog.message.message import Address, Block, Fold, Heading, Item, Items, Message, Paragraph, Table, shown

_MARKUP = re.compile(r"[\\`*\[\]<>|~&#$@]|(?<![^\W_])_|_(?![^\W_])|(?<!http)(?<!https):(?=//)", re.IGNORECASE)
"""What could open markup, an entity, a formula or a link but to http(s); an underscore within a word cannot."""

_OPENS_A_BLOCK = re.compile(r"([-+=]|\d+(?=[.)]))")
_NOT_IN_A_LINK = {" ": "%20", "<": "%3C", ">": "%3E", "\\": "%5C", "|": "%7C"}


def as_markdown(message: Message) -> str:
    """The message with a heading for each part, lists and tables; addresses a browser can open are links."""
    lines = [f"# {escaped(message.title)}", "", *(f"- {escaped(fact)}" for fact in message.facts)]
    for part in message.parts:
        lines += ["", f"## {part.number}. {escaped(part.heading)}"]
        for block in part.blocks:
            lines += ["", *_block(block)]
    return "\n".join(lines) + "\n"


def escaped(text: str) -> str:
    """A text as Markdown shows it, on one line."""
    text = _MARKUP.sub(r"\\\g<0>", shown(text))
    opening = _OPENS_A_BLOCK.match(text)
    if opening is None:
        return text
    at = opening.start() if opening[1] in "-+=" else opening.end()
    return f"{text[:at]}\\{text[at:]}"


def as_code(text: str) -> str:
    """A text in Markdown as it is typed, in letters of one width."""
    text = shown(text)
    return escaped(text) if "`" in text else f"`{text}`"


def _block(block: Block) -> Iterator[str]:
    if isinstance(block, Paragraph):
        yield escaped(block.text)
    elif isinstance(block, Heading):
        yield f"### {escaped(block.text)}"
    elif isinstance(block, Items):
        yield from _items(block.items, "")
    elif isinstance(block, Fold):
        yield from ("<details>", f"<summary>{escape(shown(block.title))}</summary>", "")
        yield from _items(block.items, "")
        yield from ("", "</details>")
    else:
        yield from _table(block)


def _items(items: Sequence[Item], indent: str) -> Iterator[str]:
    for item in items:
        label = escaped(item.label)
        if label and not indent:
            label = f"**{label}**"
        texts = [text for text in (label, _text(item.text)) if text]
        yield f"{indent}- {' – '.join(texts)}"
        yield from _items(item.below, indent + "  ")


def _text(text: "str | Address") -> str:
    if not isinstance(text, Address):
        return escaped(text)
    stated = escaped(text.stated)
    if text.link:
        target = "".join(_NOT_IN_A_LINK.get(character, character) for character in shown(text.link))
        stated = f"[{stated}](<{target}>)"
    return f"{stated} ({escaped(text.meant)})" if text.meant else stated


def _table(table: Table) -> Iterator[str]:
    yield _row(table.heads)
    yield "|" + " --- |" * len(table.heads)
    for row in table.rows:
        yield _row(row)


def _row(cells: Sequence[str]) -> str:
    return "| " + " | ".join(map(escaped, cells)) + " |"
