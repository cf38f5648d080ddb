"""Reference messages as documents: virtual where the client asks for their text, else files in the workspace's `.vkd/`.

`vkd-message:/LINE/NAME.md?URI` is the message of the demand at a line of a document; with `#numbers-1` behind it, that
and the numbers of its first answer.
"""

import re
from pathlib import Path
from typing import NamedTuple
from urllib.parse import quote, unquote, urlsplit

SCHEME = "vkd-message"
STATUS_SCHEME = "vkd-status"
"""The scheme of the document that tells how the server is doing."""

_NUMBERS = "numbers-"
_NOT_IN_A_FILE_NAME = re.compile(r"[^\w-]+")


class Target(NamedTuple):
    """The demand that a message is about: the document it stands in, and a line of it from 0; and the number of the
    answer whose numbers stand below it, 0 where none do."""

    document: str
    line: int
    answer: int = 0


def message_uri(target: Target, name: str) -> str:
    """The URI of the virtual document with a message; editors show its name as the title."""
    below = f"#{_NUMBERS}{target.answer}" if target.answer else ""
    path = f"{target.line}/{quote(name, safe='', errors='replace')}.md"
    return f"{SCHEME}:/{path}?{quote(target.document, safe='')}{below}"


def target_of(uri: str) -> Target | None:
    """The demand that a virtual document is about; None where the URI is that of another document."""
    try:
        parts = urlsplit(uri)
    except ValueError:
        return None
    line = parts.path.strip("/").partition("/")[0]
    if parts.scheme != SCHEME or not re.fullmatch("[0-9]{1,9}", line):
        return None
    answer = parts.fragment.removeprefix(_NUMBERS)
    return Target(unquote(parts.query), int(line), int(answer) if re.fullmatch("[0-9]{1,9}", answer) else 0)


def write_message(root: Path, name: str, text: str) -> Path | None:
    """Writes a message into the workspace's `.vkd/` and returns its path; None where it cannot be written."""
    from vkd_catalog.cache import Cache

    cache = Cache(root)
    stem = _NOT_IN_A_FILE_NAME.sub("-", name).strip("-")[:80] or "message"
    file = f"messages/{stem}.md"
    try:
        cache.write(file, text.encode("utf-8", "replace"))
    except OSError:
        return None
    return cache.folder / file
