"""The log of what was given: a file with a line of JSON an answer, that only grows (docs/language.md section 12).

It holds what comparing needs, and so true numbers: it is as confidential as the data. While one process reads it,
decides and writes, no other does.
"""

from __future__ import annotations

import json
import os
import stat
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from vkd_catalog.data.crosstab import BUCKETS, Axis, Function, Place, Sketch
from vkd_catalog.disclosure.rules import Rules, UnfitValue, rules_in, stated_in

_VERSION = 1
_WAIT_S = 60
_PAUSE_S = 0.05
_OPEN = os.O_RDWR | os.O_APPEND | os.O_CREAT | getattr(os, "O_BINARY", 0) | getattr(os, "O_CLOEXEC", 0)
# Of a pipe nobody writes to, opening would never end.
_OPEN |= getattr(os, "O_NONBLOCK", 0)


class LogUnusable(Exception):
    """Raised where a log cannot be read or written, or was not written by vkd: its path, and why, as the system says or
    as the key of the text `disclosure.log.…`."""

    def __init__(self, path: Path, key: str, **facts: object) -> None:
        super().__init__(f"{path}: {key}")
        self.path = path
        self.key = key
        self.facts = facts


class Told(NamedTuple):
    """A cell as it was given: how many units it is of, their sketch, and the value, None where it was withheld.
    `is_hidden` says that there are units and the value does not tell of them."""

    number: int
    sketch: Sketch
    value: float | None
    is_hidden: bool


class Answer(NamedTuple):
    """A table that was given. `number` is its line in the log, from 1, `at` when it was written, in UTC; `about` says
    for people what it was asked by and made of; `rules` are those that it was given under. The others are as of a
    `Crosstab`, and what was made of it."""

    number: int
    at: str
    about: Mapping[str, object]
    axes: tuple[Axis, ...]
    units: str
    function: Function
    of: str
    is_exact: bool
    rules: Rules
    cells: Mapping[Place, Told]

    @property
    def population(self) -> Told:
        """All its units, as one cell."""
        return self.cells[(None,) * len(self.axes)]


class Log:
    """A log that is held open, and by nobody else. `answers` are the tables given so far."""

    def __init__(self, path: Path, file: int) -> None:
        self._path = path
        self._file = file
        lines = _lines(path, file)
        self._written = len(lines)
        self.answers = [one for number, line in enumerate(lines, 1) if (one := _answer(path, number, line))]

    def next_number(self) -> int:
        """The line that is written next."""
        return self._written + 1

    def add(self, answers: Sequence[Answer]) -> None:
        """Writes tables that are about to be given. Raises LogUnusable, and then nothing may be given."""
        self._append([_line_of(one) for one in answers])
        self.answers += answers

    def note(self, about: Mapping[str, object]) -> None:
        """Writes that units themselves were handed out. Raises LogUnusable."""
        self._append([{"vkd": _VERSION, "at": now(), "kind": "extract", "about": about}])

    def _append(self, lines: Sequence[Mapping[str, object]]) -> None:
        text = "".join(json.dumps(line, ensure_ascii=False, separators=(",", ":")) + "\n" for line in lines).encode()
        try:
            rest = memoryview(text)
            while rest:
                rest = rest[os.write(self._file, rest) :]
            os.fsync(self._file)
        except OSError as error:
            raise LogUnusable(self._path, "system", reason=error.strerror) from error
        self._written += len(lines)


@contextmanager
def held(path: Path) -> Iterator[Log]:
    """The log at a path, made where there is none, for one process alone. Raises LogUnusable."""
    try:
        file = os.open(path, _OPEN, 0o600)
    except (OSError, ValueError) as error:
        raise LogUnusable(path, "system", reason=getattr(error, "strerror", None) or str(error)) from error
    try:
        if not stat.S_ISREG(os.fstat(file).st_mode):
            raise LogUnusable(path, "no-file")
        _lock(path, file)
        yield Log(path, file)
    finally:
        # Closing gives the lock back.
        os.close(file)


def now() -> str:
    """The time, in UTC, as it is written in a log."""
    return time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime())


def _lock(path: Path, file: int) -> None:
    """Waits until no other process holds the file. Raises LogUnusable where one holds it for long."""
    until = time.monotonic() + _WAIT_S
    while not _locked(path, file):
        if time.monotonic() > until:
            raise LogUnusable(path, "locked")
        time.sleep(_PAUSE_S)


def _locked(path: Path, file: int) -> bool:
    try:
        if sys.platform == "win32":
            import msvcrt

            os.lseek(file, _BEYOND, os.SEEK_SET)
            msvcrt.locking(file, msvcrt.LK_NBLCK, 1)
        else:
            import fcntl

            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except (BlockingIOError, PermissionError):
        return False
    except OSError as error:
        raise LogUnusable(path, "system", reason=error.strerror) from error
    return True


_BEYOND = 1 << 60
"""Where Windows has its lock: a byte that is never written, for what is locked there cannot be read."""


def _lines(path: Path, file: int) -> list[bytes]:
    """The lines of the file. Raises LogUnusable where the last one was not written to its end."""
    try:
        os.lseek(file, 0, os.SEEK_SET)
        with os.fdopen(os.dup(file), "rb") as stream:
            data = stream.read()
    except OSError as error:
        raise LogUnusable(path, "system", reason=error.strerror) from error
    lines = data.split(b"\n")
    if lines.pop():
        raise LogUnusable(path, "line", line=len(lines) + 1)
    return lines


def _line_of(answer: Answer) -> Mapping[str, object]:
    return {
        "vkd": _VERSION,
        "at": answer.at,
        "kind": "table",
        "about": answer.about,
        "axes": answer.axes,
        "units": answer.units,
        "function": answer.function,
        "of": answer.of,
        "exact": answer.is_exact,
        "rules": stated_in(answer.rules),
        "cells": [
            [place, told.number, told.sketch.fingerprint, told.sketch.buckets, told.value, told.is_hidden]
            for place, told in answer.cells.items()
        ],
    }


def _answer(path: Path, number: int, line: bytes) -> Answer | None:
    """The table that a line says was given, None where it says something else. Raises LogUnusable where it cannot be
    read: what it said is not known, and nothing can be compared with it."""
    try:
        said = json.loads(line)
        if said["vkd"] != _VERSION:
            raise LogUnusable(path, "line", line=number)
        if said["kind"] != "table":
            return None
        cells = {tuple(place): _told(*told) for place, *told in said["cells"]}
        axes = tuple(Axis(code, tuple(categories)) for code, categories in said["axes"])
        answer = Answer(
            number,
            said["at"],
            said["about"],
            axes,
            said["units"],
            said["function"],
            said["of"],
            said["exact"],
            rules_in(said["rules"]),
            cells,
        )
        # Every comparison begins with all its units.
        _ = answer.population
    except (ValueError, TypeError, KeyError, RecursionError, UnfitValue) as error:
        raise LogUnusable(path, "line", line=number) from error
    return answer


def _told(number: int, fingerprint: int, buckets: Sequence[int], value: float | None, is_hidden: bool) -> Told:
    sketch = Sketch(int(fingerprint), tuple(map(int, buckets)))
    if len(sketch.buckets) != BUCKETS:
        raise ValueError(f"{len(sketch.buckets)} buckets")
    return Told(int(number), sketch, None if value is None else float(value), bool(is_hidden))
