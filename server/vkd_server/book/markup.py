"""HTML from plain texts: whatever a catalogue says is text, and never markup."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from html import escape

from vkd_catalog.message.message import shown
from vkd_catalog.message.text import Text

_SAFE = re.compile(r"[^A-Za-z0-9.-]")
_WEB = re.compile(r"https?://", re.IGNORECASE)


def text(said: Text) -> str:
    """A text as HTML, on one line, without what a terminal would obey or a reader be misled by."""
    return escape(shown(said))


def slug(name: str) -> str:
    """A name as a part of an address within the book: letters and digits as they are, every other sign by its
    number."""
    return _SAFE.sub(lambda match: f"_{ord(match[0]):x}_", name)


def link(href: str, inside: str) -> str:
    """A link to a place, with what stands in it as HTML; without a place, that alone."""
    return f'<a href="{escape(href)}">{inside}</a>' if href else inside


def address(said: str) -> str:
    """An address of an archive, a link where a browser can open it."""
    return link(said, text(said)) if _WEB.match(said) else text(said)


def element(name: str, inside: str, **attributes: str) -> str:
    """An element with its attributes, which are given as plain texts; `class_` is the attribute of that name."""
    said = "".join(f' {key.rstrip("_").replace("_", "-")}="{escape(value)}"' for key, value in attributes.items())
    return f"<{name}{said}>{inside}</{name}>"


def facts(pairs: Iterable[tuple[str, str]]) -> str:
    """A list of what is stated: plain labels, each with HTML; empty where nothing is."""
    rows = "".join(f"<div><dt>{text(label)}</dt><dd>{said}</dd></div>" for label, said in pairs if said)
    return f'<dl class="facts">{rows}</dl>' if rows else ""


def table(heads: Sequence[str], rows: Iterable[Sequence[str]], caption: str, *, kind: str = "") -> str:
    """A table whose heads are plain texts and whose cells are HTML, the first of each row its head. It scrolls by
    itself where it is wider than the page, also with the keyboard."""
    head = "".join(f'<th scope="col">{text(one)}</th>' for one in heads)
    body = "".join(
        f'<tr><th scope="row">{first}</th>{"".join(f"<td>{cell}</td>" for cell in others)}</tr>'
        for first, *others in rows
    )
    said = text(caption)
    return (
        f'<div class="wide" role="region" aria-label="{said}" tabindex="0"><table class="{kind}">'
        f"<caption>{said}</caption><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></div>"
    )
