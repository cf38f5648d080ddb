"""A workspace's `.vkd/`: what can be made again, kept so that it cannot make an answer fail or false.

Everything in the folder is taken for what somebody else may have put there. A file is replaced, never written into: a
new one is written beside it and renamed, so that whoever reads has the old one or the new one, whole, whatever happens
to the writer. No link is followed. What answers rest on is sealed: with a checksum of its content, and with the mark of
the folder. The mark depends on when and where a file was made, so nobody who prepares a folder for others can know it.
"""

import errno
import os
import re
import stat
import time
from binascii import crc32
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from hashlib import blake2b
from pathlib import Path
from typing import Literal, NamedTuple

CACHE_FOLDER = ".vkd"

_MARK = "made-here"
"""An empty file that is made once and never touched again; when and where it was made is the folder's mark."""

_PART = ".part"
_PART_IS_LEFT_S = 60
"""A file that is being written is written to all the time; one that has not been for so long was left by the dead."""

_SEAL = re.compile(rb"\nvkd-seal 2 ([0-9a-f]{16}) ([0-9a-f]{16}) ([0-9a-f]{16}) ([0-9a-f]{8})\n")
_SEAL_LENGTH = 72
_COARSEST_TIME_S = 2
_AT_ONCE = 1 << 30
_A_PART = 1 << 20
_FIRST = 4096

_NO_LINK = getattr(os, "O_NOFOLLOW", 0)
_PLAIN = getattr(os, "O_BINARY", 0) | getattr(os, "O_CLOEXEC", 0) | _NO_LINK
# Of a pipe nobody writes to, opening would never end.
_READ = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | _PLAIN
_CREATE = os.O_WRONLY | os.O_CREAT | os.O_EXCL | _PLAIN
_FOLDER = os.O_RDONLY | getattr(os, "O_DIRECTORY", 0) | _PLAIN
_BY_DESCRIPTOR = os.open in os.supports_dir_fd and hasattr(os, "O_DIRECTORY")


class Sealed(NamedTuple):
    """A sealed file as it was found. `file` leads to a `whole` one that was too large to be read, else it is None.

    `whole` is what was sealed; `absent` no file; `elsewhere` whole, but sealed in another folder or before this one was
    copied; `unsealed` another's, or ours with its seal damaged; `damaged` not what was sealed; `link` a link or
    something else that is no plain file, or below such a thing, and not looked into; `unreadable` a file that cannot or
    may not be read. `data` is there for `whole`, `unsealed` and `damaged`, without the seal. `seal` is that of a
    `whole` one, by which it can be named, and `size` is in bytes.
    """

    state: Literal["whole", "absent", "elsewhere", "unsealed", "damaged", "link", "unreadable"]
    data: memoryview = memoryview(b"")
    file: Path | None = None
    seal: str = ""
    size: int = 0


