"""Where an embedded register is kept between calls: two sealed files in the workspace's `.vkd/`.

The base is the database as it is on a disk, which any SQLite can look into, with a seal after it. It is read once, as a
whole, when a register is opened; one too large for this is searched where it lies. Nobody writes into it. What has
changed since is a second, small register that is laid over the base (`layered`). It is read and replaced as a whole,
names the base that it belongs to by its seal, and is believed with that one only. Where it has become large beside its
base, both are written into a new base.

So a change costs what has changed, whatever the register's size; nobody waits for anybody's lock; what was checked is
what is read; and whoever reads has one state, an older one at worst, for a base without its changes is what it was
before them, and is brought up to date by the files again. To change pages in place, with a journal of SQLite's own,
would need locks that network folders do not keep, and files beside it that name nothing; and the thousand products of
a file have ten thousand sentences, each of which is on other pages of two indexes: 80 MB for what is 1 MB in a layer.
"""

import errno
import json
import sqlite3
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence, Sized
from contextlib import suppress
from functools import partial
from typing import Any, NamedTuple

from vkd_catalog.cache import Cache, Sealed
from vkd_catalog.engines.embedded import EmbeddedRegister, empty, in_memory
from vkd_catalog.engines.embedded_file import trouble_with
from vkd_catalog.engines.embedded_schema import VERSION
from vkd_catalog.engines.embedded_writing import Change, change, take_in, write_anew
from vkd_catalog.engines.layered import Laid, LayeredRegister
from vkd_catalog.register import NOTHING_TOUCHED, FileState, Missed, Registered, Stored, Tell, Trouble

REGISTER_FILE = "register.sqlite"
"""The base's name in the workspace's `.vkd/`."""

CHANGES_FILE = "register.changes"
"""The name of what is laid over it."""

_MOST_HELD = 32 * 2**20
"""Bytes of a stored register that is read into memory, and checked; to search larger ones where they lie takes no more
time, and no memory."""

_LAYERED_FROM = 4 * 2**20
"""Bytes of a base over which changes are laid; a smaller one is written anew in less time than it takes to look."""

_MOST_LAID = 32 * 2**20
"""Bytes that are laid over a base at most, which each call reads and each change writes."""

_MOST_TOUCHED = 20_000
"""So many files whose content is what it was have a new state noted at most."""

_SHARE = 0.25
"""What is laid over a base is at most this part of it."""

_TRIES = 3
"""So often a base is looked for that others replace while it is opened."""


def opened(cache: Cache, key: str, tell: Tell | None = None) -> "StoredRegister":
    """The register that a workspace stores for a `key`; an empty one where there is none that can be believed. `tell`
    is told what is wrong with what is there."""
    store = _Store(cache, key, tell or _nobody)
    base = store.base()
    if base.register is not None:
        return StoredRegister(base, store.changes(base), store)
    trouble = trouble_with(base.sealed)
    if trouble is not None:
        store.tell(Trouble(trouble, store.path))
    # What is laid over nothing must not name what is there, which may be good for another key.
    nothing = _Base(Sealed("absent"), EmbeddedRegister(empty(key)))
    return StoredRegister(nothing, None, store if trouble in (None, "damaged") else None)


def looked_into(cache: Cache, key: str) -> Stored:
    """The state of the register that a workspace stores for a `key`, with the register where it is whole; what is
    changed in that is not stored."""
    store = _Store(cache, key, _nobody)
    base = store.base()
    size, written = cache.size_and_time(REGISTER_FILE)
    if base.register is None:
        state = base.sealed.state
        return Stored(
            state if state in ("absent", "elsewhere", "unreadable") else trouble_with(base.sealed) or "outdated",
            store.path,
            size,
            written,
        )
    changes = store.changes(base)
    if changes is not None:
        more, later = cache.size_and_time(CHANGES_FILE)
        size, written = size + more, max(written, later)
    return Stored("whole", store.path, size, written, StoredRegister(base, changes, None))


