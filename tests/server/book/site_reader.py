"""Reads the site of a book as a browser would: its pages, what they link to, and the places in them."""

from __future__ import annotations

import posixpath
from collections import Counter
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urlsplit

VOID = frozenset(("meta", "link", "input", "br", "hr", "img"))


class Page(HTMLParser):
    """One page: the addresses it links to and loads, the ids of its places, its elements and its text."""

    def __init__(self, file: Path) -> None:
        super().__init__()
        self.links: list[str] = []
        self.loads: list[str] = []
        self.ids: Counter[str] = Counter()
        self.elements: Counter[str] = Counter()
        self.events: list[str] = []
        self.text = ""
        self.open: list[str] = []
        self.markup = file.read_text(encoding="utf-8")
        self.feed(self.markup)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements[tag] += 1
        if tag not in VOID:
            self.open.append(tag)
        for name, value in attrs:
            if name == "id":
                self.ids[value or ""] += 1
            if name.startswith("on"):
                self.events.append(name)
            if name in ("href", "src"):
                (self.links if tag == "a" else self.loads).append(value or "")

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.text += data


def pages(folder: Path) -> dict[str, Page]:
    """All pages of a site, by their paths."""
    return {path.relative_to(folder).as_posix(): Page(path) for path in sorted(folder.rglob("*.html"))}


def broken(folder: Path) -> list[str]:
    """What is linked to or loaded, and is not there."""
    found = pages(folder)
    lost = []
    for path, page in found.items():
        assert page.open == []
        for address in (*page.links, *page.loads):
            parts = urlsplit(address)
            if parts.scheme:
                continue
            target = (
                posixpath.normpath(posixpath.join(posixpath.dirname(path), unquote(parts.path))) if parts.path else path
            )
            if not (folder / target).is_file() or (parts.fragment and parts.fragment not in found[target].ids):
                lost.append(f"{path}: {address}")
    return lost
