"""Explanations as Markdown, or as plain text for clients that show no other (LSP 3.17, "MarkupContent")."""

from __future__ import annotations

import re

from vkd_server.lsp.client import Client
from vkd_server.lsp.convert import Json

_MARKS = re.compile(r"\\([!-/:-@\[-`{-~])|\[([^\]\n]*)\]\([^)\n]*\)|^#+ |\*\*|`|^---$", re.MULTILINE)


def hover_text(client: Client, text: str) -> Json:
    """The contents of a hover."""
    return _content(client, text, "hover", "contentFormat")


def documentation(client: Client, text: str) -> Json:
    """The documentation of a completion item."""
    return _content(client, text, "completion", "completionItem", "documentationFormat")


def plain(text: str) -> str:
    """Markdown as plain text: without its marks and escapes, and with links as their text."""
    return _MARKS.sub(lambda mark: mark[1] or mark[2] or "", text)


def _content(client: Client, text: str, *declared: str) -> Json:
    formats = client.declared("textDocument", *declared)
    if isinstance(formats, list) and "markdown" not in formats:
        return {"kind": "plaintext", "value": plain(text)}
    return {"kind": "markdown", "value": text}
