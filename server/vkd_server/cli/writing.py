"""Writing files so that the old content is never lost half-way."""

import os
from collections.abc import Iterable
from pathlib import Path

_MARK = b"\xef\xbb\xbf"


def write(file: Path, text: str, before: bytes = b"") -> None:
    """Replaces a file's content with a text, all or nothing, with the byte order mark and the rights it had `before`.

    Raises OSError where that cannot be done.
    """
    file = file.resolve()
    written = file.with_name(f".{file.name}.{os.getpid()}")
    try:
        written.write_bytes((_MARK if before.startswith(_MARK) else b"") + text.encode("utf-8"))
        if file.exists():
            os.chmod(written, file.stat().st_mode)
        os.replace(written, file)
    except OSError as error:
        if written.exists():
            written.unlink()
        raise OSError(error.errno, error.strerror, str(file)) from error


def write_parts(file: Path, parts: Iterable[str]) -> None:
    """Replaces a file's content with a text that is made some at a time, all or nothing. Raises OSError, and what
    making the text raises."""
    file = file.resolve()
    written = file.with_name(f".{file.name}.{os.getpid()}")
    try:
        with written.open("w", encoding="utf-8", errors="replace", newline="") as opened:
            opened.writelines(parts)
        if file.exists():
            os.chmod(written, file.stat().st_mode)
        os.replace(written, file)
    except BaseException:
        written.unlink(missing_ok=True)
        raise
