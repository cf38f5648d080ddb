"""Lines read without a tree: what nearly every line is, in a fifth of the time.

A field's kind hangs on its place and its text alone. So the kind of a text is remembered where the grammar has told it,
and plain words and numbers are told at sight; a line with any other field is left to the grammar, and so is one with an
escape. `tests/grammar/test_plain.py` holds both to each other.
"""

from collections.abc import Sequence
from typing import NamedTuple

from vkd_grammar.kinds import HeaderType, header_type
from vkd_grammar.syntax import NUMBER, OBJECT_TYPE, OPERATOR, TIME, Comment, Entry, Field, FieldKind
from vkd_grammar.text import BLANKS, content
from vkd_grammar.words import DITTOS, DONT_CARE

_MOST_KEPT = 20_000
"""So many texts are remembered at most for each place."""

_FIELDS = 6
_NO_TIME = frozenset("0123456789.-?")
"""What a time, unlike a word, opens with."""

_NO_WORD = frozenset(DITTOS + DONT_CARE)
_OPERATORS: dict[str, FieldKind] = dict.fromkeys("OEN.", "operator")


class PlainHeader(NamedTuple):
    """What a header's line holds, as in `syntax.Header`."""

    fields: tuple[Field, ...]
    type: HeaderType
    entries: tuple[Entry, ...]


class Opening(NamedTuple):
    """A header that opens a description, as texts: the word that says its type, its identification, and the technical
    data, of which only the identification is without the blanks around it."""

    word: str
    identification: str
    technical: str


def opening_in(line: str) -> Opening | None:
    """The header in a line, where it states a type, a plain word as its identification, and technical data; None for
    all else. What a header states beside its identification does not hang on that."""
    number, word, identification, technical = (*line.split("/", 3), "", "", "", "")[:4]
    if not technical or number.strip(BLANKS) != "0" or "\\" in line:
        return None
    identification = identification.strip(BLANKS)
    return Opening(word, identification, technical) if _is_word(identification) else None


class PlainLines:
    """Reads plain lines, and remembers the kinds of texts that the grammar has told."""

    def __init__(self) -> None:
        self._kinds: tuple[dict[str, FieldKind], ...] = ({}, {}, {}, {}, {}, {**_OPERATORS})

    def learn(self, fields: Sequence[Field]) -> None:
        """Remembers the kinds of a readable sentence's fields as the grammar has told them."""
        if len(fields) != _FIELDS:
            return
        for kinds, field in zip(self._kinds[OBJECT_TYPE:], fields[OBJECT_TYPE:], strict=True):
            if len(kinds) >= _MOST_KEPT:
                kinds.clear()
            kinds[field.text] = field.kind

    def sentence(self, line: str) -> tuple[Field, ...] | None:
        """The fields of a sentence; None for any other line, and for a sentence that is not plain."""
        parts = content(line).split("/")
        if len(parts) != _FIELDS or "\\" in line or not _is_number(parts[NUMBER].strip(BLANKS)):
            return None
        make, fields, at = tuple.__new__, list[Field](), 0
        for place, part in enumerate(parts):
            text = part.strip(BLANKS)
            kind = self._kinds[place].get(text) or self._told(place, text)
            if kind is None:
                return None
            start = at + part.find(text)
            fields.append(make(Field, (kind, text, start, start + len(text))))
            at += len(part) + 1
        return tuple(fields)

    def header(self, row: int, line: str) -> PlainHeader | None:
        """What a header that opens a description holds; None for any other line, and for one that is not plain."""
        text = content(line)
        parts = text.split("/", 3)
        if len(parts) < 3 or "\\" in text or not text.isprintable() or parts[0].strip(BLANKS) != "0":
            return None
        number, word, identification = _placed(parts[:3], 0)
        named = header_type(word.text)
        if named is None or not _is_word(identification.text):
            return None
        entries = _entries(row, parts[3], len(text) - len(parts[3])) if len(parts) > 3 else ()
        if entries is None:
            return None
        return PlainHeader((number._replace(kind="number"), word, identification), named, entries)

    def further(self, row: int, line: str) -> tuple[Entry, ...] | None:
        """The entries of a line of further technical data; None for any other line, and for one that is not plain."""
        text = content(line)
        opening, sign, technical = text.partition(";")
        if not sign or opening.strip(BLANKS) or "\\" in text or not technical.isprintable():
            return None
        return _entries(row, technical, len(opening) + 1)

    def _told(self, place: int, text: str) -> FieldKind | None:
        """The kind of a text that has not come before; None where the grammar has to tell it."""
        if place == NUMBER:
            return "number"
        kind: FieldKind | None = None
        if not text:
            kind = "empty"
        elif place == OPERATOR or not _is_word(text):
            return None
        elif place == TIME:
            kind = None if text[0] in _NO_TIME else "word"
        elif place != OBJECT_TYPE or header_type(text) is None:
            kind = "word"
        if kind is not None:
            self._kinds[place][text] = kind
        return kind


def comment(row: int, line: str) -> Comment | None:
    """The comment that a line is; None for any other line."""
    text = content(line)
    said = text.lstrip(BLANKS)
    return Comment(row, len(text) - len(said), len(text), said[1:].strip()) if said[:1] == "#" else None


def _is_number(text: str) -> bool:
    """Whether a text is the number of a sentence; a header's is 0."""
    return text.isascii() and text.isdecimal() and text != "0"


def _is_word(text: str) -> bool:
    """Whether a text is a word wherever a word may stand, but for times, operators and headers' types."""
    return bool(text) and text.isprintable() and "[" not in text and text not in _NO_WORD


def _placed(parts: Sequence[str], at: int) -> list[Field]:
    """Texts that stand with one sign between them, without the blanks around them, as words at their places."""
    fields = []
    for part in parts:
        text = part.strip(BLANKS)
        start = at + part.find(text)
        fields.append(Field("word", text, start, start + len(text)))
        at += len(part) + 1
    return fields


def _entries(row: int, technical: str, at: int) -> tuple[Entry, ...] | None:
    """The entries of technical data, each with a key and a value; None where one lacks either."""
    entries = []
    for stated in technical.split(";"):
        parts = stated.split("=", 1)
        if len(parts) != 2:
            return None
        key, value = _placed(parts, at)
        if not key.text or not value.text or value.text[0] == "=":
            return None
        entries.append(Entry(row, key, value))
        at += len(stated) + 1
    return tuple(entries)
