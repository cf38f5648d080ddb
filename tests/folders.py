"""Folders that are unlike most, and running as somebody who may not read everything, which root may."""

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from shutil import rmtree

_NOBODY = 65534


@contextmanager
def folder_for_all() -> Iterator[Path]:
    """A new folder that anybody can enter and write in; pytest's own are closed to others."""
    folder = Path(tempfile.mkdtemp(prefix="vkd-"))
    folder.chmod(0o777)
    try:
        yield folder
    finally:
        for place in [folder, *(Path(above, name) for above, names, _ in os.walk(folder) for name in names)]:
            place.chmod(0o777)
        rmtree(folder)


@contextmanager
def unprivileged() -> Iterator[None]:
    """Rights count while this lasts, whoever runs the tests."""
    if os.geteuid() != 0:
        yield
        return
    os.seteuid(_NOBODY)
    try:
        yield
    finally:
        os.seteuid(0)


@contextmanager
def nested(root: Path, count: int = 1500) -> Iterator[str]:
    """Folders in each other, below one; the path of the innermost. Afterwards they are gone: `rmtree` calls itself for
    each and would not get to their end."""
    path = "/".join("d" * count)
    here = os.getcwd()
    os.chdir(root)
    try:
        for _ in range(count):
            os.mkdir("d")
            os.chdir("d")
    finally:
        os.chdir(here)
    try:
        yield path
    finally:
        for at in range(count, 0, -1):
            folder = root / "/".join("d" * at)
            for file in list(folder.iterdir()):
                file.unlink()
            folder.rmdir()
