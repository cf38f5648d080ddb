"""How a register file ends: behind its database what it says of itself, and behind that a seal.

The seal tells the version of the tables, the lengths of both parts, the hash that the file is named by, and a checksum
of it all. It finds damage and what was cut off. It does not show who made the file; who must know that compares the
hash with one that its maker has told.
"""

import os
import re
from binascii import crc32
from collections.abc import Iterator
from hashlib import blake2b
from io import FileIO
from typing import IO, Literal, NamedTuple

from vkd_catalog.engines.built.about import About
from vkd_catalog.files import Reason

FileProblem = Literal["no-register", "damaged", "older", "newer"] | Reason
"""Why a register file cannot be used: it is no such file; not what was built; of a version of vkd before or after this
one; or it cannot be read at all."""

MOST_HELD = 256 * 2**20
"""Bytes of a register file that is read into memory; larger ones stay outside."""

_SEAL = re.compile(rb"\nvkd-register ([0-9]{6}) ([0-9a-f]{16}) ([0-9a-f]{8}) ([0-9a-f]{16}) ([0-9a-f]{8})\n")
_SEAL_LENGTH = 73
_DATABASE = b"SQLite format 3\0"
_AT_ONCE = 1 << 20


class Seal(NamedTuple):
    """What a seal says: the version of the tables, the lengths in bytes of the database and of what is said behind it,
    and the hash of both."""

    version: int
    database: int
    about: int
    digest: str


class Sealed(NamedTuple):
    """A register file that was looked at: its hash, what it says of itself, and its database, or None where that was
    too large to be read."""

    digest: str
    about: About
    database: memoryview | None


def seal(file: IO[bytes], about: About, version: int) -> str:
    """Writes behind the database that a file holds what it says of itself, and the seal. Returns the hash."""
    said = about.written().encode()
    length = file.seek(0, os.SEEK_END)
    file.write(said)
    file.seek(0)
    digest, checksum = blake2b(digest_size=8), 0
    for part in _parts_of(file):
        digest.update(part)
        checksum = crc32(part, checksum)
    head = f"\nvkd-register {version:06d} {length:016x} {len(said):08x} {digest.hexdigest()} ".encode()
    file.seek(0, os.SEEK_END)
    file.write(head + f"{crc32(head, checksum):08x}\n".encode())
    return digest.hexdigest()


def unsealed(file: FileIO, version: int, most_held: int = MOST_HELD) -> Sealed | FileProblem:
    """What an open file holds, if it is whole and of this `version` of the tables; else why it cannot be used.

    One that is larger than `most_held` is not read to its end: what a failing disk has done to it is not found.
    Raises OSError.
    """
    size = os.fstat(file.fileno()).st_size
    if size <= most_held:
        data = memoryview(file.readall())
        start, end, size = bytes(data[: len(_DATABASE)]), bytes(data[-_SEAL_LENGTH:]), len(data)
    else:
        data = None
        start, end = _at(file, 0, len(_DATABASE)), _at(file, size - _SEAL_LENGTH, _SEAL_LENGTH)
    found = _judged(start, end, size, version)
    if not isinstance(found, Seal):
        return found
    if data is not None and not _is_whole(data):
        return "damaged"
    said = bytes(data[found.database :][: found.about]) if data else _at(file, found.database, found.about)
    try:
        about = About.read(said.decode())
    except (ValueError, KeyError, TypeError):
        return "damaged"
    return Sealed(found.digest, about, None if data is None else data[: found.database])


def _judged(start: bytes, end: bytes, size: int, version: int) -> Seal | FileProblem:
    found = _SEAL.fullmatch(end)
    if found is None:
        return "damaged" if start == _DATABASE else "no-register"
    said = Seal(int(found[1]), int(found[2], 16), int(found[3], 16), found[4].decode())
    if said.database + said.about + _SEAL_LENGTH != size:
        return "damaged"
    if said.version != version:
        return "newer" if said.version > version else "older"
    return said


def _is_whole(data: memoryview) -> bool:
    found = _SEAL.fullmatch(data[-_SEAL_LENGTH:])
    return found is not None and crc32(data[: len(data) - _SEAL_LENGTH + found.start(5)]) == int(found[5], 16)


def _parts_of(file: IO[bytes]) -> Iterator[bytes]:
    while part := file.read(_AT_ONCE):
        yield part


def _at(file: FileIO, start: int, length: int) -> bytes:
    file.seek(start)
    return file.read(length)
