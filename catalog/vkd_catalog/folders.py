"""Which files a workspace has: the one walk of its folders.

A path is a name and never a pattern, and a folder may lead back into itself by links.
"""

from __future__ import annotations

import os
import posixpath
import re
import stat
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from fnmatch import translate
from functools import lru_cache
from heapq import heappop, heappush
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from vkd_catalog.files import Reason, reason_of

if TYPE_CHECKING:
    from vkd_catalog.configuration import Configuration

_MAGIC = frozenset("*?[")


class Unread(NamedTuple):
    """A file or folder that could not be read, and why; its path is relative or absolute as those found with it are."""

    path: str
    reason: Reason


class Files(NamedTuple):
    """The files that were found, in order, and what stood in the way of finding more."""

    paths: tuple[str, ...]
    unread: tuple[Unread, ...]


NO_FILES = Files((), ())
"""Nothing was found, and nothing stood in the way."""


def product_files(configuration: Configuration) -> Files:
    """The files that may hold product descriptions, relative to the root."""
    return matching_files(configuration.root, configuration.products)


def matching_files(root: Path, patterns: Iterable[str]) -> Files:
    """The files that patterns lead to, relative to the root, in order, each real file once; hidden ones are left out.

    `*`, `?` and `[…]` stand for parts of one name, and `**` for any folders or none. Links are followed. A file that
    can be reached by several names goes by the first that no link is on the way to, else by the first. Of what could
    not be read only that is listed which a pattern could have led to or through.
    """
    folder = os.fspath(root)
    by_base: dict[str, list[Sequence[str]]] = {}
    for pattern in patterns:
        if pattern and "\0" not in pattern:
            base, parts = _split(os.path.relpath(os.path.join(folder, pattern), folder))
            by_base.setdefault(base, []).append(parts)
    search = _Search(folder, follows=True)
    for base, wanted in by_base.items():
        search.look(base, wanted)
    return search.found()


def files_below(folder: str, endings: Sequence[str], *, most: int = 0, but: Collection[str] = ()) -> Files:
    """The files below a folder whose names have these endings, relative to it, in order; hidden ones are left out.

    Links to folders are not followed: what they lead to lies elsewhere. No more than `most` folders are looked into,
    unless it is 0, and none that is called as one of `but`.
    """
    search = _Search(folder, follows=False, most=most, but=but)
    search.look("", [("**", f"*{ending}") for ending in endings])
    return search.found()


def matches(root: Path, pattern: str, *, or_folder: bool = False) -> bool:
    """Whether a pattern leads to any file from a folder, or to a folder where that is as good.

    What cannot be read may be such a file, or hold one.
    """
    if not pattern or "\0" in pattern:
        return False
    search = _Search(os.fspath(root), follows=True, only_one=True, takes_folders=or_folder)
    base, parts = _split(os.path.relpath(os.path.join(root, pattern), root))
    search.look(base, [parts])
    return search.found() != NO_FILES


def leading_to(patterns: Iterable[str], paths: Iterable[str]) -> list[str]:
    """Those of some paths that patterns lead to, in order, by the rules of `matching_files`; no file is looked for.

    Paths and patterns are relative to the same folder, and `..` leads up from there.
    """
    by_base: dict[str, list[Sequence[str]]] = {}
    for pattern in patterns:
        base, parts = _split(posixpath.normpath(pattern))
        by_base.setdefault(base, []).append(parts)
    automata = [
        (base, _Automaton([parts for parts in wanted if parts]), [] in wanted) for base, wanted in by_base.items()
    ]

    def is_meant(path: str) -> bool:
        for base, automaton, is_file in automata:
            if path == base:
                if is_file:
                    return True
            elif not base or path.startswith(f"{base}/"):
                parts = path[len(base) + 1 if base else 0 :].split("/")
                # Only who writes it goes up.
                if ".." not in parts and automaton.accepts(parts):
                    return True
        return False

    return sorted(path for path in paths if not _is_hidden(path) and is_meant(path))


def as_pattern(path: str) -> str:
    """A glob pattern that matches only the given path, with its special characters escaped."""
    return re.sub(r"[*?[]", r"[\g<0>]", path)