class _Base(NamedTuple):
    """A base as it was found, and the register in it where it can be used."""

    sealed: Sealed
    register: EmbeddedRegister | None = None

    @property
    def size(self) -> int:
        """Its bytes."""
        return self.sealed.size


class _Changes(NamedTuple):
    """What is laid over a base."""

    above: EmbeddedRegister
    laid: Laid


class StoredRegister(LayeredRegister):
    """A register of which the base and what is laid over it are stored; without a `store` it is changed in memory
    alone."""

    def __init__(self, base: _Base, changes: _Changes | None, store: "_Store | None") -> None:
        assert base.register is not None
        above, laid = changes or (_nothing_over(base.register), Laid())
        super().__init__(base.register, above, laid)
        self._base = base
        self._base_register = base.register
        self._store = store

    def replace(
        self,
        changed: Iterable[tuple[str, FileState, Sequence[Registered]]],
        gone: Collection[str],
        touched: Mapping[str, FileState] = NOTHING_TOUCHED,
        missed: Sequence[Missed] = (),
    ) -> None:
        if not (changed or gone or touched or missed):
            return
        said = Change(changed, gone, touched, missed)
        if self._store is not None and self._is_most(said) and self._is_rebuilt(said):
            return
        super().replace(*said)
        if self._store is None:
            return
        if self._above_is_large():
            self._is_rebuilt()
        elif not self._store.lay(self._base, self._above, self._laid):
            self._store = None

    def _is_most(self, said: Change) -> bool:
        """Whether a change is of so much that it is better not laid over the base, nor held in memory."""
        if isinstance(said.changed, Iterator):
            # It cannot be gone through again, were there no room.
            return False
        many = len(said.changed) if isinstance(said.changed, Sized) else 0
        is_most = many > self._base_register.file_count() * _SHARE or len(said.touched) > _MOST_TOUCHED
        return is_most or self._base.size < _LAYERED_FROM

    def _above_is_large(self) -> bool:
        large = min(_MOST_LAID, self._base.size * _SHARE)
        return self._base.size < _LAYERED_FROM or self._above.space() > large

    def _is_rebuilt(self, said: Change = Change((), (), NOTHING_TOUCHED, ())) -> bool:
        """Whether a new base could be stored, of both layers and a change."""
        assert self._store is not None
        base = self._store.rebuilt(self._base_register, self._above, self._laid, said)
        if base is None or base.register is None:
            # Where there is no room now there is none for the next change, and it is told once.
            self._store = None
            return False
        self.close()
        self._base, self._base_register = base, base.register
        super().__init__(base.register, _nothing_over(base.register))
        return True


