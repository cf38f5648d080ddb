"""The files of a source: one that is named, or those of a folder, and what becomes of those that cannot be read."""

from collections.abc import Callable, Iterator, Sequence
from math import ceil
from pathlib import Path
from typing import NamedTuple, TypeVar

from vkd_catalog.importers.importer import Request
from vkd_catalog.importers.report import Follow, ImportSourceError, Unmapped

T = TypeVar("T")

_PIECE = 1 << 18


class Found(NamedTuple):
    """The files of a source, and the folder that they are named from."""

    folder: Path
    files: Sequence[Path]
    is_file: bool

    @property
    def called(self) -> str:
        """What the source is called: the file, or the folder."""
        return self.files[0].name if self.is_file else self.folder.resolve().name

    def name(self, file: Path) -> str:
        """How a file is called within the source."""
        return file.relative_to(self.folder).as_posix()


def find(source: Path, *endings: str) -> Found:
    """The file that was named, or those in a folder and below it with one of the endings, as `.px`, in order.

    Raises ImportSourceError where there is none.
    """
    if source.is_file():
        return Found(source.parent, (source,), is_file=True)
    if not source.is_dir():
        raise ImportSourceError(source, "no such file or folder")
    files = [path for path in sorted(source.rglob("*")) if path.suffix.lower() in endings and _is_source(path, source)]
    if not files:
        raise ImportSourceError(source, f"no file with the ending {' or '.join(endings)} in it")
    return Found(source, files, is_file=False)


class Followed:
    """A file that is read in pieces, of which who looks on sees each."""

    def __init__(self, path: Path, follow: Follow) -> None:
        self._file = path.open("rb")
        pieces = iter(lambda: self._file.read(_PIECE), b"")
        self._pieces = iter(follow(pieces, ceil(path.stat().st_size / _PIECE)))
        self._rest = b""

    def __enter__(self) -> "Followed":
        return self

    def __exit__(self, *error: object) -> None:
        self._file.close()

    def read(self, size: int = -1, /) -> bytes:
        """The next bytes, at most so many as are asked for; none at the end."""
        self._rest = self._rest or next(self._pieces, b"")
        end = len(self._rest) if size < 0 else size
        found, self._rest = self._rest[:end], self._rest[end:]
        return found


def read_each(
    request: Request, found: Found, read: Callable[[Path], T], unread: list[Unmapped]
) -> Iterator[tuple[Path, T]]:
    """What each file says. One that cannot be read is told of in `unread`, and raised where it was named itself, or
    where none of all can be read."""
    last: ImportSourceError | None = None
    readable = False
    for file in request.follow(found.files, len(found.files)):
        try:
            said = read(file)
        except ImportSourceError as error:
            if len(found.files) == 1:
                raise
            last = error
            place = f"{found.name(file)}:{error.line}" if error.line else found.name(file)
            unread.append(Unmapped("file that could not be read", place, error.message))
            continue
        readable = True
        yield file, said
    if last and not readable:
        raise last


def read_all(
    request: Request, endings: Sequence[str], read: Callable[[Path], Sequence[T]]
) -> tuple[Sequence[T], Sequence[Unmapped]]:
    """What all the files of a source say together, and those that could not be read; see `find` and `read_each`."""
    unread: list[Unmapped] = []
    found = [one for _, said in read_each(request, find(request.source, *endings), read, unread) for one in said]
    return found, unread


def _is_source(path: Path, source: Path) -> bool:
    """Whether a path is a file that people see: what stands below a hidden folder, as `.git`, is no source."""
    return not any(part.startswith(".") for part in path.relative_to(source).parts) and path.is_file()
