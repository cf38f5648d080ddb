"""What is wrong with a description before any vocabulary is asked: VKD001 to VKD009 (docs/language.md section 8).

Each problem is a value with its place and the facts its message is made of; the words of the message and the fixes are
the rules' (in the server).
"""

import re
from collections.abc import Sequence
from typing import Literal, NamedTuple

from vkd_grammar.kinds import Kind, header_type
from vkd_grammar.sentences import JOINING
from vkd_grammar.syntax import NUMBER, OPERATOR, Field, Header, Problem, Sentence

UNREADABLE = re.compile("[\0-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\ufeff\ud800-\udfff]")
"""Control characters, the two Unicode line separators that end no line here, a byte order mark that does not open a
file, and halves of surrogate pairs."""

_FIELDS_OF_NO_PROSE = 4
"""Words with so many slashes between them are meant as fields."""

_BAD_ESCAPE = re.compile(r"(?:[^\\\r\n]|\\[^\r\n])*(\\)[\r\n]*$")


class WrongFieldCount(NamedTuple):
    """VKD001: how many fields a line has, and how many it needs."""

    fields: int
    expected: int


class WrongHeader(NamedTuple):
    """VKD002: what is wrong with a header; `word` is the type that is none."""

    reason: Literal["type", "no-header", "no-sentences", "plain-words"]
    word: str = ""


class WrongNumber(NamedTuple):
    """VKD003: the number a line should have, and what stands there."""

    expected: int
    text: str


class WrongOperator(NamedTuple):
    """VKD004: what is wrong with an operator or stop; `text` is what stands there and is none."""

    reason: Literal["zero", "unknown", "missing", "stop-twice", "stop-not-last", "stop-missing"]
    text: str = ""


class WrongDitto(NamedTuple):
    """VKD005: the place of a ditto where none may stand."""

    reason: Literal["first-line", "number", "operator"]


class OperatorInProduct(NamedTuple):
    """VKD006: the operator, `E` or `N`, that a product description may not have."""

    operator: str


class DontCareInProduct(NamedTuple):
    """VKD007: the don't-care in a product description, as it is written."""

    text: str


class EmptyField(NamedTuple):
    """VKD008: the empty field, by its place in a sentence or by its name in a header."""

    field: int | Literal["type", "identification"]


class Unreadable(NamedTuple):
    """VKD009: why a text, a line or a character cannot be read.

    `character` is written as `U+0000`, `length` and `longest` are a line's in code points, `byte` is the one that is
    not UTF-8.
    """

    reason: Literal["character", "escape", "too-long", "utf-8", "binary"]
    character: str = ""
    length: int = 0
    longest: int = 0
    byte: int = 0


def problems_in(header: Header | None, sentences: Sequence[Sentence], lines: Sequence[str], text: str) -> list[Problem]:
    """All problems VKD001 to VKD009 of one description, in no particular order."""
    kind = header.type.kind if header and header.type else None
    found: list[Problem] = []
    found.extend(_unreadable_characters(lines, text))
    if header is None and sentences and not any(map(_is_like_a_sentence, sentences)):
        # What is no description at all is told once, and not line by line.
        return [*found, _at_line(sentences[0], "VKD002", WrongHeader("plain-words"))]
    if header is None:
        found.extend(_without_header(sentences))
        sentences = sentences[1:] if sentences and _is_unnumbered_header(sentences[0]) else sentences
    else:
        found.extend(_in_header(header, sentences))
    for place, sentence in enumerate(sentences):
        fields = sentence.fields
        if len(fields) != 6:
            found.append(_at_line(sentence, "VKD001", WrongFieldCount(len(fields), 6)))
        else:
            _in_sentence(sentence, kind, place == 0, found)
    found.extend(_numbering(sentences))
    found.extend(_stops(sentences))
    return found


def too_long(row: int, length: int, longest: int) -> Problem:
    """The problem of a line that is too long to be read; lengths in code points."""
    return Problem("VKD009", row, 0, 1, Unreadable("too-long", length=length, longest=longest))


def at_field(row: int, field: Field, code: str, facts: tuple[object, ...] = ()) -> Problem:
    """A problem that concerns one whole field."""
    return Problem(code, row, field.start, field.end, facts)


def _at_line(line: Sentence | Header, code: str, facts: tuple[object, ...] = ()) -> Problem:
    return Problem(code, line.row, line.fields[0].start, line.fields[-1].end, facts)


def _unreadable_characters(lines: Sequence[str], text: str) -> list[Problem]:
    found: list[Problem] = []
    if UNREADABLE.search(text):
        for row, line in enumerate(lines):
            for match in UNREADABLE.finditer(line):
                facts = Unreadable("character", f"U+{ord(match[0]):04X}")
                found.append(Problem("VKD009", row, match.start(), match.end(), facts))
    if "\\" in text:
        for row, line in enumerate(lines):
            escape = _BAD_ESCAPE.match(line) if "\\" in line and not line.lstrip().startswith("#") else None
            if escape is not None:
                found.append(Problem("VKD009", row, escape.start(1), escape.end(1), Unreadable("escape")))
    return found


