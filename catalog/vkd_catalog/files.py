"""Reading a workspace's files: what they say, whether one is untouched, and why one could not be read.

What has a name need not be a file that ends: a pipe waits for its writer, and a device goes on for ever. So files are
opened by `read_file` and `open_regular`, and nothing else.
"""

import errno
import os
import re
import stat
import time
from hashlib import blake2b
from io import BufferedReader, FileIO
from pathlib import Path
from typing import Literal

_SETTLED_NS = 2_000_000_000
"""A file changed within this time of being read may change again without its signature showing it."""

MOST_BYTES = 512 * 1024 * 1024
"""No text that people keep is larger; what is may have no end."""

NO_TEXT = re.compile("[\ud800-\udfff]")
"""How Python says a byte in a file's name that is no UTF-8: with half a surrogate pair, which no text holds."""

_HOW = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_CLOEXEC", 0) | getattr(os, "O_BINARY", 0)

Reason = Literal["missing", "dangling", "circle", "denied", "not-regular", "too-large", "too-long", "failed"]
"""Why something could not be read.

It is not there; it is a link that leads nowhere, or back to itself; its rights forbid it; it is a folder, pipe, socket
or device; it is larger than any text; its path is longer than the system takes; or the disk failed.
"""

_REASONS: dict[int | None, Reason] = {
    errno.ENOENT: "missing",
    errno.ENOTDIR: "missing",
    errno.ELOOP: "circle",
    errno.EACCES: "denied",
    errno.EPERM: "denied",
    errno.EISDIR: "not-regular",
    errno.EINVAL: "not-regular",
    errno.ENXIO: "not-regular",
    errno.EFBIG: "too-large",
    errno.ENAMETOOLONG: "too-long",
}


class FileReader:
    """Reads files below one folder. Of each, by its path, it keeps a hash, or why it could not be read."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self.digests: dict[str, str] = {}
        self.unread: dict[str, Reason] = {}

    def read(self, path: str) -> bytes | None:
        """A file's content; None where it cannot be read, and then its hash in `digests` is the empty string."""
        self.unread.pop(path, None)
        try:
            data = read_file(self._root / path)
        except (OSError, ValueError) as error:
            self.digests[path] = ""
            self.unread[path] = reason_of(error)
            return None
        self.digests[path] = digest_of(data)
        return data

    def is_known(self, path: str, digest: str) -> None:
        """Takes a file's hash as known, where its signature shows that it need not be read."""
        self.unread.pop(path, None)
        self.digests[path] = digest

    def place(self, path: str) -> Path:
        """Where a file lies."""
        return self._root / path

    def size(self, path: str) -> int:
        """A file's size in bytes; 0 where there is none."""
        try:
            return os.stat(self._root / path).st_size
        except (OSError, ValueError):
            return 0

    def saying(self, path: str, data: bytes) -> "FileReader":
        """A reader for which a file holds the given data, as an editor's unsaved text, whatever is on the disk."""
        other = FileReader(self._root)
        other.digests = {**self.digests, path: digest_of(data)}
        other.unread = {had: reason for had, reason in self.unread.items() if had != path}
        return other

    def signature(self, path: str) -> str:
        """A text that changes when a file does: made of its size, its times and its number on the disk. Empty where
        these may be the same though the content is not.

        The time of a file's content can be set back, as `cp -p` and `rsync -t` do; the time at which that was done
        cannot, so it is looked at too.
        """
        try:
            state = os.stat(self._root / path)
        except (OSError, ValueError):
            return ""
        if time.time_ns() - max(state.st_mtime_ns, state.st_ctime_ns) < _SETTLED_NS:
            return ""
        return f"{state.st_size} {state.st_mtime_ns} {state.st_ctime_ns} {state.st_ino} {state.st_dev}"


def read_file(path: str | os.PathLike[str]) -> bytes:
    """What a regular file says. Raises OSError for anything else, without opening it: a pipe would hang, and a device
    has no end."""
    with open_regular(path) as file:
        size = os.fstat(file.fileno()).st_size
        if size > MOST_BYTES:
            raise _too_large(path)
        parts, left = [], MOST_BYTES
        # A file below /proc has no size, and one that somebody writes has no last byte yet.
        while part := file.read(min(left + 1, size + 1)):
            parts.append(part)
            left -= len(part)
            if left < 0:
                raise _too_large(path)
            size = max(size - len(part), 65_536)
    return b"".join(parts)


def open_regular(path: str | os.PathLike[str]) -> FileIO:
    """A regular file of any size, opened to be read. Raises OSError for anything else, without opening it."""
    _require_regular(os.stat(path), path)
    file = FileIO(os.open(path, _HOW))
    try:
        # What was asked about may have been put aside for something else since.
        _require_regular(os.fstat(file.fileno()), path)
    except OSError:
        file.close()
        raise
    return file


def read_beginning(path: str | os.PathLike[str], most: int) -> tuple[bytes, bool]:
    """The first bytes of a regular file, at most so many, and whether they are all of it. Raises OSError for anything
    else."""
    with BufferedReader(open_regular(path)) as file:
        data = file.read(most + 1)
    return data[:most], len(data) <= most


def reason_of(error: OSError | ValueError) -> Reason:
    """Why a file could not be read. A path that no file can have, as one with a null byte, names nothing."""
    if not isinstance(error, OSError):
        return "missing"
    reason = _REASONS.get(error.errno, "failed")
    if reason == "missing" and error.filename is not None and os.path.islink(error.filename):
        return "dangling"
    return reason


def printable(path: str) -> str:
    """A path, or a text with a path in it, as it can be printed and sent: bytes that are no UTF-8 become U+FFFD."""
    return path if path.isascii() else NO_TEXT.sub("\ufffd", path)


def digest_of(data: bytes) -> str:
    """A hash of a file's content."""
    return blake2b(data, digest_size=16).hexdigest()


def _require_regular(state: os.stat_result, path: str | os.PathLike[str]) -> None:
    """Raises OSError where something is no regular file."""
    if not stat.S_ISREG(state.st_mode):
        code = errno.EISDIR if stat.S_ISDIR(state.st_mode) else errno.EINVAL
        raise OSError(code, "Is a directory" if code == errno.EISDIR else "not a regular file", os.fspath(path))


def _too_large(path: str | os.PathLike[str]) -> OSError:
    return OSError(errno.EFBIG, f"larger than {MOST_BYTES // 1024 // 1024} MB", os.fspath(path))