class _Step(NamedTuple):
    """What the patterns look for in one folder: names of files, and the states to go on with in each folder below."""

    is_wanted: Callable[[str], object] | None
    everywhere: frozenset[int]
    folders: tuple[tuple[Callable[[str], object], int], ...]

    def takes(self, name: str) -> bool:
        """Whether a file of this name is one that a pattern leads to."""
        return self.is_wanted is not None and bool(self.is_wanted(name))

    def after(self, name: str) -> frozenset[int]:
        """The states to go on with in a folder of this name; empty where no pattern leads into it."""
        return self.everywhere.union(at for fits, at in self.folders if fits(name))


class _Automaton:
    """Patterns, each a sequence of the parts of a path, that are followed all at once.

    A state is the part of a pattern that is looked for next, counted over all the patterns one after the other.
    """

    def __init__(self, patterns: Sequence[Sequence[str]]) -> None:
        self._parts = [part for parts in patterns for part in parts]
        self._ends: set[int] = set()
        starts: set[int] = set()
        for parts in patterns:
            starts.add(max(self._ends, default=-1) + 1)
            self._ends.add(max(starts) + len(parts) - 1)
        self._steps: dict[frozenset[int], _Step] = {}
        self.start = self.closed(starts)

    def accepts(self, path: Sequence[str]) -> bool:
        """Whether a pattern leads to a file, given the parts of its path."""
        states = self.start
        for name in path[:-1]:
            states = self.closed(self.step(states).after(os.path.normcase(name)))
        return self.step(states).takes(os.path.normcase(path[-1]))

    def closed(self, states: Iterable[int]) -> frozenset[int]:
        """The states, and those that are reached from them where a `**` stands for no folder."""
        closed = set(states)
        for at in states:
            while self._parts[at] == "**" and at not in self._ends:
                at += 1
                closed.add(at)
        return frozenset(closed)

    def step(self, states: frozenset[int]) -> _Step:
        """What the patterns in some states look for in a folder: names of files, and of folders with the states after
        them.

        Made once for the same states.
        """
        if states not in self._steps:
            last = tuple(self._parts[at] for at in states if at in self._ends)
            more = (at for at in states if at not in self._ends and self._parts[at] != "**")
            self._steps[states] = _Step(
                _any_of(last) if last else None,
                frozenset(at for at in states if self._parts[at] == "**"),
                tuple((_any_of((self._parts[at],)), at + 1) for at in more),
            )
        return self._steps[states]