class Cache:
    """The `.vkd/` of one workspace. Files are named below it, with `/`; folders in it are made as they are needed."""

    def __init__(self, root: Path) -> None:
        self.folder = root / CACHE_FOLDER
        self._mark = ""
        self._tidied: set[str] = set()

    def mark(self, *, make: bool = False) -> str | None:
        """The mark of this folder: a hash of the inode number and change time of a file in it, so that it differs
        between folders, places and copies, and cannot be computed from what the files say.

        Empty where there is none and, if one is to be made, none can be; None where a link or something else is in its
        place.
        """
        if not self._mark:
            try:
                with self._reached(_MARK, make=make) as place:
                    self._mark = _digest(place.mark(make=make))
            except OSError as error:
                return None if error.errno == errno.ELOOP else ""
        return self._mark

    def read(self, name: str) -> bytes:
        """A file's content. Raises OSError, of code ELOOP where it is no plain file or would be read through a link."""
        with self._reached(name) as place:
            return place.read()

    def write(self, name: str, *parts: bytes, durable: bool = False) -> None:
        """Replaces a file, all or nothing; `durable` also where the machine stops. Raises OSError, of code ELOOP where
        something else than a plain file has its name, or where a link leads there."""
        with self._writing(name) as place:
            place.write(parts, durable=durable)

    def remove(self, name: str) -> None:
        """Removes a file, or a link itself, where there is one. Raises OSError."""
        with suppress(FileNotFoundError), self._reached(name) as place:
            place.remove()

    def size_and_time(self, name: str) -> tuple[int, float]:
        """A file's size in bytes, and when it was written in seconds since 1970; both 0 where there is none."""
        with suppress(OSError), self._reached(name) as place:
            size, written = place.size_and_time_ns()
            return size, written / 1e9
        return 0, 0.0

    def read_sealed(self, name: str, most: int | None = None) -> Sealed:
        """What was last written with a seal. Never fails.

        A file of more than `most` bytes is not read: it is recognised by the time it was written, which its seal
        states. Damage that the system does not know of, as by a failing disk, is not found in it.
        """
        mark = self.mark()
        if mark is None:
            return Sealed("link")
        try:
            with self._reached(name) as place:
                size, written = place.size_and_time_ns()
                if most is not None and size > most:
                    return self._judged_unread(place, mark, size, written)
                data = place.read()
        except FileNotFoundError:
            return Sealed("absent")
        except OSError as error:
            return Sealed("link" if error.errno == errno.ELOOP else "unreadable")
        seal = _SEAL.fullmatch(data, max(0, len(data) - _SEAL_LENGTH))
        if seal is None:
            return Sealed("unsealed", memoryview(data))
        content = memoryview(data)[:-_SEAL_LENGTH]
        if seal[0] != _seal(seal[1].decode(), int(seal[3], 16), *_summed((content,))):
            return Sealed("damaged", content)
        if seal[1].decode() != mark:
            return Sealed("elsewhere")
        return Sealed("whole", content, seal=seal[0].decode(), size=len(data))

    def seal(self, name: str) -> str:
        """The seal that a file has now, whole or not; empty where it has none, or there is none."""
        with suppress(OSError), self._reached(name) as place:
            size, _ = place.size_and_time_ns()
            seal = _SEAL.fullmatch(place.read(max(0, size - _SEAL_LENGTH)))
            return seal[0].decode() if seal else ""
        return ""

    def write_sealed(self, name: str, *parts: bytes) -> None:
        """Replaces a file with one whose seal shows that it is whole and was made in this folder. Raises OSError."""
        mark = self.mark(make=True)
        if not mark:
            raise OSError(errno.EROFS, os.strerror(errno.EROFS), str(self.folder))
        at = _now_ns()
        with self._writing(name) as place:
            place.write((*parts, _seal(mark, at, *_summed(parts))), at_ns=at)

    @contextmanager
    def building_sealed(self, name: str, most: int | None = None) -> "Iterator[Path]":
        """A new file that is filled by whoever enters, and takes the place of a file when they leave, with a seal as
        `write_sealed` puts it. Where they raise, all is as it was. Raises OSError.

        One of more than `most` bytes, which is not read when it is recognised, is on the disk before it has its name:
        where the machine stops it would else have the length and the time that its seal states, and not the content.

        A file that nobody writes to for a while is taken for one that was left, so whoever fills it touches it.
        """
        mark = self.mark(make=True)
        if not mark:
            raise OSError(errno.EROFS, os.strerror(errno.EROFS), str(self.folder))
        with self._writing(name) as place, place.part() as part:
            yield Path(place.folder, part)
            at, checksum, length = _now_ns(), 0, 0
            with place.opened(part) as file:
                while some := os.read(file, _A_PART):
                    checksum, length = crc32(some, checksum), length + len(some)
                _write_all(file, _seal(mark, at, checksum, length))
                if most is not None and length + _SEAL_LENGTH > most:
                    os.fsync(file)
            place.put(part, at)

    def _judged_unread(self, place: "_Place", mark: str, size: int, written: int) -> Sealed:
        seal = _SEAL.fullmatch(place.read(max(0, size - _SEAL_LENGTH)))
        if seal is None:
            return Sealed("unsealed", memoryview(place.read(0, _FIRST)))
        # A copy is written at another time, and nothing is wrong with it.
        if seal[1].decode() != mark:
            return Sealed("elsewhere")
        if (int(seal[2], 16), int(seal[3], 16)) != (size - _SEAL_LENGTH, written):
            return Sealed("damaged")
        return Sealed("whole", file=Path(place.folder, place.leaf), seal=seal[0].decode(), size=size)

    @contextmanager
    def _writing(self, name: str) -> "Iterator[_Place]":
        with self._reached(name, make=True) as place:
            if place.folder not in self._tidied:
                self._tidied.add(place.folder)
                place.tidy()
            yield place

    @contextmanager
    def _reached(self, name: str, *, make: bool = False) -> "Iterator[_Place]":
        """Opens the folders that lead to a file, one by one and through no link, and yields the file's place in the
        last.

        With `make` folders that are missing are made. Raises OSError where a link or a file stands in the way.
        """
        *folders, leaf = name.split("/")
        place = _Place(str(self.folder.parent), leaf, None)
        try:
            for folder in (CACHE_FOLDER, *folders):
                place = place.entered(folder, make=make)
                if make and folder == CACHE_FOLDER:
                    place.keep_out_of_git()
            yield place
        finally:
            place.leave()


