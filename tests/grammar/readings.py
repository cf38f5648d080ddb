"""The ways a text is read, brought into one form so that they can be compared.

The form is that of `vkd_grammar.formal`: lines with their kind, fields and entries. `by_tree_sitter` makes it from the
raw tree; `described` makes from it what the parser that runs must answer.
"""

import re
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import pairwise

import tree_sitter
from tree_sitter import Node

from vkd_grammar._language import language
from vkd_grammar.cut import starts
from vkd_grammar.formal import Line, Part
from vkd_grammar.kinds import header_type
from vkd_grammar.parser import Parser
from vkd_grammar.problems import UNREADABLE
from vkd_grammar.syntax import Comment, Description, Entry, Field, FieldKind, Header, Sentence
from vkd_grammar.text import BLANKS, split_lines

_LINES = ("comment", "header", "continuation", "sentence", "broken_line")
_FIELD_KINDS: dict[str, FieldKind] = {
    "empty": "empty",
    "line_number": "number",
    "ditto": "ditto",
    "dont_care": "dont-care",
    "code": "code",
    "coded_word": "coded-word",
    "point": "time",
    "interval": "time",
    "series": "time",
    "mask": "time",
    "not_stated": "time",
    "operator": "operator",
}


@cache
def grammar() -> tree_sitter.Language:
    """The compiled tree-sitter grammar."""
    return tree_sitter.Language(language())


@cache
def parser() -> Parser:
    """The parser that runs."""
    return Parser()


def tree_of(text: str) -> Node:
    """The root of tree-sitter's tree of a text, whose characters must be ones that UTF-8 can hold."""
    return tree_sitter.Parser(grammar()).parse(text.encode()).root_node


def by_tree_sitter(text: str) -> tuple[Line, ...]:
    """How the tree-sitter grammar reads a text; it must do so without any of its error recovery."""
    readable = UNREADABLE.sub("\ufffd", text)
    root = tree_of(readable)
    assert not root.has_error, f"error in {root}"
    places = _places(readable)
    lines = (node for child in root.children for node in (child.children if child.type == "description" else [child]))
    return tuple(_line(node, places) for node in lines if node.type in _LINES)


def pieces(text: str) -> Iterator[tuple[int, tuple[str, ...]]]:
    """The pieces a text is cut into: the row each starts at, and its lines."""
    lines = split_lines(text)
    rows = [*starts(lines), len(lines)]
    for start, end in pairwise(rows):
        yield start, tuple(lines[start:end])


def described(lines: Sequence[Line], text: str) -> tuple[Header | None, tuple[Sentence, ...], tuple[Comment, ...]]:
    """What the parser must say of a piece whose lines are these."""
    header: Header | None = None
    sentences: list[Sentence] = []
    comments: list[Comment] = []
    rows = split_lines(text)
    for line in lines:
        written = rows[line.row]
        if line.kind == "comment":
            (start, end) = line.fields[0][1:]
            comments.append(Comment(line.row, start, end, written[start + 1 : end].strip()))
        elif line.kind == "header":
            fields = tuple(_field(part, written) for part in line.fields)
            type_ = header_type(fields[1].word) if len(fields) > 1 and fields[1].kind == "word" else None
            header = Header(line.row, fields, type_, _entries(line, written))
        elif line.kind == "continuation" and header is not None and not sentences:
            header = header._replace(entries=header.entries + _entries(line, written))
        elif line.kind == "continuation":
            start, end = _extent(written)
            sentences.append(Sentence(line.row, (Field("word", written[start:end], start, end),)))
        else:
            sentences.append(Sentence(line.row, tuple(_field(part, written) for part in line.fields)))
    return header, tuple(sentences), tuple(comments)


def read(lines: Sequence[str]) -> Description:
    """What the parser says of a piece."""
    return parser().parse(lines)


def _extent(written: str) -> tuple[int, int]:
    """Where a line begins and ends without the blanks around it, but with a last one that is escaped."""
    match = re.fullmatch(rf"[{BLANKS}]*((?:\\[^\r\n]|[^\r\n])*?)[{BLANKS}]*[\r\n]*", written)
    assert match
    return match.span(1)


def _entries(line: Line, written: str) -> tuple[Entry, ...]:
    return tuple(
        Entry(line.row, _field(key, written), None if value is None else _field(value, written))
        for key, value in line.entries
    )


def _field(part: Part, written: str) -> Field:
    return Field(_FIELD_KINDS.get(part.kind, "word"), written[part.start : part.end], part.start, part.end)


def _places(text: str) -> list[tuple[int, int]]:
    """For each UTF-8 byte of a text, and for its end, the row and the column it belongs to."""
    places: list[tuple[int, int]] = []
    row = column = 0
    for line in split_lines(text):
        for column, character in enumerate(line):
            places.extend([(row, column)] * len(character.encode()))
        row, column = (row + 1, 0) if line[-1] in "\r\n" else (row, len(line))
    return [*places, (row, column)]


def _line(node: Node, places: Sequence[tuple[int, int]]) -> Line:
    row = places[node.start_byte][0]
    nodes = [n for child in node.children for n in (child.children if child.type == "technical_data" else [child])]
    entries = tuple(_entry(child, places) for child in nodes if child.type == "entry")
    if node.type == "comment":
        return Line(row, node.type, (_part(node, places),))
    if node.type == "continuation":
        return Line(row, node.type, (), entries)
    fields = _between("/", [child for child in nodes if child.type not in ("entry", ";")], places)
    return Line(row, node.type, fields[:3] if node.type == "header" else fields, entries)


def _entry(node: Node, places: Sequence[tuple[int, int]]) -> tuple[Part, Part | None]:
    key, *value = _between("=", node.children, places)
    return key, value[0] if value else None


def _between(separator: str, nodes: Sequence[Node], places: Sequence[tuple[int, int]]) -> tuple[Part, ...]:
    parts: list[Part | None] = [None]
    afters = [places[nodes[0].start_byte][1]]
    for node in nodes:
        if node.type == separator:
            parts.append(None)
            afters.append(places[node.end_byte - 1][1] + 1)
        else:
            parts[-1] = _part(node, places)
    return tuple(part or Part("empty", after, after) for part, after in zip(parts, afters, strict=True))


def _part(node: Node, places: Sequence[tuple[int, int]]) -> Part:
    return Part(node.type, places[node.start_byte][1], places[node.end_byte - 1][1] + 1)
