"""Open documents that describe nothing themselves: what the descriptions are read against.

A vocabulary (CSV) counts as it stands in the editor once nobody has typed in it for a moment: to read twenty thousand
concepts at each keystroke would be felt. A `vkd.toml` or a documentation counts as it was saved.
"""

from collections.abc import Callable, Iterator, Mapping
from math import inf
from pathlib import Path, PurePosixPath
from time import monotonic
from typing import Literal, NamedTuple
from urllib.parse import urlsplit

from vkd_catalog.configuration import FILE_NAME
from vkd_grammar.document import Edit
from vkd_grammar.lines import Lines
from vkd_grammar.text import Position, split_lines
from vkd_server.workspace.uris import key_of, path_of

Kind = Literal["vocabulary", "configuration", "documentation"]

_A_LINE = 20e-6
"""Seconds of quiet for each line of a vocabulary that was written in: about what it takes to read one, as measured."""

_LONGEST = 2.0
"""Seconds of quiet that are enough for a vocabulary of any size."""


class Source(NamedTuple):
    """An open vocabulary, documentation or `vkd.toml` at one moment; `path` is None for one that is no file."""

    uri: str
    kind: Kind
    version: int | None
    path: Path | None
    lines: Lines


class Sources:
    """Keeps the current text of each open vocabulary, documentation and `vkd.toml`."""

    def __init__(self) -> None:
        self._open: dict[str, Source] = {}
        self._changed: float | None = None
        self._made: dict[tuple[str, str], tuple[object, str]] = {}

    def __iter__(self) -> Iterator[Source]:
        return iter(self._open.values())

    def get(self, uri: str) -> Source | None:
        """The open document with a URI; None where it is not open."""
        return self._open.get(key_of(uri))

    def open(self, uri: str, kind: Kind, version: int | None, text: str) -> None:
        """Adds a document that was opened, with its text as the editor has it."""
        self._put(Source(uri, kind, version, path_of(uri), Lines(split_lines(text))))

    def change(self, uri: str, version: int | None, edit: Edit) -> None:
        """Applies an edit to an open document. Raises KeyError where the document is not open."""
        had = self._open[key_of(uri)]
        self._put(had._replace(version=version, lines=_edited(had.lines, edit)))

    def close(self, uri: str) -> None:
        """Removes a document that was closed; its file counts again at once. Raises KeyError where it is not open."""
        if self._open.pop(key_of(uri)).kind == "vocabulary":
            self._changed = -inf
        self._made = {key: made for key, made in self._made.items() if key[0] != uri}

    def made_once(self, uri: str, what: str, of: object, make: Callable[[], str]) -> str:
        """A long answer about an open document, not made again for as long as what it is made of is the very same."""
        had = self._made.get((uri, what))
        if had is None or had[0] is not of:
            had = self._made[uri, what] = (of, make())
        return had[1]

    @property
    def waits(self) -> bool:
        """Whether a vocabulary has changed since `take` was last called."""
        return self._changed is not None

    @property
    def is_quiet(self) -> bool:
        """Whether enough time has passed since the last edit of an open vocabulary to take it over."""
        size = max((len(one.lines) for one in self._open.values() if one.kind == "vocabulary"), default=0)
        return self._changed is None or monotonic() - self._changed >= min(size * _A_LINE, _LONGEST)

    def take(self) -> Mapping[Path, Lines]:
        """The text of each open vocabulary that is a file, by path. None counts as changed after this."""
        self._changed = None
        return {one.path: one.lines for one in self._open.values() if one.kind == "vocabulary" and one.path}

    def _put(self, source: Source) -> None:
        self._open[key_of(source.uri)] = source
        if source.kind == "vocabulary":
            self._changed = monotonic()


def kind_of(uri: str, language: str) -> Kind | None:
    """What a document is by its name, or, where it has none yet, by its language; None for descriptions."""
    try:
        parts = urlsplit(uri)
    except ValueError:
        return None
    name = PurePosixPath(parts.path).name.lower()
    if name == FILE_NAME or (parts.scheme == "untitled" and language == "toml"):
        return "configuration"
    if name.endswith((".md", ".markdown")) or language == "markdown":
        return "documentation"
    return "vocabulary" if name.endswith((".csv", ".tsv")) or language in ("csv", "tsv") else None


def _edited(lines: Lines, edit: Edit) -> Lines:
    """The lines after an edit; those beside it are cut anew too, for a line's end may come together from two sides."""
    start, end = sorted((_inside(lines, edit.span.start), _inside(lines, edit.span.end)))
    first, last = max(0, start.row - 1), min(len(lines), end.row + 2)
    head = "".join(lines[first : start.row]) + _line(lines, start.row)[: start.column]
    tail = _line(lines, end.row)[end.column :] + "".join(lines[end.row + 1 : last])
    return lines.replaced(first, last, split_lines(head + edit.text + tail))


def _inside(lines: Lines, position: Position) -> Position:
    return position if position.row < len(lines) else Position(len(lines), 0)


def _line(lines: Lines, row: int) -> str:
    return lines[row] if row < len(lines) else ""