class _Store(NamedTuple):
    """Where a register for a key is stored, and the function that is called with what is wrong there."""

    cache: Cache
    key: str
    tell: Tell

    @property
    def path(self) -> str:
        return str(self.cache.folder / REGISTER_FILE)

    def base(self) -> _Base:
        """The base that is stored."""
        for _ in range(_TRIES):
            sealed = self.cache.read_sealed(REGISTER_FILE, _MOST_HELD)
            register = self._opened(sealed)
            # The file that was opened is the one whose seal was read, unless another took its place between the two.
            if register is None or sealed.file is None or self.cache.seal(REGISTER_FILE) == sealed.seal:
                # What was read is in the database by then, and as large as that.
                return _Base(sealed if register is None else sealed._replace(data=memoryview(b"")), register)
            register.close()
        return _Base(Sealed("unreadable"))

    def changes(self, base: _Base) -> _Changes | None:
        """What is laid over a base; None where that is nothing, or of another base, or cannot be believed."""
        sealed = self.cache.read_sealed(CHANGES_FILE)
        trouble = trouble_with(sealed)
        if trouble is not None:
            self.tell(Trouble(trouble, str(self.cache.folder / CHANGES_FILE)))
        if sealed.state != "whole":
            return None
        head, _, database = bytes(sealed.data).partition(b"\n")
        said = json.loads(head)
        if said["base"] != base.sealed.seal:
            return None
        connection = in_memory()
        connection.deserialize(database)
        return _Changes(EmbeddedRegister(connection), _laid(said))

    def lay(self, base: _Base, above: EmbeddedRegister, laid: Laid) -> bool:
        """Stores what is laid over a base. Returns whether that was possible."""
        if self.cache.seal(REGISTER_FILE) not in ("", base.sealed.seal):
            # Others have stored a base since, and read again what they do not have; what is laid over ours is no use.
            return True
        if not self._changes_are_ours():
            return False
        try:
            self.cache.write_sealed(CHANGES_FILE, _head(base, laid), b"\n", above.serialized())
        except OSError as error:
            self._tell(error)
            return False
        return True

    def rebuilt(self, below: EmbeddedRegister, above: EmbeddedRegister, laid: Laid, said: Change) -> _Base | None:
        """Stores a new base, of another with what is laid over it, and a change. Returns what was stored; None where
        that was not possible."""
        try:
            with self.cache.building_sealed(REGISTER_FILE, _MOST_HELD) as path:
                write_anew(path, partial(_both, below, above, laid), said)
            if self._changes_are_ours():
                self.cache.remove(CHANGES_FILE)
        except OSError as error:
            self._tell(error)
            return None
        return self.base()

    def _changes_are_ours(self) -> bool:
        """Whether what has the changes' name may be replaced; that it may not was told when it was read."""
        return trouble_with(self.cache.read_sealed(CHANGES_FILE, 0)) not in ("link", "foreign")

    def _opened(self, sealed: Sealed) -> EmbeddedRegister | None:
        """The register that was sealed, if it is of this version and for this key."""
        if sealed.state != "whole":
            return None
        connection = in_memory() if sealed.file is None else _outside(sealed)
        with suppress(sqlite3.Error):
            if sealed.file is None:
                connection.deserialize(sealed.data)
            version = connection.execute("PRAGMA user_version").fetchone()[0]
            if version == VERSION and connection.execute("SELECT value FROM setting").fetchone() == (self.key,):
                return EmbeddedRegister(connection)
        connection.close()
        return None

    def _tell(self, error: OSError) -> None:
        # Where it may not be written, that is somebody's decision and no news.
        if not isinstance(error, PermissionError) and error.errno != errno.EROFS:
            self.tell(Trouble("unwritten", self.path, error.strerror or str(error)))


def _nobody(_trouble: Trouble) -> None:
    """Takes a trouble and does nothing, for callers that do not want to know."""


def _nothing_over(register: EmbeddedRegister) -> EmbeddedRegister:
    """A register for what will be laid over another."""
    return EmbeddedRegister(empty("", register.next_number()))


def _both(below: EmbeddedRegister, above: EmbeddedRegister, laid: Laid, database: sqlite3.Connection) -> None:
    """Puts a register with what is laid over it into an empty database."""
    below.copied_into(database)
    if laid.paths or laid.touched:
        take_in(database, above.serialized(), laid.paths)
        change(database, Change((), (), laid.touched, ()))


def _outside(sealed: Sealed) -> sqlite3.Connection:
    assert sealed.file is not None
    where = f"{sealed.file.absolute().as_uri()}?mode=ro&immutable=1"
    return sqlite3.connect(where, isolation_level=None, check_same_thread=False, uri=True)


def _head(base: _Base, laid: Laid) -> bytes:
    """What is told of the changes in the file's first line."""
    said = {
        "base": base.sealed.seal,
        "paths": sorted(laid.paths),
        "touched": laid.touched,
        "hidden below": sorted(laid.hidden_below or ()),
        "hidden above": sorted(laid.hidden_above),
    }
    return json.dumps(said).encode()


def _laid(said: Mapping[str, Any]) -> Laid:
    touched = {path: FileState(*state) for path, state in said["touched"].items()}
    return Laid(frozenset(said["paths"]), touched, frozenset(said["hidden below"]), frozenset(said["hidden above"]))
