"""Reference messages as documents: virtual where the client asks for their text, else files in the workspace's `.vkd/`.

`vkd-message:/LINE/NAME.md?URI` is the message of the demand at a line of a document; with `#numbers-1` behind it, that
and the numbers of its first answer, with `#numbers-1-1,4-5-mean` those of its units divided by lines 1 and 4, and the
means of line 5.
"""

import re
from pathlib import Path
from typing import Literal, NamedTuple, cast
from urllib.parse import quote, unquote, urlsplit

SCHEME = "vkd-message"
STATUS_SCHEME = "vkd-status"
"""The scheme of the document that tells how the server is doing."""

_BELOW = re.compile(r"numbers-([0-9]{1,9})(?:-([0-9]{1,9}(?:,[0-9]{1,9})*)(?:-([0-9]{1,9})-(sum|mean))?)?")
_NOT_IN_A_FILE_NAME = re.compile(r"[^\w-]+")


class Below(NamedTuple):
    """The numbers below a message: the answer that they are of, by its number, and, where its units are divided by
    lines of the demand, those lines, and the line that is added up, by which function."""

    answer: int
    lines: tuple[int, ...] = ()
    of: int | None = None
    function: Literal["sum", "mean"] | None = None


class Target(NamedTuple):
    """The demand that a message is about: the document it stands in, and a line of it from 0; and what stands below
    the message."""

    document: str
    line: int
    below: Below | None = None


def message_uri(target: Target, name: str) -> str:
    """The URI of the virtual document with a message; editors show its name as the title."""
    below = f"#{_fragment(target.below)}" if target.below else ""
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
    return Target(unquote(parts.query), int(line), _below(parts.fragment))


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


def _fragment(below: Below) -> str:
    lines = ",".join(map(str, below.lines))
    added = (str(below.of), below.function or "") if below.of else ()
    return "-".join(filter(None, ("numbers", str(below.answer), lines, *added)))


def _below(fragment: str) -> Below | None:
    match = _BELOW.fullmatch(fragment)
    if match is None:
        return None
    answer, lines, of, function = match.groups()
    divided = tuple(map(int, lines.split(","))) if lines else ()
    return Below(int(answer), divided, int(of) if of else None, cast("Literal['sum', 'mean'] | None", function))
