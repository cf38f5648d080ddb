"""The parser that runs: tree-sitter's tree of one piece of text, made into the frozen nodes of `syntax`.

The grammar (`grammar/tree-sitter-vkd/grammar.js`) is total, so parsing never fails: whatever the text, the answer is a
`Description` with the problems found in it (VKD001 to VKD009). Text goes in as UTF-16, whose units are code points but
for the characters beyond U+FFFF; text that holds any gets a table.
"""

from collections.abc import Iterator, Sequence
from itertools import accumulate

import tree_sitter
from tree_sitter import Node

from vkd_grammar._language import language
from vkd_grammar.kinds import header_type
from vkd_grammar.plain import PlainLines, comment
from vkd_grammar.problems import UNREADABLE, problems_in, too_long
from vkd_grammar.syntax import Comment, Description, Entry, Field, FieldKind, Header, Problem, Sentence
from vkd_grammar.text import BLANKS

_FIELD_KINDS: dict[str, FieldKind] = {
    "line_number": "number",
    "header_type": "word",
    "word": "word",
    "coded_word": "coded-word",
    "code": "code",
    "ditto": "ditto",
    "dont_care": "dont-care",
    "point": "time",
    "interval": "time",
    "series": "time",
    "mask": "time",
    "not_stated": "time",
    "operator": "operator",
    "key": "word",
    "value": "word",
}
_Nodes = tuple[Header | None, list[Sentence], list[Comment]]
"""The header of a piece, its sentences and its comments."""

_NOTHING = BLANKS + "\r\n"

_LINES_KNOWN = 5_000
"""How many lines' fields are kept at most for the next time the same line comes; of a longer piece all its own."""

_ROWS_KNOWN = 5_000
"""How many lines' descriptions are kept at most, the latest: an editor asks ten things of the one that is typed in."""

_AHEAD = 200
"""Lines; what is not longer takes a few milliseconds."""

LONGEST_LINE = 1_000_000
"""Code points; a longer line is reported and not read, so that no line can hold the editor up."""


class Parser:
    """Reads pieces of `.vkd` text. Make one and keep it: making it loads the grammar's tables."""

    def __init__(self) -> None:
        grammar = tree_sitter.Language(language())
        self._parser = tree_sitter.Parser(grammar)
        names = {number: grammar.node_kind_for_id(number) or "" for number in range(grammar.node_kind_count)}
        self._kinds = _Kinds(names)
        self._known: dict[str, tuple[Field, ...]] = {}
        self._plain = PlainLines()
        self._latest: dict[tuple[str, ...], Description] = {}
        self._rows = 0

    def parse(self, lines: Sequence[str]) -> Description:
        """The description in a piece of text, given as lines that keep their ends."""
        piece = tuple(lines)
        known = self._latest.get(piece)
        if known is None:
            known = self._latest[piece] = self._parse(piece)
            self._rows += len(piece)
            while self._rows > _ROWS_KNOWN and len(self._latest) > 1:
                oldest = next(iter(self._latest))
                del self._latest[oldest]
                self._rows -= len(oldest)
        return known

    def read_ahead(self, lines: Sequence[str]) -> Iterator[None]:
        """Reads a long piece some lines at a step, after which parsing it takes a tenth of the time."""
        for first in range(0, len(lines) if len(lines) > _AHEAD else 0, _AHEAD):
            self._parse(lines[first : first + _AHEAD])
            yield

    def _parse(self, lines: Sequence[str]) -> Description:
        problems: list[Problem] = []
        text = "".join(lines)
        if len(text) > LONGEST_LINE:
            lines, problems = _without_long_lines(lines)
            text = "".join(lines)
        if len(self._known) > max(_LINES_KNOWN, 2 * len(lines)):
            self._known.clear()
        header, sentences, comments = self._at_sight(lines) or self._by_grammar(lines)
        problems += problems_in(header, sentences, lines, text)
        return Description(header, tuple(sentences), tuple(comments), len(lines), tuple(problems))

    def _at_sight(self, lines: Sequence[str]) -> _Nodes | None:
        """What stands in a piece all of whose lines are plain; None where some are not."""
        header: Header | None = None
        sentences: list[Sentence] = []
        comments: list[Comment] = []
        for row, line in enumerate(lines):
            fields = self._fields(line)
            if fields is not None:
                sentences.append(Sentence(row, fields))
            elif (said := comment(row, line)) is not None:
                comments.append(said)
            elif line.strip(_NOTHING):
                if sentences:
                    return None
                header = self._opened(header, row, line)
                if header is None:
                    return None
        return header, sentences, comments

    def _opened(self, header: Header | None, row: int, line: str) -> Header | None:
        """The header that a line opens or, where there is one already, goes on with; None where it does not."""
        if header is None:
            opening = self._plain.header(row, line)
            return Header(row, *opening) if opening else None
        further = self._plain.further(row, line)
        return None if further is None else header._replace(entries=header.entries + further)

    def _fields(self, line: str) -> tuple[Field, ...] | None:
        """The fields of a sentence that is plain or was read before."""
        # What a line is does not hang on the lines around it.
        fields = self._known.get(line)
        if fields is None:
            fields = self._plain.sentence(line)
            if fields is not None:
                self._known[line] = fields
        return fields

    def _by_grammar(self, lines: Sequence[str]) -> _Nodes:
        """What stands in a piece, by the grammar's tree of all lines but those sentences that are known."""
        known = [Sentence(row, fields) for row, line in enumerate(lines) if (fields := self._fields(line))]
        unread = _without(lines, known)
        rest = "".join(unread)
        units = UNREADABLE.sub("\ufffd", rest).encode("utf-16-le")
        tree = self._parser.parse(units, encoding="utf16le")
        offsets = None if len(units) == 2 * len(rest) else _offsets_of_units(rest)
        nodes = _Reading(self._kinds, self._known, unread, rest, offsets).nodes(tree.root_node, known)
        for sentence in nodes[1]:
            if sentence.readable and unread[sentence.row] == lines[sentence.row]:
                self._plain.learn(sentence.fields)
        return nodes


