"""Reading the examples of a page: its fenced blocks, and what stands in their titles."""

import re
from pathlib import Path
from typing import NamedTuple

FENCE = re.compile(r'^```(\w+)(?: title="([^"]+)")?\n(.*?)^```$', re.MULTILINE | re.DOTALL)
ROW = re.compile(r"^\| (.+) \|$", re.MULTILINE)


class Block(NamedTuple):
    """One fenced block: its language, the file that its title names (empty where it has none), its text and its line
    in the page, from 1."""

    language: str
    title: str
    text: str
    line: int


def blocks(page: str) -> list[Block]:
    """The fenced blocks of a page in their order."""
    return [Block(one[1], one[2] or "", one[3], page.count("\n", 0, one.start()) + 1) for one in FENCE.finditer(page)]


def written(found: list[Block], folder: Path) -> None:
    """Writes each block with a title to the file it names."""
    for block in found:
        if block.title:
            path = folder / block.title
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(block.text, encoding="utf-8")


def tables(page: str, heads: str) -> list[tuple[str, ...]]:
    """The rows of every table of a page whose head begins with these cells, as they stand between the bars; one that is
    escaped stands in its cell."""
    found: list[tuple[str, ...]] = []
    for table in re.findall(rf"^\| {re.escape(heads)}.*\n\|[-|]+\|\n((?:\|.*\n)*)", page, re.MULTILINE):
        found += [tuple(cell.strip() for cell in re.split(r"(?<!\\)\|", row.strip("|"))) for row in table.splitlines()]
    return found
