"""Writing a book into a folder: nothing but an earlier book is overwritten."""

from __future__ import annotations

import json
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

from vkd_catalog.files import read_file

MARK = ".vkd-book"
"""The file that lists what a book consists of, so that the next one takes its place."""


class NotOurs(Exception):
    """A folder holds something that no book has put there; its text is the file's name."""


def write_book(folder: Path, files: Iterable[tuple[str, str | bytes]]) -> int:
    """Writes the files of a book, and removes those of an earlier one that it does not have. Returns how many it has.

    Raises NotOurs before anything is written where the folder holds other files than a book's.
    """
    had = _had(folder)
    if had is None:
        raise NotOurs(next(one.name for one in sorted(folder.iterdir())))
    now: list[str] = []
    folder.mkdir(parents=True, exist_ok=True)
    # Should the writing end half-way, the folder is that of a book all the same.
    _list(folder, had)
    for name, said in files:
        place = folder / name
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(said.encode("utf-8", "replace") if isinstance(said, str) else said)
        now.append(name)
    for name in had - set(now):
        with suppress(OSError):
            (folder / name).unlink()
    _list(folder, now)
    return len(now)


def _list(folder: Path, names: Iterable[str]) -> None:
    (folder / MARK).write_text(json.dumps(sorted(names)), encoding="utf-8")


def _had(folder: Path) -> set[str] | None:
    """The files of the book in a folder; none where it is empty or not there, None where it holds something else."""
    try:
        listed = json.loads(read_file(folder / MARK))
    except OSError:
        return set() if not folder.exists() or not any(folder.iterdir()) else None
    except ValueError:
        return None
    if not isinstance(listed, list):
        return None
    # A list that somebody else wrote must not lead out of the folder.
    return {one for one in listed if isinstance(one, str) and not one.startswith("/") and ".." not in one.split("/")}
