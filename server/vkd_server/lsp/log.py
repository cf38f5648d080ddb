"""The log: one line a request, on standard error, and never a word of the user's text."""

import os
import select
import sys


def log(line: str) -> None:
    """Writes one line. It is left out where the reader is too slow, since a full pipe must not stop the server."""
    if _writable():
        try:
            os.write(_STANDARD_ERROR, f"vkd: {line}\n".encode("ascii", "backslashreplace"))
        except OSError:
            return


_STANDARD_ERROR = 2


def _writable() -> bool:
    if sys.platform == "win32":
        return True
    try:
        return bool(select.select((), (_STANDARD_ERROR,), (), 0)[1])
    except (OSError, ValueError):
        return False
