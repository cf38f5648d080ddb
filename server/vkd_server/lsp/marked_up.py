"""Explanations as Markdown, or as plain text for clients that show no other (LSP 3.17, "MarkupContent")."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from vkd_server.lsp.convert import Json
    from vkd_server.lsp.server import Server

_MARKS = re.compile(r"\\([!-/:-@\[-`{-~])|\[([^\]\n]*)\]\([^)\n]*\)|^#+ |\*\*|`|^---$", re.MULTILINE)


def hover_text(server: Server, text: str) -> Json:
    """The contents of a hover."""
    return _content(server, text, "hover", "contentFormat")


def documentation(server: Server, text: str) -> Json:
    """The documentation of a completion item."""
    return _content(server, text, "completion", "completionItem", "documentationFormat")


def plain(text: str) -> str:
    """Markdown without its marks: what is escaped stands as it is meant, a link as its text."""
    return _MARKS.sub(lambda mark: mark[1] or mark[2] or "", text)


def _content(server: Server, text: str, *declared: str) -> Json:
    formats = server.declared("textDocument", *declared)
    if isinstance(formats, list) and "markdown" not in formats:
        return {"kind": "plaintext", "value": plain(text)}
    return {"kind": "markdown", "value": text}