class _Search:
    """Walks the folders below one, looking for what patterns lead to.

    A folder is walked once for the same states, so that no circle of links goes on for ever, and folders that are
    reached without a link come first.
    """

    def __init__(
        self,
        root: str,
        *,
        follows: bool,
        most: int = 0,
        but: Collection[str] = (),
        only_one: bool = False,
        takes_folders: bool = False,
    ) -> None:
        self._root = root
        self._follows = follows
        self._only_one = only_one
        self._takes_folders = takes_folders
        self._left = most or -1
        self._but = but
        self._files: dict[tuple[int, int], list[tuple[bool, str]]] = {}
        self._unread: dict[str, Reason] = {}

    def look(self, base: str, patterns: Sequence[Sequence[str]]) -> None:
        """Looks for files below a folder; a pattern of no parts is the folder's own path, which may be a file's."""
        linked = bool(base) and self._is_linked(base)
        if [] in patterns:
            self._enter_file(base, linked)
        automaton = _Automaton([parts for parts in patterns if parts])
        seen: set[tuple[int, int, frozenset[int]]] = set()
        # Folders that a link leads to wait, ordered by path, until all others have been walked.
        near = [(base, automaton.start, linked)] if automaton.start else []
        far: list[tuple[str, Sequence[int]]] = []
        while (near or far) and self._left and not (self._only_one and self._files):
            if not near:
                path, states = heappop(far)
                near.append((path, frozenset(states), True))
            folder, kept, linked = near.pop()
            for path, after, is_link in self._below(folder, kept, linked, automaton, seen):
                if is_link:
                    heappush(far, (path, sorted(after)))
                else:
                    near.append((path, after, linked))

    def found(self) -> Files:
        """All that was found."""
        paths: list[str] = []
        for names in self._files.values():
            names.sort()
            while names:
                best = names[0][1]
                paths.append(best)
                # On different disks that are mounted in one folder two files may have the same number.
                names = [one for one in names[1:] if not self._is_one(best, one[1])]
        unread = (Unread(path, reason) for path, reason in self._unread.items() if not _is_hidden(path))
        return Files(tuple(sorted(path for path in paths if not _is_hidden(path))), tuple(sorted(unread)))

    def _below(
        self,
        folder: str,
        states: frozenset[int],
        linked: bool,
        automaton: _Automaton,
        seen: set[tuple[int, int, frozenset[int]]],
    ) -> Iterator[tuple[str, frozenset[int], bool]]:
        """Takes the files of a folder; yields the folders to look into: path, states, whether the name is a link."""
        place = os.path.join(self._root, folder)
        try:
            state = os.stat(place)
            key = (state.st_dev, state.st_ino, states)
            if key in seen:
                return
            seen.add(key)
            self._left -= 1
            with os.scandir(place) as entries:
                listed = list(entries)
        except OSError as error:
            self._fail(folder, error)
            return
        step = automaton.step(states)
        for entry in listed:
            name = os.path.normcase(entry.name)
            if name.startswith("."):
                continue
            is_wanted = step.takes(name)
            after = step.after(name) if name not in self._but else frozenset[int]()
            if is_wanted or after:
                path = f"{folder}/{entry.name}" if folder else entry.name
                is_folder = self._is_folder(entry, path, is_wanted, linked, state.st_dev)
                if is_folder and after and (self._follows or not entry.is_symlink()):
                    yield path, automaton.closed(after), entry.is_symlink()

    def _is_folder(self, entry: os.DirEntry[str], path: str, is_wanted: bool, linked: bool, device: int) -> bool:
        """Whether an entry of a folder is a folder itself; notes a file that is wanted.

        The kind of an entry is known from the folder's listing, but for links, so that the files of a large folder need
        not be looked at one by one.
        """
        try:
            is_link = entry.is_symlink()
            if not is_link and entry.is_file():
                if is_wanted:
                    self._files.setdefault((device, entry.inode()), []).append((linked, path))
                return False
            if not is_link and entry.is_dir() and not self._takes_folders:
                return True
            state = entry.stat()
        except OSError as error:
            reason = reason_of(error)
            if is_wanted or reason not in ("missing", "dangling", "circle"):
                self._unread[path] = reason
            return False
        if is_wanted:
            self._enter(path, state, linked or is_link)
        return stat.S_ISDIR(state.st_mode)

    def _enter_file(self, path: str, linked: bool) -> None:
        try:
            self._enter(path, os.stat(os.path.join(self._root, path)), linked)
        except OSError as error:
            self._fail(path, error)

    def _enter(self, path: str, state: os.stat_result, linked: bool) -> None:
        if stat.S_ISREG(state.st_mode) or (self._takes_folders and stat.S_ISDIR(state.st_mode)):
            self._files.setdefault((state.st_dev, state.st_ino), []).append((linked, path))
        elif not stat.S_ISDIR(state.st_mode):
            self._unread[path] = "not-regular"

    def _fail(self, path: str, error: OSError) -> None:
        """Notes a path that could not be read; one that is not there is no failure."""
        reason = reason_of(error)
        if reason != "missing":
            self._unread[path or "."] = reason

    def _is_linked(self, path: str) -> bool:
        """Whether a link is on the way from the root to a path."""
        there = os.path.realpath(os.path.join(self._root, path))
        return there != os.path.normpath(os.path.join(os.path.realpath(self._root), path))

    def _is_one(self, one: str, other: str) -> bool:
        try:
            return os.path.samefile(os.path.join(self._root, one), os.path.join(self._root, other))
        except OSError:
            return False


def _split(pattern: str) -> tuple[str, list[str]]:
    """A pattern's folder, as far as it is a plain name, and the parts that follow."""
    parts = pattern.replace(os.sep, "/").split("/")
    plain = next((at for at, part in enumerate(parts) if not _MAGIC.isdisjoint(part)), len(parts))
    return "/".join(parts[:plain]), parts[plain:]


def _is_hidden(path: str) -> bool:
    return path != "." and any(part.startswith(".") and part != ".." for part in path.split("/"))


@lru_cache(maxsize=256)
def _any_of(parts: tuple[str, ...]) -> Callable[[str], object]:
    """A predicate that says whether a name matches one of some parts of patterns."""
    return re.compile("|".join(translate(os.path.normcase(part)) for part in parts)).match
