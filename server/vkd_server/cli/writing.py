"""Writing files so that the old content is never lost half-way."""

import os
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
