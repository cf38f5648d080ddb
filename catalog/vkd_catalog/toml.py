"""TOML with places: which keys and values stand where, in texts that need not be finished.

What a file means is read by `vkd_catalog.configuration`; this only knows where things are, and gives up at nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Literal, NamedTuple

from vkd_grammar.text import Position, content

Path = tuple[str, ...]

_TOKEN = re.compile(
    r"(?P<comment>\#.*)|(?P<blank>[ \t]+)"
    r"|(?P<text>\"\"\".*?(?:\"\"\"|$)|'''.*?(?:'''|$)|\"(?:[^\"\\]|\\.)*(?:\"|\\?$)|'[^']*(?:'|$))"
    r"|(?P<mark>[\[\]{}=,.])|(?P<bare>[^\s\[\]{}=,.\#\"']+)|(?P<other>.)"
)


class Token(NamedTuple):
    """A piece of a line. `kind` is the name of a group in the pattern above, or `end` for the end of a line."""

    kind: str
    text: str
    start: Position
    end: Position


class Value(NamedTuple):
    """A value that is no list and no table: its place, quotes included, and what it says where it is a text."""

    start: Position
    end: Position
    text: str
    is_text: bool


class Entry(NamedTuple):
    """A key with its value: the names of its sections and its own, the key's place, and the values in it.

    `shape` is what the value is; `last` is where it ends, or where it should stand.
    """

    path: Path
    start: Position
    end: Position
    shape: Literal["value", "list", "table", "missing"]
    values: tuple[Value, ...]
    last: Position


class Header(NamedTuple):
    """The head of a section, `[…]`: its names, and the place between the brackets; `double` where these are two."""

    path: Path
    start: Position
    end: Position
    double: bool


class Toml(NamedTuple):
    """The sections and entries of a file, in their order."""

    headers: tuple[Header, ...]
    entries: tuple[Entry, ...]

    def section_at(self, row: int) -> Path:
        """The names of the section that a row belongs to; the row of a section's head belongs to that section."""
        return next((one.path for one in reversed(self.headers) if one.start.row <= row), ())


def read_toml(lines: Sequence[str]) -> Toml:
    """The sections and keys of a file."""
    reader = _Reader(list(_tokens(lines)))
    reader.read()
    return Toml(tuple(reader.headers), tuple(reader.entries))


def as_key(text: str) -> str:
    """A key as TOML writes it: bare where it may be, else in quotes."""
    return text if re.fullmatch(r"[A-Za-z0-9_-]+", text) else as_text(text)


def as_text(text: str) -> str:
    """A text between quotes."""
    escaped = "".join(_ESCAPES.get(character, character) for character in text)
    return '"' + "".join(f"\\u{ord(one):04x}" if ord(one) < 32 or ord(one) == 127 else one for one in escaped) + '"'


_ESCAPES = {'"': '\\"', "\\": "\\\\"}


def _tokens(lines: Sequence[str]) -> Iterator[Token]:
    for row, line in enumerate(lines):
        text = content(line)
        for match in _TOKEN.finditer(text):
            kind = match.lastgroup or "other"
            if kind not in ("comment", "blank"):
                yield Token(kind, match[0], Position(row, match.start()), Position(row, match.end()))
        yield Token("end", "", Position(row, len(text)), Position(row, len(text)))
    last = Position(len(lines), 0)
    yield Token("end", "", last, last)


def _said(token: Token) -> str:
    """The text that a token of a key or a string stands for, without quotes and escapes."""
    import tomllib

    if token.kind != "text":
        return token.text
    try:
        return str(tomllib.loads(f"text = {token.text}")["text"])
    except tomllib.TOMLDecodeError:
        return token.text.strip("\"'")