def _is_like_a_sentence(sentence: Sentence) -> bool:
    """Whether a line has something of a sentence or a header: all its fields, or a number or a type in its place."""
    fields = sentence.fields
    return (
        len(fields) >= _FIELDS_OF_NO_PROSE
        or (len(fields) > 1 and fields[NUMBER].kind == "number")
        or _is_unnumbered_header(sentence)
    )


def _is_unnumbered_header(sentence: Sentence) -> bool:
    """Whether a line is a header without the 0 that should open it."""
    fields = sentence.fields
    return 1 < len(fields) < OPERATOR and header_type(fields[NUMBER].word) is not None


def _without_header(sentences: Sequence[Sentence]) -> list[Problem]:
    return [_at_line(sentence, "VKD002", WrongHeader("no-header")) for sentence in sentences[:1]]


def _in_header(header: Header, sentences: Sequence[Sentence]) -> list[Problem]:
    found: list[Problem] = []
    fields = header.fields
    if len(fields) < 3:
        found.append(_at_line(header, "VKD001", WrongFieldCount(len(fields), 3)))
    if fields[NUMBER].text != "0":
        found.append(_number_problem(header.row, fields[NUMBER], 0))
    if header.type is None and len(fields) > 1 and fields[1].kind != "empty":
        found.append(at_field(header.row, fields[1], "VKD002", WrongHeader("type", fields[1].word)))
    found.extend(
        at_field(header.row, field, "VKD008", EmptyField("type" if field is fields[1] else "identification"))
        for field in fields[1:3]
        if field.kind == "empty" and len(fields) >= 3
    )
    if not sentences:
        found.append(_at_line(header, "VKD002", WrongHeader("no-sentences")))
    return found


def _in_sentence(sentence: Sentence, kind: Kind | None, first: bool, found: list[Problem]) -> None:
    row, fields = sentence
    for place, field in enumerate(fields):
        what = field.kind
        if what == "word" or what == "number":
            if place == OPERATOR:
                wrong = WrongOperator("zero" if field.text == "0" else "unknown", field.text)
                found.append(at_field(row, field, "VKD004", wrong))
        elif what == "operator":
            if kind == "product" and field.text in "EN":
                found.append(at_field(row, field, "VKD006", OperatorInProduct(field.text)))
        elif what == "ditto":
            if first or place in (NUMBER, OPERATOR):
                facts = WrongDitto(
                    "first-line" if 0 < place < OPERATOR else "number" if place == NUMBER else "operator"
                )
                found.append(at_field(row, field, "VKD005", facts))
        elif what == "empty":
            if place == OPERATOR:
                found.append(at_field(row, field, "VKD004", WrongOperator("missing")))
            else:
                found.append(at_field(row, field, "VKD008", EmptyField(place)))
        elif place == OPERATOR:
            found.append(at_field(row, field, "VKD004", WrongOperator("unknown", field.text)))
        elif kind == "product" and place != NUMBER and (what == "dont-care" or (what == "time" and "-" in field.text)):
            found.append(at_field(row, field, "VKD007", DontCareInProduct(field.text)))


def _numbering(sentences: Sequence[Sentence]) -> list[Problem]:
    """At most one problem a description, at the first line number that is wrong; its fix renumbers all lines.

    A line that lacks fields may begin with no number at all; VKD001 is reported for it instead.
    """
    for place, sentence in enumerate(sentences, start=1):
        field = sentence.fields[NUMBER]
        if not sentence.readable and field.kind != "number":
            continue
        if field.text != str(place) and field.kind not in ("empty", "ditto"):
            return [_number_problem(sentence.row, field, place)]
    return []


def _number_problem(row: int, field: Field, expected: int) -> Problem:
    return at_field(row, field, "VKD003", WrongNumber(expected, field.text))


def _stops(sentences: Sequence[Sentence]) -> list[Problem]:
    """The stop stands exactly once, last. A broken line counts by its last field, whatever its other fields are."""
    found: list[Problem] = []
    if not sentences:
        return found
    *before, last = sentences
    stop_at_end = last.fields[-1].text == "."
    for sentence in before:
        field = sentence.fields[-1]
        if field.text == "." and len(sentence.fields) == 6:
            facts = WrongOperator("stop-twice" if stop_at_end else "stop-not-last")
            found.append(at_field(sentence.row, field, "VKD004", facts))
    if last.readable and last.fields[OPERATOR].text in JOINING:
        found.append(at_field(last.row, last.fields[OPERATOR], "VKD004", WrongOperator("stop-missing")))
    return found
