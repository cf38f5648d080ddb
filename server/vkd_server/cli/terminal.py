"""What the terminal can show: its width, colours, and the progress of something that takes long."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Iterable, Iterator, Sequence
from typing import TextIO, TypeVar

from vkd_server.cli.streams import exact

WIDEST, NARROWEST = 100, 40
"""Columns of text: longer lines are hard to read, and in shorter ones no table has room."""

_PATIENCE, _BETWEEN = 1.0, 0.2
"""Seconds before progress is shown, and between two times that it is."""

_ERASE = "\r\x1b[K"
_T = TypeVar("_T")


def width() -> int:
    """The terminal's width in columns, kept between `NARROWEST` and `WIDEST`; `WIDEST` where there is no terminal."""
    if not sys.stdout.isatty():
        return WIDEST
    try:
        columns = os.get_terminal_size(sys.stdout.fileno()).columns
    except OSError:
        return WIDEST
    return max(NARROWEST, min(WIDEST, columns)) if columns else WIDEST


def wants_colour() -> bool:
    """Whether to print in colours: on a terminal, or where FORCE_COLOR asks for them; never where NO_COLOR is set."""
    if os.environ.get("NO_COLOR"):
        return False
    if os.environ.get("FORCE_COLOR", "0") not in ("", "0"):
        return True
    return sys.stdout.isatty() and os.environ.get("TERM") != "dumb"


def folded(text: str, *, always: bool = False) -> str:
    """A text with its lines of prose wrapped at the width of the terminal, continued lines indented by four.

    Lines that are indented already are no prose. Where there is no terminal it stays as it is, for programs read lines;
    with `always` it is wrapped all the same.
    """
    if not always and not sys.stdout.isatty():
        return text
    from textwrap import fill

    columns = width()
    lines = (
        line
        if len(line) <= columns or line.startswith(" ")
        else fill(line, columns, subsequent_indent="    ", break_long_words=False, break_on_hyphens=False)
        for line in text.split("\n")
    )
    return "\n".join(lines)


def with_progress(
    each: Iterable[_T], total: int, stream: TextIO | None = None, since: float | None = None
) -> Iterator[_T]:
    """Yields the items of `each`; on a terminal, after a second, it also shows how many of `total` are done.

    `since` is when the second began, on the monotonic clock, where there was work before the first item.
    """
    shown_on = exact(stream or sys.stderr)
    if not shown_on.isatty():
        yield from each
        return
    begun = time.monotonic() if since is None else since
    last_shown = begun
    try:
        for number, one in enumerate(each):
            now = time.monotonic()
            if now - begun > _PATIENCE and now - last_shown > _BETWEEN:
                last_shown = now
                shown_on.write(f"{_ERASE}vkd: {number} / {total}")
                shown_on.flush()
            yield one
    finally:
        if last_shown > begun:
            shown_on.write(_ERASE)
            shown_on.flush()


def nearest(word: str, names: Sequence[str]) -> str:
    """The name that somebody may have meant by a word; empty where none is near."""
    from difflib import get_close_matches

    return next(iter(get_close_matches(word, names, 1, 0.6)), "")
