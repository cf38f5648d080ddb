"""Reading a workspace's files: which there are, whether one is untouched, and the hash of what it says."""

import os
import time
from hashlib import blake2b
from pathlib import Path

from vkd_catalog.configuration import Configuration

_SETTLED_NS = 2_000_000_000
"""A file changed within this time of being read may change again without its signature showing it."""


class FileReader:
    """Reads files below one folder and remembers the hash of each by its path."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self.digests: dict[str, str] = {}

    def read(self, path: str) -> bytes | None:
        """A file's content; None where it cannot be read, whose hash is then the empty one."""
        try:
            data = (self._root / path).read_bytes()
        except OSError:
            self.digests[path] = ""
            return None
        self.digests[path] = digest_of(data)
        return data

    def saying(self, path: str, data: bytes) -> "FileReader":
        """A reader that takes a file to say something else than it did, as an editor's unsaved text does."""
        other = FileReader(self._root)
        other.digests = {**self.digests, path: digest_of(data)}
        return other

    def signature(self, path: str) -> str:
        """What changes when a file does: its size, its times and its number on the disk. Empty where these may be what
        they were though the file is not.

        The time of a file's content can be set back, as `cp -p` and `rsync -t` do; when that was done cannot, and is
        told by the time of its state.
        """
        try:
            state = os.stat(self._root / path)
        except OSError:
            return ""
        if time.time_ns() - max(state.st_mtime_ns, state.st_ctime_ns) < _SETTLED_NS:
            return ""
        return f"{state.st_size} {state.st_mtime_ns} {state.st_ctime_ns} {state.st_ino} {state.st_dev}"


def product_files(configuration: Configuration) -> list[str]:
    """The files that may hold product descriptions, relative to the root, in order; hidden folders are left out."""
    found: set[str] = set()
    for pattern in configuration.products:
        for file in _matching(configuration.root, pattern):
            relative = os.path.relpath(file, configuration.root).replace(os.sep, "/")
            if not any(part.startswith(".") and part != ".." for part in relative.split("/")):
                found.add(relative)
    return sorted(found)


def digest_of(data: bytes) -> str:
    return blake2b(data, digest_size=16).hexdigest()


def matches(root: Path, pattern: str) -> bool:
    """Whether a folder has a file that a pattern of product files takes."""
    return bool(pattern) and "\0" not in pattern and bool(_matching(root, pattern))


def _matching(root: Path, pattern: str) -> list[str]:
    from glob import glob

    found = glob(os.path.join(root, pattern), recursive=True)
    return [file for file in found if os.path.isfile(file)]
