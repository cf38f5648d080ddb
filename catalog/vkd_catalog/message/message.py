"""The reference message as a plain value: its head and its five parts, in words but in no format (1972 p.16-17)."""

from typing import NamedTuple

from vkd_catalog.message.text import Text, words_of
from vkd_grammar.display import harmless

LONGEST = 5_000
"""Code points of a text that are shown; what is longer is no word, and laying it out would take its time."""


class Address(NamedTuple):
    """Where something can be fetched: as the product states it, and what that stands for where it is another text.

    `link` is an address a browser can open, `file` the absolute path of a file; empty where it is none.
    """

    stated: str
    meant: str
    link: str
    file: str = ""


class Paragraph(NamedTuple):
    """A sentence or a few."""

    text: Text


class Heading(NamedTuple):
    """A heading within a part of the message: what the blocks after it are about."""

    text: str


class Item(NamedTuple):
    """One entry of a list: what it is about, what it says, and entries below it. Any of the three may be empty."""

    label: Text
    text: "Text | Address" = ""
    below: "tuple[Item, ...]" = ()


class Items(NamedTuple):
    """A list of entries."""

    items: tuple[Item, ...]


class Table(NamedTuple):
    """Rows of cells under a heading each."""

    heads: tuple[str, ...]
    rows: tuple[tuple[Text, ...], ...]


class Fold(NamedTuple):
    """A list of entries that not every reader needs: folded away where that is possible."""

    title: str
    items: tuple[Item, ...]


Block = Paragraph | Heading | Items | Table | Fold


class Part(NamedTuple):
    """One of the five parts; `number` counts from 1."""

    number: int
    heading: str
    blocks: tuple[Block, ...]


class Message(NamedTuple):
    """A reference message. It begins with what answers in short, the `lead`; `facts` say where the demand stands, and
    what was searched."""

    title: str
    lead: tuple[Block, ...]
    facts: tuple[Text, ...]
    parts: tuple[Part, Part, Part, Part, Part]


def shown(text: Text) -> str:
    """A text as it can be shown: on one line, no longer than any can be read, nothing in it that a terminal obeys."""
    words = words_of(text)
    return harmless(" ".join(words[:LONGEST].split()) + ("…" if len(words) > LONGEST else ""))