class _Place(NamedTuple):
    """The place of a file: its name in a folder. The folder is held open by a descriptor where the system has such, so
    that nobody can put another in its place."""

    folder: str
    leaf: str
    descriptor: int | None

    def entered(self, folder: str, *, make: bool) -> "_Place":
        """The file's place one folder further down. Closes the folder that this place holds, but not where it raises
        OSError."""
        path = self._at(folder)
        try:
            state = self._state(folder)
        except FileNotFoundError:
            if not make:
                raise
            with suppress(FileExistsError):
                os.mkdir(path, dir_fd=self.descriptor)
            state = self._state(folder)
        if not stat.S_ISDIR(state.st_mode):
            raise _no_plain_file(os.path.join(self.folder, folder))
        entered = os.open(path, _FOLDER, dir_fd=self.descriptor) if _BY_DESCRIPTOR else None
        self.leave()
        return _Place(os.path.join(self.folder, folder), self.leaf, entered)

    def leave(self) -> None:
        if self.descriptor is not None:
            with suppress(OSError):
                os.close(self.descriptor)

    def read(self, start: int = 0, most: int | None = None) -> bytes:
        self._refuse_what_is_no_file(self._state(self.leaf))
        file = os.open(self._at(self.leaf), _READ, dir_fd=self.descriptor)
        try:
            state = os.fstat(file)
            self._refuse_what_is_no_file(state)
            os.lseek(file, start, os.SEEK_SET)
            if most is not None:
                return os.read(file, most)
            parts = [os.read(file, min(state.st_size - start + 1, _AT_ONCE))]
            while parts[-1]:
                parts.append(os.read(file, _AT_ONCE))
            return parts[0] if len(parts) == 2 else b"".join(parts)
        finally:
            os.close(file)

    def size_and_time_ns(self) -> tuple[int, int]:
        state = self._state(self.leaf)
        return state.st_size, state.st_mtime_ns

    def write(self, parts: Sequence[bytes], *, durable: bool = False, at_ns: int | None = None) -> None:
        with self.part() as part:
            with self.opened(part) as file:
                for one in parts:
                    _write_all(file, one)
                if durable:
                    os.fsync(file)
            self.put(part, at_ns)

    @contextmanager
    def part(self) -> "Iterator[str]":
        """The name of a new, empty file beside this one, which is removed where anything is raised."""
        # A name of two is as good as a name of one: the file that is replaced is not written to.
        with suppress(FileNotFoundError):
            self._refuse_what_is_no_file(self._state(self.leaf))
        part = f".{self.leaf}.{os.getpid()}-{time.time_ns()}{_PART}"
        os.close(os.open(self._at(part), _CREATE, 0o666, dir_fd=self.descriptor))
        try:
            yield part
        except BaseException:
            with suppress(OSError):
                os.unlink(self._at(part), dir_fd=self.descriptor)
            raise

    @contextmanager
    def opened(self, part: str) -> "Iterator[int]":
        """The descriptor of a file beside this one, to be read and written to."""
        file = os.open(self._at(part), os.O_RDWR | _PLAIN, dir_fd=self.descriptor)
        try:
            yield file
        finally:
            os.close(file)

    def put(self, part: str, at_ns: int | None) -> None:
        """Has a new file take the place of this one, as if it were written at some time."""
        name = self._at(part)
        if at_ns is not None:
            os.utime(name, ns=(at_ns, at_ns), dir_fd=self.descriptor)
        os.replace(name, self._at(self.leaf), src_dir_fd=self.descriptor, dst_dir_fd=self.descriptor)

    def remove(self) -> None:
        os.unlink(self._at(self.leaf), dir_fd=self.descriptor)

    def mark(self, *, make: bool) -> str:
        if make:
            # Where it is there already, or cannot be made, its state tells.
            with suppress(OSError):
                os.close(os.open(self._at(self.leaf), _CREATE, 0o666, dir_fd=self.descriptor))
        state = self._state(self.leaf)
        self._refuse_what_is_no_file(state)
        return f"{state.st_ino} {state.st_ctime_ns}"

    def keep_out_of_git(self) -> None:
        with suppress(OSError):
            file = os.open(self._at(".gitignore"), _CREATE, 0o666, dir_fd=self.descriptor)
            try:
                os.write(file, b"*\n")
            finally:
                os.close(file)

    def tidy(self) -> None:
        """Removes the unfinished files in this folder of processes that were killed while writing."""
        with suppress(OSError), os.scandir(self.folder if self.descriptor is None else self.descriptor) as entries:
            for entry in entries:
                if entry.name.endswith(_PART):
                    with suppress(OSError):
                        if abs(time.time() - self._state(entry.name).st_mtime) > _PART_IS_LEFT_S:
                            os.unlink(self._at(entry.name), dir_fd=self.descriptor)

    def _at(self, name: str) -> str:
        return os.path.join(self.folder, name) if self.descriptor is None else name

    def _state(self, name: str) -> os.stat_result:
        return os.stat(self._at(name), dir_fd=self.descriptor, follow_symlinks=False)

    def _refuse_what_is_no_file(self, state: os.stat_result) -> None:
        if not stat.S_ISREG(state.st_mode):
            raise _no_plain_file(os.path.join(self.folder, self.leaf))


def _write_all(file: int, part: bytes) -> None:
    rest = memoryview(part)
    while rest:
        rest = rest[os.write(file, rest) :]


def _no_plain_file(path: str) -> OSError:
    return OSError(errno.ELOOP, "a link or no plain file, and nothing goes through it", path)


def _digest(text: str) -> str:
    return blake2b(text.encode(), digest_size=8).hexdigest()


def _now_ns() -> int:
    """The time to the second, or to two, as every system keeps it when it is told."""
    return int(time.time()) // _COARSEST_TIME_S * _COARSEST_TIME_S * 10**9


def _summed(parts: Sequence[bytes | memoryview]) -> tuple[int, int]:
    """The checksum and the length of parts together."""
    checksum, length = 0, 0
    for part in parts:
        checksum, length = crc32(part, checksum), length + len(part)
    return checksum, length


def _seal(mark: str, at_ns: int, checksum: int, length: int) -> bytes:
    """What is written after the content: for which folder, how long the content is, when, and a checksum of it all.

    A checksum finds damage. What somebody has forged is found by the mark, which a better checksum could not replace.
    """
    head = f"\nvkd-seal 2 {mark} {length:016x} {at_ns:016x} ".encode()
    return head + f"{crc32(head, checksum):08x}\n".encode()
