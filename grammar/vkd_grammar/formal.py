"""The formal definition of the language (`vkd.lark`), made to answer: how a text reads, and what may come next.

It is the yardstick of the parser that runs, and knows at a cursor what the grammar admits there. Lark is slow to start
and slow to read, so this module is imported where it is asked for and nowhere else.
"""

from bisect import bisect_right
from collections.abc import Sequence
from functools import cache
from itertools import accumulate
from typing import NamedTuple

from lark import Lark, Token, Tree

from vkd_grammar.text import split_lines


class Part(NamedTuple):
    """One token of a line: `kind` is what tree-sitter's grammar calls the node, or `empty`; columns in code points."""

    kind: str
    start: int
    end: int


class Line(NamedTuple):
    """One line that is not blank: its kind, its fields, and each entry of its technical data as key and value.

    A value is None where no `=` stands. A comment is one field, a continuation has none.
    """

    row: int
    kind: str
    fields: tuple[Part, ...]
    entries: tuple[tuple[Part, Part | None], ...] = ()


@cache
def definition() -> Lark:
    """The grammar itself, as Lark reads it."""
    return Lark.open_from_package(
        "vkd_grammar", "vkd.lark", start="document", parser="lalr", lexer="contextual", keep_all_tokens=True
    )


def parse(text: str) -> tuple[Line, ...]:
    """How the definition reads a text, line by line; blank lines are left out. Every text can be read."""
    tree = definition().parse(text)
    begins = [0, *accumulate(map(len, split_lines(text)))]
    return tuple(_line(node, begins) for node in tree.children if isinstance(node, Tree))


def expected(text_before_cursor: str) -> frozenset[str]:
    """The names of the terminals that the grammar allows right after a text; `$END` is one where the text may end.

    Only the last line of the text matters, as no line affects what another may hold.
    """
    lines = split_lines(text_before_cursor)
    line = lines[-1] if lines and lines[-1][-1] not in "\r\n" else ""
    reading = definition().parse_interactive(line)
    reading.exhaust_lexer()
    return frozenset(reading.accepts())  # type: ignore[no-untyped-call]


def _line(tree: Tree[Token], begins: Sequence[int]) -> Line:
    row = bisect_right(begins, _offset(tree)) - 1
    begin = begins[row]
    nodes: list[Token | Tree[Token]] = []
    for node in tree.children:
        nodes.extend(node.children if isinstance(node, Tree) and node.data == "technical_data" else (node,))
    tokens = [node for node in nodes if isinstance(node, Token) and node.type != "SEMICOLON"]
    fields = _between("SLASH", tokens, begin)
    entries = tuple(_entry(node, begin) for node in nodes if isinstance(node, Tree))
    # The technical data is no field: where it stands or might stand, an empty one was read.
    return Line(row, str(tree.data), fields[:3] if tree.data == "header" else fields, entries)


def _entry(tree: Tree[Token], begin: int) -> tuple[Part, Part | None]:
    key, *value = _between("EQUAL", [node for node in tree.children if isinstance(node, Token)], begin)
    return key, value[0] if value else None


def _between(separator: str, tokens: Sequence[Token], begin: int) -> tuple[Part, ...]:
    """What stands between separators; where nothing does, an empty part right behind the separator before it."""
    if not tokens:
        return ()
    parts: list[Part] = []
    pending: Part | None = None
    after = _offset(tokens[0]) - begin
    for token in tokens:
        start = _offset(token) - begin
        end = start + len(token)
        if token.type == separator:
            parts.append(pending or Part("empty", after, after))
            pending, after = None, end
        else:
            pending = Part("line_number" if token.type == "ZERO" else token.type.lower(), start, end)
    return (*parts, pending or Part("empty", after, after))


def _offset(node: Token | Tree[Token]) -> int:
    """Where a token, or the first token of a tree, starts in the text."""
    while isinstance(node, Tree):
        node = node.children[0]
    assert node.start_pos is not None, "the lexer states where each token starts"
    return node.start_pos