class _Reader:
    def __init__(self, tokens: list[Token]) -> None:
        self._tokens = tokens
        self._at = 0
        self._section: Path = ()
        self.headers: list[Header] = []
        self.entries: list[Entry] = []

    def read(self) -> None:
        while self._at < len(self._tokens):
            token = self._tokens[self._at]
            if token.kind == "end":
                self._at += 1
            elif token.text == "[":
                self._header()
            elif token.kind in ("bare", "text"):
                self._entry(self._section, in_line=False)
            else:
                self._skip_line()

    def _header(self) -> None:
        first = self._at
        while self._is("["):
            self._at += 1
        double = self._at > first + 1
        start = self._tokens[self._at - 1].end
        names = self._names()
        end = names[-1].end if names else start
        self._section = tuple(_said(name) for name in names)
        self.headers.append(Header(self._section, names[0].start if names else start, end, double))
        self._skip_line()

    def _entry(self, above: Path, *, in_line: bool) -> None:
        names = self._names()
        path = (*above, *(_said(name) for name in names))
        if not self._is("="):
            self._add(path, names[-1], "missing", (), names[-1].end)
        else:
            equals = self._tokens[self._at].end
            self._at += 1
            self._value(path, names[-1], equals)
        if not in_line:
            self._skip_line()

    def _value(self, path: Path, name: Token, equals: Position) -> None:
        if self._is("["):
            values, last = self._list()
            self._add(path, name, "list", values, last)
        elif self._is("{"):
            number = len(self.entries)
            last = self._table(path)
            self.entries.insert(number, Entry(path, name.start, name.end, "table", (), last))
        else:
            value = self._single()
            if value is None:
                self._add(path, name, "missing", (), equals)
            else:
                self._add(path, name, "value", (value,), value.end)

    def _single(self) -> Value | None:
        first = self._tokens[self._at]
        if first.kind == "text":
            self._at += 1
            return Value(first.start, first.end, _said(first), True)
        last = first
        while (last := self._tokens[self._at]).kind in ("bare", "other") or last.text == ".":
            self._at += 1
        end = self._tokens[self._at - 1].end
        return Value(first.start, end, "", False) if self._tokens[self._at] is not first else None

    def _list(self) -> tuple[tuple[Value, ...], Position]:
        """The values of a list and where it ends: at its bracket, or before a line that looks like the next key or
        section."""
        values: list[Value] = []
        self._at += 1
        while self._at < len(self._tokens):
            token = self._tokens[self._at]
            if token.text == "]" and token.kind == "mark":
                self._at += 1
                return tuple(values), token.end
            if token.kind == "end" and self._next_line_is_other():
                return tuple(values), token.start
            if token.kind == "mark" and token.text in "[{":
                values.append(Value(token.start, token.end, "", False))
            value = self._single()
            if value is not None:
                values.append(value)
            else:
                self._at += 1
        return tuple(values), self._tokens[-1].start

    def _next_line_is_other(self) -> bool:
        rest = self._tokens[self._at + 1 : self._at + 3]
        if not rest:
            return True
        return rest[0].text == "[" or (len(rest) > 1 and rest[0].kind in ("bare", "text") and rest[1].text == "=")

    def _table(self, path: Path) -> Position:
        self._at += 1
        while self._tokens[self._at].kind != "end":
            token = self._tokens[self._at]
            if token.text == "}":
                self._at += 1
                return token.end
            if token.kind in ("bare", "text"):
                self._entry(path, in_line=True)
            else:
                self._at += 1
        return self._tokens[self._at].start

    def _names(self) -> list[Token]:
        names: list[Token] = []
        while (token := self._tokens[self._at]).kind in ("bare", "text") or token.text == ".":
            if token.text != ".":
                names.append(token)
            self._at += 1
        return names

    def _add(
        self,
        path: Path,
        name: Token,
        shape: Literal["value", "list", "table", "missing"],
        values: tuple[Value, ...],
        last: Position,
    ) -> None:
        self.entries.append(Entry(path, name.start, name.end, shape, values, last))

    def _is(self, mark: str) -> bool:
        token = self._tokens[self._at]
        return token.kind == "mark" and token.text == mark

    def _skip_line(self) -> None:
        while self._at < len(self._tokens) and self._tokens[self._at].kind != "end":
            self._at += 1