class _Kinds:
    """The numbers tree-sitter gives to the kinds of node that are read here."""

    def __init__(self, names: dict[int, str]) -> None:
        def numbers(name: str) -> frozenset[int]:
            return frozenset(number for number, had in names.items() if had == name)

        self.fields = {number: _FIELD_KINDS[name] for number, name in names.items() if name in _FIELD_KINDS}
        self.slash = numbers("/")
        self.equals = numbers("=")
        self.description = numbers("description")
        self.header = numbers("header")
        self.comment = numbers("comment")
        self.continuation = numbers("continuation")
        self.technical_data = numbers("technical_data")
        self.entry = numbers("entry")


class _Reading:
    """One walk over one tree; `offsets` maps UTF-16 units to code points where they differ.

    `lines` are those that the tree is of and `text` is them together: a sentence that is known already is empty there.
    """

    def __init__(
        self,
        kinds: _Kinds,
        known: dict[str, tuple[Field, ...]],
        lines: Sequence[str],
        text: str,
        offsets: list[int] | None,
    ) -> None:
        self._kinds = kinds
        self._known = known
        self._lines = lines
        self._text = text
        self._offsets = offsets

    def nodes(self, root: Node, known: Sequence[Sentence]) -> _Nodes:
        header: Header | None = None
        entries: list[Entry] = []
        sentences: list[Sentence] = []
        comments: list[Comment] = []
        kinds = self._kinds
        rest = iter(known)
        waiting = next(rest, None)
        for row, row_start, node in self._line_nodes(root):
            while waiting is not None and waiting.row < row:
                sentences.append(waiting)
                waiting = next(rest, None)
            kind = node.kind_id
            if kind in kinds.comment:
                comments.append(self._comment(node, row, row_start))
            elif kind in kinds.header:
                header = self._header(node, row, row_start, entries)
            elif kind in kinds.continuation:
                if header is not None and not sentences:
                    entries.extend(self._entries(node, row, row_start))
                else:
                    sentences.append(self._unreadable(node, row, row_start))
            else:
                fields = self._known[self._lines[row]] = self._fields(node, row_start)
                sentences.append(Sentence(row, fields))
        if waiting is not None:
            sentences.append(waiting)
            sentences.extend(rest)
        if header is not None:
            header = header._replace(entries=tuple(entries))
        return header, sentences, comments

    def _line_nodes(self, root: Node) -> Iterator[tuple[int, int, Node]]:
        """Each line's row, the offset at which that row starts, and its node."""
        ends = list(accumulate(map(len, self._lines)))
        row, start = 0, 0
        for child in root.children:
            for node in child.children if child.kind_id in self._kinds.description else (child,):
                offset = self._offset(node.start_byte)
                while offset >= ends[row] and row + 1 < len(ends):
                    start = ends[row]
                    row += 1
                yield row, start, node

    def _fields(self, node: Node, row_start: int) -> tuple[Field, ...]:
        # The innermost loop of everything: local names and no calls but the ones that make the answer.
        slash, kinds, text, offsets = self._kinds.slash, self._kinds.fields, self._text, self._offsets
        make = tuple.__new__
        fields: list[Field] = []
        pending: Field | None = None
        after = self._offset(node.start_byte) - row_start
        for child in node.children:
            number = child.kind_id
            start, end = child.start_byte >> 1, child.end_byte >> 1
            if offsets is not None:
                start, end = offsets[start], offsets[end]
            if number in slash:
                fields.append(pending or Field("empty", "", after, after))
                pending = None
                after = end - row_start
            elif number in kinds:
                pending = make(Field, (kinds[number], text[start:end], start - row_start, end - row_start))
        fields.append(pending or Field("empty", "", after, after))
        return tuple(fields)

    def _header(self, node: Node, row: int, row_start: int, entries: list[Entry]) -> Header:
        fields = self._fields(node, row_start)[:3]
        for child in node.children:
            if child.kind_id in self._kinds.technical_data:
                entries.extend(self._entries(child, row, row_start))
        named = header_type(fields[1].word) if len(fields) > 1 and fields[1].kind == "word" else None
        return Header(row, fields, named, ())

    def _entries(self, node: Node, row: int, row_start: int) -> Iterator[Entry]:
        entry, equals, text, offsets = self._kinds.entry, self._kinds.equals, self._text, self._offsets
        for child in node.children:
            if child.kind_id not in entry:
                continue
            key: Field | None = None
            value: Field | None = None
            for part in child.children:
                start, end = part.start_byte >> 1, part.end_byte >> 1
                if offsets is not None:
                    start, end = offsets[start], offsets[end]
                if part.kind_id in equals:
                    value = Field("empty", "", end - row_start, end - row_start)
                    key = key or Field("empty", "", start - row_start, start - row_start)
                elif key is None:
                    key = Field("word", text[start:end], start - row_start, end - row_start)
                else:
                    value = Field("word", text[start:end], start - row_start, end - row_start)
            if key is not None:
                yield Entry(row, key, value)

    def _comment(self, node: Node, row: int, row_start: int) -> Comment:
        start, end = self._offset(node.start_byte), self._offset(node.end_byte)
        return Comment(row, start - row_start, end - row_start, self._text[start + 1 : end].strip())

    def _unreadable(self, node: Node, row: int, row_start: int) -> Sentence:
        start, end = self._offset(node.start_byte), self._offset(node.end_byte)
        return Sentence(row, (Field("word", self._text[start:end], start - row_start, end - row_start),))

    def _offset(self, byte: int) -> int:
        unit = byte >> 1
        return unit if self._offsets is None else self._offsets[unit]


def _offsets_of_units(text: str) -> list[int]:
    """For each UTF-16 unit of a text, and for its end, the code point it belongs to."""
    table: list[int] = []
    for offset, character in enumerate(text):
        table += (offset, offset) if character > "\uffff" else (offset,)
    return [*table, len(text)]


def _without(lines: Sequence[str], sentences: Sequence[Sentence]) -> list[str]:
    """The lines of a piece, with an empty line in the place of each of some sentences."""
    rest = list(lines)
    for sentence in sentences:
        rest[sentence.row] = "\n"
    return rest


def _without_long_lines(lines: Sequence[str]) -> tuple[list[str], list[Problem]]:
    kept: list[str] = []
    problems: list[Problem] = []
    for row, line in enumerate(lines):
        if len(line) > LONGEST_LINE:
            problems.append(too_long(row, len(line), LONGEST_LINE))
            line = "\n"
        kept.append(line)
    return kept, problems
